"""What is asked in plain words, and the sentence when it is wrong. Two to five fields, with a start where one suits all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from rightplace.common.web.forms import DayField
from rightplace.overview.capacity.forms_money import money
from rightplace.overview.capacity.places import Places
from rightplace.overview.capacity.plandays import ANOTHER, AT_ONCE, planned_days, soon, winters

Choices = Sequence[tuple[str, str]]
SAID = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")  # fmt: skip
AHEAD = (("182", "Half a year"), ("364", "One year"), ("728", "Two years"), ("1092", "Three years"))


class CountField(forms.IntegerField):
    """A number as people type it: 8, or eight."""

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and value.strip().lower() in SAID:
            return SAID.index(value.strip().lower())
        return super().to_python(value)


def count(
    label: str, start: int | None, help_text: str = "", *, least: int = 1, most: int = 500
) -> CountField:
    return CountField(
        label=label, initial=start, help_text=help_text, min_value=least, max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Give a number.", "invalid": "Give a whole number, for example 8.",
            "min_value": f"At least {least}.", "max_value": f"At most {most}.",
        },
    )  # fmt: skip


def choice(label: str, choices: Choices = (), help_text: str = "", start: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, help_text=help_text, initial=start,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of the list."},
    )  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Fields that stand together; folded where nobody has to fill them in."""

    heading: str
    names: Sequence[str]
    folded: bool = False
    opened: bool = False


class Question(forms.Form):
    """What every question has: how far to look ahead, and what it may cost. Subclasses say what changes; `places` are ours."""

    ahead = choice("How far shall we look ahead?", AHEAD, start="364")
    budget = money(
        "What is the budget for a year?",
        "All of it, for example 34.5 million. The answer says how often it is overspent.",
    )
    savings = money(
        "How much a year has to be saved?",
        "For example 500,000. The answer says how often so much is saved, and what breaks.",
    )

    MONEY: ClassVar = ("budget", "savings")
    REVEALS: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {"when": {ANOTHER: ("day",)}}
    """Fields that are asked only where one answer needs them: of which field, for which answer."""

    def __init__(self, *args: Any, today: date, places: Places, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today, self.places = today, places
        for name, choices in self.choices_now(today, places.choices).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)
        last = ("ahead", *self.MONEY)
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def groups(self) -> list[Group]:
        """How the fields stand on the page."""
        revealed = {name for each in self.REVEALS.values() for names in each.values() for name in names}
        first = [name for name in self.fields if name not in (*revealed, *self.MONEY)]
        return [Group("", first), self._about_money()]

    def _about_money(self) -> Group:
        opened = (
            any(self.data.get(name) or name in self.errors for name in self.MONEY) if self.is_bound else False
        )
        return Group("Hold it against a budget or a saving, if you want", self.MONEY, True, opened)

    def reveals(self, name: str) -> Mapping[str, Sequence[str]]:
        """What is asked below a field, by the answer that needs it."""
        return self.REVEALS.get(name, {})

    def choices_now(self, today: date, places: Choices) -> dict[str, Choices]:
        """The choices that are known only when the page is made."""
        found: dict[str, Choices] = {}
        if "where" in self.fields:
            found["where"] = places
        if "when" in self.fields:
            planned = [(code, said) for code, said, _ in planned_days(today)]
            found["when"] = [(AT_ONCE, "As soon as can be"), *planned, (ANOTHER, "Another day")]
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "when" in said:
            said["day"] = self._day(said)
        if said.get("day") and said.get("ahead"):
            self._is_in_reach(said["day"], int(said["ahead"]))
        return said

    def _day(self, said: dict[str, Any]) -> date | None:
        when, day = said["when"], said.get("day")
        if when == AT_ONCE:
            return soon(self.today)
        if when != ANOTHER:
            return date.fromisoformat(when)
        if day is None and "day" not in self.errors:
            self.add_error("day", "Give the day, since you chose another day.")
        elif day is not None and day <= self.today:
            self.add_error("day", "Give a day that is still to come.")
        return day if isinstance(day, date) else None

    def _is_in_reach(self, day: date, ahead: int) -> None:
        if (day - self.today).days > ahead - 28:
            field = "day" if self.data.get("when") == ANOTHER else "ahead"
            self.add_error(field, "Look further ahead: that day would come at the very end, or after it.")


