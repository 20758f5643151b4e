"""The order of the stages: nothing is published until every earlier stage has dated evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from rightplace.domain.practice.packfiles import Table, read_pack
from rightplace.domain.restructuring.rules import PACKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage, and the kinds of evidence that complete it; with `each`, for each of what it names (each role).

    Where it `follows`, none of its evidence may be older than the first of the stage before it.
    """

    id: str
    title: str
    evidence: tuple[str, ...]
    each: str
    follows: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """That something was done: what, on which day, and where it can be read. `of` names a role where each has its own."""

    stage: str
    kind: str
    day: int
    reference: str
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that is not there: of which stage, what, and the sentence for the page."""

    stage: str
    kind: str
    of: str
    because: str


@cache
def shipped_stages() -> tuple[Stage, ...]:
    return load_stages(PACKS / "stages.toml")


def load_stages(file: Path) -> tuple[Stage, ...]:
    """The stages in their order."""
    pack = Table(file, "", read_pack(file))
    pack.text("pack")
    pack.text("title")
    pack.flag("sample")
    stages: list[Stage] = []
    for table in pack.tables("stage"):
        stage = Stage(
            id=table.text("id"),
            title=table.text("title"),
            evidence=table.texts("evidence"),
            each=table.text("each", ""),
            follows=table.flag("follows", True),
            source=table.text("source"),
        )
        table.finish()
        if not stage.evidence or stage.id in {each.id for each in stages}:
            raise table.refuse("a stage has a name of its own, and evidence")
        stages.append(stage)
    pack.finish()
    return tuple(stages)


def missing_before(
    stage: str,
    evidence: Iterable[Evidence],
    *,
    on: int,
    each: Mapping[str, Sequence[str]] | None = None,
    stages: Sequence[Stage] | None = None,
) -> tuple[Missing, ...]:
    """What stands against beginning this stage on this day: every gap in every earlier stage.

    `each` lists what a stage needs evidence for one by one: {"role": (…)}. Evidence dated later than `on`, or without
    a reference, is none; nor is evidence older than what it rests on, the stage before it.
    """
    order = list(stages or shipped_stages())
    before = order[: _place(order, stage)]
    given = [one for one in evidence if one.day <= on and one.reference.strip()]
    return tuple(gap for one in before for gap in _gaps(one, given, each or {})) + tuple(
        _out_of_order(before, given)
    )


def may_begin(
    stage: str, evidence: Iterable[Evidence], *, on: int, each: Mapping[str, Sequence[str]]
) -> bool:
    return not missing_before(stage, evidence, on=on, each=each)


def _place(order: Sequence[Stage], stage: str) -> int:
    for place, one in enumerate(order):
        if one.id == stage:
            return place
    raise ValueError(f"“{stage}” is no stage of this order.")


def _gaps(stage: Stage, given: Sequence[Evidence], each: Mapping[str, Sequence[str]]) -> Iterator[Missing]:
    have = {(one.kind, one.of) for one in given if one.stage == stage.id}
    wanted = tuple(each.get(stage.each, ())) if stage.each else ("",)
    if not wanted:
        because = f"{stage.title}: nobody has said for which {stage.each}s evidence is needed."
        yield Missing(stage=stage.id, kind="", of="", because=because)
    for kind in stage.evidence:
        for of in wanted:
            if (kind, of) not in have:
                named = f" for {of}" if of else ""
                because = f"{stage.title}: no dated evidence of “{kind}”{named}."
                yield Missing(stage=stage.id, kind=kind, of=of, because=because)


def _out_of_order(before: Sequence[Stage], given: Sequence[Evidence]) -> Iterator[Missing]:
    """A stage whose last evidence is older than the first of the stage that it rests on was done out of order."""
    for earlier, later in pairwise(before):
        if not later.follows:
            continue
        first = min((one.day for one in given if one.stage == earlier.id), default=None)
        for one in given:
            if one.stage == later.id and first is not None and one.day < first:
                because = f"{later.title}: “{one.kind}” is dated before {earlier.title} began."
                yield Missing(stage=later.id, kind=one.kind, of=one.of, because=because)
