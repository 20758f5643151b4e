"""What a worker types about a family that they work with, and the sentence when something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from rightplace.domain.practice.entries.familysupport import Agreement, FamilyTeamJoined, Goal
from rightplace.services.familysupport.record import AGREES

ANSWERS = (
    (AGREES, "Agrees"),
    ("does not agree", "Does not agree"),
    ("too young to be asked", "Too young to be asked"),
    ("not asked yet", "Not asked yet"),
)
ADULTS = 3
SCHOOL_AGE = 5
BASES = (
    ("", "Choose a basis"),
    ("public task, the family agrees", "Public task, and the family agrees"),
    ("explicit consent", "Explicit consent of the person"),
    ("safeguarding of a child", "Safeguarding of a child, without agreement"),
)
ENDINGS = (
    ("", "Choose how it ends"),
    ("intervention complete", "What was planned is done"),
    ("support no longer needed", "No longer needed"),
    ("stepped down to universal services", "School and health go on alone"),
    ("family's wish", "The family wishes it"),
    ("moved away", "The family moved away"),
)


def words(label: str, missing: str = "", hint: str = "", rows: int = 3) -> forms.CharField:
    """Free words; `missing` is the sentence when they are needed and not there."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(missing), error_messages={"required": missing},
        widget=forms.Textarea({"rows": rows}),
    )  # fmt: skip


def line(label: str, missing: str = "", hint: str = "", most: int = 120) -> forms.CharField:
    """One line of words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=most,
        error_messages={"required": missing},
    )


def one_of(
    label: str, choices: Sequence[tuple[Any, str]], missing: str = "", radios: bool = False
) -> forms.ChoiceField:
    """One of several, as a list or as radio buttons."""
    return forms.ChoiceField(
        label=label, choices=choices, required=bool(missing), error_messages={"required": missing},
        widget=forms.RadioSelect if radios else forms.Select,
    )  # fmt: skip


def several(label: str, choices: Sequence[tuple[Any, str]], hint: str = "") -> forms.MultipleChoiceField:
    """Any of several."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, help_text=hint, widget=forms.CheckboxSelectMultiple
    )


ONLY_NOTICED = "adult of the household"
"""How a file calls somebody of whom a signal told: who they are to the child is still to be asked."""


