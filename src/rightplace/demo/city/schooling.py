"""Which school a child goes to, and the time that family support gives: what a school's share is worked out from.

Dice of their own, so that nothing else in the city came out otherwise when this was added.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from rightplace.demo.city.house import Hand
from rightplace.demo.city.people import Child
from rightplace.demo.city.scene import Scene
from rightplace.demo.city.tellers import school_of
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.schooling import SchoolRecorded, TimeGiven
from rightplace.domain.practice.workdays import day_of

if TYPE_CHECKING:
    from rightplace.demo.city.case import Case

LASTED = (45, 60, 60, 75, 90, 120)
DOING = (("visit", 0.74), ("meeting", 0.18), ("group", 0.08))
WRITES_UP = 0.3


def goes_to_school(scene: Scene, child: Child, at: int, hand: Hand) -> None:
    """Say which school of the area a child goes to; nothing of a child of no school age."""
    desk = school_of(scene.house, child, scene.family.home.area, day_of(at))
    if desk is not None and at < scene.pen.now:
        dice = Random(f"{child.file.id}:school")  # noqa: S311  (a demonstration, not a secret)
        _write(child, SchoolRecorded(school=desk.agency, source="worker"), at, at, hand, dice, 0)


def gives_time(case: Case, at: int, recorded: int) -> None:
    """What family support gave the family that day, in the file of each of its children."""
    if case.place.kind != "family_support" or case.worker is None or recorded >= case.scene.pen.now:
        return
    dice = Random(f"{case.children[0].file.id}:{at}:time")  # noqa: S311
    doing = dice.choices([name for name, _ in DOING], weights=[share for _, share in DOING])[0]
    given = [(doing, dice.choice(LASTED))]
    if dice.random() < WRITES_UP:
        given.append(("writing", dice.choice((20, 30, 40))))
    for what, lasted in given:
        occasion = dice.getrandbits(62) | 1
        body = TimeGiven(lasted=lasted, doing=what, among=len(case.children))
        for child in case.children:
            _write(child, body, at, recorded, case.worker.hand, dice, occasion)


def _write(child: Child, body: Body, at: int, recorded: int, hand: Hand, dice: Random, occasion: int) -> None:
    child.file.drafts.append(
        Draft(
            file=child.file.id, body=body, day=day_of(at), at=at, id=dice.getrandbits(62) | 1, occasion=occasion,
            author=hand.worker, role=hand.role, team=hand.team, recorded=recorded, filekind=child.file.kind,
        )
    )  # fmt: skip
