"""The timeline: each entry as a line that a person can read, in the thread of its concern."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Happening, Thread
from rightplace.domain.practice.entries import KINDS, Label, Nature
from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.domain.practice.entries.keeping import (
    DoubtSettled,
    EntryCorrected,
    EntryErased,
    EntryWithdrawn,
    FormSigned,
    InformationRefused,
    InformationShared,
    NoteWritten,
    PersonLinked,
    PersonUnlinked,
    TimescaleExcused,
)
from rightplace.overview.desk.naming import Names, role_name
from rightplace.overview.desk.presenters.cutovers import cut_overs
from rightplace.overview.desk.sayings import Saying, field_words, saying_of
from rightplace.overview.desk.sayings.saying import fields_said
from rightplace.overview.desk.story import Told

KEEPING = frozenset(
    kind.number
    for kind in (EntryCorrected, EntryWithdrawn, DoubtSettled, EntryErased, PersonLinked, PersonUnlinked)
)
"""Entries about the record itself: they stand with what they are about, and below all concerns."""
OTHER_KINDS = frozenset(kind.number for kind in (NoteWritten, FormSigned, TimescaleExcused))
SHARING = frozenset(kind.number for kind in (InformationShared, InformationRefused))
NOT_FOR_YOU = "An entry that you may not read"
WHY_NOT = {
    Label.ADOPTION: "It is about an adoption.",
    Label.ALLEGATION: "It is about an allegation against somebody who works with children.",
    Label.INFORMANT: "It would say who told us.",
    Label.THIRD_PARTY: "It is about somebody else.",
    Label.PROTECTED_ADDRESS: "It holds an address that must not be found out.",
    Label.PRIVATE_SUPERVISION: "It is from private supervision.",
    Label.STAFF_VOICE: "It is what staff said.",
}
BY_NOBODY = "words that nobody filled in"


@dataclass(frozen=True, slots=True)
class Teller:
    """Says entries of one child; `file` is where their own pages are."""

    file: int
    names: Names
    links: bool = True

    def happening(self, told: Told) -> Happening:
        """One entry as a line of the timeline."""
        if told.withdrawn:
            return self._line(
                told, "An entry that was withdrawn", "It belongs in another file.", mark="struck"
            )
        if told.erased:
            return self._line(told, "An entry whose words were erased", "")
        if not told.readable:
            why = WHY_NOT.get(Label(told.entry.label), "Its words cannot be opened.")
            return self._line(told, NOT_FOR_YOU, why, tag=tags.sealed("not for you"), mark="sealed")
        saying = saying_of(told.entry, self.names)
        decided = KINDS[told.kind].nature is Nature.DECISION
        text = saying.whole
        tag = None
        if told.before is not None:
            tag = tags.plain("corrected")
            text = f"{text} {self._first_said(told)}".strip()
        return self._line(told, saying.heading, text, tag=tag, mark="decided" if decided else "", linked=True)

    def happenings(self, found: Sequence[Told]) -> list[Happening]:
        """The lines of a thread, the newest first; a cut-over is one of them."""
        together = cut_overs(found, self.names)
        lines = []
        for each in reversed(found):
            told = together.get(each.entry.id)
            if told is not None:
                lines.append(self._line(each, told.heading, told.text, mark="decided", linked=True))
            elif each.entry.id not in together:
                lines.append(self.happening(each))
        return lines

    def _first_said(self, told: Told) -> str:
        """What a corrected entry said first, as it can be read under it."""
        assert told.before is not None
        first, now = (fields_said(entry, self.names) for entry in (told.before, told.entry))
        changed = [
            f"{field_words(name).lower()} “{first.get(name, BY_NOBODY)}”"
            for name in {**first, **now}
            if first.get(name) != now.get(name)
        ]
        if told.before.day != told.entry.day or told.before.at != told.entry.at:
            changed.append(f"on {self._when(told.before.day, told.before.at)}")
        return f"— First said: {'; '.join(changed) or 'the same'}."

    def _line(
        self,
        told: Told,
        heading: str,
        text: str,
        *,
        tag: tags.Tag | None = None,
        mark: str = "",
        linked: bool = False,
    ) -> Happening:
        entry = told.entry
        href = f"{_entries_of(self.file)}{entry.id}/" if linked and self.links else ""
        return Happening(
            day=_day(entry.day),
            heading=heading,
            text=text,
            by=self.by(told),
            clock=words.clock_time(entry.at) if entry.at is not None else "",
            href=href,
            tag=tag,
            mark=mark,
        )

    def by(self, told: Told) -> str:
        """Who signed it, in which role and team, and when it was written down where that was another day."""
        entry = told.entry
        said = f"{self.names.worker(entry.author)}, {role_name(entry.role)}"
        if entry.team in self.names.teams:
            said += f", {self.names.team(entry.team)}"
        recorded = words.day_number(words.london(entry.recorded))
        return f"{said} · recorded {words.when(entry.recorded)}" if recorded != entry.day else said

    @staticmethod
    def _when(day: int, at: int | None) -> str:
        return words.when(at) if at is not None else f"{words.plain_day(day)}, time not known"

    def said(self, told: Told) -> Saying:
        """The entry's own page: heading, text and every field."""
        return saying_of(told.entry, self.names)


_day = lru_cache(maxsize=4096)(words.plain_day)


@lru_cache(maxsize=64)
def _entries_of(file: int) -> str:
    """Where the entries of a file are: asked of the router once, not for each of hundreds."""
    return reverse("desk:entry", args=[file, 0]).removesuffix("0/")


def threads(told: Sequence[Told], teller: Teller, concerns: dict[int, str] | None = None) -> list[Thread]:
    """What happened by concern, the newest concern first; what belongs to none below, the record's keeping last."""
    by_concern: dict[int, list[Told]] = {}
    for each in told:
        by_concern.setdefault(_place(each), []).append(each)
    order = sorted(by_concern, key=lambda c: (c < 0, c == 0, -by_concern[c][0].at))
    return [_thread(concern, by_concern[concern], teller) for concern in order]


_RECORD = -1


def _place(told: Told) -> int:
    return _RECORD if told.kind in KEEPING else told.entry.concern


def _thread(concern: int, found: Sequence[Told], teller: Teller) -> Thread:
    happenings = teller.happenings(found)
    if concern == _RECORD:
        return Thread(
            "Keeping the record true", happenings, words.count_words(len(happenings), "entry", "entries")
        )
    if concern == 0:
        return Thread("The child’s work", happenings, words.count_words(len(happenings), "entry", "entries"))
    first = found[0]
    return Thread(
        f"Concern raised {words.plain_day(first.entry.day)}",
        happenings,
        words.count_words(len(happenings), "entry", "entries"),
    )


def contacts(told: Iterable[Told]) -> list[Told]:
    """The tellings of a concern, for the marks on the ribbon."""
    return [each for each in told if each.kind == ContactReceived.number and not each.withdrawn]