class BeginForm(forms.Form):
    """Whom the work is for, who agreed to what, and who leads it."""

    def __init__(
        self,
        *args: Any,
        children: Mapping[int, tuple[str, int | None]],
        adults: Sequence[tuple[str, str]],
        workers: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.named = {file: name for file, (name, _) in children.items()}
        add = self.fields
        add["children"] = several("Which children?", [(file, name) for file, name in self.named.items()])
        add["children"].initial = list(children)
        add["purpose"] = words(
            "What does the family want help with?", "Write what the family wants help with, in their words."
        )
        for place in range(ADULTS):
            name, part = adults[place] if place < len(adults) else ("", "")
            part = "" if part.startswith(ONLY_NOTICED) else part
            add[f"adult_{place}"] = line("Name")
            add[f"adult_{place}_part"] = line("Who they are", hint="Mother, grandfather, partner", most=40)
            add[f"adult_{place}_answer"] = one_of(
                "Their answer", [("", "Choose an answer"), *ANSWERS[:2], ANSWERS[3]]
            )
            add[f"adult_{place}"].initial, add[f"adult_{place}_part"].initial = name, part
        for file, (name, age) in children.items():
            add[f"child_{file}"] = one_of(
                f"What does {name} say to it?", [("", "Choose an answer"), *ANSWERS]
            )
            add[f"child_{file}_words"] = line(f"{name}, in the child’s own words", most=300)
            if age is not None and age < SCHOOL_AGE:
                add[f"child_{file}"].initial = "too young to be asked"
        add["lead"] = one_of("Who leads the work with the family?", workers, "Choose who leads the work.")

    @property
    def adult_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each adult."""
        return [[self[f"adult_{n}{part}"] for part in ("", "_part", "_answer")] for n in range(ADULTS)]

    @property
    def child_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each child."""
        return [[self[f"child_{file}"], self[f"child_{file}_words"]] for file in self.named]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not found.get("children"):
            self.add_error("children", "Choose at least one child.")
        for place in range(ADULTS):
            if found.get(f"adult_{place}") and not found.get(f"adult_{place}_answer"):
                self.add_error(f"adult_{place}_answer", "Choose what this person answered.")
        for file in found.get("children", ()):
            if not found.get(f"child_{file}"):
                self.add_error(f"child_{file}", "Choose what the child answered, or that nobody has asked.")
        return found

    @property
    def chosen(self) -> list[int]:
        """The files of the children for whom it begins."""
        return [int(file) for file in self.cleaned_data["children"]]

    def agreements(self, on: date) -> list[Agreement]:
        """Who answered what."""
        said = self.cleaned_data
        found = [
            Agreement(
                who=said[f"adult_{n}"], part=said[f"adult_{n}_part"], answer=said[f"adult_{n}_answer"], on=on
            )
            for n in range(ADULTS)
            if said[f"adult_{n}"]
        ]
        return found + [
            Agreement(
                who=self.named[file], child=file, part="child", answer=said[f"child_{file}"],
                words=said[f"child_{file}_words"], on=on,
            )
            for file in self.chosen
        ]  # fmt: skip


class AnswerForm(forms.Form):
    """What somebody of the family answers now."""

    who = one_of("Who?", [], "Choose who.")
    answer = one_of("Their answer", ANSWERS, "Choose the answer.", radios=True)
    words = words("In their own words")

    def __init__(self, *args: Any, people: Sequence[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose a person"), *((str(n), each.who) for n, each in enumerate(self.people))]

    def agreement(self, on: date) -> Agreement:
        """The answer that was typed."""
        one, said = self.people[int(self.cleaned_data["who"])], self.cleaned_data
        return Agreement(
            who=one.who, child=one.child, part=one.part, answer=said["answer"], words=said["words"], on=on
        )


class LeadForm(forms.Form):
    """Who leads the work from now on."""

    worker = one_of("Who leads the work with the family?", [], "Choose who leads the work.")
    reasons = words("Why, if it changes", rows=2)

    def __init__(self, *args: Any, workers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["worker"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose a person"), *workers]


class MemberForm(forms.Form):
    """Somebody joins the team around the family: a colleague whom we know, or somebody by name."""

    worker = one_of("A colleague with an account here", [])
    name = line("Or the name of somebody else")
    agency_name = line("Where they work")
    role = line("What they do", "Write what they do for the family, for example class teacher.", most=80)
    contact = line("How to reach them", most=80)
    basis = one_of("On what lawful basis is anything shared?", BASES)
    purpose = line("What for?", hint="For example: so that the school and we pull the same way", most=200)

    def __init__(
        self,
        *args: Any,
        partners: Sequence[tuple[str, list[tuple[int, str]]]],
        goals: Sequence[Goal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["worker"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Nobody of these"), *partners]
        self.fields["shared"] = several(
            "Which parts of the plan do they see?", [(g.number, goal_words(g)) for g in goals],
            "They see these, the children’s names and who leads the work. Nothing else.",
        )  # fmt: skip
        self.order_fields(["worker", "name", "agency_name", "role", "contact", "shared", "basis", "purpose"])

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not (found.get("worker") or found.get("name")):
            self.add_error("worker", "Choose a colleague, or write a name.")
        return found

    def member(self, known: Mapping[str, Any]) -> FamilyTeamJoined:
        """Who joins, with what is known of a colleague who has an account."""
        said = self.cleaned_data
        by_hand = {name: said[name] for name in ("name", "agency_name", "contact")}
        return FamilyTeamJoined(
            support=0, role=said["role"], shared=tuple(int(n) for n in said["shared"]) if known else (),
            basis=said["basis"], purpose=said["purpose"],
            **(known or by_hand),
        )  # fmt: skip


class MeetForm(forms.Form):
    """A meeting of the team around the family."""

    summary = words("What was said and agreed?", "Write what was said and agreed.", rows=5)
    words = words("What did the family say, in their own words?")

    def __init__(self, *args: Any, people: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        self.fields["came"] = several("Who came?", [(name, name) for name in self.people])
        self.order_fields(["came", "summary", "words"])

    @property
    def missed(self) -> list[str]:
        """Who did not come."""
        return [name for name in self.people if name not in self.cleaned_data["came"]]


class ActForm(forms.Form):
    """What somebody did of the plan, or will do."""

    done = one_of(
        "How does it stand?", [("yes", "It is done"), ("no", "I will do it, or part of it is done")],
        "Say how it stands.", radios=True,
    )  # fmt: skip
    words = words("What did you do, or what will you do, and when?", "Write what you did, or will do.")


def goal_words(goal: Goal) -> str:
    """A goal in one line."""
    return f"{goal.want}: {goal.does}" if goal.does else goal.want
