"""What a dissolving team owns besides its children, as far as it lies below the services: schools and offers."""

from __future__ import annotations

from collections.abc import Iterable

from rightplace.common.caseflow.moving import Moving, TeamsMoved
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import accountable_team
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.caseflow import OfferWithdrawn, TeamOffered
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.writing import new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.linking import set_link_person
from rightplace.foundation.organisation.models import LinkPerson, Membership, Team, Worker
from rightplace.foundation.organisation.queries import holding

RUN = "cutover.run"
REASONS = "The team goes on as another one; services were reorganised."


def _links(moved: TeamsMoved) -> Iterable[tuple[LinkPerson, int]]:
    """Schools whose link person is in no family support team but an old one, each with the old team."""
    after = Team.objects.in_bulk(list(moved.after.values()))
    seats = Membership.objects.filter(holding(moved.on), team__kind=Team.Kind.FAMILY_SUPPORT)
    stays = set(seats.exclude(team__in=list(moved.after)).values_list("worker_id", flat=True))
    old = {
        worker: team
        for worker, team in seats.filter(team__in=list(moved.after)).values_list("worker_id", "team_id")
        if worker not in stays and after[moved.after[team]].kind == Team.Kind.FAMILY_SUPPORT
    }
    rows = LinkPerson.objects.filter(holding(moved.on), worker__in=list(old)).select_related("school__agency")
    return [(row, old[row.worker_id]) for row in rows.order_by("id")]


def schools_to_link(moved: TeamsMoved) -> int:
    """How many schools would have their link person in a team that dissolves."""
    return sum(1 for _ in _links(moved))


def link_schools(moved: TeamsMoved, by: Actor) -> int:
    """The new team's manager is the link person from the first day, until somebody is named; no day is empty."""
    workers = Worker.objects.in_bulk(list(moved.managers.values()))
    number = 0
    for row, team in _links(moved):
        manager = moved.managers.get(moved.after[team])
        if manager is not None:
            set_link_person(school=row.school, worker=workers[manager], begins=moved.on, by=by, may=RUN)
            number += 1
    return number


def offers_to_answer(moved: TeamsMoved) -> int:
    """How many children are offered to a dissolving team and wait for its answer."""
    return Offer.objects.filter(team__in=list(moved.after), state="open").count()


def offer_again(moved: TeamsMoved, by: Actor) -> int:
    """Offer those children to the team that goes on. Whoever has the child answers meanwhile, as before."""
    now = from_datetime(clock.now())
    rows = list(Offer.objects.filter(team__in=list(moved.after), state="open").order_by("file", "id"))
    for row in rows:
        team, has = moved.after[row.team], accountable_team(row.file)
        if has in moved.after or has == team:
            continue
        bodies = (
            OfferWithdrawn(offer=row.id, reasons=REASONS),
            TeamOffered(team=team, for_what=row.for_what, reasons=REASONS, because_of=row.because_of),
        )
        occasion = new_id()
        write(
            [
                Draft(
                    file=row.file, body=body, day=day_of(now + place), at=now + place, concern=row.concern,
                    occasion=occasion, team=has,
                )
                for place, body in enumerate(bodies)
            ],
            by=by, may=RUN,
        )  # fmt: skip
    return len(rows)


OWN = (
    Moving("Schools’ link persons", schools_to_link, link_schools),
    Moving("Offers that wait for an answer", offers_to_answer, offer_again),
)
