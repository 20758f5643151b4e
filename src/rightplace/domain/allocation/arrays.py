"""The same rules and costs for a whole city at once, with numpy; a test holds each pair equal to `rules` and `costs`."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.domain.allocation.costs import MINUTE
from rightplace.domain.allocation.model import Group, Question, Worker, protected_minutes
from rightplace.domain.allocation.problem import SCALE, Arc, Problem, assembled, draw
from rightplace.domain.allocation.rules import is_long, is_near

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NO_PLACE: Final = 0


class Workers:
    """What the rules and costs ask about workers, a column for each question."""

    def __init__(self, question: Question) -> None:
        workers = question.workers
        self.question = question
        self.keys: Whole = np.array([each.key for each in workers], np.int64)
        self.room: Whole = np.array(
            [protected_minutes(each, question.table) - each.load for each in workers], np.int64
        )
        self.east: Whole = np.array(
            [each.place.east if each.place else NO_PLACE for each in workers], np.int64
        )
        self.north: Whole = np.array(
            [each.place.north if each.place else NO_PLACE for each in workers], np.int64
        )
        self.placed: Flags = np.array([each.place is not None for each in workers], np.bool_)
        self.newly: Flags = np.array([each.newly_qualified for each in workers], np.bool_)
        self.full: Flags = np.array([each.full for each in workers], np.bool_)
        self.gone: Flags = np.array([_is_gone(each, question) for each in workers], np.bool_)
        self.leaving: Whole = np.array([_is_leaving(each, question) for each in workers], np.int64)
        self._skills: dict[str, Flags] = {}
        self._languages: dict[str, Flags] = {}

    def skill(self, name: str) -> Flags:
        if name not in self._skills:
            self._skills[name] = np.array([name in each.skills for each in self.question.workers], np.bool_)
        return self._skills[name]

    def language(self, name: str) -> Flags:
        if name not in self._languages:
            self._languages[name] = np.array(
                [name in each.languages for each in self.question.workers], np.bool_
            )
        return self._languages[name]

    def among(self, keys: frozenset[int]) -> Flags:
        found: Flags = np.isin(self.keys, np.fromiter(keys, np.int64, len(keys)))
        return found

    def allowed(self, group: Group) -> Flags:
        """Who may hold the group by every rule but that of hours."""
        free = ~self.gone
        if group.conflicts:
            free &= ~self.among(group.conflicts)
        for name in group.must:
            free &= self.skill(name)
        rules = self.question.table.rules
        if not group.supported and group.works & rules.newly_qualified_not_alone:
            free &= ~self.newly
        kept = self.full if group.present is None else self.full & (self.keys != group.present)
        return free & ~kept

    def seconds(self, group: Group) -> Whole:
        """What each worker would cost for the group, before any evenness of load."""
        weigh = self.question.table.costs
        total: Whole = self._travel(group) + self.leaving * (weigh.absence_ahead * MINUTE)
        if group.present is not None:
            total += (self.keys != group.present) * (weigh.continuity * MINUTE)
        if group.siblings_with:
            total += ~self.among(group.siblings_with) * np.int64(weigh.siblings_apart * MINUTE)
        for name in group.better:
            total += ~self.skill(name) * np.int64(weigh.skill * MINUTE)
        if group.language:
            total += ~self.language(group.language) * np.int64(weigh.language * MINUTE)
        return total

    def _travel(self, group: Group) -> Whole:
        weigh = self.question.table.costs
        unknown = weigh.unknown_km * 1000
        if group.place is None:
            metres: Whole = np.full(len(self.keys), unknown, np.int64)
        else:
            square = (self.east - group.place.east) ** 2 + (self.north - group.place.north) ** 2
            straight = np.floor(np.sqrt(square.astype(np.float64))).astype(np.int64)
            metres = np.where(self.placed, straight, unknown)
        return weigh.travel_a_km * MINUTE * metres // 1000


def problem_by_arrays(question: Question) -> Problem:
    """The same problem as `problem_of`, of a city's size, in milliseconds."""
    workers = Workers(question)
    load = _Bends(question)
    arcs = []
    for group in question.groups:
        allowed = np.flatnonzero(workers.allowed(group) & (workers.room >= group.minutes))
        seconds = workers.seconds(group)[allowed]
        alone = seconds + load.added(group.minutes)[allowed]
        kept = _cheapest(alone, len(question.groups) + 1)
        arcs.append(
            tuple(
                Arc(int(place), int(price) * SCALE + draw(question.day, group.key, int(key)))
                for place, price, key in zip(
                    allowed[kept], seconds[kept], workers.keys[allowed[kept]], strict=True
                )
            )
        )
    return assembled(question, tuple(arcs), tuple(int(room) for room in workers.room))


class _Bends:
    """What so many further minutes weigh for each worker."""

    def __init__(self, question: Question) -> None:
        self.load: Whole = np.array([each.load for each in question.workers], np.int64)
        whole = [protected_minutes(each, question.table) for each in question.workers]
        self.at = [
            (np.array([each * bend.above_percent // 100 for each in whole], np.int64), bend.minutes_an_hour)
            for bend in question.table.evenness
        ]

    def added(self, minutes: int) -> Whole:
        total: Whole = np.zeros(len(self.load), np.int64)
        for at, weight in self.at:
            total += weight * (np.maximum(0, self.load + minutes - at) - np.maximum(0, self.load - at))
        return total


def _cheapest(alone: Whole, most: int) -> Whole:
    """The places of the cheapest, and of all who cost the same as the last of them: draws are settled later."""
    if len(alone) <= most:
        return np.arange(len(alone))
    limit = np.partition(alone, most - 1)[most - 1]
    return np.flatnonzero(alone <= limit)


def _is_gone(worker: Worker, question: Question) -> bool:
    return any(is_near(away, question) and is_long(away, question) for away in worker.away)


def _is_leaving(worker: Worker, question: Question) -> bool:
    return any(is_near(away, question) and not is_long(away, question) for away in worker.away)
