"""A page as sections, each with what it says, a picture, rows, and what can be done there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django import forms

from rightplace.common.web.charts import BarChart
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.common.web.tags import Tag


@dataclass(frozen=True)
class Act:
    """Something that can be done: a form with its button, the first of a page the main one."""

    name: str
    button: str
    form: forms.Form | None = None
    main: bool = False
    before: str = ""
    other: tuple[str, str] | None = None
    """A second button of the same form: its name and words."""

    @property
    def folded(self) -> bool:
        """What is not the page's main act, and asks for words, is folded away until it is wanted."""
        return self.form is not None and not self.main


@dataclass(frozen=True)
class Quoted:
    """Somebody's own words, and whose and when."""

    words: str
    whose: str


@dataclass(frozen=True)
class Section:
    """One part of a page."""

    heading: str
    key: str
    tag: Tag | None = None
    says: Sequence[str] = ()
    charts: Sequence[BarChart] = ()
    columns: Sequence[Column] = ()
    rows: Sequence[Row] = ()
    empty: str = ""
    quotes: Sequence[Quoted] = ()
    links: Sequence[Link] = ()
    acts: Sequence[Act] = field(default=())
    quiet: str = ""
