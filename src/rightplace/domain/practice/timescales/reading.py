"""One rule of a pack, read field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from rightplace.domain.practice.calendars import DEFAULT_DEFINITION
from rightplace.domain.practice.durations import Duration
from rightplace.domain.practice.packfiles import Table
from rightplace.domain.practice.timescales.rules import ALWAYS, Clause, Layer, Pattern, Rule, Seen

T = TypeVar("T")
_CLAUSES: Final = {clause.value: clause for clause in Clause}
_LAYERS: Final = {layer.words: layer for layer in Layer}
_SEEN: Final = {seen.value: seen for seen in Seen}
_SCOPES: Final = {"process": "process", "child": "child"}
_PLANNED: Final = {"": "", "visit_every": "visit_every"}
_YEARS: Final = {"": "", "first": "first", "later": "later"}


class RuleReading:
    """Reads one `[[timescale]]`; what is missing, mistyped or unknown is refused by name."""

    def __init__(
        self, entry: Table, fields: Mapping[str, Any], *, pack: str, nation: str, sample: bool
    ) -> None:
        self.entry, self.fields = entry, fields
        self.pack, self.nation, self.sample = pack, nation, sample

    def rule(self) -> Rule:
        """The rule as written. Raises PackRefused."""
        entry = self.entry
        read: dict[str, Any] = {"pack": self.pack, "nation": self.nation, "sample": self.sample}
        read |= self._what() | self._conditions() | self._standing()
        entry.finish()
        return Rule(**read)

    def _what(self) -> dict[str, Any]:
        """What starts it, how long there is, what meets or ends it."""
        entry = self.entry
        met_by, met_by_all = self._met_by()
        anchor, statistics = self._anchor()
        return {
            "id": entry.text("id"),
            "title": entry.text("title"),
            "clause": self._choice("clause", _CLAUSES, "within"),
            "triggers": self._triggers(),
            "met_by": met_by,
            "met_by_all": met_by_all,
            "within": self._duration("within"),
            "plan": self._choice("plan", _PLANNED, ""),
            "floor": self._duration("floor"),
            "anchor": anchor,
            "statistics": statistics,
            "scope": self._choice("scope", _SCOPES, "process"),
            "process": entry.text("process", ""),
            "ends": self._patterns("ends"),
            "blocks": self._patterns("blocks"),
            "stays": entry.flag("stays", False),
            "guards": entry.flag("guards", False),
        }

    def _conditions(self) -> dict[str, Any]:
        """When a trigger counts: age, legal status, year of the process, what was there before, sets."""
        entry = self.entry
        read: dict[str, Any] = {
            "already": self._patterns("unless_already"),
            "legal": frozenset(entry.texts("legal")),
            "year": self._choice("year", _YEARS, ""),
            "set": entry.text("set", ""),
        }
        if "age" in self.fields:
            age = entry.table("age")
            read |= {"age_from": age.number_or_none("from"), "age_under": age.number_or_none("under")}
            read["age_skips_unknown"] = age.flag("skips_unknown", False)
            age.finish()
        if "switch" in self.fields:
            switch = entry.table("switch")
            read |= {"switches_off": switch.texts("off"), "switches_on": switch.texts("on")}
            read["until"] = self._parsed("until", switch.texts("until"))
            switch.finish()
        return read

    def _standing(self) -> dict[str, Any]:
        """Whose it is, who says so, since when, and what was seen of the source."""
        entry = self.entry
        return {
            "owner": entry.text("owner"),
            "amber": self._duration("amber"),
            "layer": self._choice("layer", _LAYERS, None),
            "from_day": self._day("from", 0),
            "to_day": self._day("to", ALWAYS),
            "source": entry.text("source"),
            "seen": self._choice("seen", _SEEN, None),
            "checked": entry.flag("checked"),
            "calendar": entry.text("calendar", DEFAULT_DEFINITION),
            "hours": entry.text("hours", "office"),
            "on": entry.flag("on", True),
            "supersedes": entry.text("supersedes", ""),
            "note": entry.text("note", ""),
        }

    def _choice(self, field: str, choices: Mapping[str, T], default: str | None) -> T:
        written = self.entry.text(field, default)
        if written not in choices:
            raise self.entry.refuse(f"{field} must be one of {', '.join(name for name in choices if name)}")
        return choices[written]

    def _duration(self, field: str) -> Duration | None:
        written = self.entry.text(field, "")
        if not written:
            return None
        try:
            return Duration.parse(written)
        except ValueError as error:
            raise self.entry.refuse(f"{field}: {error}") from error

    def _day(self, field: str, default: int) -> int:
        written = self.entry.day_or_none(field)
        return default if written is None else written.toordinal()

    def _triggers(self) -> tuple[Pattern, ...]:
        """The trigger or triggers; `when` and `unless` are tags that each of them must or must not have."""
        written = self.entry.raw("trigger")
        names = (written,) if isinstance(written, str) else self.entry.texts("trigger")
        when, unless = frozenset(self.entry.texts("when")), frozenset(self.entry.texts("unless"))
        found = self._parsed("trigger", names)
        return tuple(Pattern(each.name, each.tags | when, each.without | unless) for each in found)

    def _patterns(self, field: str) -> tuple[Pattern, ...]:
        return self._parsed(field, self.entry.texts(field))

    def _parsed(self, field: str, written: tuple[str, ...]) -> tuple[Pattern, ...]:
        try:
            return tuple(Pattern.parse(each) for each in written)
        except ValueError as error:
            raise self.entry.refuse(f"{field}: {error}") from error

    def _met_by(self) -> tuple[tuple[Pattern, ...], bool]:
        """`{ any = [...] }` or `{ all = [...] }`."""
        if "met_by" not in self.fields:
            return (), False
        table = self.entry.table("met_by")
        some, every = table.texts("any"), table.texts("all")
        table.finish()
        if bool(some) == bool(every):
            raise table.refuse("it names its events either under any or under all")
        return self._parsed("met_by", some or every), bool(every)

    def _anchor(self) -> tuple[str, Pattern | None]:
        """From when it counts: the trigger or the opening of what it is about; statistics may differ."""
        written = self.fields.get("anchor", "trigger")
        if isinstance(written, str):
            return self._choice("anchor", {"trigger": "trigger", "opened": "opened"}, "trigger"), None
        table = self.entry.table("anchor")
        practice = table.text("practice", "trigger")
        statistics = self._parsed("anchor", (table.text("statistics"),))[0]
        table.finish()
        if practice not in ("trigger", "opened"):
            raise table.refuse("practice must be trigger or opened")
        return practice, statistics