def when(label: str) -> forms.ChoiceField:
    found = choice(label, start=AT_ONCE)
    found.widget = forms.RadioSelect()
    return found


def other_day() -> DayField:
    return DayField(label="Which day?", required=False, help_text="For example 18 5 2026.")


class Leaving(Question):
    """Experienced people leave."""

    where = choice(
        "Where do they work?",
        help_text="A team for the whole city, such as the front door, belongs to no area: it has a line of its own.",
    )
    many = count("How many experienced people leave?", 8, "Those who have been in the profession longest.")
    when = when("By when have they left?")
    day = other_day()


class Rising(Question):
    """More, or fewer, families are told of."""

    FROM: Choices = (
        ("source:police", "Only from the police"), ("source:school", "Only from schools"),
        ("source:health", "Only from health"), ("source:family", "Only from families themselves"),
    )  # fmt: skip
    where = choice("Where from?")
    percent = count("By how many in every hundred?", 15, "15 means 115 where 100 come now.", most=200)
    when = when("From when?")
    day = other_day()

    def choices_now(self, today: date, places: Choices) -> dict[str, Choices]:
        found = super().choices_now(today, places)
        areas = [each for each in places if each[0].partition(":")[0] in ("all", "quarter", "area")]
        return found | {"where": [*areas, *self.FROM]}


class Managers(Question):
    """Fewer managers for the same teams."""

    where = choice("Where?")
    many = count("How many managers fewer, in all?", 2)
    when = when("From when?")
    day = other_day()


