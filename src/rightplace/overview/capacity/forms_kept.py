"""Which kept scenarios are held beside each other: one's own first, the newest first, found by a word of their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict

from rightplace.common.web import words
from rightplace.overview.capacity.models import KeptScenario

SHOWN: Final = 8
"""Of one's own, those that stand open."""
MANY: Final = 12
"""From so many on they can be looked for by name."""


@dataclass(frozen=True)
class Box:
    """One scenario to tick."""

    key: str
    id: str
    name: str
    more: str
    ticked: bool


@dataclass(frozen=True)
class Boxes:
    """Scenarios that stand together; what nobody ticks every day is folded."""

    heading: str
    boxes: Sequence[Box]
    folded: bool


class Compare(forms.Form):
    """Which kept scenarios are held beside each other."""

    chosen = forms.MultipleChoiceField(
        label="Which ones?", error_messages={"required": "Choose two or three.", "invalid_choice": "Choose from the list."}
    )  # fmt: skip

    def __init__(
        self, *args: Any, found: Sequence[KeptScenario], own: int, find: str = "", ticked: Sequence[str] = ()
    ) -> None:
        super().__init__(*args)
        self.found, self.own, self.find = found, own, " ".join(find.split())
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(each.pk), each.name) for each in found]
        self.ticked = set(self.data.getlist("chosen") if isinstance(self.data, QueryDict) else ticked)

    def clean_chosen(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["chosen"]
        if not 2 <= len(chosen) <= 3:
            raise forms.ValidationError("Choose two or three: more cannot be told apart.")
        return chosen

    @property
    def can_find(self) -> bool:
        """Whether there are so many that a name is looked for."""
        return len(self.found) >= MANY

    def groups(self) -> list[Boxes]:
        """What is ticked, one's own, those of colleagues; each the newest first."""
        shown = [each for each in self.found if self.find.lower() in each.name.lower()]
        ticked = [each for each in self.found if str(each.pk) in self.ticked]
        rest = [each for each in shown if each not in ticked]
        own, others = ([e for e in rest if (e.by_id == self.own) is mine] for mine in (True, False))
        told = [
            ("Chosen", ticked, False), ("Yours, the newest first", own[:SHOWN], False),
            (f"{words.count_words(len(own[SHOWN:]), 'older one', 'older ones')} of yours", own[SHOWN:], not self.find),
            (f"Kept by colleagues ({len(others)})", others, bool(own) and not self.find),
        ]  # fmt: skip
        number = 0
        found = []
        for heading, kept, folded in told:
            boxes = [self._box(each, number + nth) for nth, each in enumerate(kept, 1)]
            number += len(kept)
            found += [Boxes(heading, boxes, folded)] if boxes else []
        return found

    def _box(self, each: KeptScenario, number: int) -> Box:
        by = "" if each.by_id == self.own else f", by {each.by.name}"
        name = "id_chosen" if number == 1 else f"id_chosen-{number}"
        return Box(
            str(each.pk), name, each.name, f"{words.plain_day(each.at)}{by}", str(each.pk) in self.ticked
        )
