"""What services put on pages that are not theirs: sections on a team's page, links on a child's story.

The desk shows them and knows no service. An app registers in its `apps.py`: `register_team_section`, `register_child_links`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.urls import reverse

from rightplace.common.web.pieces import Column, Link, Row
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation.models import Team


@dataclass(frozen=True)
class TeamSection:
    """One part of a team's page: sentences, and a table if there is one. `files` are the children whom it shows."""

    key: str
    heading: str
    sentences: Sequence[str] = ()
    columns: Sequence[Column] = ()
    rows: Sequence[Row] = ()
    caption: str = ""
    none: str = ""
    link: Link | None = None
    files: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class AnswerTimesSaid:
    """How fast a service answers whoever asks it, as sentences with counts and no name."""

    heading: str
    sentences: Sequence[str]


TimesFill = Callable[[], AnswerTimesSaid]
TeamFill = Callable[[Actor, Team], TeamSection | None]
ChildFill = Callable[[Actor, int, Span | None], Iterable[Link]]
_sections: list[tuple[int, TeamFill]] = []
_links: list[ChildFill] = []
_times: list[TimesFill] = []


def register_team_section(fill: TeamFill, order: int = 50) -> None:
    """Put a section on the page of a team. It is asked for each team; None leaves it out. It scopes its own rows."""
    if all(each is not fill for _, each in _sections):
        _sections.append((order, fill))
        _sections.sort(key=lambda pair: pair[0])


def register_child_links(fill: ChildFill) -> None:
    """Put links on a child's story, by who reads, the file, and the span that holds now."""
    if fill not in _links:
        _links.append(fill)


FOR_A_FAMILY: Final = (
    ("visit.record", "desk:visit", "Record a visit"),
    ("request.make", "directory:family", "Find a service"),
)
"""What is done for a family on pages that begin with one of its children, by permission and address."""


def family_links(actor: Actor, files: Sequence[int]) -> list[Link]:
    """What else may be done for a family, from a service's own page about it: each begins with the eldest child."""
    if not files:
        return []
    return [
        Link(words, reverse(name, args=[files[0]]))
        for needs, name, words in FOR_A_FAMILY
        if may(actor, needs)
    ]


def team_sections(actor: Actor, team: Team) -> list[TeamSection]:
    """What the services say of a team, in order. Everything is fetched here; nothing later."""
    found = [fill(actor, team) for _, fill in _sections]
    return [section for section in found if section is not None]


def child_links(actor: Actor, file: int, span: Span | None) -> list[Link]:
    """What the services offer on a child's story."""
    return [link for fill in _links for link in fill(actor, file, span)]


def register_answer_times(fill: TimesFill) -> None:
    """Let the board say how fast this service answers. It counts for the whole city and withholds what is small."""
    if fill not in _times:
        _times.append(fill)


def answer_times_said() -> list[AnswerTimesSaid]:
    """What the services say of how fast they answer."""
    return [fill() for fill in _times]
