"""The first entries of a child's file: who it is, where it lives, who belongs to it."""

from __future__ import annotations

from rightplace.demo.city.house import Hand
from rightplace.demo.city.people import Child
from rightplace.demo.city.scene import Scene
from rightplace.demo.city.tellers import Teller
from rightplace.demo.city.times import day_of
from rightplace.demo.material import names
from rightplace.domain.practice.entries.identity import PossibleDuplicateFound, RelationshipRecorded


def first_entries(scene: Scene, child: Child, at: int, who: Teller, concern: int) -> None:
    """Who the child is, as told; once. Children told of together belong together."""
    if child.opened:
        return
    child.opened = True
    say = scene.pen.say
    say(child.file, child.identity(day_of(at), "contact"), at, who.hand)
    say(child.file, scene.family.home.body("contact"), at, who.hand)
    for other in scene.family.children:
        if other is not child and other.file.id != child.refs.get("also", 0):
            body = RelationshipRecorded(
                relation="brother or sister, as told", other_file=other.file.id, same_household=True, source="contact"
            )
            say(child.file, body, at, who.hand, concern=concern)


def meet_the_family(scene: Scene, children: list[Child], at: int, hand: Hand) -> None:
    """Parents, as the first worker who works with the family writes them down; once for each child."""
    family = scene.family
    for child in children:
        if "family" in child.refs:
            continue
        child.refs["family"] = 1
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
    other = Child(rng, names.misspelt(child.given, rng), child.family, child.born, child.sex, "", child.language)
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
