"""Interviews in the demonstration: of those who left and of those who stay, most of them read and coded by one person.

Themes are told of half-years that have ended, from five people on: the words are so spread that some are told, some not.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from rightplace.demo.material.strip import strip
from rightplace.demo.seeding.recruitment_ways import CARRIERS, Seeding, before, nine, working
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Leaver
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.services.recruitment import voices
from rightplace.services.recruitment.models import Voice

EXIT: Final = (
    ("workload", "Two court cases at once and nobody to take one.", "Nobody can do two court cases at once well."),
    ("workload", "I wrote records at night for a year.", ""),
    ("supervision", "Supervision was moved four times in a row.", ""),
    ("workload", "On Fridays I did what should have been done on Mondays.", "I was good at this work, on two days of five."),
    ("pay", "The next authority pays more for the same grade.", ""),
    ("workload", "Nineteen families, and I knew the names of the schools of ten.", ""),
    ("workload", "After a colleague left I had her families too, for five months.", "Say who takes them before somebody goes."),
    ("career", "There was no next step for me here.", ""),
)  # fmt: skip
STAY: Final = (
    ("team", "My colleagues. We eat together on Fridays.", ""),
    ("workload", "Fewer families and I would stay for good.", ""),
    (
        "team",
        "When a visit was bad there is always somebody in the room.",
        "There is always somebody in the room.",
    ),
    ("flexible", "I start late on two days for school.", ""),
    ("workload", "I can do this work as long as I can do it properly.", ""),
)
ASKED: Final = {"exit": "What made you begin to look elsewhere?", "stay": "What makes you stay?"}
SINCE, STAYS_FROM = timedelta(days=430), date(2025, 9, 8)
STAYED: Final = 27


def hear(seeding: Seeding) -> None:
    """Four of five who left since a year were heard before they went; a round of stay interviews was in autumn."""
    rows = Leaver.objects.filter(on__gt=seeding.today - SINCE, on__lte=seeding.today).order_by("on", "id")
    last = {
        row.worker_id: row
        for row in Membership.objects.filter(worker__in=rows.values("worker"), role__in=CARRIERS)
        .select_related("worker", "team").order_by("begins", "id")
    }  # fmt: skip
    heard = [row for place, row in enumerate(rows) if place % 5 != 3 and row.worker_id in last]
    for place, row in enumerate(heard):
        theme, words, quote = EXIT[place % len(EXIT)]
        once = quote if place < len(EXIT) else ""
        said(seeding, actor_of(last[row.worker_id]), "exit", row.on - timedelta(days=5), theme, words, once)
    here = Membership.objects.filter(holding(seeding.today), role__in=CARRIERS, begins__lt=STAYS_FROM)
    for place, member in enumerate(here.select_related("worker", "team").order_by("id")[: 2 * STAYED : 2]):
        theme, words, quote = STAY[place % len(STAY)]
        once = quote if place < len(STAY) else ""
        said(seeding, actor_of(member), "stay", STAYS_FROM + timedelta(days=3 * place), theme, words, once)
    ask_the_story(seeding)


def ask_the_story(seeding: Seeding) -> None:
    """The story's workers were asked last week what makes them stay, and may answer or say no."""
    names = [each.name for each in strip().people]
    rows = Membership.objects.filter(holding(seeding.today), role__in=CARRIERS, worker__name__in=names)
    with clock.clock_at(nine(working(seeding.today - timedelta(days=7)))):
        for row in rows.select_related("worker").order_by("id"):
            open_now = Voice.objects.filter(worker=row.worker, kind="stay", answered_on=None).exists()
            if not open_now:
                by_day = voices.usual_answer_by(clock.today())
                voices.offer_interview(worker=row.worker, kind="stay", answer_by=by_day, by=seeding.by)


def said(seeding: Seeding, worker: Actor, kind: str, on: date, theme: str, words: str, quote: str) -> None:
    """One interview: offered, answered two days later, read the day after."""
    try:
        on = before(on)
        with clock.clock_at(nine(before(on - timedelta(days=2)))):
            who = Worker.objects.get(pk=worker.worker)
            made = voices.offer_interview(
                worker=who, kind=kind, answer_by=on + timedelta(days=4), by=seeding.by
            )
        with clock.clock_at(nine(on)):
            voices.answer_interview(voice=made, answers=[(ASKED[kind], words)], quote=quote, by=worker)
        with clock.clock_at(nine(working(on + timedelta(days=1)))):
            voices.code_themes(voice=made, themes=[theme], quote_under=theme if quote else "", by=seeding.by)
    except Refused:
        return  # somebody with an interview of this kind already
