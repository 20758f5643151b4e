"""The first entries of a child's file: who it is, where it lives, who belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightplace.demo.city import schooling
from rightplace.demo.city.house import Hand
from rightplace.demo.city.people import Child
from rightplace.demo.city.scene import Scene
from rightplace.demo.city.tellers import Teller
from rightplace.demo.city.times import day_of, on
from rightplace.demo.material import names
from rightplace.domain.practice.entries.identity import PossibleDuplicateFound, RelationshipRecorded

if TYPE_CHECKING:
    from rightplace.demo.city.case import Case

NAMELESS = "nameless"
"""A child's mark while it is expected and has no name yet."""


def first_entries(scene: Scene, child: Child, at: int, who: Teller, concern: int) -> None:
    """Who the child is, as told; once. Children told of together belong together."""
    if child.opened:
        name(scene, child, at, who.hand)
        return
    child.opened = True
    say = scene.pen.say
    if child.born > day_of(at):
        child.refs[NAMELESS] = 1
    say(child.file, child.identity(day_of(at), "contact"), at, who.hand)
    say(child.file, scene.family.home.body("contact"), at, who.hand)
    for other in scene.family.children:
        if other is not child and other.file.id != child.refs.get("also", 0):
            body = RelationshipRecorded(
                relation="brother or sister, as told",
                other_file=other.file.id,
                same_household=True,
                source="contact",
            )
            say(child.file, body, at, who.hand, concern=concern)


def name(scene: Scene, child: Child, at: int, hand: Hand) -> None:
    """A child who was expected has been born since, and has a name."""
    if child.refs.get(NAMELESS) and child.born <= day_of(at):
        child.refs[NAMELESS] = 0
        scene.pen.say(child.file, child.identity(day_of(at), "worker"), at, hand)
        child.words = child.words.knowing(child=child.given)


def births(case: Case) -> None:
    """Put on the agenda that a child who is expected is born."""
    for child in case.children:
        if child.refs.get(NAMELESS):
            at = on(child.born + 1, 10 * 60, case.rng.random() * 9000)
            case.at(at, lambda moment, child=child: _born(case, child, moment), lasting=True)  # type: ignore[misc]


def _born(case: Case, child: Child, at: int) -> int:
    if child in case.children:
        name(case.scene, child, at, case.hand(at))
    return 0


def meet_the_family(scene: Scene, children: list[Child], at: int, hand: Hand) -> None:
    """Parents, as the first worker who works with the family writes them down; once for each child."""
    family = scene.family
    for child in children:
        if "family" in child.refs:
            continue
        child.refs["family"] = 1
        schooling.goes_to_school(scene, child, at, hand)
        mother = RelationshipRecorded(
            relation="mother", name=family.mother, phone=family.phone, parental_responsibility=True,
            same_household=True, source="worker",
        )  # fmt: skip
        scene.pen.say(child.file, mother, at, hand)
        if family.father:
            father = RelationshipRecorded(
                relation="father", name=family.father, parental_responsibility=True,
                same_household=scene.rng.random() < 0.5, source="worker",
            )  # fmt: skip
            scene.pen.say(child.file, father, at, hand)


def alias(scene: Scene, child: Child, at: int, who: Teller) -> Child:
    """The same child told of under another spelling: a file of its own, which may be the same child; somebody decides."""
    rng = scene.rng
    other = Child(
        rng, names.misspelt(child.given, rng), child.family, child.born, child.sex, "", child.language
    )
    if rng.random() < 0.5:
        other.family = names.misspelt(child.family, rng)
    other.words, other.nhs = child.words, ""
    other.refs["also"] = child.file.id
    scene.more_files.append(other.file)
    why = ("given name: spelt alike", "family name: the same", "birth date: the same")
    if other.family != child.family:
        why = ("given name: spelt alike", "family name: spelt alike", "birth date: the same")
    first_entries(scene, other, at, who, 0)
    body = PossibleDuplicateFound(other_file=child.file.id, why=why)
    other.refs["duplicate"] = scene.pen.say(other.file, body, at, who.hand)
    return other
