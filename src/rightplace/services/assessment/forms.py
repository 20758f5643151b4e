"""What a person types to start, write, authorise or send back an assessment, and the sentence when something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from rightplace.common.caseflow.forms_step import CONVERSATION, ConversationForm
from rightplace.common.web.forms import DayField
from rightplace.domain.practice.entries.assessment import AssessmentWritten
from rightplace.domain.practice.need import Indicator, Level, Side, sample_pack
from rightplace.domain.practice.vocabulary.codes import code_list, collection_year
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Team
from rightplace.services.assessment.actions import StepDown
from rightplace.services.assessment.projections import Assessment
from rightplace.services.assessment.words import BASES, FAMILY, NEEDS_WHY, PROPOSALS, Outcome

LONGEST = 20_000


def words(label: str, missing: str = "", help_text: str = "", rows: int = 5) -> forms.CharField:
    """A field of free words; `missing` is the sentence when it is needed and empty, nothing where it is not."""
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        max_length=LONGEST,
        error_messages={"required": missing} if missing else {},
        widget=forms.Textarea(attrs={"rows": rows}),
    )
    field.max_length = None  # shown as a plain box; the validator still holds the limit
    return field


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


class StartForm(forms.Form):
    """Which children, what it looks at above all, and how it is reviewed half-way."""

    children = forms.TypedMultipleChoiceField(
        label="Which children?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one child."},
    )
    focus = words("What must this assessment find out?", "Write what the assessment must find out.", rows=3)
    review_form = chosen(
        "How is it looked at half-way?",
        [
            ("supervision", "In supervision, with my manager"),
            ("family meeting", "In a meeting with the family"),
            ("not agreed", "Nothing is agreed"),
        ],
        "Say how the assessment is looked at half-way.",
    )
    review_by = DayField(label="On which day?", required=False)

    def __init__(self, *args: Any, children: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children"].choices = children  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        agreed, day = found.get("review_form") not in (None, "", "not agreed"), found.get("review_by")
        if agreed and day is None and "review_by" not in self.errors:
            self.add_error("review_by", "Say on which day it is looked at.")
        if day is not None and day < clock.today():
            self.add_error("review_by", "That day has passed.")
        return found


class ChildPart(forms.Form):
    """What is written of one child: development, own words, level of need, proposed decision."""

    development = words(
        "The child’s developmental needs",
        "Write how the child is and what the child needs.",
        "Health, learning, feelings and behaviour, identity, friends and family, how the child looks after themselves.",
        rows=6,
    )
    child_words = words(
        "What the child said, in the child’s own words",
        "Write what the child said; for a baby, what you saw. If nobody spoke with the child, write why not.",
        rows=4,
    )
    child_wishes = words(
        "What the child wishes", "Write what the child wishes, or that it is not known.", rows=3
    )
    level = chosen(
        "Level of need", [(each.value, each.heading) for each in Level], "Choose the level of need."
    )
    indicators = forms.MultipleChoiceField(
        label="What was seen or told",
        choices=[(each.id, each.text) for each in sample_pack().indicators],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one indicator: a level is always said with what says so."
        },
    )
    factors = forms.MultipleChoiceField(
        label="Factors found, for the census", required=False, widget=forms.CheckboxSelectMultiple
    )
    proposes = chosen(
        "What do you propose?",
        [(str(each), heading) for each, (heading, _) in PROPOSALS.items()],
        "Choose what you propose.",
    )
    goals = words(
        "For a plan, or a step down: what is to change",
        "",
        "One thing a line. The plan begins with these; with a step down they go along to the other team.",
        rows=4,
    )
    visit_every = forms.ChoiceField(
        label="For a plan: how often is the child visited?",
        required=False,
        choices=[("", "Not said"), *((f"{n} weeks", f"Every {n} weeks") for n in (1, 2, 3, 4, 6))],
    )
    reasons = words("Why do you propose this?", "Write why you propose this.", rows=4)
    dissent = words("Does anybody see it differently?", "", "Who, and what they say.", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = collection_year(clock.today())
        found = code_list("assessment_factors").in_year(year)
        self.fields["factors"].choices = [(c.code, c.label) for c in found]  # type: ignore[attr-defined]
        level, proposes = self.fields["level"], self.fields["proposes"]
        level.choice_hints = {each.value: each.meaning for each in Level}  # type: ignore[attr-defined]
        proposes.choice_hints = {str(each): hint for each, (_, hint) in PROPOSALS.items()}  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("proposes") == Outcome.PLAN and not (found.get("goals") or "").strip():
            self.add_error("goals", "A plan says what is to change.")
        return found

    @property
    def ticked(self) -> set[str]:
        """The indicators chosen so far, also while the rest is wrong."""
        value = self["indicators"].value()
        return {str(each) for each in value} if isinstance(value, list | tuple) else set()

    @property
    def sides(self) -> list[tuple[str, int, list[tuple[Indicator, bool]]]]:
        """The indicators by side of the framework, with how many of them are chosen."""
        ticked = self.ticked
        return [
            (side.heading, sum(each.id in ticked for each in listed), [(e, e.id in ticked) for e in listed])
            for side in Side
            if (listed := sample_pack().on_side(side))
        ]

    @property
    def difference(self) -> str:
        """That the level is another than where the indicators are listed; nothing when they agree."""
        level = str(self["level"].value() or "")
        return sample_pack().difference(level, self.ticked) if level in set(Level) else ""


class WholePart(forms.Form):
    """What holds for all the children: parents, home, what the family says, and the analysis."""

    parenting = words(
        "Parenting capacity",
        "Write what the parents can give, and what they cannot.",
        "Basic care, safety, warmth, stimulation, guidance and boundaries, stability.",
        rows=6,
    )
    environment = words(
        "Family and environment",
        "Write how the family lives, and who is around them.",
        "Family history, wider family, housing, work, money, neighbourhood, services that help.",
        rows=6,
    )
    family_view = words(
        "What the parents and family say to this", "Write what they say, or why nobody asked them.", rows=4
    )
    analysis = words(
        "Analysis",
        "Write what all this means for the children.",
        "What it is like to be this child; what keeps the child safe; what harms; what happens if nothing changes.",
        rows=8,
    )
    to_agency = forms.TypedChoiceField(
        label="To another agency: which?",
        coerce=int,
        required=False,
        empty_value=0,  # type: ignore[arg-type]  # the stubs know only text
    )
    to_send = words("What it is sent", "", "The least that it needs. It sees exactly these words.", rows=3)
    to_send_for = words("What is it for?", "", rows=2)
    lawful_basis = chosen("Lawful basis of sending it", BASES, "Choose the lawful basis.", required=False)
    family_told = chosen("Does the family know that it is sent?", FAMILY, "Say whether.", required=False)
    not_told_reason = words("If not: why?", "", rows=2)

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [("", "No other agency"), *((each.pk, each.name) for each in agencies)]
        self.fields["to_agency"].choices = options  # type: ignore[attr-defined]

    def needs_what_is_sent(self) -> bool:
        """Another agency takes it on: what it is sent, on which basis and for what. Whether all of it is there."""
        said, well = self.cleaned_data, True
        asked = {
            "to_agency": "Say which agency takes it on.",
            "to_send": "Write what the other agency is sent.",
            "to_send_for": "Write what it is for.",
            "lawful_basis": "Choose the lawful basis.",
            "family_told": "Say whether the family knows.",
        }
        if said.get("family_told") in NEEDS_WHY:
            asked["not_told_reason"] = "Say why the family does not know or agree."
        for name, missing in asked.items():
            if not str(said.get(name) or "").strip():
                self.add_error(name, missing)
                well = False
        return well


WITH_GOALS = frozenset({Outcome.PLAN, Outcome.EARLY_HELP})
MANY = frozenset({"indicators", "factors"})


def typed_so_far(given: QueryDict | None, prefix: str = "") -> dict[str, object]:
    """What was typed, as a form's first values: shown again without being judged before it is signed."""
    found: dict[str, object] = {}
    for key in given or ():
        name = key.removeprefix(f"{prefix}-") if prefix else key
        if prefix and name == key:
            continue
        found[name] = given.getlist(key) if name in MANY else given.get(key)  # type: ignore[union-attr]
    return found


