"""Courses, bookings, reflections and certificates: their only writers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from rightplace.common.documents.refusing import NotTaken
from rightplace.common.documents.taking import take
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, may, require
from rightplace.foundation.journal.writing import new_id
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.recording import end_row, recorded
from rightplace.services.learning.asking import rules_on
from rightplace.services.learning.models import Booking, Certificate, Course
from rightplace.services.learning.sealing import CONTENT, NAME, REFLECTION, sealed

MOST = 4
FURTHEST = timedelta(days=550)


@transaction.atomic
def add_course(
    *,
    title: str,
    kind: str,
    provider: str,
    days: Decimal,
    begins: date,
    by: Actor,
    cost_pence: int | None = None,
) -> Course:
    """Offer a course from a day on."""
    require(by, "learning.keep")
    if kind not in rules_on(clock.today()).kinds:
        raise Refused("There is no such kind of course.", "Choose one of the list.")
    if not title.strip() or not 0 < days <= 60:
        raise Refused("A course has a title and takes between half a day and sixty.", "Say both.")
    if Course.objects.filter(title__iexact=title.strip(), ends=None).exists():
        raise Refused("There is a course of this title.", "End it first, or choose another title.")
    return Course.objects.create(
        title=title.strip(), kind=kind, provider=provider.strip(), days=days, cost_pence=cost_pence, begins=begins,
        **recorded(by),
    )  # fmt: skip


@transaction.atomic
def end_course(*, course: Course, by: Actor) -> None:
    """Offer it no longer; who took it keeps it."""
    require(by, "learning.keep")
    end_row(course, clock.today(), by)


@transaction.atomic
def book(*, worker: Worker, course: Course, on: date, by: Actor) -> Booking:
    """Book a worker on a course: oneself, or anybody where one keeps the courses."""
    require(by, "learning.see_own" if worker.pk == by.worker else "learning.keep")
    if on < course.begins or (course.ends is not None and on >= course.ends):
        raise Refused("The course is not offered on that day.", "Choose another day, or another course.")
    if on > clock.today() + FURTHEST:
        raise Refused("That day is too far ahead.", "Give a day within eighteen months.")
    if on < clock.today() and not may(by, "learning.keep"):
        raise Refused("That day is past.", "Ask human resources to write down what you took before.")
    if Booking.objects.filter(worker=worker, course=course, on=on).exists():
        raise Refused("It is booked for that day already.", "Read it under My learning.")
    return Booking.objects.create(worker=worker, course=course, on=on, **recorded(by))


@transaction.atomic
def say_how_it_went(*, booking: Booking, state: str, by: Actor) -> None:
    """Attended, missed or cancelled. Whoever keeps the courses says who was there; a worker may cancel the own booking."""
    found = Booking.objects.select_for_update().get(pk=booking.pk)
    chosen = Booking.State(state)
    own_cancel = chosen is Booking.State.CANCELLED and found.worker_id == by.worker
    require(by, "learning.see_own" if own_cancel else "learning.keep")
    if found.worker_id == by.worker and not own_cancel:
        raise Refused("Nobody says of oneself to have been there.", "Ask a colleague who keeps the courses.")
    if found.state != Booking.State.BOOKED:
        raise Refused("It was said already how it went.", "Book anew if it took place on another day.")
    if chosen in (Booking.State.ATTENDED, Booking.State.MISSED) and found.on > clock.today():
        raise Refused("The day has not come.", "Say it when the course is over.")
    found.state = chosen
    found.save(update_fields=["state"])


@transaction.atomic
def reflect(*, booking: Booking, words: str, by: Actor) -> None:
    """What the worker takes from it. The own word: nobody else reads it."""
    found = Booking.objects.select_for_update().get(pk=booking.pk)
    if found.worker_id != by.worker:
        raise NotAllowed
    if found.state != Booking.State.ATTENDED:
        raise Refused("Nobody has said yet that you were there.", "Ask human resources to write it down.")
    if not words.strip():
        raise Refused("There is nothing to keep.", "Say what you will do otherwise.")
    found.sealed_reflection, found.reflected_at = sealed(REFLECTION, found.pk, words), clock.now()
    found.save(update_fields=["sealed_reflection", "reflected_at"])


@transaction.atomic
def add_certificate(*, booking: Booking, upload: UploadedFile[Any], by: Actor) -> Certificate:
    """Take a certificate in, as attachments are taken in anywhere: told by content, sealed."""
    found = Booking.objects.select_for_update().get(pk=booking.pk)
    if found.worker_id != by.worker:
        require(by, "learning.keep")
    if found.certificates.count() >= MOST:
        raise Refused(f"{MOST} certificates are the most.", "Send the rest to human resources.")
    try:
        taken = take(upload.read(), upload.size)
    except NotTaken as why:
        raise Refused(str(why), "Choose another file.") from why
    number = new_id()
    name = (upload.name or "certificate").replace("\\", "/").rpartition("/")[2][-120:]
    return Certificate.objects.create(
        id=number, booking=found, kind=taken.kind.ending, size=len(taken.content),
        sealed_name=sealed(NAME, number, name), sealed=sealed(CONTENT, number, taken.content), **recorded(by),
    )  # fmt: skip
