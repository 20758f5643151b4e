"""The smallest establishment that was found, as sentences and a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Row
from rightplace.domain.simulation.scenarios.finding import OF_MANAGERS
from rightplace.domain.simulation.scenarios.saying import tenths

COLUMNS: Final = (Column("Teams"), Column("Posts now", number=True), Column("Fewest", number=True))
LARGEST: Final = (*COLUMNS[:2], Column("Largest tried", number=True))


FAR_FEWER: Final = 0.6
"""Of the posts that there are: with less than this the record is to be doubted before the service is."""
CHECK: Final = "So many fewer says more about the record than the service: check posts and open cases before you believe it."
OTHERS: Final = "Only what was chosen is kept: other promises may break with so few."


def is_possible(found: Mapping[str, Any]) -> bool:
    """Whether anything that was tried keeps what was asked; of an answer of an older kind its sentence says so."""
    if "possible" in found:
        return bool(found["possible"])
    return not any("No establishment" in str(each) for each in found.get("short", ()))


def heading(found: Mapping[str, Any]) -> str:
    return "The fewest people" if is_possible(found) else "The most that were tried"


def columns(found: Mapping[str, Any]) -> tuple[Column, ...]:
    """Where nothing keeps what was asked, the table shows the largest that was tried."""
    return COLUMNS if is_possible(found) else LARGEST


def short(found: Mapping[str, Any]) -> list[str]:
    """What was found, or how far it is."""
    if "kept" not in found:
        return [str(each) for each in found.get("short", ())]
    now, then = (sum(kind[place] for kind in found["kinds"]) for place in (1, 2))
    posts = _people(then, found["kinds"])
    often = tenths(found["kept"] / max(1, found["futures"]), found["futures"]).words
    if not is_possible(found):
        asked = tenths(found["asked"], 100).words
        most = (
            f"With {posts}, the most that were tried, it is kept in {often}. More posts alone do not do it."
        )
        return [f"Nothing that was tried keeps it as often as asked, in {asked} futures.", most]
    told = [f"{posts} keep it, {_against(now, then)}.", f"It is kept in {often} futures. {OTHERS}"]
    return told + ([CHECK] if then < FAR_FEWER * now else [])


def _people(many: int, kinds: Sequence[Sequence[Any]]) -> str:
    """Of whom there may be more or fewer: posts for workers, managers, or both."""
    managing = [str(name).startswith(OF_MANAGERS) for name, *_ in kinds]
    if not any(managing):
        return words.count_words(many, "post for workers", "posts for workers")
    return words.count_words(many, "manager") if all(managing) else f"{many:,} workers and managers"


def _against(now: int, then: int) -> str:
    if now == then:
        return "as many as there are now"
    return f"{abs(then - now):,} {'more' if then > now else 'fewer'} than the {now:,} of now"


def rows(found: Mapping[str, Any]) -> list[Row]:
    """By kind of team: posts now and the fewest."""
    told = [
        (words.capitalised(str(name)), int(now), int(fewest)) for name, now, fewest in found.get("kinds", ())
    ]
    whole = ("All together", sum(now for _, now, _ in told), sum(fewest for *_, fewest in told))
    return [Row(list(each)) for each in [*told, whole]] if told else []


def not_tried(found: Mapping[str, Any]) -> list[str]:
    """What the search left out."""
    return [str(each) for each in found.get("not_tried", ())]