class Earlier(Question):
    """Family support keeps more families from needing a social worker."""

    share = choice(
        "Of 100 families who would later need a social worker, how many does it help in time?",
        (("5", "5"), ("10", "10"), ("20", "20"), ("30", "30"), ("40", "40")),
        "Your own belief. Most studies compare before and after, without a comparison group; 10 is already much.", "10",
    )  # fmt: skip
    evidence = forms.CharField(
        label="What do you rest that on?", required=False, max_length=300,
        help_text="A study, a pilot, your own figures; no names of people. Left empty, the answer says so.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    many = count("How many more family support workers does it take?", 0, least=0)
    when = when("From when?")
    day = other_day()


class Standard(Question):
    """What has to be done by when is otherwise."""

    WHICH: Choices = (
        ("standard.assessment", "Assessments finished, in working days (45 now)"),
        ("standard.decision", "Decisions at the front door, in working days (1 now)"),
        ("standard.conference", "Conference after an enquiry began, in working days (15 now)"),
        ("standard.visits.protection", "Visits to children on a plan, every so many weeks (2 now)"),
        ("standard.visits.need", "Visits to children in need, every so many weeks (4 now)"),
        ("standard.supervision", "Supervision of each worker, every so many weeks (4 now)"),
    )
    which = choice("Which standard?", WHICH, start="standard.assessment")
    to = count("What is it to be?", 35, most=90)
    when = when("From when?")
    day = other_day()


class Winter(Question):
    """More families and more illness for three months."""

    HOW: Choices = (
        ("10:1.25", "A hard one: 10 more in every 100 families, a quarter more illness"),
        ("20:1.5", "A bad one: 20 more in every 100 families, half as much illness again"),
        ("30:2", "A very bad one: 30 more in every 100 families, twice the illness"),
    )
    how = choice("How bad?", HOW, start="20:1.5")
    winter = choice("Which winter?")

    def choices_now(self, today: date, places: Choices) -> dict[str, Choices]:
        return {"winter": winters(today)}

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("winter") and said.get("ahead"):
            self._is_in_reach(date(int(said["winter"]), 12, 1), int(said["ahead"]))
        return said


class Pay(Question):
    """Pay rises, and more people stay."""

    percent = count(
        "By how many in every hundred does pay rise?",
        5,
        "5 means £105 where £100 are paid now; 0 if only other things keep people.",
        least=0,
        most=100,
    )
    stay = choice(
        "Of 100 people who would leave, how many stay because of it?",
        (("0", "None: only the cost"), ("5", "5"), ("10", "10"), ("20", "20"), ("30", "30"), ("50", "50")),
        "Your own belief. By how much pay keeps people nobody has measured.", "10",
    )  # fmt: skip
    when = when("From when?")
    day = other_day()


class Agency(Question):
    """More, or fewer, empty posts are filled by agency staff."""

    where = choice("Where?")
    share = count("Of 100 empty posts, how many does agency staff fill?", 60, least=0, most=100)
    when = when("From when?")
    day = other_day()


class Thresholds(Question):
    """More, or less, is let through at the front door."""

    HOW: Choices = (
        ("0.8", "Much less: 20 in 100 less"), ("0.9", "Less: 10 in 100 less"), ("1.1", "More: 10 in 100 more"),
        ("1.2", "Much more: 20 in 100 more"),
    )  # fmt: skip
    how = choice(
        "How much is let through at the front door?", HOW,
        "What is not let through may come back as a new referral; the model counts that.", "0.9",
    )  # fmt: skip
    when = when("From when?")
    day = other_day()


CARE: Choices = (
    ("12", "A quick look: 12 futures"), ("60", "As usual: 60 futures"), ("200", "Carefully: 200 futures"),
)  # fmt: skip


NO_NAMES = "Write no names of people, in its name and note neither: what is kept is read by everybody who may see capacity."


class Typed(forms.Form):
    """A scenario as a file or as text, to be asked or kept."""

    text = forms.CharField(
        label="The scenario", required=False, strip=False, help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
    )  # fmt: skip
    file = forms.FileField(label="Or a file of it", required=False, help_text="TOML, at most 100 kB.")
    care = choice(
        "How carefully?", CARE, "A quick look does not say what the answer hangs on; the others do.", "60"
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("file"):
            said["text"] = self._read(said["file"])
        if not (said.get("text") or "").strip() and not self.errors:
            self.add_error("text", "Write a scenario, or choose a file.")
        return said

    @staticmethod
    def _read(file: Any) -> str:
        if file.size > 100_000:
            raise ValidationError({"file": "The file is larger than 100 kB; a scenario is a page of text."})
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ValidationError({"file": "The file is not text. Save it as UTF-8."}) from None


class Smallest(forms.Form):
    """The smallest establishment that keeps some promises."""

    WHO: Choices = (
        ("workers", "Workers; managers stay as they are"),
        ("managers", "Managers; workers stay as they are"),
        ("both", "Workers and managers, which takes longer"),
    )
    OFTEN: Choices = (
        ("0.7", "In 7 of 10 futures"), ("0.8", "In 8 of 10 futures"), ("0.9", "In 9 of 10 futures"),
        ("0.95", "In 19 of 20 futures"),
    )  # fmt: skip
    keep = forms.MultipleChoiceField(
        label="What has to be kept?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one promise."},
    )  # fmt: skip
    where = choice(
        "Where?", help_text="Only what the teams there do is looked at, and only they become more or fewer."
    )
    who = choice("Who may be more or fewer?", WHO, start="workers")
    often = choice(
        "How sure must it be?",
        OFTEN,
        "In how many possible futures all that you tick is kept for a whole year.",
        "0.8",
    )
    budget = forms.DecimalField(
        label="What may a year cost, in million pounds? (optional)", required=False, min_value=0, max_value=10_000,
        help_text="For the whole service, with placements in care. The answer then says how often it is passed.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": "Give a number, for example 21.5.", "min_value": "Give a number above nought.",
                        "max_value": "Give it in million pounds, for example 21.5."},
    )  # fmt: skip

    def __init__(self, *args: Any, promises: Choices, places: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        keep, where = self.fields["keep"], self.fields["where"]
        assert isinstance(keep, forms.MultipleChoiceField) and isinstance(where, forms.ChoiceField)
        keep.choices, where.choices = list(promises), list(places)
        self.fields["who"].required = self.fields["often"].required = False
