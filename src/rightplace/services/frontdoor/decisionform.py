"""What a person types to decide a contact: a part for each child, or one for all, and a part for the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from rightplace.common.disclosure.repeating import repeats
from rightplace.domain.practice.entries.contact import OFFERS_THE_CHILD, Level, Route
from rightplace.domain.practice.entries.keeping import InformationShared
from rightplace.domain.practice.need import Explanation, Indicator, Side, sample_pack
from rightplace.domain.practice.need import Level as NeedLevel
from rightplace.domain.practice.vocabulary.codes import code_list
from rightplace.foundation.organisation.models import Agency, Team
from rightplace.services.frontdoor.deciding import ChildDecision, Decision, Feedback
from rightplace.services.frontdoor.forms import BASES, FAMILY, FamilyPart, agency_choices, chosen, words
from rightplace.services.frontdoor.projections import Contact

ALL = "all"
ROUTES = {
    Route.FAMILY_SUPPORT: "The family agrees to help; the team of the child's area is offered the child",
    Route.ASSESSMENT: "A social worker assesses; a referral in the sense of the census",
    Route.STRATEGY: "The child may be suffering significant harm; police and health join at once",
    Route.ALREADY_OPEN: "The team that has the child takes it on",
    Route.ANOTHER_AGENCY: "Another agency takes it on, and is told what it needs",
    Route.ADVICE: "Advice is given, and the contact ends here",
    Route.NO_FURTHER_ACTION: "Nothing further is needed from us, and the contact ends here",
}
LEAST = {
    Route.FAMILY_SUPPORT: "A family support team has been asked to work with the family.",
    Route.ASSESSMENT: "A social work team has been asked to look at what the family needs.",
    Route.STRATEGY: "Children's social care is acting on this now.",
    Route.ALREADY_OPEN: "What you told us has gone to the team that can act on it.",
    Route.ANOTHER_AGENCY: "Another agency has been asked to help.",
    Route.ADVICE: "We have given advice, and no team has been asked to work with the family.",
    Route.NO_FURTHER_ACTION: "No team has been asked to work with the family.",
}
"""What the referrer is sent when nobody writes more: what happens, and nothing of what others told us."""


class NeedPart(forms.Form):
    """A level with its indicators and a route: what everybody decides, also blind."""

    level = chosen(
        "Level of need", [(each.value, each.heading) for each in NeedLevel], "Choose the level of need."
    )
    indicators = forms.MultipleChoiceField(
        label="What was seen or told",
        required=True,
        widget=forms.CheckboxSelectMultiple,
        choices=[(each.id, each.text) for each in sample_pack().indicators],
        error_messages={
            "required": "Choose at least one indicator: a level is always said with what says so."
        },
    )
    route = chosen("Where does it go?", [(r.value, r.value.capitalize()) for r in ROUTES], "Choose a route.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level, route = self.fields["level"], self.fields["route"]
        level.choice_hints = {each.value: each.meaning for each in NeedLevel}  # type: ignore[attr-defined]
        route.choice_hints = {each.value: hint for each, hint in ROUTES.items()}  # type: ignore[attr-defined]

    @property
    def ticked(self) -> list[str]:
        """The indicators chosen so far, also while the rest of the form is wrong."""
        value = self["indicators"].value()
        return [str(each) for each in value] if isinstance(value, list | tuple) else []

    @property
    def explanation(self) -> Explanation:
        """What the pack says of the chosen indicators: where they are listed, never a sum of them."""
        return sample_pack().suggested_levels(self.ticked)

    @property
    def difference(self) -> str:
        """That the level is another than where the indicators are listed; nothing when they agree."""
        level = str(self["level"].value() or "")
        return (
            sample_pack().difference(level, self.ticked)
            if level in {each.value for each in NeedLevel}
            else ""
        )

    def offered(self, words_typed: str) -> list[tuple[str, list[tuple[Indicator, bool]]]]:
        """The indicators by side of the framework; those without the words looked for are left out, but ticked ones."""
        ticked, looked = set(self.ticked), words_typed.strip().lower()
        return [
            (
                side.heading,
                [
                    (each, each.id in ticked)
                    for each in sample_pack().on_side(side)
                    if not looked or looked in each.text.lower() or each.id in ticked
                ],
            )
            for side in Side
        ]


class BlindForm(NeedPart):
    """What a manager decides without seeing what the other decided."""

    reasons = words("Reasons", "Write why you decide so.", rows=4)


class ChildPart(NeedPart):
    """What is decided for one child, or for all children of the contact together."""

    team = forms.TypedChoiceField(label="Which team?", coerce=int, required=False, empty_value=None)
    to_agency = forms.TypedChoiceField(
        label="To another agency: which?", coerce=int, required=False, empty_value=None
    )
    primary_need = forms.ChoiceField(label="For an assessment: the main need", required=False)
    reasons = words("Reasons", "Write why you decide so.", rows=4)
    alternatives = words(
        "What else did you think of?",
        "Write what else you thought of, or that there was nothing else.",
        "And why not that.",
        rows=2,
    )
    dissent = words(
        "Did anybody see it differently?", "", "Who, and what they said. Leave empty if nobody did.", rows=2
    )
    unseen_reason = words(
        "If nobody has seen the child and it ends here: why need the child not be seen?", "", rows=2
    )

    def __init__(
        self, *args: Any, teams: Sequence[Team], agencies: Sequence[Agency], suggested: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("team", [("", "The team of the child's area"), *((t.pk, t.name) for t in teams)])
        self.fields["team"].help_text = suggested
        self._offer("to_agency", [("", "No other agency"), *agency_choices(agencies)])  # type: ignore[arg-type]
        needs = [(c.code, f"{c.code} {c.label}") for c in code_list("primary_need").codes]
        self._offer("primary_need", [("", "Not said"), *dict(needs).items()])

    def _offer(self, name: str, options: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = options

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("route") == Route.ANOTHER_AGENCY and not found.get("to_agency"):
            self.add_error("to_agency", "Say which agency takes this on.")
        return found

    @property
    def offers(self) -> bool:
        """Whether the route that was signed offers the child to a team."""
        return self.cleaned_data.get("route") in OFFERS_THE_CHILD

    def decision(self, file: int) -> ChildDecision:
        """What was typed, for one child."""
        said = self.cleaned_data
        return ChildDecision(
            file=file,
            level=Level(said["level"]),
            indicators=tuple(said["indicators"]),
            route=Route(said["route"]),
            reasons=said["reasons"],
            alternatives=said["alternatives"],
            dissent=said["dissent"],
            unseen_reason=said["unseen_reason"],
            team=said["team"] or 0,
            to_agency=said["to_agency"] or 0,
            primary_need=said["primary_need"],
        )


class WholePart(FamilyPart):
    """What holds for the whole contact: basis, family, and the referrer's own text."""

    lawful_basis = chosen("Lawful basis", BASES, "Choose the lawful basis.", initial="public task")
    family_told = chosen(
        "Was the family told, and do they agree?",
        FAMILY,
        "Say whether the family was told.",
        "This is asked apart from the lawful basis: one does not answer the other.",
    )
    family_why = words("If not: why?", "", rows=2)
    text = words(
        "What the referrer is sent",
        "",
        "Leave it empty to send the least (shown below). Never the reasons above, nor what another agency said.",
        rows=3,
    )
    next_steps = words("What happens next, for them", "", rows=2)
    to_do = words("What we ask them to do", "", rows=2)
    shared = words(
        "What they are sent",
        "",
        "The least that they need. It is recorded with its basis.",
        rows=3,
    )
    shared_purpose = words("What is it for?", "", rows=2)

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact = contact
        if not contact.professional:
            for name in ("text", "next_steps", "to_do"):
                del self.fields[name]

    def warnings(self, answers: Sequence[str]) -> list[str]:
        """Where what leaves the house repeats what an agency told us."""
        typed = " ".join(
            str(self[name].value() or "") for name in ("text", "next_steps", "to_do") if name in self.fields
        )
        return repeats(typed, answers)


