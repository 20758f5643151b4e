"""The minutes of a strategy discussion as they are typed: who was there, what was said, decided and agreed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from rightplace.common.caseflow.children import ChildKnown
from rightplace.common.web.forms import DayField
from rightplace.common.web.words import clock_time
from rightplace.domain.practice.entries.protection import Attended, StrategyAction, StrategyHeld
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.services.protection.actions import Minutes
from rightplace.services.protection.forms import TimeField, chosen, line, moment, words
from rightplace.services.protection.words import BASES, PURPOSE

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 3, 2, 20
YES_NO = (("yes", "Yes"), ("no", "No"))
HOW = (
    ("", "How?"),
    ("in the room", "In the room"),
    ("by video", "By video"),
    ("by telephone", "By telephone"),
)


class WholePart(forms.Form):
    """What was said and decided, and what the partners are given."""

    day = DayField(label="Which day was it held?", error_messages={"required": "Say on which day."})
    time = TimeField(label="At what time?", error_messages={"required": "Say at what time."})
    ours = line("Who of children’s services was there?", "Write who was there.", css="govuk-input--width-20")
    minutes = words(
        "What was said", "Write what was said.", "By whom, and how they know. For our own file.", rows=10
    )
    reasons = words("Why was it decided so?", "Write why it was decided so.", rows=4)
    without_quorum = words(
        "If police or health were not there: why not?",
        "",
        "Without all three no enquiry can begin. If the child is in danger now, the police can act at once.",
        rows=2,
    )
    partners_told = words(
        "What the agencies that were called are given",
        "",
        "The part of the minutes that each of them may keep. They see exactly these words, and their own actions.",
        rows=6,
    )
    basis = chosen("Lawful basis of giving it", BASES, "Choose the lawful basis.", initial="public task")
    purpose = words("What is it for?", "", rows=2, initial=PURPOSE)

    def __init__(self, *args: Any, children: Sequence[ChildKnown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for child in children:
            self.fields[f"enquiry-{child.file}"] = chosen(
                f"Does a section 47 enquiry begin for {child.name}?",
                YES_NO,
                f"Say whether an enquiry begins for {child.name}.",
            )
        self.enquiries = [f"enquiry-{child.file}" for child in children]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if (found.get("partners_told") or "").strip() and not (found.get("purpose") or "").strip():
            self.add_error("purpose", "Write what it is for.")
        held = moment(found.get("day"), found.get("time"))
        if held is not None and found.get("time") is not None and held > clock.now():
            self.add_error("time", "That is still to come.")
        return found


class TherePart(forms.Form):
    """Whether one agency was there, and who."""

    there = chosen("Was somebody there?", YES_NO, "Say whether somebody was there.")
    who = line("Who?")
    how = forms.ChoiceField(label="How?", choices=HOW, required=False)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        there = self.fields["there"]
        there.label = f"Was {agency.name} there?"
        there.error_messages = {"required": f"Say whether {agency.name} was there."}

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("there") == "yes" and not (found.get("who") or "").strip():
            self.add_error("who", f"Write who of {self.agency.name} was there.")
        return found


class ActionPart(forms.Form):
    """One thing agreed: what, whose, who does it, by when. A line without words is left out."""

    what = line("What?")
    whose = forms.ChoiceField(label="Whose?", required=False)
    who = line("Who does it?")
    due = DayField(label="By when?", required=False)

    def __init__(self, *args: Any, whose: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [("", "Choose"), *whose]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if (found.get("what") or "").strip():
            if not found.get("whose"):
                self.add_error("whose", "Say whose it is: what is nobody’s is not done.")
            if found.get("due") is None and "due" not in self.errors:
                self.add_error("due", "Say by which day.")
        return found

    @property
    def agreed(self) -> StrategyAction | None:
        """What was agreed; None for an empty line."""
        said = self.cleaned_data
        if not (said.get("what") or "").strip():
            return None
        number = int(said["whose"][1:])
        worker, agency = (number, 0) if said["whose"].startswith("w") else (0, number)
        return StrategyAction(
            what=said["what"], who=said["who"], agency=agency, worker=worker, due=said["due"]
        )


PARTS_OF_A_DAY = ("_day", "_month", "_year")


def typed_so_far(given: QueryDict | None, prefix: str = "") -> dict[str, object]:
    """What was typed, as a form's first values; the three boxes of a day together."""
    found: dict[str, Any] = {}
    for key in given or ():
        name = key.removeprefix(f"{prefix}-") if prefix else key
        if prefix and name == key:
            continue
        value = given.get(key)  # type: ignore[union-attr]
        part = next((n for n, end in enumerate(PARTS_OF_A_DAY) if name.endswith(end)), None)
        if part is None:
            found[name] = value
        else:
            day = found.setdefault(name.removesuffix(PARTS_OF_A_DAY[part]), [None, None, None])
            day[part] = value
    return found


