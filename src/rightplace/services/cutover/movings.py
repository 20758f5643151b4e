"""What a team that ends owns besides its families, as far as it lies below the services; each service names its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from rightplace.common.caseflow.moving import (
    REORGANISED,
    TeamsMoved,
    register_asked,
    register_following,
    register_moving,
    register_record,
)
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import accountable_team, held_at
from rightplace.common.questions.models import Draft as FormBegun
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.caseflow import OfferWithdrawn, TeamOffered
from rightplace.domain.practice.workdays import day_of, from_datetime, start_of_day, to_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.journal.writing import new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.foundation.organisation.linking import set_link_person
from rightplace.foundation.organisation.models import (
    Area,
    LinkPerson,
    Membership,
    Rota,
    Team,
    TeamArea,
    Worker,
)
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.serving import (
    carry_over,
    cities_left,
    own_areas_left,
    taken_areas_left,
    taken_numbers,
)

RUN = "cutover.run"


def children_left(moved: TeamsMoved) -> QuerySet[Span]:
    """Open children with whom a team that ends still is."""
    return Span.objects.filter(held_at(clock.now()), open=True, team__in=moved.before)


def schools_to_link(moved: TeamsMoved) -> QuerySet[LinkPerson]:
    """Schools whose link person is in no family support team but one that ends, and goes on as one."""
    kind = Team.Kind.FAMILY_SUPPORT
    ends = [before for before, after in moved.after.items() if moved.kinds.get(after) == kind]
    seats = Membership.objects.filter(holding(moved.on), team__kind=kind)
    stays = seats.exclude(team__in=moved.before).values("worker_id")
    rows = LinkPerson.objects.filter(
        holding(moved.on), worker__in=seats.filter(team__in=ends).values("worker_id")
    )
    return rows.exclude(worker__in=stays).select_related("school__agency").order_by("id")


def link_schools(moved: TeamsMoved, by: Actor) -> int:
    """The new team's manager is the link person from the first day, until somebody is named; no day is empty."""
    workers, rows = Worker.objects.in_bulk(list(moved.managers.values())), list(schools_to_link(moved))
    seats = Membership.objects.filter(holding(moved.on), team__in=moved.before)
    old = dict(seats.order_by("-id").values_list("worker_id", "team_id"))
    number = 0
    for row in rows:
        manager = moved.managers.get(moved.after[old[row.worker_id]])
        if manager is not None:
            set_link_person(school=row.school, worker=workers[manager], begins=moved.on, by=by, may=RUN)
            number += 1
    return number


def offers_to_answer(moved: TeamsMoved) -> QuerySet[Offer]:
    """Children of other teams who are offered to a team that ends, and wait for its answer.

    A child of its own who waits for its own manager's yes moves with the family (`moving.py`).
    """
    rows = Offer.objects.filter(team__in=moved.before, state="open").exclude(from_team__in=moved.before)
    return rows.order_by("file", "id")


def offer_again(moved: TeamsMoved, by: Actor) -> int:
    """Offer those children to the team that goes on. Whoever has the child answers meanwhile, as before."""
    now, number = from_datetime(clock.now()), 0
    for row in list(offers_to_answer(moved)):
        team, has = moved.after[row.team], accountable_team(row.file)
        bodies: tuple[Body, ...] = (OfferWithdrawn(offer=row.id, reasons=REORGANISED),)
        if has != team:
            again = TeamOffered(
                team=team, for_what=row.for_what, reasons=REORGANISED, because_of=row.because_of
            )
            bodies = (*bodies, again)
        occasion = new_id()
        drafts = [
            Draft(
                file=row.file, body=body, day=day_of(now + place), at=now + place, concern=row.concern,
                occasion=occasion, team=has,
            )
            for place, body in enumerate(bodies)
        ]  # fmt: skip
        write(drafts, by=by, may=RUN)
        number += 1
    return number


def offers_made(moved: TeamsMoved) -> QuerySet[Offer]:
    """Children of a team that ends whom another team has still to answer for."""
    rows = Offer.objects.filter(from_team__in=moved.before, state="open")
    return rows.exclude(team__in=moved.before)


def own_areas(moved: TeamsMoved) -> QuerySet[Team]:
    """Teams that end, whose area nobody else would serve; the team that goes on is of the same kind."""
    return own_areas_left(moved.before, moved.on).filter(_goes_on_alike(moved))


def taken_areas(moved: TeamsMoved) -> QuerySet[TeamArea]:
    """The same of areas that such a team had taken from an earlier one."""
    return taken_areas_left(moved.before, moved.on).filter(_goes_on_alike(moved, "team__"))


def areas_of_another_kind(moved: TeamsMoved) -> QuerySet[Team]:
    """Teams that end, whose area no team of their kind would serve any more, since none such goes on.

    One for the whole city is among them when some area would be left, whatever goes on: which team takes which is asked.
    """
    left = own_areas_left(moved.before, moved.on).exclude(_goes_on_alike(moved))
    city = cities_left(moved.before, moved.on)
    return Team.objects.filter(Q(pk__in=left.values("pk")) | Q(pk__in=city.values("pk"))).order_by("pk")