@dataclass
class Typed:
    """The whole of what was typed: one part for all children, or one each."""

    whole: WholePart
    parts: list[ChildPart]
    separately: bool

    @property
    def forms(self) -> list[forms.Form]:
        """Every form of the page, in its order."""
        return [*self.parts, self.whole]

    def is_valid(self) -> bool:
        """Whether everything can be taken; every form is asked, so that each says what is wrong."""
        each_well = [form.is_valid() for form in self.forms]
        well = all(each_well)
        goes = any(p.cleaned_data.get("route") == Route.ANOTHER_AGENCY for p in self.parts if p.is_bound)
        if well and goes:
            for name, missing in (
                ("shared", "Write what the other agency is sent."),
                ("shared_purpose", "Write what it is for."),
            ):
                if not self.whole.cleaned_data[name].strip():
                    self.whole.add_error(name, missing)
                    well = False
        return well

    def decision(self, contact: Contact, answers: Sequence[str]) -> Decision:
        """The decision as typed; the least is sent where nothing was written for the referrer."""
        said = self.whole.cleaned_data
        parts = self.parts if self.separately else self.parts * len(contact.children)
        children = [part.decision(file) for part, file in zip(parts, contact.children, strict=True)]
        feedback = None
        if contact.professional:
            routes = list(dict.fromkeys(child.route for child in children))
            feedback = Feedback(
                outcome=", ".join(routes)[:120],
                text=said["text"].strip() or " ".join(LEAST[route] for route in routes),
                next_steps=said["next_steps"],
                to_do=said["to_do"],
                repeats=tuple(self.whole.warnings(answers)),
            )
        return Decision(
            children=children,
            lawful_basis=said["lawful_basis"],
            family_told=said["family_told"],
            family_not_told_reason=said["family_why"],
            feedback=feedback,
            pack=sample_pack().version,
            shared=_shared(children, said),
        )


