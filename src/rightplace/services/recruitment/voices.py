"""Stay and exit interviews: offered, answered or declined, read by one named person, coded into themes. Only writers.

The words belong to whoever said them: sealed, behind row security, taken back at any time. Others see themes of an ended
half-year in which at least five people named them, and quotes with leave under those. What was counted in an ended
half-year does not change, so that no difference tells of one person.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from rightplace.domain.practice.entries.base import Label
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.recruiting import local_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.recruitment import sealing
from rightplace.services.recruitment.filling import KEEP
from rightplace.services.recruitment.models import Voice, VoiceAnswer, VoiceQuote, VoiceTheme

FEWEST: Final = 5
MAY: Final = "recruitment.interview"


def half_of(day: date) -> int:
    """The number of the half-year in which a day lies: from January or from July."""
    return day.year * 2 + (day.month > 6)


def half_words(half: int) -> str:
    return f"{'July to December' if half % 2 else 'January to June'} {half // 2}"


@transaction.atomic
def offer_interview(*, worker: Worker, kind: str, answer_by: date, by: Actor) -> Voice:
    """Offer somebody an interview. Who offers it is the one who will read it, and that is said."""
    require(by, KEEP)
    if worker.pk == by.worker:
        raise Refused("Nobody reads their own interview.", "Let a colleague offer it.")
    if answer_by < clock.today():
        raise Refused("That day has passed.", "Give a day from today on.")
    if Voice.objects.filter(worker=worker, kind=kind, answered_on=None, declined_on=None).exists():
        raise Refused("It was offered already.", "Wait for the answer.")
    return Voice.objects.create(
        worker=worker, kind=Voice.Kind(kind), reader_id=by.worker, answer_by=answer_by, **recorded(by)
    )


def _own(voice: Voice, by: Actor) -> Voice:
    require(by, MAY)
    found = Voice.objects.select_for_update(of=("self",)).get(pk=voice.pk)
    if found.worker_id != by.worker:
        raise Refused("Only whoever was asked answers.", "Leave it to that person.")
    return found


@transaction.atomic
def answer_interview(*, voice: Voice, answers: Sequence[tuple[str, str]], by: Actor, quote: str = "") -> None:
    """Answer, in one's own words. A quote is a sentence that may be shown without a name, and only if one gives it."""
    found = _own(voice, by)
    if found.answered_on or found.declined_on:
        raise Refused("You have answered, or said that you do not want to.", "Read it below.")
    kept = tuple((asked, words.strip()) for asked, words in answers if words.strip())
    if not kept:
        raise Refused("Nothing is answered.", "Answer one of the questions, or say that you do not want to.")
    salt = sealing.new_salt()
    with reading_as(by, purpose="own interview"):
        VoiceAnswer.objects.create(
            voice=found.pk, worker=by.worker, reader=found.reader_id, label=Label.STAFF_VOICE, salt=salt,
            sealed=sealing.sealed(salt, sealing.SAID, sealing.Said(kept, quote.strip())),
        )  # fmt: skip
    found.answered_on = clock.today()
    found.save(update_fields=["answered_on"])


@transaction.atomic
def decline_interview(*, voice: Voice, by: Actor) -> None:
    """The person does not want to. Nobody asks why."""
    found = _own(voice, by)
    if found.answered_on or found.declined_on:
        raise Refused("You have answered, or said so already.", "Read it below.")
    found.declined_on = clock.today()
    found.save(update_fields=["declined_on"])


@transaction.atomic
def take_back_answer(*, voice: Voice, by: Actor) -> None:
    """The words and any quote are deleted with their keys. A theme that was counted stays counted, without them."""
    found = _own(voice, by)
    if not found.answered_on or found.taken_back_on:
        raise Refused("There is nothing to take back.", "Read it below.")
    with reading_as(by, purpose="own interview"):
        VoiceAnswer.objects.filter(voice=found.pk).delete()
        VoiceQuote.objects.filter(voice=found.pk).delete()
        if found.coded_on and half_of(found.coded_on) == half_of(clock.today()):
            VoiceTheme.objects.filter(voice=found.pk).delete()
    found.taken_back_on = clock.today()
    found.save(update_fields=["taken_back_on"])


