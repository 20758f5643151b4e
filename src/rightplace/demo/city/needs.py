"""What goes with a kind of need: the indicators that say a level, the factors an assessment finds, a plan's category.

Which indicator goes with which need is invented for the demonstration; the codes are those of the national returns.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from rightplace.domain.practice.entries.contact import Level, Route

INDICATORS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    # need: (universal plus, additional, complex/significant)
    "neglect": (
        ("child.health.tired-hungry", "parenting.routine.loose", "child.health.checks-missed"),
        (
            "parenting.care.dirty-cold",
            "child.health.untreated",
            "parenting.watch.alone",
            "family.home.unsafe",
        ),
        ("parenting.harm.neglect", "parenting.care.hidden"),
    ),
    "domestic abuse": (
        ("family.change.parting", "family.ties.alone"),
        ("family.abuse.past", "parenting.conflict.rows"),
        ("family.abuse.now", "family.danger.person"),
    ),
    "physical": (
        ("parenting.limits.unsure", "child.behaviour.rows"),
        ("parenting.warmth.cold", "parenting.help.refused"),
        ("child.harm.injury", "child.harm.says-so", "parenting.harm.hits"),
    ),
    "sexual": (
        ("child.feelings.low",),
        ("child.sexual.beyond-age",),
        ("child.harm.says-so", "family.danger.person"),
    ),
    "emotional": (
        ("child.feelings.low", "family.change.parting"),
        ("parenting.warmth.cold", "parenting.conflict.rows"),
        ("parenting.harm.terror",),
    ),
    "exploitation": (
        ("child.learning.slipping",),
        ("child.missing.once", "child.behaviour.police"),
        ("child.harm.exploited-crime", "child.harm.exploited-sex", "child.harm.weapon"),
    ),
    "missing": (("child.learning.slipping",), ("child.missing.once",), ("child.missing.often",)),
    "self harm": (("child.feelings.low",), ("child.feelings.self-harm",), ("child.feelings.danger",)),
    "substance": (
        ("parenting.health.low",),
        ("parenting.substances.use", "child.substances.regular"),
        ("parenting.harm.neglect",),
    ),
    "parent mental health": (
        ("parenting.health.low", "child.caring.helps"),
        ("parenting.health.unwell", "child.caring.heavy"),
        ("parenting.harm.neglect", "parenting.care.hidden"),
    ),
    "young carer": (("child.caring.helps",), ("child.caring.heavy",), ("parenting.care.hidden",)),
    "disability": (("child.health.long-illness",), ("child.disability.strain",), ("parenting.harm.neglect",)),
    "housing": (
        ("family.home.crowded", "family.money.short"),
        ("family.home.losing", "family.home.unsafe"),
        ("parenting.harm.neglect",),
    ),
    "poverty": (
        ("family.money.short", "family.home.crowded"),
        ("family.home.losing",),
        ("parenting.harm.neglect",),
    ),
    "behaviour": (
        ("child.behaviour.rows", "parenting.limits.unsure"),
        ("child.behaviour.police", "child.learning.away"),
        ("child.harm.weapon",),
    ),
    "attendance": (("child.learning.slipping",), ("child.learning.away",), ("parenting.care.hidden",)),
    "unborn": (
        ("parenting.care.new-parent",),
        ("parenting.substances.use", "parenting.health.unwell"),
        ("parenting.unborn.danger", "family.abuse.pregnant"),
    ),
    "private fostering": (("family.ties.alone",), ("family.private-fostering",), ("family.trafficked",)),
    "fgm": (("family.ties.alone",), ("parenting.help.refused",), ("family.harm.custom",)),
    "trafficking": (("family.ties.alone",), ("child.missing.once",), ("family.trafficked",)),
}
OTHERWISE = (
    ("child.feelings.low", "family.ties.alone", "parenting.limits.unsure"),
    ("parenting.help.refused", "child.learning.away", "child.online.unsafe"),
    ("parenting.care.hidden", "child.harm.says-so"),
)
UNIVERSAL = (
    "child.health.checks-kept",
    "child.learning.settled",
    "parenting.care.enough",
    "family.home.steady",
)
PLACE = {Level.UNIVERSAL_PLUS: 0, Level.ADDITIONAL: 1, Level.COMPLEX: 2}

FACTORS: Mapping[str, tuple[str, ...]] = {
    "neglect": ("16A",),
    "domestic abuse": ("3B", "17A"),
    "physical": ("18C",),
    "sexual": ("19C",),
    "emotional": ("17A",),
    "exploitation": ("24A", "13A"),
    "missing": ("10A", "24A"),
    "self harm": ("15A", "4A"),
    "substance": ("1B", "2B"),
    "parent mental health": ("4B", "16A"),
    "young carer": ("7A", "4B"),
    "disability": ("5A", "6A"),
    "behaviour": ("14A",),
    "unborn": ("2B", "3B"),
    "private fostering": ("8E",),
    "unaccompanied": ("9A",),
    "trafficking": ("12A",),
    "fgm": ("22A",),
    "faith": ("23A",),
}
ALSO = (
    ("4B", 0.36),
    ("3B", 0.33),
    ("17A", 0.34),
    ("4A", 0.14),
    ("16A", 0.12),
    ("5A", 0.15),
    ("1B", 0.11),
    ("2B", 0.11),
)
"""Factors found beside the one that a child came with, with their shares after the published ones."""
CATEGORY = {
    "physical": "PHY",
    "sexual": "SAB",
    "exploitation": "EMO",
    "neglect": "NEG",
    "domestic abuse": "EMO",
}
CATEGORY_WORDS = {"NEG": "neglect", "EMO": "emotional", "PHY": "physical", "SAB": "sexual"}
PRIMARY = {
    "disability": "N2",
    "parent mental health": "N3",
    "housing": "N4",
    "poverty": "N7",
    "behaviour": "N6",
    "young carer": "N3",
    "emotional": "N5",
    "unaccompanied": "N8",
    "bereavement": "N4",
}

_USUAL = {
    Route.FAMILY_SUPPORT: Level.ADDITIONAL,
    Route.ASSESSMENT: Level.COMPLEX,
    Route.STRATEGY: Level.COMPLEX,
    Route.ALREADY_OPEN: Level.ADDITIONAL,
    Route.ANOTHER_AGENCY: Level.UNIVERSAL_PLUS,
    Route.ADVICE: Level.UNIVERSAL_PLUS,
    Route.NO_FURTHER_ACTION: Level.UNIVERSAL,
}
_AGAINST = {
    Route.FAMILY_SUPPORT: (Level.COMPLEX, 0.03),
    Route.ASSESSMENT: (Level.ADDITIONAL, 0.04),
    Route.ADVICE: (Level.ADDITIONAL, 0.025),
    Route.NO_FURTHER_ACTION: (Level.UNIVERSAL_PLUS, 0.35),
    Route.ANOTHER_AGENCY: (Level.ADDITIONAL, 0.4),
}


def level_of(route: Route, rng: Random) -> Level:
    """The level of need that was decided with a route; now and then one that does not go with it."""
    other, share = _AGAINST.get(route, (Level.COMPLEX, 0.0))
    return other if rng.random() < share else _USUAL[route]


def indicators_of(need: str, level: Level, rng: Random) -> tuple[str, ...]:
    """The indicators that were found, at that level and below."""
    if level is Level.UNIVERSAL:
        return tuple(rng.sample(UNIVERSAL, 2))
    by_level = INDICATORS.get(need, OTHERWISE)
    place = PLACE[level]
    found = [rng.choice(by_level[place])]
    if place and rng.random() < 0.7:
        found.append(rng.choice(by_level[place - 1]))
    if rng.random() < 0.35:
        found.append(rng.choice(OTHERWISE[0]))
    return tuple(dict.fromkeys(found))


def factors_of(need: str, rng: Random) -> tuple[str, ...]:
    """What an assessment found."""
    found = [rng.choice(FACTORS.get(need, ("20",)))]
    found += [code for code, share in ALSO if rng.random() < share * 0.75]
    return tuple(sorted(dict.fromkeys(found)))


def primary_need(need: str, rng: Random) -> str:
    """The main need in the sense of the census."""
    return PRIMARY.get(need, "N1") if rng.random() < 0.93 else rng.choice(("N4", "N5"))


def category_of(need: str, rng: Random) -> str:
    """The category of a protection plan."""
    return CATEGORY.get(need) or ("NEG" if rng.random() < 0.45 else "EMO")
