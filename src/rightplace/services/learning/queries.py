"""Whose learning is listed: each list starts from the reader's scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation.establishment.tables import Leaver, Particulars
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.queries import holding
from rightplace.services.learning.due import Learner
from rightplace.services.learning.models import Booking, Course, FirstYear

Audited = Callable[[int], str]
_audits: list[Audited] = []


def register_practice_audits(told: Audited) -> None:
    """Let a later service say what practice audits tell of those who took a course: a sentence by course, no name."""
    if told not in _audits:
        _audits.append(told)


def audits_of(course: int) -> list[str]:
    return [told(course) for told in _audits]


def members(on: date, team: int | None = None, worker: int | None = None) -> list[Membership]:
    """Staff in a team on a day, each once."""
    rows = Membership.objects.filter(
        holding(on), holding(on, "worker__"), holding(on, "team__"), worker__kind="staff"
    )
    rows = rows.filter(team=team) if team is not None else rows
    rows = rows.filter(worker=worker) if worker is not None else rows
    rows = rows.select_related("worker", "team").order_by("worker__name", "worker_id", "-role")
    return list({row.worker_id: row for row in rows}.values())


def learners(of: Iterable[Membership], on: date) -> list[Learner]:
    """What is known of each of them. Two queries."""
    found = list(of)
    numbers = [each.worker_id for each in found]
    brings = {each.worker_id: each for each in Particulars.objects.filter(holding(on), worker__in=numbers)}
    attended: dict[int, dict[str, list[date]]] = {}
    booked: dict[int, dict[str, list[date]]] = {}
    kept = Booking.objects.filter(
        worker__in=numbers, state__in=(Booking.State.ATTENDED, Booking.State.BOOKED)
    )
    for worker, kind, day, state in kept.values_list("worker", "course__kind", "on", "state"):
        of_them = attended if state == Booking.State.ATTENDED else booked
        of_them.setdefault(worker, {}).setdefault(kind, []).append(day)
    return [
        Learner(
            each.worker_id, each.worker.name, each.role, each.begins,
            brings[each.worker_id].registered if each.worker_id in brings else None,
            attended.get(each.worker_id, {}), booked.get(each.worker_id, {}),
        )
        for each in found
    ]  # fmt: skip


def learner_of(member: Membership, bookings: Iterable[Booking], on: date) -> Learner:
    """What is known of one worker whose courses are at hand. One query."""
    brings = Particulars.objects.filter(holding(on), worker=member.worker_id).first()
    kept = list(bookings)
    return Learner(
        member.worker_id, member.worker.name, member.role, member.begins, brings.registered if brings else None,
        days_of(kept, Booking.State.ATTENDED), days_of(kept, Booking.State.BOOKED),
    )  # fmt: skip


def days_of(bookings: Iterable[Booking], state: str) -> dict[str, list[date]]:
    """The days of each kind of course in one state."""
    days: dict[str, list[date]] = {}
    for each in bookings:
        if each.state == state:
            days.setdefault(each.course.kind, []).append(each.on)
    return days


def own_bookings(actor: Actor) -> QuerySet[Booking]:
    rows = scope(actor, Booking).filter(worker=actor.worker).select_related("course")
    return rows.exclude(state=Booking.State.CANCELLED).order_by("-on", "pk")


def years_of(actor: Actor) -> QuerySet[FirstYear]:
    """First years that are one's own or that one supervises."""
    rows = scope(actor, FirstYear).select_related("worker", "supervisor")
    return rows.prefetch_related("reviews").order_by("-begins")


def courses(on: date) -> QuerySet[Course]:
    """What is offered on a day."""
    return Course.objects.filter(holding(on)).order_by("kind", "title")


@dataclass(frozen=True)
class Trained:
    """Those who took a course in a year: the day of each, and the day on which each left, if ever."""

    course: int
    title: str
    spells: list[tuple[date, date | None]]


def trained_in(year: int) -> list[Trained]:
    """Each course of a year with who took it. Two queries; the first time somebody took it counts."""
    rows = Booking.objects.filter(state=Booking.State.ATTENDED, on__year=year).order_by("on")
    taken = list(rows.values_list("course", "worker", "on", "course__title", "worker__ends"))
    left: dict[int, date] = {}
    for worker, on in Leaver.objects.filter(worker__in={row[1] for row in taken}).values_list("worker", "on"):
        left[worker] = min(on, left.get(worker, on))
    found: dict[int, Trained] = {}
    seen: set[tuple[int, int]] = set()
    for course, worker, on, title, ended in taken:
        if (course, worker) not in seen:
            seen.add((course, worker))
            spells = found.setdefault(course, Trained(course, title, [])).spells
            gone = left.get(worker)
            spells.append((on, gone if gone is not None and gone > on else ended))
    return sorted(found.values(), key=lambda each: each.title)
