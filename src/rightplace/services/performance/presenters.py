"""What the pages say of objectives, thanks and support. No figure of a worker is made here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.foundation.organisation.models import Membership
from rightplace.services.performance.models import Matter, Objective, Step, Thanks
from rightplace.services.performance.sealing import (
    ACCOUNT,
    ADJUSTMENTS,
    COMPANION,
    HELP,
    OBJECTIVES,
    SUPPORT,
    THANKS,
    WORDS,
    opened,
)
from rightplace.services.performance.stages import Rules, Stage

OBJECTIVE_COLUMNS = (Column("Objective"), Column("Agreed"), Column("Looked at together"))
TEAM_COLUMNS = (Column("Who"), Column("Objectives"), Column("Next looked at"), Column("What you may do"))
MATTER_COLUMNS = (Column("With whom"), Column("Where it stands"), Column("Next"))
WAIT_COLUMNS = (Column("What waits for you"), Column("By"))
SOURCES = {
    Thanks.From.COLLEAGUE: "a colleague", Thanks.From.FAMILY: "a family", Thanks.From.CHILD: "a child or young person",
    Thanks.From.PARTNER: "another agency",
}  # fmt: skip


@dataclass(frozen=True)
class ObjectiveShown:
    """One objective as both read it."""

    of: Objective
    now: datetime
    own: bool

    @property
    def text(self) -> str:
        return opened(OBJECTIVES, self.of.pk, WORDS, self.of.sealed)

    @property
    def support(self) -> str:
        return opened(OBJECTIVES, self.of.pk, HELP, self.of.sealed_support)

    @property
    def is_agreed(self) -> bool:
        return self.of.agreed_by_worker is not None and self.of.agreed_by_lead is not None

    @property
    def may_agree(self) -> bool:
        """Whether it waits for this reader's word."""
        mine = self.of.agreed_by_worker if self.own else self.of.agreed_by_lead
        return self.of.closed_at is None and mine is None

    @property
    def agreed(self) -> Tag:
        if self.of.closed_at is not None:
            return tags.plain(Objective.Came(self.of.came).label)
        if self.is_agreed:
            return tags.met("agreed by both")
        return tags.due_soon("waits for you" if self.may_agree else "waits for the other")

    @property
    def row(self) -> Row:
        due = tags.due_tag(self.of.review_by, self.now) if self.of.closed_at is None else "ended"
        return Row([Link(self.text, reverse("performance:objective", args=[self.of.pk])), self.agreed, due])

    @property
    def reviews(self) -> list[tuple[str, str, str]]:
        """Who said what, when; each side by side."""
        return [
            (
                each.recorded_by.name, words.when(each.recorded_at),
                opened(OBJECTIVES, each.pk, WORDS, each.sealed),
            )
            for each in sorted(self.of.reviews.all(), key=lambda each: each.recorded_at)
        ]  # fmt: skip


@dataclass(frozen=True)
class ThanksShown:
    """Thanks as the worker, or the team, reads them."""

    of: Thanks

    @property
    def text(self) -> str:
        return opened(THANKS, self.of.pk, WORDS, self.of.sealed)

    @property
    def whom(self) -> str:
        return self.of.worker.name

    @property
    def told(self) -> str:
        """From whom, and when. A family or child is never named."""
        when = words.plain_day(self.of.recorded_at.date())
        if self.of.source == Thanks.From.COLLEAGUE:
            return f"{self.of.recorded_by.name}, {when}"
        return f"{words.capitalised(SOURCES[Thanks.From(self.of.source)])}, passed on by {self.of.recorded_by.name}, {when}"


@dataclass(frozen=True)
class TeamLine:
    """Somebody whom one leads: how many objectives stand, never how well."""

    member: Membership
    objectives: Sequence[Objective]
    now: datetime

    @property
    def row(self) -> Row:
        worker = self.member.worker
        stand = [each for each in self.objectives if each.agreed_by_worker and each.agreed_by_lead]
        waits = len(self.objectives) - len(stand)
        more = f"{waits} to agree" if waits else ""
        next_look = min((each.review_by for each in stand), default=None)
        return Row(
            [
                Link(worker.name, reverse("performance:worker", args=[worker.pk]), self.member.team.name),
                Lines(words.count_words(len(stand), "agreed", "agreed", none="none agreed"), more),
                tags.due_tag(next_look, self.now) if next_look else "no day",
                Link("Propose an objective", reverse("performance:propose-for", args=[worker.pk])),
            ],
            late=next_look is not None and next_look < self.now.date(),
        )


