"""Kinds of signal that partners have, and how a first conversation may begin. Data, and nothing that is added up.

A signal *can show* an indicator: a person looks, asks and decides. No kind has a weight, and no order comes of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rightplace.domain.practice.need.indicators import Indicator, IndicatorPack, sample_pack
from rightplace.domain.practice.packfiles import Table, read_pack

PACKS: Final = Path(__file__).with_name("packs")
LONGEST_KEPT: Final = 366


@dataclass(frozen=True)
class SignalKind:
    """One kind of thing that a partner notices in its own work."""

    code: str
    title: str
    means: str
    can_show: tuple[str, ...]
    keep_days: int
    given_by: frozenset[str]
    household: bool = False
    """About a household: whoever gives it may not know the children."""


@dataclass(frozen=True)
class Conversation:
    """How a first conversation with a family may begin, and how it must not."""

    id: str
    kinds: frozenset[str]
    who: str
    opens: str
    listens_for: str
    not_so: str


@dataclass(frozen=True)
class NoticingPack:
    """What may be given, and what may be said; a council's own or the sample."""

    title: str
    sample: bool
    kinds: tuple[SignalKind, ...]
    conversations: tuple[Conversation, ...]

    def find(self, code: str) -> SignalKind | None:
        return next((each for each in self.kinds if each.code == code), None)

    def given_by(self, agency_kind: str) -> tuple[SignalKind, ...]:
        """The kinds that an agency of this kind may give."""
        return tuple(each for each in self.kinds if agency_kind in each.given_by)

    def shown_by(
        self, codes: Iterable[str], pack: IndicatorPack | None = None
    ) -> tuple[tuple[Indicator, tuple[SignalKind, ...]], ...]:
        """The indicators that signals of these kinds can show, in the pack's order, each with the kinds that can."""
        found = [each for each in self.kinds if each.code in set(codes)]
        listed = (pack or sample_pack()).indicators
        able = ((one, tuple(kind for kind in found if one.id in kind.can_show)) for one in listed)
        return tuple((one, kinds) for one, kinds in able if kinds)

    def suggested(self, codes: Iterable[str]) -> tuple[Conversation, ...]:
        """Conversations for signals of these kinds, in the order of the file: what must be safe comes first."""
        given = set(codes)
        return tuple(each for each in self.conversations if each.kinds & given)


@cache
def noticing() -> NoticingPack:
    """The sample that is shipped."""
    return load(PACKS / "signals.toml", PACKS / "conversations.toml", sample_pack())


def load(kinds: Path, conversations: Path, indicators: IndicatorPack) -> NoticingPack:
    """Read both files, or refuse them with file, entry and reason."""
    told = Table(kinds, "", read_pack(kinds))
    read = [_kind(each, indicators) for each in told.tables("kind")]
    codes = [each.code for each in read]
    if len(set(codes)) < len(codes):
        raise told.refuse("a kind is listed twice")
    title, sample = told.text("title"), told.flag("sample")
    told.text("id"), told.text("source")
    told.finish()
    said = Table(conversations, "", read_pack(conversations))
    talks = tuple(_conversation(each, frozenset(codes)) for each in said.tables("conversation"))
    for name in ("id", "title", "source"):
        said.text(name)
    sample = said.flag("sample") or sample
    said.finish()
    for each in read:
        if not any(each.code in talk.kinds for talk in talks):
            raise said.refuse(f"no conversation begins from {each.code}")
    return NoticingPack(title, sample, tuple(read), talks)


def _kind(table: Table, indicators: IndicatorPack) -> SignalKind:
    read = SignalKind(
        code=table.text("code"),
        title=table.text("title"),
        means=table.text("means"),
        can_show=table.texts("can_show"),
        keep_days=table.number("keep_days"),
        given_by=frozenset(table.texts("given_by")),
        household=table.flag("household", False),
    )
    table.finish()
    for name in read.can_show:
        if indicators.find(name) is None:
            raise table.refuse(f"{name} is no indicator of {indicators.id}")
    if not 1 <= read.keep_days <= LONGEST_KEPT:
        raise table.refuse(f"keep_days must be from 1 to {LONGEST_KEPT}")
    if not read.can_show or not read.given_by:
        raise table.refuse("can_show and given_by must name something")
    return read


def _conversation(table: Table, codes: frozenset[str]) -> Conversation:
    read = Conversation(
        id=table.text("id"),
        kinds=frozenset(table.texts("kinds")),
        who=table.text("who"),
        opens=table.text("opens"),
        listens_for=table.text("listens_for"),
        not_so=table.text("not_so"),
    )
    table.finish()
    if not read.kinds or not read.kinds <= codes:
        raise table.refuse("kinds must name kinds of signal that there are")
    return read
