"""An answer's page: in short, pictures, what it hangs on, what it cannot say, what was asked, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from rightplace.common.web import palette, svg, words
from rightplace.domain.simulation.scenarios import ImpossibleScenario, Scenario, read
from rightplace.domain.simulation.scenarios.answer import Answer
from rightplace.overview.capacity.care import CAREFUL
from rightplace.overview.capacity.charts import NARROW_BAND, WIDE_BAND
from rightplace.overview.capacity.looking import ASK_FOR_LESS, MOST_TRIALS
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.presenters import asides, headlines, pictures
from rightplace.overview.capacity.presenters import found as fewest
from rightplace.overview.capacity.presenters.pictures import Shown
from rightplace.overview.capacity.presenters.promises import Promises, promises
from rightplace.overview.capacity.presenters.sizes import size
from rightplace.overview.capacity.presenters.worst import SHORTLY

CANNOT = (
    "What will happen. It says how often something happens when the same service is played through many times.",
    "Anything about a child. Families in it are drawn by chance.",
    "What courts, schools, police and health can carry; and how workers move between teams.",
    "More than its assumptions: many strengths have been measured by nobody, and the page says on which it hangs.",
)
ANEW = "The model was changed in between, so this began anew: an answer is not half of one model and half of another."
NOT_OURS = (
    "How high our own figures are: it began from an invented service. Read what changes, not the level."
)

HALF_EMPTY = 40.0
"""Per cent of a full load: below it the worker in the middle would be idle most of the week, which no service knows."""


@dataclass(frozen=True)
class AnswerPage:
    """Everything that the page shows of one question."""

    run: Run
    own: bool
    may_ask: bool
    there: bool
    opened: bool = False
    """Whether what is folded is open, as for printing."""

    # how far it is ------------------------------------------------------------------------------------------------

    @property
    def number(self) -> int:
        return int(self.run.pk)

    @property
    def href(self) -> str:
        return reverse("capacity:answer", args=[self.run.pk])

    @property
    def title(self) -> str:
        return self.run.title

    @property
    def going(self) -> bool:
        return self.run.is_going

    @property
    def stopped(self) -> bool:
        return self.run.state == Run.State.STOPPED or (
            self.run.state == Run.State.FAILED and self.answer is not None
        )

    @property
    def done(self) -> int:
        return self.run.done

    @property
    def total(self) -> int:
        return max(int(self.run.done), int(self.run.total))

    @property
    def going_heading(self) -> str:
        if not self.going:
            return "Stopped" if self.run.state == Run.State.STOPPED else "It could not go on"
        if self.run.what == Run.What.SMALLEST:
            return "Looking for the fewest people"
        if self.answer is None:
            return "A first answer is coming"
        return (
            "More futures are being worked out"
            if self.run.done < self.run.total
            else "Looking for what this hangs on"
        )

    @property
    def going_words(self) -> str:
        far = f"{self.run.done} of {self.run.total} possible futures are worked out"
        if self.run.what == Run.What.SMALLEST:
            allowed = f", of at most {self.run.total}, then a check"
            if self.run.done > self.run.total:
                allowed = f": more than {self.run.total}, since a check did not bear out what was found"
            far = f"{words.count_words(self.run.done, 'establishment')} looked at{allowed}"
            far = words.capitalised(far) if self.run.done else "Nothing has been looked at yet"
        if self.run.state == Run.State.WAITING and not self.run.done:
            turn = "It waits for its turn, usually a moment. After an update the first question takes about a minute."
            return turn + self._anew
        if not self.going:
            more = f" {self.run.fault}" if self.run.fault else ""
            if self.run.done >= self.run.total and self.run.what == Run.What.WHAT_IF:
                return f"{far}. Only what the answer hangs on is not looked into yet.{more}"
            return f"{far}. What you read below is from these.{more}"
        if self.run.done >= self.run.total and self.run.what == Run.What.WHAT_IF:
            return f"{far}. Now it looks for what the answer hangs on, which takes a little longer."
        return f"{far}. You can leave this page; the work goes on.{self._anew}"

    @property
    def _anew(self) -> str:
        """That what was seen of this answer before is gone."""
        return f" {ANEW}" if self.run.asked.get("anew") else ""

    @property
    def may_go_on(self) -> bool:
        return self.own and self.there and bool(getattr(self.run, "can_go_on", False))

    @property
    def may_carefully(self) -> bool:
        is_done = self.run.state == Run.State.DONE and self.run.total < CAREFUL
        return is_done and self.may_go_on and self.run.what == Run.What.WHAT_IF

    @property
    def may_further(self) -> bool:
        """Whether a search ended before it was sure, and can look at more."""
        return self._ended_early and self.run.total < MOST_TRIALS and self.may_go_on

    @property
    def no_further(self) -> str:
        """Why a search that ended before it was sure looks at no more, and what to ask in its place."""
        if not self._ended_early or self.run.total < MOST_TRIALS:
            return ""
        return f"It has looked at {self.run.total} establishments, and looks at no more. {ASK_FOR_LESS}"

    @property
    def _ended_early(self) -> bool:
        ended = self.found is not None and self.found.found.ended_early
        return ended and self.run.state == Run.State.DONE

    @property
    def may_again(self) -> bool:
        return self.may_ask and not self.brings_its_own

    @property
    def may_ask_ours(self) -> bool:
        return self.may_ask and self.brings_its_own

    @property
    def fault(self) -> str:
        return self.run.fault

    @property
    def shared(self) -> bool:
        return self.run.shared

    @property
    def may_keep(self) -> bool:
        return self.run.what == Run.What.WHAT_IF and len(self.run.asked["scenarios"]) > 1

    @property
    def begins(self) -> str:
        """Whose service this is. Who asked it and when is folded with what was asked."""
        example = "An example, to show what an answer looks like. " if self.run.example else ""
        return f"{example}It begins from {self.run.start}."

    # what came out ------------------------------------------------------------------------------------------------

    @cached_property
    def answer(self) -> Answer | None:
        if self.run.answer is None:
            return None
        return None if self.run.what == Run.What.SMALLEST else Answer.from_builtins(self.run.answer)

    @property
    def is_shown(self) -> bool:
        return self.run.answer is not None

    @property
    def short(self) -> Sequence[str]:
        if self.run.what == Run.What.SMALLEST:
            return fewest.short(self.run.answer or {})
        return headlines.short(self.answer, self._size) if self.answer else []

    @cached_property
    def _scenarios(self) -> list[Scenario]:
        """What was asked; nothing where an older text cannot be read any more: its answer stays."""
        try:
            return [read(text) for text in self.run.asked["scenarios"]]
        except ImpossibleScenario:
            return []

    @property
    def _size(self) -> str:
        """How large the change is beside what is there."""
        return size(self.answer, self._scenarios[-1]) if self.answer and len(self._scenarios) == 2 else ""

    @property
    def rests(self) -> str:
        return headlines.rests(self.answer, self.going) if self.answer else ""

    @property
    def sure(self) -> str:
        """From how many futures, and whether it can be made surer."""
        if self.answer is None:
            return ""
        found = f"Worked out from {pictures.futures_words(self.answer)} over {ahead_words(self.answer.days)}"
        if self.going and self.run.done < self.run.total:
            return f"{found}. More are being worked out, {self.run.total} in all: each makes it surer."
        if self.run.state != Run.State.DONE:
            return f"{found}."
        more = (
            "more would not make it much surer" if self.run.total >= CAREFUL else f"{CAREFUL} would be surer"
        )
        return f"{found}; {more}."

    @property
    def beware(self) -> str:
        """What is to be known before a figure is believed: whose service this is, and whether its record can be true."""
        if self.answer is None:
            return ""
        if self.is_invented:
            return "This is an invented service, not ours. Read what changes, not how high it is."
        middle = pictures.load_now(self.answer)
        if middle is None or middle >= HALF_EMPTY:
            return ""
        return (
            f"By our own record the worker in the middle carries only {middle:.0f} per cent of a full load. "
            "Check posts and open cases before you trust how high a figure is; read what changes."
        )

    @property
    def is_invented(self) -> bool:
        return "invented" in self.run.start

    @property
    def brings_its_own(self) -> bool:
        """Whether it is about a service that the question itself describes: such a one has no today."""
        return bool(self._scenarios) and self._scenarios[0].structure() is not None

    @cached_property
    def promises(self) -> Promises | None:
        return promises(self.answer) if self.answer else None

    @cached_property
    def differences(self) -> list[Shown]:
        return pictures.differences(self.answer) if self.answer else []

    @property
    def difference_heading(self) -> str:
        return (
            "What the change brings"
            if self.answer and len(self.answer.scenarios) == 2
            else "What each brings"
        )

    @cached_property
    def beside(self) -> list[Shown]:
        return pictures.beside(self.answer) if self.answer else []

    @cached_property
    def others(self) -> list[Shown]:
        return [pictures.how_full(self.answer), pictures.costs(self.answer)] if self.answer else []

    @property
    def letters(self) -> list[str]:
        """Which line is which, where several scenarios are held beside each other."""
        if self.answer is None or len(self.answer.scenarios) < 3:
            return []
        return [f"{'ABCD'[nth]}: {each.name}" for nth, each in enumerate(self.answer.scenarios[1:])]

    # beside it ----------------------------------------------------------------------------------------------------

    @property
    def hangs_on(self) -> list[str]:
        return asides.hangs_on(self.answer) if self.answer else []

    @property
    def ours(self) -> list[str]:
        """What of it is learnt from our own record, and how that would have held."""
        return list(self.run.asked.get("ours", []))

    @property
    def cannot(self) -> list[str]:
        invented = [NOT_OURS] if self.is_invented else []
        unknown = self.run.asked.get("unknown", [])
        return [*invented, *CANNOT, *unknown, *(self.answer.caveats if self.answer else [])]

    @property
    def about(self) -> list[tuple[str, str]]:
        found = []
        if self.answer is not None:
            ahead = f"{ahead_words(self.answer.days)}, from {words.plain_day(self.answer.begins)}"
            found.append(("Looked ahead", words.capitalised(ahead)))
        asked = "as an example" if self.run.example else f"{words.when(self.run.at)}, by {self.run.by.name}"
        found.append(("Asked", words.capitalised(asked)))
        if self.run.what == Run.What.SMALLEST:
            found.append(
                (
                    "To be kept",
                    words.capitalised(words.listed(SHORTLY[code] for code in self.run.asked["keep"])),
                )
            )
        found.append(("Begins from", words.capitalised(self.run.start)))
        same = f"Version {self.run.version}, seed {self.run.seed}. The same again gives the same.{self._anew}"
        found.append(("Model and seed", same))
        found.append(("Deleted on", words.plain_day(self.run.deleted_on)))
        return found

    @property
    def steps(self) -> list[str]:
        """What changes, one by one, and the money and the evidence that were named."""
        if self.answer is None:
            return []
        several, asked = len(self.answer.scenarios) > 2, self._scenarios[1:]
        told = [
            f"{'ABCD'[nth]}: {each}" if several else each
            for nth, scenario in enumerate(self.answer.scenarios[1:])
            for each in asides.changed(scenario.changes, asked[nth] if nth < len(asked) else None)
        ]
        return [*told, *(each for scenario in asked for each in asides.named(scenario))]

    @property
    def text(self) -> str:
        return str(self.run.asked["scenarios"][-1])

    @property
    def who_sees(self) -> str:
        if self.run.shared:
            return "Everybody who may see capacity can open it at this page’s address."
        return "Only you can open it."

    @cached_property
    def found(self) -> fewest.FoundPage | None:
        """What a search found; nothing while it looks, and of every other question."""
        told = fewest.kept(self.run.answer) if self.run.what == Run.What.SMALLEST else None
        return fewest.FoundPage(told, self.run) if told else None

    # keys of the pictures -----------------------------------------------------------------------------------------

    @staticmethod
    def key(which: str) -> Markup:
        parts = {
            "line": svg.line(0, 8, 28, 8, palette.PETROL, width=3),
            "half": svg.element("rect", x=0, y=2, width=28, height=12, fill=NARROW_BAND),
            "most": svg.element("rect", x=0, y=2, width=28, height=12, fill=WIDE_BAND),
            "beside": svg.line(0, 8, 28, 8, palette.QUIET, width=2, dash="7 4"),
            "promise": svg.line(0, 8, 28, 8, palette.LATE, width=1.5, dash="5 4"),
        }
        return _key(parts[which], 28)


def _key(part: Markup, width: int) -> Markup:
    return svg.element("svg", part, viewBox=f"0 0 {width} 16", width=width, height=16, aria_hidden="true")


def ahead_words(days: int) -> str:
    """How far ahead, in the words of the form."""
    known = {182: "half a year", 364: "one year", 728: "two years", 1092: "three years", 1096: "three years"}
    return known.get(days) or words.count_words(round(days / 7), "week")
