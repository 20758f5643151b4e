"""A selection as human resources and heads of service read it: where it stands, pools, panels, runs, appeals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.charts import Bar, BarChart, Caption
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.foundation.organisation.establishment.tables import Profession
from rightplace.services.selection.models import (
    Appeal,
    Assessment,
    Exercise,
    Member,
    Panel,
    Pool,
    Run,
    RunResult,
)
from rightplace.services.selection.presenters.own import appeal_tag
from rightplace.services.selection.presenters.sections import Section
from rightplace.services.selection.queries import Counts, RunLine

POOL_COLUMNS = (Column("Pool"), Column("How"), Column("People", number=True), Column("Places", number=True))
PANEL_COLUMNS = (Column("Panel"), Column("People", number=True), Column("Settled", number=True))
RUN_COLUMNS = (Column("Run"), Column("Asked"), Column("How it stands"))
APPEAL_COLUMNS = (Column("Who"), Column("Against"), Column("Made"), Column("How it stands"))
PEOPLE_COLUMNS = (
    Column("Who"), Column("Own post"), Column("Pool"), Column("Wishes"), Column("Scores", number=True),
)  # fmt: skip
ASSESSMENT_COLUMNS = (Column("Who"), Column("Interview"), Column("Scorers"), Column("How it stands"))
METHODS = {
    "stable": "Nobody stands above an occupant",
    "fewest envied": "The skill mix, with the fewest claims",
    "best placed": "Most preference and score together",
}


@dataclass(frozen=True)
class Overview:
    """One selection."""

    exercise: Exercise
    now: datetime
    counts: Counts
    pools: Sequence[Pool]
    panels: Sequence[Panel]
    runs: Sequence[RunLine]
    appeals: Sequence[Appeal]

    def stands(self) -> Section:
        number, exercise = self.counts, self.exercise
        says = [
            f"{words.count_words(number.people, 'person', 'people')} under review.",
            *(
                [f"{number.absent} away, {number.acting} acting up: each in the pool of the own post."]
                if number.absent or number.acting
                else []
            ),
            f"Preferences from {words.plain_day(exercise.opens)} to {words.plain_day(exercise.closes)}.",
            f"{words.count_words(number.without_wishes, 'person has', 'people have', none='Nobody has')} named nothing.",
            f"{number.signed} of {number.sheets} score sheets are signed.",
        ]
        if number.placed or number.unplaced:
            says.append(
                f"{number.placed} have a place; for {number.unplaced} another post is sought by a named person. "
                "Nobody is dismissed by a matching."
            )
        links = [
            Link("Everybody under review", reverse("selection:people", args=[exercise.pk])),
            Link("Skill mix of the four professions", reverse("selection:mix", args=[exercise.pk])),
            Link("Job shares", reverse("selection:shares", args=[exercise.pk])),
            Link("Preferences as a spreadsheet", reverse("selection:sheet-wishes", args=[exercise.pk])),
            Link("Scores as a spreadsheet", reverse("selection:sheet-scores", args=[exercise.pk])),
            Link("Take in preferences from a spreadsheet", reverse("selection:take", args=[exercise.pk])),
        ]
        return Section("Where it stands", "stands", self._tag(), says, links=links)

    def _tag(self) -> tags.Tag:
        if self.exercise.published_at is not None:
            return tags.met(f"results out {words.plain_day(self.exercise.published_at)}")
        return tags.still_open("results not out")

    def waits(self) -> Section:
        """What must be done before the next step, in words."""
        number, count = self.counts, words.count_words
        rights = count(number.open_offers, "right", "rights")
        away = count(number.not_reached, "person who is away", "people who are away")
        found = [
            says
            for many, says in (
                (
                    number.open_offers,
                    f"{rights} to be offered a place first: nothing is matched before each is answered.",
                ),
                (number.without_pool, f"{count(number.without_pool, 'person is', 'people are')} in no pool."),
                (number.not_reached, f"{away} not reached yet."),
                (
                    number.open_appeals,
                    f"{count(number.open_appeals, 'open appeal', 'open appeals')}: nobody is moved before.",
                ),
            )
            if many
        ]
        links = []
        if self.exercise.published_at is None:
            stages = reverse("restructure:stages", args=[self.exercise.programme_id])
            links = [
                Link(
                    "What stands against publishing the results", stages, "stage by stage, with its evidence"
                )
            ]
        return Section(
            "What stands in the way",
            "waits",
            says=found,
            empty="" if found else "Nothing here stands in the way.",
            links=links,
        )

    def pool_section(self) -> Section:
        rows = [
            Row((
                Link(pool.name, reverse("selection:pool", args=[pool.pk])), Pool.Kind(pool.kind).label,
                str(getattr(pool, "people", 0)), str(getattr(pool, "places", 0)),
            ))
            for pool in self.pools
        ]  # fmt: skip
        return Section("Pools", "pools", columns=POOL_COLUMNS, rows=rows, empty="There is no pool yet.")

    def panel_section(self) -> Section:
        rows = [
            Row((
                Link(panel.title, reverse("selection:panel", args=[panel.pk])), str(getattr(panel, "people", 0)),
                str(getattr(panel, "settled", 0)),
            ))
            for panel in self.panels
        ]  # fmt: skip
        return Section("Panels", "panels", columns=PANEL_COLUMNS, rows=rows, empty="There is no panel yet.")

    def run_section(self) -> Section:
        rows = [
            Row((
                Link(f"Run {run.number}", reverse("selection:run", args=[run.number_in_all]), run.more),
                words.when(run.asked), run_tag(run, last=run.number == len(self.runs)),
            ))
            for run in self.runs
        ]  # fmt: skip
        return Section("Matching", "runs", columns=RUN_COLUMNS, rows=rows, empty="Nobody was matched yet.")

    def appeal_section(self) -> Section:
        rows = [
            Row((
                Link(each.member.worker.name, reverse("selection:appeal", args=[each.pk])), Appeal.About(each.about).label,
                words.plain_day(each.made_on), appeal_tag(each, self.now.date()),
            ))
            for each in self.appeals
        ]  # fmt: skip
        return Section("Appeals", "appeals", columns=APPEAL_COLUMNS, rows=rows, empty="Nobody has appealed.")


def run_tag(run: RunLine, *, last: bool = True) -> tags.Tag:
    """How a run stands: asked, stopped with its reason, a question to a panel, taken forward."""
    if run.state == Run.State.WAITING:
        return tags.still_open("being worked out")
    if run.state == Run.State.STOPPED:
        return tags.due_soon("not worked out")
    if run.forward:
        return tags.met("taken forward")
    if not last:
        return tags.plain("matched anew since")
    return tags.due_soon("a question to a panel") if run.asks else tags.still_open("to decide")


def in_words(text: str) -> str:
    """What the rules say of professions by their codes, in the words of the screens."""
    for code, label in Profession.choices:
        text = text.replace(f"of {code}", f"of {label}")
    return text


def interview_cell(assessment: Assessment) -> Cell:
    """When and where an interview is; not known while nobody has said so."""
    if assessment.interview_at is None:
        return None
    return Lines(words.when(assessment.interview_at), assessment.place)


def people_row(member: Member) -> Row:
    """One line of those under review."""
    away = "away" if member.away and member.away != "acting_up" else "acts up" if member.acting_in_id else ""
    lists, assessed = getattr(member, "lists", 0), getattr(member, "assessed", 0)
    return Row((
        Link(member.worker.name, reverse("selection:person", args=[member.pk]), away),
        f"{member.post.title} {member.post.reference}",
        member.pool.name if member.pool else None, tags.met("named") if lists else tags.due_soon("none"), str(assessed),
    ))  # fmt: skip


def price_charts(run: Run, results: Sequence[RunResult], now: datetime) -> list[BarChart]:
    """The results side by side, the picture first: claims that somebody could make, and first choices."""
    shown = {each.method: each.figures for each in results if each.figures["first_choices"] is not None}
    if "stable" not in shown or len(shown) < 2:
        return []
    stable, best = shown["stable"], shown.get("best placed", shown["stable"])
    gained = best["first_choices"] - stable["first_choices"]
    caption = Caption(run.finished_at or now, stable["people"], "people matched")
    more = words.count_words(
        abs(gained), "more first choice", "more first choices", none="No more first choices"
    )
    where = "where preference and score count together" if gained >= 0 else "where nobody stands above"
    claims = words.count_words(best["claims"], "person", "people", none="Nobody")
    return [
        BarChart(
            finding=f"{claims} could say “my score was higher” where preference and score count together",
            bars=_bars(shown, "claims"), caption=caption, heading="Result", figure="People with a claim",
        ),
        BarChart(
            finding=f"{more} {where}", bars=_bars(shown, "first_choices"), caption=caption, heading="Result",
            figure="First choices",
        ),
    ]  # fmt: skip


def _bars(shown: Mapping[str, Mapping[str, Any]], figure: str) -> list[Bar]:
    return [
        Bar(says, shown[method][figure], method == "stable")
        for method, says in METHODS.items()
        if method in shown
    ]
