"""What a person reads about the own pool, wishes, right, scores, letter and appeal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.foundation.organisation.models import Worker
from rightplace.services.selection.appealing import clock_of
from rightplace.services.selection.letters import appeal_words
from rightplace.services.selection.models import (
    Adjustment,
    Appeal,
    AppealWord,
    Assessment,
    Criterion,
    Letter,
    Member,
    Offer,
    Pool,
    PreferenceList,
    Result,
    ScoreSheet,
    Share,
)
from rightplace.services.selection.presenters.sections import Act, Quoted, Section
from rightplace.services.selection.scoring import counting

INTERVIEW_COLUMNS = (Column("Panel"), Column("When"), Column("Where"), Column("Who scores"))
WISH_COLUMNS = (Column("Place"), Column("Team"))
STEP_COLUMNS = (Column("Step"), Column("Last day"), Column("Done"), Column("Source"))
MARK_COLUMNS = (Column("Criterion"), Column("Mark", number=True), Column("Evidence"))
STEP_WORDS = {"made": "The appeal is made", "heard": "It is heard", "answered": "The outcome is written"}


@dataclass(frozen=True)
class OwnPlace:
    """One person's own page."""

    member: Member
    now: datetime
    wishes: PreferenceList | None
    jobs: Mapping[int, str]
    offer: Offer | None
    letter: Letter | None
    appeals: Sequence[Appeal]
    named: Worker | None = None
    interviews: Sequence[Assessment] = ()
    adjustment: Adjustment | None = None
    share: Share | None = None

    @property
    def open(self) -> bool:
        """Whether wishes can be changed today."""
        exercise = self.member.exercise
        return exercise.opens <= self.now.date() <= exercise.closes

    def sections(self, answer: Act | None, ask: Act | None = None) -> list[Section]:
        found = [self._pool(), self._wishes(), self._interview(ask)]
        if self.offer is not None:
            found.insert(0, self._offer(self.offer, answer))
        if self.letter is not None:
            found.insert(0, self._letter(self.letter))
        return [*found, self._appeals()]

    def _pool(self) -> Section:
        pool = self.member.pool
        tag = tags.still_open(Pool.Kind(pool.kind).label) if pool else tags.not_known("in no pool yet")
        says = [self.member.because]
        if self.member.exercise.told_on is not None:
            says.append(f"You were told on {words.plain_day(self.member.exercise.told_on)}.")
        return Section("Your pool, and why", "pool", tag, says)

    def _wishes(self) -> Section:
        exercise = self.member.exercise
        says = [f"You can change them until {words.day_words(exercise.closes, self.now)}."] if self.open else [
            f"They closed on {words.plain_day(exercise.closes)}."
        ]  # fmt: skip
        if self.wishes is not None and self.wishes.paper_of is not None:
            says.append(
                f"Typed in by {self.wishes.recorded_by.name} from your paper of {words.plain_day(self.wishes.paper_of)}."
            )
        rows = [
            Row((f"{place}. {self.jobs[job].partition(', ')[0]}", self.jobs[job].partition(", ")[2]))
            for place, job in enumerate(self.wishes.jobs if self.wishes else [], 1)
        ]
        if self.share is not None:
            first = self.share.first_id == self.member.pk
            other = self.share.second if first else self.share.first
            whose = "Your list counts" if first else f"The list of {other.worker.name} counts"
            says.append(f"You ask for one place together with {other.worker.name}. {whose} for both of you.")
        link = Link("Say what you would like", reverse("selection:own-wishes", args=[self.member.pk]))
        return Section(
            "What you would like", "wishes", says=says, columns=WISH_COLUMNS, rows=rows,
            empty="You have named no place yet.", links=[link] if self.open else [],
        )  # fmt: skip

    def _interview(self, ask: Act | None) -> Section:
        """When and where, before whom, and what is agreed to make it fair."""
        rows = [
            Row((
                each.panel.title, words.when(each.interview_at) if each.interview_at else None, each.place or None,
                words.listed(sorted(sheet.scorer.name for sheet in counting(each))),
            ))
            for each in self.interviews
        ]  # fmt: skip
        says = (
            [f"They are {len(rows)}." if len(rows) > 1 else "Two trained people score you, each alone."]
            if rows
            else []
        )
        quotes = []
        asked = self.adjustment
        if asked is not None:
            quotes.append(
                Quoted(asked.said["asked"], f"You asked for this, {words.plain_day(asked.recorded_at)}")
            )
            if asked.answered_by is not None and asked.answered_on is not None:
                whose = (
                    f"{asked.answered_by.name}, {words.plain_day(asked.answered_on)}. The panel reads this."
                )
                quotes.append(Quoted(asked.said["agreed"], whose))
        waits = asked is not None and asked.answered_on is None
        return Section(
            "Your interview", "interview", tags.due_soon("human resources answer") if waits else None, says,
            columns=INTERVIEW_COLUMNS, rows=rows, empty="No interview is set yet.", quotes=quotes,
            acts=[ask] if ask is not None and not waits else [],
        )  # fmt: skip

    def _offer(self, offer: Offer, answer: Act | None) -> Section:
        says = ["You have a right to be offered a suitable vacancy before anybody competes for it."]
        if offer.judged_on is None:
            says.append("Human resources is finding out which places suit you. Nobody is placed before that.")
        else:
            says.append(f"These suit you: {words.listed(offer.said['suitable'])}.")
        tag = (
            tags.met(Offer.Answer(offer.answer).label)
            if offer.answer
            else tags.due_soon("waits for an answer")
        )
        return Section("Your right comes first", "right", tag, says, acts=[answer] if answer else [])

    def _letter(self, letter: Letter) -> Section:
        decided = letter.said["parts"][0][1]
        says = list(decided)
        if self.named is not None:
            says.append(f"{self.named.name} looks for another post with you.")
        link = Link("Read your letter", reverse("selection:letter", args=[letter.pk]))
        return Section("What was decided", "decided", says=says, links=[link])

    def _appeals(self) -> Section:
        rows = [
            Row((
                Link(f"Against {Appeal.About(each.about).label}", reverse("selection:own-appeal", args=[each.pk])),
                words.plain_day(each.made_on), appeal_tag(each, self.now.date()),
            ))
            for each in self.appeals
        ]  # fmt: skip
        link = Link("Appeal", reverse("selection:own-appeal-new", args=[self.member.pk]))
        columns = (Column("Appeal"), Column("Made"), Column("How it stands"))
        can = self.member.exercise.told_on is not None
        return Section(
            "Appeals",
            "appeals",
            columns=columns,
            rows=rows,
            empty="You have not appealed.",
            links=[link] if can else [],
        )