def _shared(children: Sequence[ChildDecision], said: dict[str, Any]) -> list[InformationShared]:
    """What goes to another agency, with basis and purpose (promise 7)."""
    agency = next((c.to_agency for c in children if c.route is Route.ANOTHER_AGENCY), 0)
    if not agency:
        return []
    return [
        InformationShared(
            with_whom=Agency.objects.get(pk=agency).name,
            agency=agency,
            basis=said["lawful_basis"],
            purpose=said["shared_purpose"],
            sent=said["shared"],
            family_told=said["family_told"],
            not_told_reason=said["family_why"],
        )
    ]


def apart(typed: QueryDict, children: int) -> QueryDict:
    """What was typed for all children together, now in each child's own part, so that nothing is lost."""
    own = typed.copy()
    for name in [key for key in typed if key.startswith(f"{ALL}-")]:
        for number in range(children):
            own.setlist(f"c{number}-{name.removeprefix(f'{ALL}-')}", typed.getlist(name))
    return own


def together(typed: QueryDict) -> QueryDict:
    """What was typed for the first child, now for all."""
    own = typed.copy()
    for name in [key for key in typed if key.startswith("c0-")]:
        own.setlist(f"{ALL}-{name.removeprefix('c0-')}", typed.getlist(name))
    return own


MANY = frozenset({"indicators"})


def typed_so_far(given: QueryDict | None, prefix: str = "") -> dict[str, object]:
    """What was typed, as a form's first values: shown again without being judged before it is signed."""
    found: dict[str, object] = {}
    for key in given or ():
        name = key.removeprefix(f"{prefix}-") if prefix else key
        if prefix and name == key:
            continue
        found[name] = given.getlist(key) if name in MANY else given.get(key)  # type: ignore[union-attr]
    return found
