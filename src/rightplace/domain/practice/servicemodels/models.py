"""Service models: packs that name the part of the system for a combination of a child's tracks."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from rightplace.domain.practice.londontime import start_of_day
from rightplace.domain.practice.packfiles import PackRefused, Table, read_pack

PACKS: Final = Path(__file__).with_name("packs")
PROCESSES: Final = frozenset(
    {
        "contact", "referral", "family_support", "assessment", "strategy", "section47", "cin_plan",
        "protection_plan", "pre_proceedings", "care", "leaving_care", "private_fostering", "plan_pending",
    }
)  # fmt: skip
"""The processes that can be open for a child and that make a part of the system."""
LEGAL: Final = frozenset({"C1", "C2", "D1", "E1", "V2", "V3", "V4", "L1", "L2", "L3", "J1", "J2", "J3"})
SERVICES: Final = frozenset({"short_breaks"})
"""Services that make a part by themselves, with no process open."""

_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Part:
    """A part of the system under one model, and the tracks that put a child in it."""

    code: str
    title: str
    processes_any: frozenset[str] = _NONE
    legal_any: frozenset[str] = _NONE
    services_any: frozenset[str] = _NONE

    def holds(self, legal: str, processes: frozenset[str], services: frozenset[str]) -> bool:
        found = legal in self.legal_any or bool(processes & self.processes_any)
        return found or bool(services & self.services_any)


@dataclass(frozen=True)
class ServiceModel:
    """One pack: its parts in leading order."""

    id: str
    title: str
    source: str
    checked: bool
    in_force: date | None
    until: date | None
    parts_in_order: tuple[Part, ...]
    otherwise: str
    """Where a child is of whom nothing is known but a legal status that no list has."""
    version: str = field(init=False)
    _read: dict[tuple[str, frozenset[str], frozenset[str]], tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        facts = [
            (p.code, sorted(p.processes_any), sorted(p.legal_any), sorted(p.services_any))
            for p in self.parts_in_order
        ]
        digest = hashlib.sha256(repr((facts, self.otherwise)).encode()).hexdigest()[:12]
        object.__setattr__(self, "version", f"{self.id}/{digest}")

    def parts(
        self, legal: str, processes: frozenset[str], services: frozenset[str] = _NONE
    ) -> tuple[str, ...]:
        """The parts that a child with these tracks is in; the first leads. None when nothing is open at all."""
        key = (legal, processes, services)
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = self._parts(legal, processes, services)
        return found

    def part(self, code: str) -> Part:
        """A part by its code, for its title."""
        return next(each for each in self.parts_in_order if each.code == code)

    def _parts(self, legal: str, processes: frozenset[str], services: frozenset[str]) -> tuple[str, ...]:
        unknown = sorted((processes - PROCESSES) | (services - SERVICES))
        if unknown:
            raise ValueError(f"No service model knows the process or service {', '.join(unknown)}.")
        found = tuple(each.code for each in self.parts_in_order if each.holds(legal, processes, services))
        return found if found or not legal else (self.otherwise,)


@dataclass(frozen=True)
class ServiceModels:
    """Which model was in force from which day, in one council."""

    chosen: tuple[tuple[int, ServiceModel], ...]
    """First days, in order, each with its model. Before the first day the first model is read."""
    version: str = field(init=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _read: dict[tuple[int, str, tuple[str, ...]], tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        days = [day for day, _ in self.chosen]
        if not days or sorted(set(days)) != days:
            raise ValueError("Service models need first days, each later than the one before.")
        object.__setattr__(self, "_starts", tuple(start_of_day(day) for day in days[1:]))
        object.__setattr__(self, "version", ";".join(f"{day}:{model.version}" for day, model in self.chosen))

    def model_at(self, at: int) -> ServiceModel:
        """The model in force at an instant."""
        return self.chosen[bisect_right(self._starts, at)][1]

    def parts(self, at: int, legal: str, processes: tuple[str, ...]) -> tuple[str, ...]:
        """The parts that a state beginning at an instant is in, under the model of that instant."""
        place = bisect_right(self._starts, at)
        key = (place, legal, processes)
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = self.chosen[place][1].parts(legal, frozenset(processes))
        return found


@cache
def shipped_models() -> dict[str, ServiceModel]:
    """Every model that is shipped, by its id."""
    return load_models(PACKS)


def service_models(chosen: Iterable[tuple[date, str]] | None = None) -> ServiceModels:
    """A council's choice of models by day and id; without one, each model from the day that its pack gives."""
    shipped = shipped_models()
    if chosen is None:
        chosen = [(model.in_force, model.id) for model in shipped.values() if model.in_force is not None]
    return ServiceModels(tuple((day.toordinal(), shipped[name]) for day, name in sorted(chosen)))


def load_models(folder: Path) -> dict[str, ServiceModel]:
    """Read every pack of a folder, or refuse one with file, entry and reason."""
    found: dict[str, ServiceModel] = {}
    for file in sorted(folder.glob("*.toml")):
        model = _read_model(Table(file, "", read_pack(file)))
        if model.id in found:
            raise PackRefused(file, "", f"another pack has the id {model.id}")
        found[model.id] = model
    return found


def _read_model(pack: Table) -> ServiceModel:
    parts = {each.code: each for each in (_read_part(table) for table in pack.tables("part"))}
    leading = pack.texts("leading")
    otherwise = pack.text("otherwise")
    if len(leading) != len(set(leading)) or set(leading) != set(parts):
        raise pack.refuse("leading must name every part once, first the one that leads all others")
    if otherwise not in parts:
        raise pack.refuse("otherwise must be the code of a part")
    model = ServiceModel(
        id=pack.text("id"),
        title=pack.text("title"),
        source=pack.text("source"),
        checked=pack.flag("checked"),
        in_force=pack.day_or_none("from"),
        until=pack.day_or_none("to"),
        parts_in_order=tuple(parts[code] for code in leading),
        otherwise=otherwise,
    )
    pack.finish()
    _refuse_gaps(pack, model)
    return model


def _refuse_gaps(pack: Table, model: ServiceModel) -> None:
    if model.in_force and model.until and model.until < model.in_force:
        raise pack.refuse("it ends before it begins")
    parts = model.parts_in_order
    for name, known, named in (
        ("process", PROCESSES, frozenset().union(*(part.processes_any for part in parts))),
        ("legal status", LEGAL, frozenset().union(*(part.legal_any for part in parts))),
        ("service", SERVICES, frozenset().union(*(part.services_any for part in parts))),
    ):
        missing = sorted(known - named)
        if missing:
            raise pack.refuse(f"no part takes the {name} {', '.join(missing)}")


def _read_part(table: Table) -> Part:
    when = table.table("when")
    part = Part(
        code=table.text("code"),
        title=table.text("title"),
        processes_any=_known(when, "processes_any", PROCESSES),
        legal_any=_known(when, "legal_any", LEGAL),
        services_any=_known(when, "services_any", SERVICES),
    )
    when.finish()
    table.finish()
    return part


def _known(when: Table, name: str, known: frozenset[str]) -> frozenset[str]:
    named = frozenset(when.texts(name))
    unknown = sorted(named - known)
    if unknown:
        raise when.refuse(f"{name} does not know {', '.join(unknown)}")
    return named
