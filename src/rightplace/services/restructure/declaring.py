"""What people declare of themselves, sealed: written by one function of the database, counted by another, read by none.

The application's role may not select from the table (migration 0002). A count of a pool of fewer than twenty people
is refused there; small numbers within a larger one are left out by the domain before a page shows them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from django.db import connection

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation.programme.tables import Programme

LEAST_POOL: Final = 20
NOT_SAID: Final = "not said"
CHARACTERISTICS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "sex": ("Sex", ("woman", "man", "prefer not to say")),
    "age": ("Age", ("under 30", "30 to 44", "45 to 59", "60 or over", "prefer not to say")),
    "ethnicity": ("Ethnic group", ("Asian", "Black", "mixed", "white", "another group", "prefer not to say")),
    "disability": ("Disability", ("disabled", "not disabled", "prefer not to say")),
    "caring": ("Cares for somebody", ("carer", "no carer", "prefer not to say")),
    "religion": (
        "Religion or belief",
        ("Christian", "Muslim", "Sikh", "Hindu", "another religion", "no religion", "prefer not to say"),
    ),
    "orientation": ("Sexual orientation", ("straight", "gay, lesbian or bisexual", "prefer not to say")),
}


def declare_own(*, programme: Programme, answers: Mapping[str, str], by: Actor) -> None:
    """Seal what a worker says of oneself. It can be said anew, and taken back with an empty answer."""
    require(by, "restructure.see_own")
    for characteristic, answer in answers.items():
        if characteristic not in CHARACTERISTICS or (
            answer and answer not in CHARACTERISTICS[characteristic][1]
        ):
            raise Refused("There is no such answer.", "Choose one of the list, or none.")
    seal(programme.pk, by.worker, answers)


Counts = dict[str, tuple[int, int]]
"""How many gave each answer, and how many of them came through."""


def counted(
    programme: int, characteristic: str, pool: Collection[int], through: Collection[int]
) -> Counts | None:
    """How many of a pool gave each answer and how many of them came through; None where the pool is too small.

    Not for a page: `domain.restructuring.impact` leaves small numbers out first.
    """
    found = counted_at_once(programme, [characteristic], pool, [through])
    return None if found is None else found[characteristic, 0]


def counted_at_once(
    programme: int, characteristics: Sequence[str], pool: Collection[int], stages: Sequence[Collection[int]]
) -> dict[tuple[str, int], Counts] | None:
    """The same for each characteristic and each stage of one pool, in one question of the database."""
    if len(set(pool)) < LEAST_POOL:
        return None
    found: dict[tuple[str, int], Counts] = {
        (each, stage): {} for each in characteristics for stage in range(len(stages))
    }
    through = ", ".join(["(%s, %s::bigint[])"] * len(stages))
    sql = (
        "SELECT asked.kind, stage.place, said.answer, said.pool, said.through FROM unnest(%s::text[]) AS asked(kind) "  # noqa: S608
        f"CROSS JOIN (VALUES {through}) AS stage(place, came) "
        "CROSS JOIN LATERAL restructure_counted(%s, asked.kind, %s::bigint[], stage.came) AS said"
    )
    values = [part for place, came in enumerate(stages) for part in (place, sorted(came))]
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(characteristics), *values, programme, sorted(set(pool))])
        for kind, place, answer, everybody, came in cursor.fetchall():
            found[kind, place][answer] = everybody, came
    return found


def seal(programme: int, worker: int, answers: Mapping[str, str]) -> None:
    """Write answers into the sealed table; an empty one takes what was said away. Who may is asked before."""
    with connection.cursor() as cursor:
        for characteristic, answer in answers.items():
            cursor.execute(
                "SELECT restructure_declare(%s, %s, %s, %s)", [programme, worker, characteristic, answer]
            )
