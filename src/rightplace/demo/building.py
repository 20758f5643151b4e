"""Builds the city of the demonstration, once: people who answer first, then what happened, then seals and the clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db import connection, transaction
from django.db.models import Sum

from rightplace.common.web.words import count_words
from rightplace.demo import comparing, finishing
from rightplace.demo.city import making
from rightplace.demo.city.house import House, survey
from rightplace.demo.city.making import Made
from rightplace.demo.jointresponse import joint_response
from rightplace.demo.mark import building_mark
from rightplace.demo.material.strip import strip
from rightplace.demo.material.volumes import volumes
from rightplace.demo.models import BuiltCity
from rightplace.demo.organisation import seed_organisation
from rightplace.demo.seeding import seed_services
from rightplace.demo.simulated.log import Log, kept
from rightplace.demo.simulated.sitting import sittings
from rightplace.demo.sizes import Size
from rightplace.domain.practice.workdays import to_datetime
from rightplace.foundation.access.models import DemoMarker
from rightplace.foundation.journal import parallel
from rightplace.foundation.journal.models import File
from rightplace.foundation.journal.sealed_minutes import seal_minutes
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency

SEED = 9
"""A city whose small numbers came out near the published ones; any other seed is as good a city."""
HOUSE_SEED = 20260303
FAMILIES_A_PART = 3_000
SEEDED_BEFORE = timedelta(minutes=85)
"""What the newer services hold was written down before nine: as known at nine, only the guided story is missing."""
Said = Callable[[str], None]


class Refusing(RuntimeError):
    """The journal refused what the city wrote: a fault of the city."""


class NotEmpty(RuntimeError):
    """There is something in this database that the demonstration did not put there."""


def city() -> BuiltCity | None:
    """The city that this database holds, if it is whole."""
    return BuiltCity.objects.filter(id=1).first() if DemoMarker.objects.exists() else None


def is_empty() -> bool:
    """Whether nothing has been put into this database."""
    return not (Agency.objects.exists() or File.objects.exists())


@dataclass(frozen=True)
class Holds:
    """How much the record of this database holds."""

    files: int
    entries: int

    def may_be(self, city: BuiltCity) -> bool:
        """Whether a city could be in it: entries are only ever added, so that it holds no fewer than were made."""
        return self.entries >= city.entries

    @property
    def said(self) -> str:
        """In words."""
        if not self.entries:
            return "no entry at all"
        return f"{count_words(self.entries, 'entry', 'entries')} in {count_words(self.files, 'file')}"


def holds() -> Holds:
    """What is in the record, by the heads of its files: the record itself is long."""
    entries = File.objects.aggregate(entries=Sum("head_seq"))["entries"] or 0
    return Holds(File.objects.count(), entries)


def build(size: str, seed: int = SEED, said: Said = lambda words: None) -> BuiltCity:
    """Build a city of this size. Raises NotEmpty where something else is."""
    if not is_empty():
        raise NotEmpty(
            f"This database holds something that the demonstration did not put there: {holds().said}, "
            f"{count_words(Agency.objects.count(), 'agency', 'agencies')}. Nothing was changed."
        )
    began = time.perf_counter()
    building_mark().touch()
    population = volumes().sizes[size]
    starts = strip().starts
    with clock.clock_at(starts):
        said("Teams, partners and people")
        log = what_happened(population, said)
        who = sittings(log)
        seed_organisation(population, HOUSE_SEED, who)
        joint_response()
        made = write_city(log, survey(who), seed, said)
        said("Files that are one child, and files that few may open")
        finishing.finish(made.linked)
        said("Schools, partners, services and early help")
        with clock.clock_at(starts - SEEDED_BEFORE):
            seed_services(population, HOUSE_SEED)
        said("Sealing each minute")
        seal_minutes()
    clock.start_demo_clock(starts)
    with transaction.atomic():
        DemoMarker.objects.create(id=1, seeded_at=starts)
        built = BuiltCity.objects.create(
            id=1, size=size, seed=seed, built=starts, seconds=time.perf_counter() - began,
            files=made.outcome.files, entries=made.outcome.entries,
            comparison=[asdict(line) for line in comparing.compared(population)],
        )  # fmt: skip
    building_mark().unlink()
    return built


def what_happened(population: int, said: Said) -> Log:
    """The engine's log: kept for the small town; for a larger one it is simulated here, which needs the extra."""
    if population == volumes().sizes[Size.TINY]:
        return kept()
    said("Simulating three years; the first time, the engine is compiled for a minute")
    from rightplace.demo.simulated.running import simulated

    return simulated(population)


def write_city(log: Log, house: House, seed: int, said: Said) -> Made:
    """Write what happened to every family, on all cores. Refusals are a fault of the city, never of the journal."""
    families = log.many
    count = max(parallel.processes(), ceil(families / FAMILIES_A_PART))
    done = Made()

    def part_done(part: Made) -> None:
        done.add(part)
        said(f"Three years of {families:,} families: {done.outcome.entries:,} entries")

    said(f"Three years of {families:,} families")
    connection.close()
    parts = making.parts(seed, log, house, count)
    parallel.in_processes(making.write_part, [(part,) for part in parts], part_done)
    if done.outcome.refused:
        file, kinds, because = done.outcome.refused[0]
        raise Refusing(
            f"{len(done.outcome.refused)} writes were refused; the first: {kinds} of {file}: {because}"
        )
    return done


def last_recorded() -> datetime | None:
    """When the last entry was recorded; a clock that is started again goes on after it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(head_recorded) FROM journal_file")
        row = cursor.fetchone()
    return to_datetime(row[0]) if row and row[0] else None


def go_on() -> datetime:
    """Start the clock again where the demonstration was stopped."""
    return clock.resume_demo_clock(last_recorded())
