"""Invented questions of any size, the same for the same seed: families over a city of sixteen kilometres, their workers."""

from __future__ import annotations

import random
from dataclasses import replace

from rightplace.domain.allocation.model import Away, Child, Group, Place, Question, Worker

DAY = 739_678  # Tue 3 March 2026
SKILLS = ("child_protection", "court", "disability", "adolescents", "infants")
LANGUAGES = ("Urdu", "Polish", "Somali", "Romanian")
WORKS = ("family_support", "child_in_need", "child_protection", "in_care", "leaving_care")
HOURS = {
    "family_support": 2.0,
    "child_in_need": 2.5,
    "child_protection": 4.5,
    "in_care": 3.5,
    "leaving_care": 1.5,
}
WIDTH = 16_000


def city(*, cases: int, workers: int, seed: int, filled: float = 0.82) -> Question:
    """A cut-over: every family of a city and all its workers, hours taken up to this share of what there is."""
    dice = random.Random(seed)  # noqa: S311 - invented people, nothing to guess
    people = [_worker(dice, key) for key in range(1, workers + 1)]
    groups: list[Group] = []
    children = 0
    while children < cases:
        group = _group(dice, len(groups) + 1, children, cases)
        children += len(group.children)
        groups.append(group)
    groups = _present(dice, groups, people)
    wanted = sum(group.minutes for group in groups)
    scale = wanted / (filled * sum(_own(each) for each in people))
    people = [replace(each, minutes=round(each.minutes * scale)) for each in people]
    return Question(DAY, tuple(groups), tuple(people))


def day_at_the_door(*, groups: int, workers: int, seed: int) -> Question:
    """The daily question: some new families, and a city's workers with what they hold already."""
    dice = random.Random(seed)  # noqa: S311 - invented people, nothing to guess
    people = []
    for key in range(1, workers + 1):
        worker = _worker(dice, key)
        filled = min(1.02, max(0.3, dice.gauss(0.86, 0.1)))
        away = (
            (Away(DAY + dice.randint(-5, 60), DAY + dice.randint(62, 120)),) if dice.random() < 0.05 else ()
        )
        people.append(
            replace(
                worker,
                load=round(_own(worker) * filled),
                full=dice.random() < 0.08,
                away=away,
            )
        )
    asked, children = [], 0
    for key in range(1, groups + 1):
        group = _group(dice, key, children, 10**9)
        children += len(group.children)
        if dice.random() < 0.1:
            group = replace(group, siblings_with=frozenset({dice.randint(1, workers)}))
        if dice.random() < 0.1:
            group = replace(group, conflicts=frozenset(dice.sample(range(1, workers + 1), 2)))
        asked.append(group)
    return Question(DAY, tuple(asked), tuple(people))


def _own(worker: Worker) -> float:
    return worker.minutes * (0.9 if worker.newly_qualified else 1.0)


def _worker(dice: random.Random, key: int) -> Worker:
    part = dice.choice((1.0, 1.0, 1.0, 0.8, 0.6))
    newly = dice.random() < 0.15
    skills = frozenset(dice.sample(SKILLS, dice.randint(1, 3)))
    languages = frozenset({"English", *(name for name in LANGUAGES if dice.random() < 0.06)})
    return Worker(key, round(37 * 0.6 * 60 * part), 0, newly, skills, languages, _place(dice))


def _place(dice: random.Random) -> Place:
    return Place(dice.randint(400_000, 400_000 + WIDTH), dice.randint(280_000, 280_000 + WIDTH))


def _group(dice: random.Random, key: int, first: int, most: int) -> Group:
    many = min(dice.choices((1, 2, 3, 4, 5), (52, 27, 13, 6, 2))[0], most - first)
    work = dice.choices(WORKS, (35, 30, 15, 12, 8))[0]
    hours = [HOURS[work], *([0.75] * (many - 1))]
    children = tuple(Child(first + place + 1, round(each * 60), work) for place, each in enumerate(hours))
    must = frozenset({"child_protection"}) if work == "child_protection" else frozenset()
    better = frozenset({dice.choice(SKILLS[2:])}) if dice.random() < 0.4 else frozenset()
    language = dice.choice(LANGUAGES) if dice.random() < 0.08 else ""
    place = _place(dice) if dice.random() < 0.97 else None
    return Group(key, children, must, better, language, place)


def _present(dice: random.Random, groups: list[Group], people: list[Worker]) -> list[Group]:
    """Who holds each family before the cut-over: somebody near for six families of ten, for the rest nobody who stays."""
    told = []
    for group in groups:
        if dice.random() < 0.6 and group.place is not None:
            near = sorted(dice.sample(people, min(25, len(people))), key=lambda each: _far(group, each))
            group = replace(group, present=near[0].key)
        told.append(group)
    return told


def _far(group: Group, worker: Worker) -> int:
    assert group.place is not None and worker.place is not None
    return (group.place.east - worker.place.east) ** 2 + (group.place.north - worker.place.north) ** 2
