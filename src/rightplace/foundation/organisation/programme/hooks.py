"""Where the services around a programme meet, since none imports another: evidence from work, the gate, what it means.

Registered in an app's `ready()`: the restructure names the gate, the selection its evidence, outcomes and letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rightplace.foundation.organisation.hooks import Author


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """That something of a stage was done, worked out from dated rows: stage and kind as in the order of stages."""

    stage: str
    kind: str
    on: date
    reference: str
    of: str = ""
    """The role, where a stage asks for evidence of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """What a programme means for one person, as a sentence and the page to read more on."""

    sentence: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A whole and the parts that make it up, each of the whole in one part only: what is left out needs to know."""

    says: str
    parts: Mapping[str, int]


EvidenceSource = Callable[[int], Iterable[Shown]]
Gate = Callable[[int, date], Sequence[str]]
Hearer = Callable[[int, Author], None]
OutcomeSource = Callable[[int], Mapping[int, str]]
OwnSource = Callable[[int, int], Sequence[OwnLine]]
Figures = Callable[[int, Mapping[int, str]], Sequence[Counted]]
PublicationDay = Callable[[int], date | None]

PLACED, DISPLACED, WAITING = "placed", "displaced", "waiting"

_evidence: list[EvidenceSource] = []
_gates: list[Gate] = []
_hearers: list[Hearer] = []
_outcomes: list[OutcomeSource] = []
_own: list[OwnSource] = []
_figures: list[Figures] = []
_days: list[PublicationDay] = []


def register_evidence(source: EvidenceSource) -> None:
    """Name who works out evidence of stages from its own rows: (programme)."""
    if source not in _evidence:
        _evidence.append(source)


def evidence_from_work(programme: int) -> tuple[Shown, ...]:
    """The evidence of a programme's stages that services worked out, by day; what somebody wrote down is beside it."""
    found = (each for source in _evidence for each in source(programme))
    return tuple(sorted(found, key=lambda each: (each.on, each.stage, each.kind, each.of)))


def register_publication_gate(gate: Gate) -> None:
    """Name who says what still stands against publishing results: (programme, day) gives sentences."""
    if gate not in _gates:
        _gates.append(gate)


def stands_against_results(programme: int, on: date) -> tuple[str, ...]:
    """Everything that stands against publishing a programme's results. Without a gate nothing is published."""
    if not _gates:
        return ("Nobody here says whether every earlier stage has evidence.",)
    return tuple(sentence for gate in _gates for sentence in gate(programme, on))


def register_publication_day(said: PublicationDay) -> None:
    """Name who knows on which day a programme's results were published. There is one source."""
    if said not in _days:
        _days[:] = [said]


def published_on(programme: int) -> date | None:
    """The day on which a programme's results were published; None while they are not, or nobody can say so."""
    return _days[0](programme) if _days else None


def register_published(hearer: Hearer) -> None:
    """Name what happens in the transaction in which a programme's results are published: (programme, by)."""
    if hearer not in _hearers:
        _hearers.append(hearer)


def say_published(programme: int, by: Author) -> None:
    """Let each service do what publishing results asks of it; letters become readable. Call it behind the gate."""
    for hearer in _hearers:
        hearer(programme, by)


def register_outcomes(source: OutcomeSource) -> None:
    """Name who knows what became of each person: (programme) gives PLACED, DISPLACED or WAITING by worker."""
    if source not in _outcomes:
        _outcomes.append(source)


def outcomes(programme: int) -> Mapping[int, str]:
    """What became of each person under review, for the equality of the result; by worker."""
    return {worker: became for source in _outcomes for worker, became in source(programme).items()}


def register_own_lines(source: OwnSource) -> None:
    """Name who says what a programme means for one person: (programme, worker)."""
    if source not in _own:
        _own.append(source)


def own_lines(programme: int, worker: int) -> tuple[OwnLine, ...]:
    """What a programme means for one person, from every service; for the person's own page only."""
    return tuple(line for source in _own for line in source(programme, worker))


def register_figures(source: Figures) -> None:
    """Name who counts for a programme, without names: (programme, outcomes) gives wholes with their parts."""
    if source not in _figures:
        _figures.append(source)


def figures(programme: int, became: Mapping[int, str]) -> tuple[Counted, ...]:
    """A programme's numbers without names, from its `outcomes`. Whoever shows them leaves small ones out."""
    return tuple(counted for source in _figures for counted in source(programme, became))
