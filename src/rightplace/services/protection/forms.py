"""What a person types to call a discussion, to answer the call, and as minutes; the sentence when something is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from rightplace.common.web.forms import DayField
from rightplace.domain.practice.entries.protection import StrategyAnswered, StrategyDecided
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.services.protection.words import (
    ANSWERS,
    BASES,
    COMING,
    FAMILY,
    KNOWN,
    NEEDS_WHY,
    NOT_COMING,
    PURPOSE,
    SENDS,
)

LONDON = ZoneInfo("Europe/London")
LONGEST = 20_000
CLOCK = re.compile(r"^([01]?\d|2[0-3])[:.]([0-5]\d)$")


def words(label: str, missing: str = "", help_text: str = "", rows: int = 4, **more: Any) -> forms.CharField:
    """A field of free words; `missing` is the sentence when it is needed and empty, nothing where it is not."""
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        max_length=LONGEST,
        error_messages={"required": missing} if missing else {},
        widget=forms.Textarea(attrs={"rows": rows}),
        **more,
    )
    field.max_length = None  # shown as a plain box; the validator still holds the limit
    return field


def line(label: str, missing: str = "", help_text: str = "", css: str = "", **more: Any) -> forms.CharField:
    """A field of one line."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=200,
        help_text=help_text,
        error_messages={"required": missing} if missing else {},
        widget=forms.TextInput({"autocomplete": "off"} | ({"class": css} if css else {})),
        **more,
    )


def chosen(label: str, choices: Any, missing: str, help_text: str = "", **more: Any) -> forms.ChoiceField:
    """A choice of one, shown as radio buttons."""
    errors = {"required": missing, "invalid_choice": missing}
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        error_messages=errors,
        widget=forms.RadioSelect,
        **more,
    )


