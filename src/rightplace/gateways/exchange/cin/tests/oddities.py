"""Deliberate oddities for invented returns: each a change to one child, named by what is found about it."""

from collections.abc import Callable

from rightplace.gateways.exchange.cin.tests.write_sample import Tree

Change = Callable[[list[Tree]], list[Tree]]


def replaced(name: str, value: "str | list[Tree] | None") -> Change:
    """Gives every element of that name another value; None takes it out."""

    def change(parts: list[Tree]) -> list[Tree]:
        changed: list[Tree] = []
        for each, inside in parts:
            if each != name:
                changed.append((each, inside if isinstance(inside, str) else change(inside)))
            elif value is not None:
                changed.append((each, value))
        return changed

    return change


def added(into: str, tree: Tree, *, first: bool = False) -> Change:
    """Puts another element into every element of that name."""

    def change(parts: list[Tree]) -> list[Tree]:
        changed: list[Tree] = []
        for name, inside in parts:
            if isinstance(inside, str):
                changed.append((name, inside))
                continue
            inner = change(inside)
            changed.append((name, ([tree, *inner] if first else [*inner, tree]) if name == into else inner))
        return changed

    return change


REFUSING: dict[str, Change] = {
    "no_number": replaced("LAchildID", None),
    "no_referral": replaced("CINreferralDate", "not known"),
}
DOUBTING: dict[str, Change] = {
    "number_too_long": replaced("LAchildID", "INV" + "0" * 20),
    "number_not_alphanumeric": replaced("LAchildID", "INV-77/7"),
    "upn_malformed": added("ChildIdentifiers", ("UPN", "123"), first=True),
    "two_births": lambda parts: added("ChildIdentifiers", ("PersonBirthDate", "2014-06-01"))(
        added("ChildIdentifiers", ("ExpectedPersonBirthDate", "2026-06-01"))(parts)
    ),
    "no_birth": lambda parts: replaced("ExpectedPersonBirthDate", None)(
        replaced("PersonBirthDate", None)(parts)
    ),
    "ethnicity_unknown": replaced("Ethnicity", "ZZZZ"),
    "source_unknown": replaced("ReferralSource", "99"),
    "nfa_missing": replaced("ReferralNFA", None),
    "unreadable": replaced("ReferralNFA", "perhaps"),
    "closed_before_referral": added("CINdetails", ("CINclosureDate", "2001-01-01"), first=True),
    "reason_without_closing": lambda parts: added("CINdetails", ("ReasonForClosure", "RC7"))(
        replaced("CINclosureDate", None)(replaced("ReasonForClosure", None)(parts))
    ),
    "conference_at_weekend": added("CINdetails", ("DateOfInitialCPC", "2025-11-01")),
    "unknown_element": added("CINdetails", ("Mood", "fine")),
    "left_out": added("CINdetails", ("Assessments", [("AssessmentActualStartDate", "")])),
    "british_date": added("CINdetails", ("DateOfInitialCPC", "05/11/2025")),
    "died_before_birth": added("ChildIdentifiers", ("PersonDeathDate", "1999-01-01")),
}
ODDITIES: dict[str, Change] = REFUSING | DOUBTING


def each_in_turn(every: int = 1) -> Callable[[int, list[Tree]], list[Tree]]:
    """Makes every so many-th child odd, going through the oddities in turn."""
    changes = list(ODDITIES.values())

    def odd(number: int, parts: list[Tree]) -> list[Tree]:
        return changes[number // every % len(changes)](parts) if number % every == 0 else parts

    return odd
