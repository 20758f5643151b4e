"""Looks over a child who was read: what refuses the child, what somebody must settle, what is worth knowing.

A child is refused only when the child cannot be filed at all. Everything else is taken as it is written, and what is
odd about it becomes a doubt. The rules are tables in `rules_child`, `rules_referral` and `rules_modules`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

import msgspec

from rightplace.gateways.exchange.cin import rules_child, rules_modules, rules_referral
from rightplace.gateways.exchange.cin.children import Module, ReadChild, Referral
from rightplace.gateways.exchange.cin.findings import Finding
from rightplace.gateways.exchange.cin.rule import Around, Rule

__all__ = ["RULES", "Around", "examine"]

T = TypeVar("T", bound=Module)

_CHILD: Final = (*rules_child.REFUSALS, *rules_child.NUMBERS, *rules_child.PERSON)
_REFERRAL: Final = (
    *rules_referral.BEGINNING,
    *rules_referral.CLOSING,
    *rules_referral.NO_ACTION,
    *rules_referral.CONFERENCE,
    *rules_referral.TOGETHER,
)
RULES: Final = (
    *_CHILD,
    *rules_child.EPISODES,
    *_REFERRAL,
    *rules_modules.ASSESSMENT,
    *rules_modules.CIN_PLAN,
    *rules_modules.SECTION_47,
    *rules_modules.PROTECTION_PLAN,
    *rules_modules.PRE_PROCEEDINGS,
)
"""Every rule, for the list in the documentation and for the test that each can be met."""


def examine(child: ReadChild, around: Around, more: Sequence[Finding] = ()) -> ReadChild:
    """The child with everything found: while reading it, beside other children, and by the rules."""
    around.child = child
    around.referral = None
    findings = [*more, *child.findings, *_each((child,), _CHILD, around, "child")]
    findings.extend(_each((child,), rules_child.EPISODES, around, "referral"))
    for referral in child.referrals:
        findings.extend(_of_referral(referral, around))
    return msgspec.structs.replace(child, findings=tuple(findings)) if findings else child


def _of_referral(referral: Referral, around: Around) -> Iterator[Finding]:
    around.referral = referral
    yield from _each((referral,), _REFERRAL, around, "referral")
    yield from _each(referral.assessments, rules_modules.ASSESSMENT, around, "assessment")
    yield from _each(referral.cin_plans, rules_modules.CIN_PLAN, around, "child in need plan")
    yield from _each(referral.section47s, rules_modules.SECTION_47, around, "section 47 enquiry")
    yield from _each(
        referral.protection_plans, rules_modules.PROTECTION_PLAN, around, "child protection plan"
    )
    yield from _each(referral.pre_proceedings, rules_modules.PRE_PROCEEDINGS, around, "pre-proceedings")


def _each(modules: Iterable[T], rules: Iterable[Rule[T]], around: Around, about: str) -> Iterator[Finding]:
    for module in modules:
        for rule in rules:
            yield from rule.look(module, around, about)