class TimeField(forms.CharField):
    """A time of day, typed like 14:30."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.TextInput({"autocomplete": "off", "class": "govuk-input--width-5"}))
        super().__init__(max_length=8, **more)

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        found = CLOCK.match(typed)
        if found is None:
            raise ValidationError("Write the time like 14:30.", code="time")
        return time(int(found[1]), int(found[2]))


def moment(day: date | None, at: time | None) -> datetime | None:
    """A day and a time of it in London; None without a day."""
    return datetime.combine(day, at or time(0, 0), LONDON) if day is not None else None


class FamilyPart(forms.Form):
    """Whether the family was told and agrees, apart from the lawful basis; and why not."""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        why = (found.get("not_told_reason") or "").strip()
        if found.get("family_told") in NEEDS_WHY and not why:
            self.add_error("not_told_reason", "Say why the family was not told, or does not agree.")
        return found


class CallForm(FamilyPart):
    """Who is called about which children, why, when, and exactly what they are sent."""

    children = forms.TypedMultipleChoiceField(
        label="Which children?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one child."},
    )
    reasons = words(
        "Why do you suspect significant harm?",
        "Write what makes you suspect that the child suffers, or is likely to suffer, significant harm.",
        "For our own file. The agencies see only what you write further down.",
        rows=5,
    )
    police = forms.TypedChoiceField(
        label="Police", coerce=int, error_messages={"required": "The police are always called."}
    )
    health = forms.TypedChoiceField(
        label="Health", coerce=int, error_messages={"required": "Health is always called."}
    )
    school = forms.TypedChoiceField(
        label="School, nursery or college",
        coerce=int,
        required=False,
        empty_value=0,  # type: ignore[arg-type]  # the stubs know only text
    )
    others = forms.TypedMultipleChoiceField(
        label="Others", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    day = DayField(label="Which day do you meet?", error_messages={"required": "Say on which day."})
    time = TimeField(
        label="At what time?", help_text="Like 14:30", error_messages={"required": "Say at what time."}
    )
    where = line("Where, or by which call?", "Write where, or how they join.", css="govuk-input--width-20")
    sent = words(
        "What the agencies are sent",
        "Write what they are sent, or they cannot look in their own records.",
        "They see exactly these words: the least that they need to find the children and to say what they know.",
        rows=5,
    )
    basis = chosen("Lawful basis", BASES, "Choose the lawful basis.", initial="public task")
    purpose = words("What is it for?", "Write the purpose.", rows=2, initial=PURPOSE)
    family_told = chosen("Was the family told?", FAMILY, "Say whether the family was told.")
    not_told_reason = words("If not, or if they do not agree: why?", "", rows=2)

    def __init__(
        self, *args: Any, children: Sequence[tuple[int, str]], agencies: Iterable[Agency], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("children", children)
        by_kind: dict[str, list[tuple[int, str]]] = {}
        for agency in agencies:
            by_kind.setdefault(agency.kind, []).append((agency.pk, agency.name))
        for name in ("police", "health"):
            found = by_kind.pop(name, [])
            first: list[tuple[Any, str]] = [] if len(found) == 1 else [("", "Choose one")]
            self._offer(name, [*first, *found])
        self._offer("school", [("", "None is called"), *by_kind.pop("education", [])])
        by_kind.pop("authority", None)
        self._offer("others", [each for found in by_kind.values() for each in found])

    def _offer(self, name: str, options: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = options

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        meets = moment(found.get("day"), found.get("time"))
        if meets is not None and found.get("time") is not None and meets < clock.now():
            self.add_error("time", "That time has passed.")
        return found

    @property
    def call(self) -> StrategyDecided:
        """What was typed, as the entry says it."""
        said = self.cleaned_data
        called = [
            said["police"],
            said["health"],
            *([said["school"]] if said["school"] else []),
            *said["others"],
        ]
        return StrategyDecided(
            reasons=said["reasons"], called=tuple(dict.fromkeys(called)), meets=moment(said["day"], said["time"]),
            where=said["where"], sent=said["sent"], basis=said["basis"], purpose=said["purpose"],
            family_told=said["family_told"], not_told_reason=said["not_told_reason"],
        )  # fmt: skip


class CallInForm(forms.Form):
    """Another agency that is called in to a discussion, and why."""

    agency = forms.TypedChoiceField(
        label="Which agency?", coerce=int, error_messages={"required": "Choose the agency."}
    )
    because = words(
        "Why is it called in?", "Write why it is called in.",
        "The agency reads this beside what the others were sent. Write no more than it needs.", rows=3,
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose an agency"), *((each.pk, each.name) for each in agencies)]


class AnswerForm(forms.Form):
    """What an agency answers when it is called: who comes, and what it knows."""

    answer = chosen("Does somebody of your agency come?", ANSWERS, "Say whether somebody comes.")
    who = line("Who comes?", "", "Name and role, so that they are expected.", css="govuk-input--width-20")
    known = chosen("Does your agency know the children or the family?", KNOWN, "Say what your agency knows.")
    knows = words(
        "What your agency knows",
        "",
        "What you write is kept with your name, word for word. Say what was seen and when, and what is only thought.",
        rows=6,
    )
    basis = chosen("Lawful basis of sharing it", BASES, "Choose the lawful basis.", initial="public task")
    purpose = words("What do you share it for?", "", rows=2, initial=PURPOSE)
    refused_because = words("If you do not share it: why?", "", rows=2)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("answer") in (COMING, SENDS) and not (found.get("who") or "").strip():
            self.add_error("who", "Write who comes.")
        if found.get("known") == "known" and not (found.get("knows") or "").strip():
            self.add_error("knows", "Write what your agency knows, or choose that you say it at the meeting.")
        if found.get("known") == "refused" and not (found.get("refused_because") or "").strip():
            self.add_error("refused_because", "Write why your agency does not share it.")
        if (found.get("knows") or "").strip() and not (found.get("purpose") or "").strip():
            self.add_error("purpose", "Write what you share it for.")
        return found

    @property
    def said(self) -> StrategyAnswered:
        """What was typed, as the entry says it."""
        found = self.cleaned_data
        shares = found["knows"].strip()
        knows = shares or ("Nothing is known here." if found["known"] == "nothing" else "")
        return StrategyAnswered(
            strategy=0, agency=0, answer=found["answer"],
            who="" if found["answer"] == NOT_COMING else found["who"], known=found["known"], knows=knows,
            basis=found["basis"] if knows else "", purpose=found["purpose"] if knows else "",
            refused_because=found["refused_because"],
        )  # fmt: skip


class DoneForm(forms.Form):
    """That something agreed is done, with a word about it."""

    note = words("What was done?", "", rows=2)