@dataclass
class Typed:
    """The minutes as typed: the whole, each agency that was called, each thing agreed."""

    whole: WholePart
    there: list[TherePart]
    agreed: list[ActionPart]
    authority: Agency

    @classmethod
    def of(
        cls,
        given: QueryDict | None,
        *,
        signs: bool,
        children: Sequence[ChildKnown],
        agencies: Sequence[Agency],
        authority: Agency,
        workers: Iterable[tuple[int, str]],
        coming: dict[int, str],
        by: Actor,
    ) -> Typed:
        """The forms with what was typed; judged only when they are signed."""
        bound = given if signs else None
        start = {"day": clock.today(), "time": clock_time(clock.now()), "ours": by.name}
        whole = WholePart(bound, children=children, initial=start | typed_so_far(given))
        there = [
            TherePart(
                bound, prefix=f"t{agency.pk}", agency=agency,
                initial={"who": coming.get(agency.pk, "")} | typed_so_far(given, f"t{agency.pk}"),
            )
            for agency in agencies
        ]  # fmt: skip
        whose = [*((f"w{pk}", name) for pk, name in workers), *((f"a{a.pk}", a.name) for a in agencies)]
        agreed = [
            ActionPart(bound, prefix=f"a{n}", whose=whose, initial=typed_so_far(given, f"a{n}"))
            for n in range(_lines(given))
        ]
        return cls(whole, there, agreed, authority)

    @property
    def forms(self) -> list[forms.Form]:
        """Every form of the page, in its order."""
        return [*self.there, self.whole, *self.agreed]

    def is_valid(self) -> bool:
        """Whether it can be signed; every part is asked, so that each says what is wrong."""
        each_well = [form.is_valid() for form in self.forms]
        return all(each_well)

    @property
    def minutes(self) -> Minutes:
        """What was typed, as the entries say it."""
        said = self.whole.cleaned_data
        attended = [Attended(agency=self.authority.pk, kind=self.authority.kind, who=said["ours"])]
        attended += [
            Attended(agency=part.agency.pk, kind=part.agency.kind, who=part.cleaned_data["who"],
                     how=part.cleaned_data["how"])
            for part in self.there
            if part.cleaned_data["there"] == "yes"
        ]  # fmt: skip
        begins = frozenset(int(n.removeprefix("enquiry-")) for n in self.whole.enquiries if said[n] == "yes")
        shares = said["partners_told"].strip()
        there = [part.agency.name for part in self.there if part.cleaned_data["there"] == "yes"]
        held = StrategyHeld(
            agencies=("children's services", *there), attended=tuple(attended), minutes=said["minutes"],
            reasons=said["reasons"], without_quorum=said["without_quorum"], partners_told=shares,
            basis=said["basis"] if shares else "", purpose=said["purpose"] if shares else "",
            agreed_actions=tuple(each for part in self.agreed if (each := part.agreed) is not None),
        )  # fmt: skip
        at = moment(said["day"], said["time"])
        assert at is not None
        return Minutes(held, begins, at)


def _lines(given: QueryDict | None) -> int:
    """How many lines for what was agreed are on the page; two more where somebody asked for more."""
    said = given.get("lines", "") if given else ""
    lines = (
        int(said)
        if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < 3
        else FIRST_ROWS
    )
    more = MORE_ROWS if given and given.get("do") == "more" else 0
    return max(FIRST_ROWS, min(MOST_ROWS, lines + more))
