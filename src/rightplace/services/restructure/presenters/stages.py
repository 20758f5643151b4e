"""The board of stages: what is done and since when, what is missing, what must come first; and the evaluations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Lines, Row
from rightplace.domain.restructuring import Evidence, Missing, Stage
from rightplace.services.restructure.models import Evaluation

STAGE_COLUMNS = (Column("Stage"), Column("Stands"), Column("Shown"), Column("Missing"))
EVALUATION_COLUMNS = (
    Column("Role"), Column("Grade"), Column("Points", number=True), Column("Evaluated"), Column("Equal pay"),
)  # fmt: skip
KIND_GLUE = "|"


@dataclass(frozen=True, kw_only=True)
class Board:
    """Every stage with its evidence. `missing` is every gap of every stage; `evidence` whatever was shown or worked out."""

    stages: Sequence[Stage]
    evidence: Sequence[Evidence]
    missing: Sequence[Missing]
    published: date | None
    now: datetime

    @property
    def against_results(self) -> list[str]:
        """What stands against publishing, as sentences."""
        order = [stage.id for stage in self.stages]
        before = set(order[: order.index("results")])
        return [each.because for each in self.missing if each.stage in before]

    @property
    def current(self) -> Stage | None:
        """The first stage in which something is missing."""
        open_ones = {each.stage for each in self.missing}
        return next((stage for stage in self.stages if stage.id in open_ones), None)

    @property
    def sentences(self) -> list[str]:
        done = sum(1 for stage in self.stages if not self._gaps(stage))
        said = [f"{done} of {words.count_words(len(self.stages), 'stage')} are done."]
        if self.current is not None:
            said.append(f"Now: {self.current.title}.")
        if self.published is None:
            left = len(self.against_results)
            said.append(
                f"{words.count_words(left, 'thing')} stand against publishing results."
                if left > 1
                else "One thing stands against publishing results."
                if left
                else "Nothing stands against publishing the results."
            )
        else:
            said.append(f"The results were published on {words.plain_day(self.published)}.")
        return said

    def _gaps(self, stage: Stage) -> list[Missing]:
        return [each for each in self.missing if each.stage == stage.id]

    @property
    def rows(self) -> list[Row]:
        return [self._row(place, stage) for place, stage in enumerate(self.stages, 1)]

    def _row(self, place: int, stage: Stage) -> Row:
        gaps = self._gaps(stage)
        shown = [each for each in self.evidence if each.stage == stage.id]
        if not gaps:
            stands = tags.met("done")
        elif shown:
            stands = tags.due_soon("begun")
        else:
            stands = tags.still_open("not begun")
        said = "; ".join(self._shown(each) for each in shown[:6])
        more = f" and {len(shown) - 6} more" if len(shown) > 6 else ""
        # a gap that is of order, not of absence, says so itself
        missing = "; ".join(
            f"{each.kind} for {each.of}" if each.of else each.kind or each.because for each in gaps[:6]
        ) + (f" and {len(gaps) - 6} more" if len(gaps) > 6 else "")
        return Row(
            (
                Lines(f"{place}. {stage.title}", stage.source),
                stands,
                said + more or "nothing",
                missing or "nothing",
            )
        )

    def _shown(self, each: Evidence) -> str:
        of = f" for {each.of}" if each.of else ""
        return f"{each.kind}{of}, {words.plain_day(each.day)} ({each.reference})"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can still be shown, for the form: stage, kind and role, in the order of the stages."""
        kinds = {(stage.id, kind) for stage in self.stages for kind in stage.evidence}
        return [
            (KIND_GLUE.join((each.stage, each.kind, each.of)), each.because.removeprefix("no dated evidence of "))
            for each in self.missing
            if (each.stage, each.kind) in kinds and each.kind != "job evaluated" and each.stage != "results"
            and "is dated before" not in each.because
        ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Evaluations:
    """Each role of the new structure with its evaluation; without one no post of it enters matching."""

    roles: Sequence[str]
    rows_kept: Sequence[Evaluation]

    @property
    def sentences(self) -> list[str]:
        done = {each.role for each in self.rows_kept if each.equal_pay}
        left = [role for role in self.roles if role not in done]
        if not self.roles:
            return ["The new structure has no posts yet."]
        if not left:
            return ["Every role is evaluated and held against work of equal value."]
        return [f"{words.listed(left)}: not evaluated. No post of it enters matching before that."]

    @property
    def rows(self) -> list[Row]:
        made = [
            Row((
                each.role, each.grade, each.points,
                Lines(words.plain_day(each.on), f"{each.evaluators}. {each.reference}"),
                Lines("found equal" if each.equal_pay else "not equal, or not looked at", each.equal_pay_words),
            ))
            for each in self.rows_kept
        ]  # fmt: skip
        known = {each.role for each in self.rows_kept}
        return made + [
            Row((role, None, None, tags.not_known("not evaluated"), None))
            for role in self.roles
            if role not in known
        ]
