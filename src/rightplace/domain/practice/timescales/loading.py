"""Reads packs of rules into one book. A bad pack is refused whole, with its file, the rule and the reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from functools import cache
from pathlib import Path
from typing import Final

from rightplace.domain.practice.calendars import BANK_HOLIDAYS, DEFAULT_DEFINITION, Calendar, load_calendars
from rightplace.domain.practice.officehours import OfficeHours, Span, weekday_hours
from rightplace.domain.practice.packfiles import Table, read_pack
from rightplace.domain.practice.timescales.checking import check_book, check_rule
from rightplace.domain.practice.timescales.reading import RuleReading
from rightplace.domain.practice.timescales.rules import Rule, RuleBook

PACKS: Final = Path(__file__).with_name("packs")
LOCAL: Final = "local-"
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@cache
def rulebook(*, local: bool = True) -> RuleBook:
    """The packs that come with the program: England's, and the local sample unless it is left out."""
    files = sorted(PACKS.glob("*.toml"))
    return load_book([file for file in files if local or not file.name.startswith(LOCAL)])


def load_book(files: Sequence[Path]) -> RuleBook:
    """One book from these packs; its version is made from their bytes and from the calendars."""
    calendars = load_calendars(BANK_HOLIDAYS)
    hours: dict[str, OfficeHours] = {"office": weekday_hours(calendars[DEFAULT_DEFINITION])}
    rules: list[tuple[Path, Rule]] = []
    digest = hashlib.sha256()
    for file in files:
        rules += [(file, rule) for rule in _rules(file, calendars, hours)]
        digest.update(file.read_bytes())
    for calendar in calendars.values():
        digest.update(calendar.version.encode())
    check_book(rules)
    return RuleBook(tuple(rule for _, rule in rules), calendars, hours, digest.hexdigest()[:16])


def _rules(file: Path, calendars: Mapping[str, Calendar], hours: dict[str, OfficeHours]) -> Iterable[Rule]:
    tables = read_pack(file)
    pack = Table(file, "", tables)
    name, nation, sample = pack.text("pack"), pack.text("nation"), pack.flag("sample", False)
    pack.text("title")
    if "office_hours" in tables:
        hours |= _office_hours(pack.table("office_hours"), calendars[DEFAULT_DEFINITION])
    pack.tables("timescale")
    pack.finish()
    for place, fields in enumerate(tables["timescale"], 1):
        entry_name = f"timescale {fields.get('id', f'number {place}')}" if isinstance(fields, Mapping) else ""
        entry = Table(file, entry_name, fields)
        rule = RuleReading(entry, fields, pack=name, nation=nation, sample=sample).rule()
        because = check_rule(rule, calendars, hours)
        if because:
            raise entry.refuse(because)
        yield rule


def _office_hours(offices: Table, calendar: Calendar) -> dict[str, OfficeHours]:
    """Named hours of offices: a span such as "08:45-17:15" for each day on which they are open."""
    found = {}
    for name, fields in offices.all():
        office = Table(offices.file, f"office_hours {name}", fields)
        spans = tuple(_span(office, office.text(day, "")) for day in _DAYS)
        try:
            found[name] = OfficeHours(
                office.text("title"), spans, calendar, office.flag("open_on_holidays", False)
            )
        except ValueError as error:
            raise office.refuse(str(error)) from error
        office.finish()
    return found


def _span(office: Table, written: str) -> Span | None:
    if not written:
        return None
    opens, _, closes = written.partition("-")
    try:
        return time.fromisoformat(opens), None if closes == "24:00" else time.fromisoformat(closes)
    except ValueError as error:
        raise office.refuse(f"“{written}” is not a span such as “08:45-17:15”") from error