@dataclass(frozen=True)
class StepShown:
    """One step of support: what was written, and the worker's own account beside it."""

    of: Step
    stage: Stage
    rules: Rules
    now: datetime
    worker: str

    @property
    def text(self) -> str:
        return opened(SUPPORT, self.of.pk, WORDS, self.of.sealed)

    @property
    def help(self) -> str:
        return opened(SUPPORT, self.of.pk, HELP, self.of.sealed_support)

    @property
    def adjustments(self) -> str:
        return opened(SUPPORT, self.of.pk, ADJUSTMENTS, self.of.sealed_adjustments)

    @property
    def account(self) -> str:
        return opened(SUPPORT, self.of.pk, ACCOUNT, self.of.sealed_account)

    @property
    def outcome(self) -> str:
        return self.rules.outcomes.get(self.of.outcome, "")

    @property
    def by(self) -> str:
        return f"{self.of.recorded_by.name}, {words.plain_day(self.of.on)}"

    @property
    def until(self) -> str:
        """What the step's day means."""
        if self.of.due is None:
            return ""
        day = words.day_words(self.of.due, self.now)
        if self.stage.meeting:
            return f"The meeting is on {day}."
        if self.stage.appeals:
            return f"An appeal is possible until {day}."
        return f"It is looked at again by {day}."

    @property
    def sign(self) -> Tag:
        if self.of.signed_at is None:
            return tags.due_tag(self.of.answer_by, self.now)
        return tags.met("signed")

    @property
    def stand(self) -> str:
        if self.of.signed_at is None:
            return f"{self.worker} has not signed yet, and has until {words.plain_day(self.of.answer_by)}."
        seen = "agrees" if self.of.stand == Step.Stand.AGREES else "sees it otherwise"
        return f"{self.worker} has read it and {seen}, {words.when(self.of.signed_at)}."


@dataclass(frozen=True)
class MatterShown:
    """Support with somebody: its steps, who reads it, and what may come next."""

    of: Matter
    steps: Sequence[StepShown]
    offered: Sequence[Stage]
    own: bool
    now: datetime

    @property
    def readers(self) -> list[str]:
        """Everybody who can read the page, by name and part."""
        found = [
            (self.of.worker, "whom it is about"), (self.of.led_by, "who leads it"),
            (self.of.next_manager, "the next manager"), (self.of.hr_owner, "human resources"),
            (self.of.appeal_by, "who hears the appeal"),
        ]  # fmt: skip
        if self.of.companion_reads:
            found.append((self.of.companion, "the companion"))
        return [f"{who.name}, {part}" for who, part in found if who is not None]

    @property
    def companion(self) -> str:
        return opened(SUPPORT, self.of.pk, COMPANION, self.of.sealed_companion)

    @property
    def stands(self) -> Tag:
        return (
            tags.plain("ended")
            if self.of.at == Matter.At.CLOSED
            else tags.still_open(Matter.At(self.of.at).label)
        )

    @property
    def unsigned(self) -> StepShown | None:
        """The step that waits for the worker's own account."""
        return next((each for each in self.steps if each.of.signed_at is None), None)


def matter_row(matter: Matter, now: datetime, me: int) -> Row:
    """One line of the list of who leads, decides or is supported."""
    name = "You" if matter.worker_id == me else matter.worker.name
    due = tags.due_tag(matter.due, now) if matter.due and matter.at != Matter.At.CLOSED else "no day"
    stands = tags.plain("ended") if matter.at == Matter.At.CLOSED else Matter.At(matter.at).label
    return Row([Link(name, reverse("performance:matter", args=[matter.pk])), stands, due])
