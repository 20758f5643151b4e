"""Who was in the pool and who came through, by protected characteristic and stage: counted in the seal, shown in groups.

The stages have one pool, so what is left out at one stage is left out at all: otherwise one table would tell another's
secret.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from rightplace.domain.restructuring import Impact, Outcome, impact
from rightplace.foundation.organisation.establishment.tables import Occupancy
from rightplace.foundation.organisation.programme.hooks import PLACED, WAITING
from rightplace.foundation.organisation.programme.tables import Programme, ProgrammePost
from rightplace.services.restructure.declaring import CHARACTERISTICS, LEAST_POOL, counted_at_once
from rightplace.services.restructure.presenters.equality import StageImpact
from rightplace.services.restructure.proposing import occupants

TOO_SMALL: Final = f"Fewer than {LEAST_POOL} people: nothing is shown of a pool that small."
Pools = list[tuple[str, str, frozenset[int], frozenset[int]]]


def pools_of(programme: Programme, protected: Collection[int], known: Mapping[int, str]) -> Pools:
    """The stages that have come: title, what coming through means, the pool, and who came through."""
    own = occupants(programme)
    pool = frozenset(own)
    found: Pools = [
        ("The proposal", "Came through: the own post is protected. Did not: it is under review.", pool,
         frozenset(worker for worker, post in own.items() if post in protected)),
    ]  # fmt: skip
    if known and WAITING not in known.values():
        placed = frozenset(worker for worker, became in known.items() if became == PLACED)
        found.append(("The result", "Came through: has a place. Did not: displaced.", pool, placed & pool))
    if programme.first_day is not None:
        there = Occupancy.objects.filter(
            seat__post__in_programmes__programme=programme, seat__post__in_programmes__side="new",
            begins__gte=programme.first_day,
        )  # fmt: skip
        seated = frozenset(there.values_list("worker", flat=True)) & pool
        if seated:
            found.append(
                ("The first day", "Came through: sits in a post of the new structure.", pool, seated)
            )
    return found


def protected_posts(programme: Programme) -> frozenset[int]:
    """The old posts that work and stay."""
    safe = ProgrammePost.objects.filter(programme=programme, side="old", protected=True)
    return frozenset(safe.values_list("post", flat=True))


def impacts_of(
    programme: Programme, protected: Collection[int], known: Mapping[int, str]
) -> Sequence[StageImpact]:
    """The impact at each stage that has come, small numbers left out at all of them alike.

    With the posts that are protected, and what is known to have become of each person.
    """
    pools = pools_of(programme, protected, known)
    if any(len(pool) < LEAST_POOL for _, _, pool, _ in pools):
        return [
            StageImpact(title=title, explains=says, impacts=(), none=TOO_SMALL) for title, says, _, _ in pools
        ]
    by_stage: list[list[tuple[str, Impact]]] = [[] for _ in pools]
    counts = (
        counted_at_once(programme.pk, list(CHARACTERISTICS), pools[0][2], [each[3] for each in pools]) or {}
    )
    for key, (title, _) in CHARACTERISTICS.items():
        found = [_impact(key, counts.get((key, place), {})) for place in range(len(pools))]
        if all(len(each.lines) < 2 for each in found):
            continue
        for place, each in enumerate(alike(found)):
            by_stage[place].append((title, each))
    none = "Too few have said anything of themselves."
    return [
        StageImpact(title=title, explains=says, impacts=tuple(mine), none="" if mine else none)
        for (title, says, _, _), mine in zip(pools, by_stage, strict=True)
    ]


def _impact(key: str, groups: Mapping[str, tuple[int, int]]) -> Impact:
    told = {
        name: Outcome(appointed=came, displaced=everybody - came)
        for name, (everybody, came) in groups.items()
    }
    return impact(key, told)


def alike(found: Sequence[Impact]) -> list[Impact]:
    """Leave out at each stage what is left out at any of them; a single group that would be left, too."""
    hidden = {line.group for each in found for line in each.lines if line.pool is None}
    groups = {line.group for each in found for line in each.lines}
    if hidden and len(groups - hidden) == 1:
        hidden = groups
    return [
        replace(
            each,
            lines=tuple(
                replace(line, pool=None, appointed=None, displaced=None, rate=None, prompt="")
                if line.group in hidden
                else line
                for line in each.lines
            ),
        )
        for each in found
    ]
