"""The plain classes that the macros show. Presenters fill them; templates only place them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ClassVar, TypeVar

from rightplace.common.web import tags, words
from rightplace.common.web.tags import Tag
from rightplace.domain.practice import workdays


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere, with a quiet second line if there is more to say."""

    text: str
    href: str
    more: str = ""
    shown_as: ClassVar[str] = "link"


@dataclass(frozen=True)
class Lines:
    """Words in a cell with a quiet second line."""

    text: str
    more: str = ""
    shown_as: ClassVar[str] = "lines"


@dataclass(frozen=True)
class Links:
    """Several that belong together, each leading somewhere of its own: brothers and sisters."""

    links: Sequence[Link]
    more: str = ""
    shown_as: ClassVar[str] = "links"


Cell = str | int | Tag | Link | Links | Lines | None
"""What a cell may hold. `None` is shown as “not known”, never as nothing."""


@dataclass(frozen=True)
class Column:
    """A heading of a list; figures stand to the right. What somebody copies, a receipt's number, is `whole`: one line."""

    heading: str
    number: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Row:
    """One line of a list, or one card on a phone: the child and the reason first, the next step last."""

    cells: Sequence[Cell]
    late: bool = False


@dataclass(frozen=True)
class Group:
    """Lines that are due together, with their count in the heading."""

    key: str
    heading: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Identity:
    """Who a page about a child is about; stays in sight. What is `None` is shown as not known."""

    name: str
    age: str | None
    where: str | None
    team: str | None
    worker: str | Tag | None
    last_seen: str | None
    warnings: Sequence[Tag] = ()
    href: str = ""


@dataclass(frozen=True)
class Happening:
    """One entry in a timeline. Marks: decided, late, sealed, struck, or nothing."""

    day: str
    heading: str
    text: str = ""
    by: str = ""
    clock: str = ""
    href: str = ""
    tag: Tag | None = None
    mark: str = ""


@dataclass(frozen=True)
class Thread:
    """What happened about one concern, oldest last or first as the page says."""

    heading: str
    happenings: Sequence[Happening]
    more: str = ""


@dataclass(frozen=True)
class Definition:
    """What a figure counts and leaves out, and what is not known about it."""

    counts: str
    leaves_out: str
    source: str
    not_known: str = ""
    href: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure as a sentence that opens its list: “**41** children have no worker.”"""

    number: str
    says: str
    href: str
    then: str = ""
    definition: Definition | None = None


@dataclass(frozen=True)
class Looked:
    """Somebody opened the file: when, who, in what role, and why."""

    when: str
    who: str
    role: str
    why: str


@dataclass(frozen=True)
class DayLine:
    """One day of a count, with its number or the reason that it has none."""

    day: str
    number: str
    reason: str
    css: str = ""


@dataclass(frozen=True)
class Progress:
    """Long work on its way. `href` is where its result is; `poll` gives the page itself again."""

    words: str
    done: int
    total: int
    poll: str
    href: str = ""
    stopped: str = ""

    @property
    def finished(self) -> bool:
        return bool(self.href or self.stopped)

    @property
    def share(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


@dataclass(frozen=True)
class Answer:
    """A question and what was answered, to be checked before it is sent."""

    question: str
    answer: str | None
    change: str = ""


@dataclass(frozen=True)
class Answers:
    """The answers of one part of a form."""

    heading: str
    answers: Sequence[Answer]


@dataclass(frozen=True)
class Pages:
    """Where a reader is in a long list. `href` is filled with the number of a page."""

    number: int
    last: int
    href: str
    words: str = ""
    near: int = field(default=1)

    def params(self) -> dict[str, object]:
        """What the pagination component asks for."""
        shown = sorted({1, self.last} | set(range(self.number - self.near, self.number + self.near + 1)))
        items: list[dict[str, object]] = []
        before = 0
        for number in (n for n in shown if 1 <= n <= self.last):
            if number - before > 1:
                items.append({"ellipsis": True})
            items.append({"number": number, "href": self._to(number), "current": number == self.number})
            before = number
        found: dict[str, object] = {"items": items}
        if self.number > 1:
            found["previous"] = {"href": self._to(self.number - 1)}
        if self.number < self.last:
            found["next"] = {"href": self._to(self.number + 1)}
        return found

    def _to(self, number: int) -> str:
        return self.href.replace("{page}", str(number))


Item = TypeVar("Item")

HEADINGS = {
    "late": "Late",
    "today": "Today",
    "week": "This week",
    "later": "Later",
    "unknown": "Due day not known",
}


def by_due(
    items: Iterable[Item],
    *,
    due: Callable[[Item], datetime | date | None],
    row: Callable[[Item], Row],
    now: datetime,
) -> list[Group]:
    """Group a list as late, today, this week and later, each ordered by what is due first; empty groups left out."""
    found: dict[str, list[tuple[int, Item]]] = {key: [] for key in HEADINGS}
    for item in items:
        day = due(item)
        found[_group(day, now)].append((_order(day), item))
    groups = []
    for key, heading in HEADINGS.items():
        lines = [row(item) for _, item in sorted(found[key], key=lambda pair: pair[0])]
        if lines:
            groups.append(Group(key, heading, lines))
    return groups


def _group(due: datetime | date | None, now: datetime) -> str:
    if due is None:
        return "unknown"
    if tags.is_late(due, now):
        return "late"
    day, today = words.day_number(due), words.day_number(now)
    if day == today:
        return "today"
    return "week" if day <= today + (7 - today % 7) % 7 else "later"


def _order(due: datetime | date | None) -> int:
    if isinstance(due, datetime):
        return workdays.from_datetime(due)
    return workdays.end_of_day(words.day_number(due)) if due else 0


def day_lines(counted: Iterable[workdays.CountedDay], *, due: int, tag: Tag) -> list[DayLine]:
    """The days of a count one by one, the due day marked with the state that it is in."""
    lines = []
    for place, each in enumerate(counted):
        number = "start" if place == 0 else f"day {each.number}" if each.working else "–"
        css = "" if each.working or place == 0 else "off"
        if each.day == due:
            css = f"due rp-days__due--{tag.css}"
        reason = f"{each.reason} · {tag.word}".strip(" ·") if each.day == due else each.reason
        lines.append(DayLine(words.plain_day(each.day), number, reason, css))
    return lines


def since(start: datetime | date | None, now: datetime) -> str:
    """How long something has lasted, for “unallocated, 12 days”."""
    if start is None:
        return "since when is not known"
    if isinstance(start, datetime):
        return words.length(now - start)
    return words.length(timedelta(days=max(words.day_number(now) - words.day_number(start), 0)))
