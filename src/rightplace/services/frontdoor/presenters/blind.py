"""Where managers differ on the same case: by level and by route, about the cases and never about a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.contact import BlindDecisionMade, ContactDecided, Level, Route
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.need import sample_pack
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import reading
from rightplace.services.frontdoor.models import VignetteDecision
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.vignettes.agreement import Agreement, agreement, matrix
from rightplace.services.frontdoor.vignettes.vignettes import vignettes

LATEST = 200
CASES = (Column("Case"), Column("Who tells"), Column("You"), Column("Decided by", number=True))
DIFFER = (Column("Case"), Column("Levels"), Column("Routes"), Column("Same"))


class Choice(NamedTuple):
    """What one person chose."""

    level: str
    route: str


@dataclass(frozen=True)
class Compared:
    """One thing compared over all cases: its agreement as a sentence and as a matrix."""

    heading: str
    sentence: str
    order: Sequence[str]
    matrix: Sequence[Sequence[int]]


@dataclass(frozen=True)
class BlindPage:
    """The compare page: both things, and the cases on which people differ."""

    compared: Sequence[Compared]
    rows: Sequence[Row]
    cases: int
    files: frozenset[int]


def case_rows(actor: Actor) -> list[Row]:
    """The invented cases: what one has decided oneself, and by how many each is decided."""
    decided: dict[str, list[int]] = defaultdict(list)
    for name, worker in VignetteDecision.objects.values_list("vignette", "worker"):
        decided[name].append(worker)
    return [
        Row(
            [
                Link(case.title, reverse("frontdoor:vignette", args=[case.id])),
                case.tells,
                tags.met("decided") if actor.worker in decided[case.id] else tags.still_open("not yet"),
                len(decided[case.id]),
            ]
        )
        for case in vignettes()
    ]


def vignette_choices(name: str, actor: Actor) -> tuple[VignetteDecision | None, list[VignetteDecision]]:
    """What the actor decided of a case, and what others did, in no order that tells who."""
    rows = list(VignetteDecision.objects.filter(vignette=name).order_by("route", "level", "reasons"))
    own = next((row for row in rows if row.worker == actor.worker), None)
    return own, [row for row in rows if row.worker != actor.worker] if own else []


def invented_choices(actor: Actor) -> dict[str, list[Choice]]:
    """What was chosen of each invented case, as far as the reader may see."""
    found: dict[str, list[Choice]] = defaultdict(list)
    for row in scope(actor, VignetteDecision).order_by("vignette", "level", "route"):
        found[row.vignette].append(Choice(row.level, row.route))
    return found


def real_choices(actor: Actor) -> dict[int, list[Choice]]:
    """What was chosen of real contacts that are decided: the decision itself and the blind ones."""
    rows = scope(actor, Contact).filter(blind__gt=0, decided__isnull=False).order_by("-received")[:LATEST]
    concerns = [row.concern for row in rows]
    with rls.reading_as(actor, purpose="blind decisions"):
        entries = reading.entries_of(reading.file_rows(concerns))
    return {concern: _choices(found) for concern, found in entries.items()}


def _choices(entries: Sequence[Entry]) -> list[Choice]:
    bodies = [entry.body for entry in standing(entries).entries]
    return [Choice(b.level, b.route) for b in bodies if isinstance(b, ContactDecided | BlindDecisionMade)]


def blind_page(actor: Actor, *, real: bool) -> BlindPage:
    """Compare what people chose of the same cases."""
    opened: dict[int, list[Choice]] = {}
    if real:
        opened = real_choices(actor)
        found = {
            f"Contact {number}": (reverse("frontdoor:contact", args=[concern]), chosen)
            for number, (concern, chosen) in enumerate(opened.items(), 1)
        }
    else:
        titles = {case.id: case.title for case in vignettes()}
        found = {
            titles.get(name, name): (reverse("frontdoor:vignette", args=[name]), each)
            for name, each in invented_choices(actor).items()
        }
    several = {name: pair for name, pair in found.items() if len(pair[1]) > 1}
    pairs = [pair for _, chosen in several.values() for pair in combinations(chosen, 2)]
    return BlindPage(
        compared=[
            _compared(
                "Level of need", [(a.level, b.level) for a, b in pairs], [str(x) for x in Level], len(several)
            ),
            _compared("Route", [(a.route, b.route) for a, b in pairs], [str(x) for x in Route], len(several)),
        ],
        rows=[_row(name, href, chosen) for name, (href, chosen) in several.items()],
        cases=len(several),
        files=frozenset(opened),
    )


def _row(name: str, href: str, chosen: Sequence[Choice]) -> Row:
    levels = ", ".join(sorted({each.level for each in chosen}))
    routes = ", ".join(sorted({each.route for each in chosen}))
    same = len(set(chosen)) == 1
    return Row(
        [Link(name, href), levels, routes, tags.met("the same") if same else tags.due_soon("they differ")]
    )


def _compared(heading: str, pairs: Sequence[tuple[str, str]], order: Sequence[str], cases: int) -> Compared:
    return Compared(heading, agreement_sentence(agreement(pairs, cases)), order, matrix(pairs, order))


def agreement_sentence(found: Agreement | None) -> str:
    """Agreement in a sentence, with its interval; said as not known where it is."""
    if found is None:
        return "Not known yet: no case has been decided by two people."
    said = f"Two who decide the same case agree in {found.share:.0%} of {words.count_words(found.pairs, 'comparison')}."
    if found.kappa is None or found.low is None or found.high is None:
        return f"{said} Beyond chance: cannot be said, since everybody always chose the same."
    return f"{said} Beyond chance: {found.kappa:.2f} (Cohen’s kappa; between {found.low:.2f} and {found.high:.2f})."


def indicator_texts(names: Sequence[str]) -> list[str]:
    """Indicators in the pack's words."""
    pack = sample_pack()
    return [each.text if (each := pack.find(name)) else name for name in names]