@dataclass
class Typed:
    """The whole of what was typed: what holds for all, and a part for each child."""

    whole: WholePart
    parts: list[ChildPart]
    rows: Sequence[Assessment]

    @classmethod
    def of(cls, given: QueryDict | None, rows: Sequence[Assessment], *, signs: bool) -> Typed:
        """The forms with what was typed; judged only when it is signed."""
        bound = given if signs else None
        agencies = Agency.objects.exclude(kind__in=[Agency.Kind.AUTHORITY, Agency.Kind.EDUCATION])
        whole = WholePart(
            bound, initial=typed_so_far(given), agencies=list(agencies.order_by("kind", "name"))
        )
        parts = [
            ChildPart(bound, prefix=f"c{row.file}", initial=typed_so_far(given, f"c{row.file}"))
            for row in rows
        ]
        return cls(whole, parts, rows)

    def is_valid(self) -> bool:
        """Whether it can be signed; every part is asked, so that each says what is wrong."""
        each_well = [form.is_valid() for form in (*self.parts, self.whole)]
        well = all(each_well)
        goes = any(part.cleaned_data.get("proposes") == Outcome.OTHER for part in self.parts)
        return self.whole.needs_what_is_sent() and well if goes else well

    @property
    def written(self) -> dict[int, AssessmentWritten]:
        """What each child's file is to say, by the number of the assessment."""
        whole = self.whole.cleaned_data
        return {
            row.id: _written(row, whole, part.cleaned_data)
            for row, part in zip(self.rows, self.parts, strict=True)
        }


