"""One part of a page: sentences, pictures, a table, what may be written, links. Every page here is a list of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BaseForm

from rightplace.common.web.pieces import Column, Definition, Link, Row


@dataclass(frozen=True)
class Asked:
    """A form on a page, with the words of its button and what it does."""

    form: BaseForm
    words: str
    act: str
    heading: str = ""
    main: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A part of a page. `none` is said where there is no row; without it an empty table is left out."""

    key: str
    heading: str
    sentences: Sequence[str] = ()
    charts: Sequence[object] = ()
    columns: Sequence[Column] = ()
    rows: Sequence[Row] = ()
    none: str = ""
    quotes: Sequence[str] = ()
    asked: Sequence[Asked] = ()
    links: Sequence[Link] = ()
    defined: Sequence[tuple[str, Definition]] = ()