def _goes_on_alike(moved: TeamsMoved, prefix: str = "") -> Q:
    """That a team which ends goes on as one of its own kind."""
    alike = Q(pk__in=[])
    for kind in sorted(set(moved.kinds.values())):
        ends = [before for before, after in moved.after.items() if moved.kinds.get(after) == kind]
        alike |= Q(**{f"{prefix}kind": kind, f"{prefix}pk__in": ends})
    return alike


def take_areas(moved: TeamsMoved, by: Actor) -> int:
    """What is noticed, asked and offered in the area finds the team that goes on, from the first day."""
    return _carried(((row.pk, row.area_id) for row in list(own_areas(moved))), moved, by)


def take_taken_areas(moved: TeamsMoved, by: Actor) -> int:
    """An area that went from one team to the next goes on once more."""
    return _carried(((row.team_id, row.area_id) for row in list(taken_areas(moved))), moved, by)


def _carried(rows: Iterable[tuple[int, int | None]], moved: TeamsMoved, by: Actor) -> int:
    teams, areas = Team.objects.in_bulk(set(moved.after.values())), Area.objects.in_bulk()
    number = 0
    for before, area in rows:
        team = teams[moved.after[before]]
        if area is not None and area not in taken_numbers(team, moved.on):
            carry_over(areas[area], team, moved.on, by, RUN)
        number += 1
    return number


def on_the_rota(moved: TeamsMoved) -> QuerySet[Rota]:
    """Spells on a rota of a team that ends which reach into the new structure."""
    return Rota.objects.filter(team__in=moved.before, ends_at__gt=max(clock.now(), _midnight(moved)))


def hand_rota_on(moved: TeamsMoved, by: Actor) -> int:
    """The same people take the same calls, for the team that goes on."""
    rows = list(on_the_rota(moved))
    for row in rows:
        Rota.objects.filter(pk=row.pk).update(team=moved.after[row.team_id])
    return len(rows)


def _midnight(moved: TeamsMoved) -> datetime:
    return to_datetime(start_of_day(moved.on.toordinal()))


def posts_left(moved: TeamsMoved) -> QuerySet[Post]:
    """Posts of a team that ends which nobody has ended by the first day."""
    return Post.objects.filter(Q(ends=None) | Q(ends__gt=moved.on), team__in=moved.before)


def forms_begun(moved: TeamsMoved) -> QuerySet[FormBegun]:
    """Forms begun and not signed by workers of a team that ends who are in no team afterwards."""
    there = Membership.objects.filter(holding(moved.on)).exclude(team__in=moved.before).values("worker_id")
    old = Membership.objects.filter(holding(moved.on - timedelta(days=1)), team__in=moved.before)
    begun = FormBegun.objects.filter(sent=None, expires__gt=clock.now(), worker__in=old.values("worker_id"))
    return begun.exclude(worker__in=there)


def writers_of_forms(moved: TeamsMoved) -> list[str]:
    """Whom to ask: everybody who leaves a form unsigned, by name."""
    begun = forms_begun(moved).values("worker")
    return list(Worker.objects.filter(pk__in=begun).order_by("name", "pk").values_list("name", flat=True))


SIGN = "Each belongs to its writer alone: they sign it or drop it before the first day."
AREAS = "Say under Teams which team of that kind takes each area, or open one for it."
POSTS = "End each post, or open it in the new team, under Posts."


def register() -> None:
    """Name to whatever ends a team what lies below the services, and what is only told of teams."""
    register_following("Children and their timescales", children_left, ["journal.Span.team"])
    register_following("Offers to other teams", offers_made, ["caseflow.Offer.from_team"])
    register_moving("Areas that the old teams served", own_areas, take_areas)
    register_moving(
        "Areas that the old teams had taken", taken_areas, take_taken_areas, ["organisation.TeamArea.team"]
    )
    register_asked("Areas that no team of the kind goes on with", areas_of_another_kind, AREAS)
    register_moving("Schools’ link persons", schools_to_link, link_schools)
    register_moving(
        "Offers that wait for an answer", offers_to_answer, offer_again, ["caseflow.Offer.team"], holds=True
    )
    register_moving("Spells on the rota", on_the_rota, hand_rota_on, ["organisation.Rota.team"])
    register_asked("Forms begun and not signed", forms_begun, SIGN, whose=writers_of_forms)
    register_asked(
        "Posts of the old teams",
        posts_left,
        POSTS,
        ["organisation.Post.team"],
        there="workforce:establishment",
    )
    register_record("It ends with its team.", "organisation.Membership.team")
    register_record(
        "What became of a team.", "organisation.TeamLineage.before", "organisation.TeamLineage.after"
    )
    register_record("Where something happened; it is signed.", "journal.Entry.team", "journal.Happening.team")
    register_record(
        "Who looked, and why.", "access.AccessReason.team", "access.BreakGlass.team", "access.ReadAudit.team"
    )
    register_record(
        "The plan of the cut-over itself, and who signed it.",
        *(f"cutover.Conversation.{each}" for each in ("from_team", "to_team", "by")),
        *(
            f"cutover.FamilyMove.{each}"
            for each in ("from_team", "to_team", "chosen_by", "offered_by", "sent_back_by", "accepted_by")
        ),
        "cutover.Cutover.begun_by",
    )