SENT = ("to_agency", "to_send", "to_send_for", "lawful_basis", "family_told", "not_told_reason")


def _written(row: Assessment, whole: dict[str, Any], part: dict[str, Any]) -> AssessmentWritten:
    sent = {name: whole[name] for name in SENT} if part["proposes"] == Outcome.OTHER else {}
    plans = part["proposes"] == Outcome.PLAN
    goals = tuple(line.strip() for line in part["goals"].splitlines() if line.strip())
    return AssessmentWritten(
        assessment=row.id, development=part["development"], parenting=whole["parenting"],
        environment=whole["environment"], child_words=part["child_words"], child_wishes=part["child_wishes"],
        family_view=whole["family_view"], analysis=whole["analysis"], level=part["level"],
        indicators=tuple(part["indicators"]), pack=sample_pack().version, factors=tuple(part["factors"]),
        proposes=part["proposes"],
        goals=goals if part["proposes"] in WITH_GOALS else (),
        visit_every=part["visit_every"] if plans else "", reasons=part["reasons"], dissent=part["dissent"], **sent,
    )  # fmt: skip


class AuthoriseForm(ConversationForm):
    """The name under what somebody else wrote, with reasons; for a step down, what was agreed with the other team."""

    field_order = ("reasons", "over_time_reasons", "team", *CONVERSATION)
    reasons = words("Why do you authorise this?", "Write why you authorise this decision.", rows=4)
    over_time_reasons = words(
        "Why did it take longer than 45 working days?", "Write why it took longer.", rows=3
    )
    team = forms.TypedChoiceField(
        label="Which team are they offered to?",
        coerce=int,
        help_text="The team of the children’s area, where the area is known. Your team answers until it accepts.",
        error_messages={"required": "Choose the team with which the step down was agreed."},
    )

    def __init__(self, *args: Any, late: bool, down: GoingDown | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["over_time_reasons"]
        if down is None:
            for name in ("team", *CONVERSATION):
                del self.fields[name]
            return
        team = self.fields["team"]
        team.label = f"Which team is offered {down.names}?"
        team.choices = [("", "Choose a team"), *((each.pk, each.name) for each in down.teams)]  # type: ignore[attr-defined]
        first = {
            "team": down.near or None,
            "ours": down.by,
            "spoke_on": clock.today(),
            "carried": down.carried,
        }
        self.initial = first | self.initial

    @property
    def step_down(self) -> StepDown | None:
        """What was agreed with the team that takes them on; None where nobody steps down."""
        if "team" not in self.fields:
            return None
        return StepDown(self.cleaned_data["team"], self.conversation, self.goals)


@dataclass(frozen=True)
class GoingDown:
    """The children who are to step down together, and what is known of where to."""

    names: str
    teams: Sequence[Team]
    near: int
    by: str
    carried: str


class SendBackForm(forms.Form):
    """What is missing, for the writer to write."""

    what_is_missing = words(
        "What is missing?", "Write what is missing, so that the writer knows what to do.", rows=4
    )