@transaction.atomic
def code_themes(*, voice: Voice, themes: Collection[str], quote_under: str, by: Actor) -> None:
    """The reader says which themes of the local list the answer names. Once; a person does it, never a machine."""
    require(by, KEEP)
    found = Voice.objects.select_for_update(of=("self",)).get(pk=voice.pk)
    if found.reader_id != by.worker:
        raise Refused("Another person was named to read this.", "Leave it to that person.")
    if not found.answered_on or found.taken_back_on or found.coded_on:
        raise Refused("There is nothing to read, or it was read.", "Look at your list.")
    today = clock.today()
    named = set(themes)
    if not named or not named <= {each.code for each in local_on(today).themes}:
        raise Refused("Choose themes of the list.", "At least one.")
    if quote_under and quote_under not in named:
        raise Refused("A quote stands under one of the themes chosen.", "Choose it there too.")
    half = half_of(today)
    who = {"voice": found.pk, "worker": found.worker_id, "reader": by.worker, "label": int(Label.STAFF_VOICE)}
    with reading_as(by, purpose="interview"):
        quote = words_of(found).quote if quote_under else ""
        VoiceTheme.objects.bulk_create(
            VoiceTheme(**who, kind=found.kind, theme=code, half=half) for code in sorted(named)
        )
        if quote:
            salt = sealing.new_salt()
            VoiceQuote.objects.create(
                **who, kind=found.kind, theme=quote_under, half=half, salt=salt,
                sealed=sealing.sealed(salt, sealing.QUOTED, quote),
            )  # fmt: skip
    found.coded_on = today
    found.save(update_fields=["coded_on"])


def words_of(voice: Voice) -> sealing.Said:
    """What was said, as far as row security shows it to whoever reads now. Nothing for anybody else."""
    row = VoiceAnswer.objects.filter(voice=voice.pk).first()
    return sealing.said(bytes(row.salt), bytes(row.sealed)) if row else sealing.Said(())


@dataclass(frozen=True)
class ThemeTold:
    """A theme of an ended half-year that at least five people named, with what may be quoted."""

    kind: str
    half: int
    theme: str
    people: int
    quotes: tuple[str, ...]


def themes_told(by: Actor, last: date | None = None) -> list[ThemeTold]:
    """Themes of half-years that have ended, named by at least five people each. The running one is told when it is over."""
    require(by, "recruitment.see")
    before = half_of(last or clock.today())
    counted: dict[tuple[str, int, str], set[int]] = {}
    quotes: dict[tuple[str, int, str], list[str]] = {}
    with reading_as(by, purpose="themes"):
        for kind, half, theme, worker in VoiceTheme.objects.filter(half__lt=before).values_list(
            "kind", "half", "theme", "worker"
        ):
            counted.setdefault((kind, half, theme), set()).add(worker)
        shown = {key: len(who) for key, who in counted.items() if len(who) >= FEWEST}
        for row in VoiceQuote.objects.filter(half__lt=before) if shown else ():
            key = (row.kind, row.half, row.theme)
            if key in shown:
                quotes.setdefault(key, []).append(
                    sealing.text(bytes(row.salt), sealing.QUOTED, bytes(row.sealed))
                )
    return [
        ThemeTold(kind, half, theme, people, tuple(sorted(quotes.get((kind, half, theme), ()))))
        for (kind, half, theme), people in sorted(
            shown.items(), key=lambda each: (-each[0][1], each[0][0], -each[1])
        )
    ]


def usual_answer_by(on: date) -> date:
    return on + timedelta(days=21)
