"""A school's link person: named by a person, handed over by itself when somebody leaves, and so never empty.

Whoever leaves a family support team hands each of their schools to the manager of the school's area, until somebody
names the next. Where nobody could take a school over, the leaving is refused. Migration 0006 guards the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.hooks import Author, ask_gate
from rightplace.foundation.organisation.models import LinkPerson, Membership, School, Team, TeamArea, Worker
from rightplace.foundation.organisation.recording import end_row, ended, recorded
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM

SOURCE = "A school always has a link person"
MANAGE = "organisation.manage"


@transaction.atomic
def set_link_person(
    *, school: School, worker: Worker, begins: date, by: Author, may: str = MANAGE
) -> LinkPerson:
    """Name a school's link person; the one before ends on the same day, so that it is never empty.

    `may` is the permission on which the caller's app asks. Somebody named for a later day stays named.
    """
    ask_gate(by, may)
    if not _spells(begins, worker=worker.pk).exists():
        raise Refused(
            "A link person is a member of a family support team.",
            "Choose somebody from the team of the school's area.",
        )
    School.objects.select_for_update().get(pk=school.pk)
    rows = LinkPerson.objects.filter(school=school)
    later = _not_empty(rows.filter(begins__gte=begins)).order_by("begins")
    if later.filter(begins__gt=begins, begins__lte=clock.today()).exists():
        raise Refused("A later link person is already named.", "Choose a day after that one's beginning.")
    for handed in later.filter(handed_over=True):
        end_row(handed, handed.begins, by)
    for before in rows.filter(queries.holding(begins)):
        end_row(before, begins, by)
    following = later.first()
    return _link(school, worker, begins, following.begins if following else None, by)


def link_new_school(school: School, by: Author) -> None:
    """Link a new school to the manager of its area's team at once; where there is no team yet, nobody is named."""
    if stand_in(school, school.agency.begins) is not None:
        _hand_over(school, school.agency.begins, None, by, all_of_it=False)


def hand_over_schools(worker: int, on: date, by: Author, *, but_not: Team | None = None) -> None:
    """Pass each school of a worker who leaves to who stands in from that day. Refused where nobody could."""
    if but_not is None and _spells(on, worker=worker).exists():
        return
    today = clock.today()
    linked = _not_empty(LinkPerson.objects.filter(worker_id=worker)).filter(
        Q(ends__isnull=True) | Q(ends__gt=max(on, today)) | Q(ends__gt=on, begins__gt=today)
    )
    for row in linked.select_related("school__agency", "school__area"):
        until, first = row.ends, max(row.begins, on)
        end_row(row, first, by)
        _hand_over(row.school, first, until, by, but_not=but_not)


def hand_team_over(team: Team, on: date, by: Author) -> None:
    """Pass the schools that a team links to another team, before the team ends."""
    if team.kind != Team.Kind.FAMILY_SUPPORT:
        return
    for membership in queries.members(team.pk, on):
        elsewhere = _spells(on, worker=membership.worker_id).exclude(team=team)
        if not elsewhere.exists():
            hand_over_schools(membership.worker_id, on, by, but_not=team)


def close_link(school: School, on: date, by: Author) -> None:
    """End the link of a school that closes."""
    for row in _not_empty(LinkPerson.objects.filter(school=school)).filter(
        Q(ends__isnull=True) | Q(ends__gt=on)
    ):
        end_row(row, max(on, row.begins), by)


def stand_in(school: School, on: date, but_not: Team | None = None) -> Membership | None:
    """Who takes a school over on a day: the manager of its area's team, else a member, else the next team's."""
    found = _spells(on).select_related("worker", "team", "team__area")
    if but_not is not None:
        found = found.exclude(team=but_not)
    area = school.area

    took = set(queries.on_day(TeamArea.objects.filter(area=area), on).values_list("team_id", flat=True))

    def nearness(row: Membership) -> tuple[int, bool, date, int]:
        of = row.team.area
        if of == area or row.team_id in took:
            return 0, row.role not in MANAGES_A_TEAM, row.begins, row.pk
        near = 1 if of is None else 2 if of.quarter == area.quarter else 3
        return near, row.role not in MANAGES_A_TEAM, row.begins, row.pk

    return min(found, key=nearness, default=None)


def _hand_over(
    school: School,
    first: date,
    until: date | None,
    by: Author,
    *,
    but_not: Team | None = None,
    all_of_it: bool = True,
) -> None:
    """Fill the days from the first on with whoever stands in, one after another where they leave too."""
    day = first
    while until is None or day < until:
        found = stand_in(school, day, but_not)
        if found is None:
            if not all_of_it:
                return
            raise Refused(
                f"Nobody else could be the link person of {school.agency.name}.",
                "Name the school's next link person first, or open a family support team that can take it.",
                SOURCE,
            )
        leaves = _earliest((found.ends, found.worker.ends, found.team.ends, until))
        LinkPerson.objects.create(
            school=school, worker=found.worker, begins=day, handed_over=True, **recorded(by),
            **(ended(leaves, by) if leaves else {}),
        )  # fmt: skip
        if leaves is None:
            return
        day = leaves


def _link(school: School, worker: Worker, begins: date, until: date | None, by: Author) -> LinkPerson:
    """The named person's own row, and who stands in after a leaving that is known already."""
    spells = [_earliest((row.ends, row.worker.ends, row.team.ends)) for row in _spells(begins, worker.pk)]
    leaves = None if None in spells else max(day for day in spells if day)
    ends = _earliest((leaves, until))
    made = LinkPerson.objects.create(
        school=school, worker=worker, begins=begins, **recorded(by), **(ended(ends, by) if ends else {})
    )
    if leaves is not None and (until is None or leaves < until):
        _hand_over(school, leaves, until, by, all_of_it=False)
    return made


def _spells(on: date, worker: int = 0) -> QuerySet[Membership]:
    """Memberships of family support teams that hold on a day, the worker and the team being there too."""
    found = queries.on_day(Membership.objects.filter(team__kind=Team.Kind.FAMILY_SUPPORT), on)
    found = found.filter(queries.holding(on, "worker__"), queries.holding(on, "team__"))
    return (found.filter(worker_id=worker) if worker else found).select_related("worker", "team")


def _not_empty(rows: QuerySet[LinkPerson]) -> QuerySet[LinkPerson]:
    """Rows that hold on some day: one that was taken back before it began ends where it begins."""
    return rows.filter(Q(ends__isnull=True) | Q(ends__gt=F("begins")))


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)