def appeal_tag(appeal: Appeal, today: date) -> tags.Tag:
    """How an appeal stands: decided, or by when its next step is due."""
    if appeal.outcome:
        return tags.met(Appeal.Outcome(appeal.outcome).label)
    waiting = next((step for step in clock_of(appeal) if step.done is None), None)
    if waiting is None or waiting.due is None:
        return tags.still_open("being heard")
    due = date.fromordinal(waiting.due)
    said = f"{STEP_WORDS[waiting.name].lower()} by {words.plain_day(due, year=False)}"
    return tags.late(said) if waiting.late(today.toordinal()) else tags.still_open(said)


def letter_sections(letter: Letter, named: Worker | None) -> list[Section]:
    """A letter as the parts of a page; the PDF is made of the same."""
    found = [
        Section(heading, f"part-{place}", says=says)
        for place, (heading, says) in enumerate(letter.said["parts"])
    ]
    if named is not None:
        found.append(
            Section("Who looks for another post with you", "named", says=[f"{named.name}, {named.phone}."])
        )
    told = appeal_words(letter)
    return [*found, Section("If you think that this is wrong", "wrong", says=told)] if told else found


def score_sections(
    results: Sequence[Result], sheets: Sequence[ScoreSheet], criteria: Mapping[int, Sequence[Criterion]]
) -> list[Section]:
    """Each settled score with what each scorer wrote, for the person, human resources and the hearer."""
    found = []
    for result in results:
        assessment = result.assessment
        own = [each for each in sheets if each.assessment_id == assessment.pk and each.turn == result.turn]
        titles = {each.code: each for each in criteria[assessment.panel_id]}
        says = [f"{result.said['score'] / 100:g} of 100, settled on {words.plain_day(result.recorded_at)}."]
        says += [
            f"{titles[code].title}: the scorers were apart. A third settled on {points}: {why}"
            for code, points, why in result.said["moderated"]
        ]
        turn = f" (scored anew, {result.turn}. time)" if result.turn > 1 else ""
        found.append(Section(f"{assessment.panel.title}{turn}", f"panel-{result.pk}", says=says))
        found += [_sheet(each, titles, place, result.pk) for place, each in enumerate(own, 1)]
    return found


def _sheet(sheet: ScoreSheet, titles: Mapping[str, Criterion], place: int, of: int) -> Section:
    rows = [
        Row((titles[code].title, f"{points} of {titles[code].most}", evidence))
        for code, (points, evidence) in sheet.said["marks"].items()
    ]
    return Section(f"Scorer {place}", f"scorer-{of}-{place}", columns=MARK_COLUMNS, rows=rows)


def appeal_sections(appeal: Appeal, said: Sequence[AppealWord], now: datetime) -> list[Section]:
    """An appeal with its clocks and everything said in it."""
    rows = [
        Row(
            (
                STEP_WORDS[step.name],
                words.plain_day(date.fromordinal(step.due)) if step.due else "counts from the step before",
                words.plain_day(date.fromordinal(step.done))
                if step.done
                else _not_done(step.late(now.toordinal())),
                step.rule.source + ("" if step.rule.checked else " (not checked against its source)"),
            ),
            late=step.late(now.toordinal()) and step.done is None,
        )
        for step in clock_of(appeal)
    ]
    says = [f"Against {Appeal.About(appeal.about).label}."]
    if appeal.hearer is not None and appeal.hearing_on is not None:
        says.append(
            f"{appeal.hearer.name} hears it on {words.plain_day(appeal.hearing_on)}, having taken no part before."
        )
    quotes = [
        Quoted(each.said["words"], f"{AppealWord.Said(each.kind).label}, {words.when(each.recorded_at)}")
        for each in said
    ]
    return [
        Section(
            "How it stands", "stands", appeal_tag(appeal, now.date()), says, columns=STEP_COLUMNS, rows=rows
        ),
        Section("What was said", "said", quotes=quotes),
    ]


def _not_done(late: bool) -> tags.Tag:
    return tags.late("late") if late else tags.still_open("not yet")
