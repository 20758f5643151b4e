"""The next return of a child who has a file: what it corrects, what it adds, and what it no longer says.

Pure. Only what the import itself said is touched; what a worker wrote or corrected stands, and is a doubt where the
return says otherwise. A module that is gone is never struck, since a return tells of one year; one that should be in
the return and is not is a doubt.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

import msgspec

from rightplace.domain.practice.entries import KINDS, Body, Draft, Entry
from rightplace.domain.practice.entries.assessment import NeedPlanBegan
from rightplace.domain.practice.entries.contact import ReferralAccepted
from rightplace.domain.practice.entries.identity import IdentityRecorded, ImportTaken, PersonDied
from rightplace.domain.practice.entries.keeping import EntryCorrected, EntryWithdrawn
from rightplace.domain.practice.entries.protection import (
    ConferenceHeld,
    ProtectionCategoryChanged,
    ProtectionPlanBegan,
)
from rightplace.domain.practice.journey.standing import Standing, correction_of, standing
from rightplace.domain.practice.workdays import day_of
from rightplace.gateways.exchange.cin.children import ReadChild
from rightplace.gateways.exchange.cin.mapping import Return, taken, told_of
from rightplace.gateways.exchange.cin.telling import BORN, CHILD, ONCE, Told, module_key, part_key

KNOWN_BY: Final = frozenset({ImportTaken, IdentityRecorded, ProtectionCategoryChanged})
"""Kinds whose day is only that by which something was known: another day is no correction."""
_ENDS: Final = ("assessment", "plan", "enquiry", "preproceedings")
_MODULES: Final = frozenset(ONCE) - {IdentityRecorded}
_MOST_OF_A_DAY: Final = 10


class Continued(NamedTuple):
    """The entries by which a return continues a file, none when it says nothing new; and what was odd about that."""

    drafts: list[Draft]
    found: frozenset[str]


FOUND: Final = {
    "struck_here": "Somebody struck an entry which the return still says; it stays struck.",
    "corrected_here": "Somebody corrected an entry of which the return says something else; the correction stands.",
    "no_longer_said": "The return no longer says something that an earlier one said; that entry was struck.",
    "module_missing_now": "Something of the return's year that an earlier return told of is not in this one.",
    "review_missing_now": "A review of the return's year that an earlier return told of is not in this one.",
}
"""What may be found while continuing, in sentences."""


def continued(child: ReadChild, of: Return, entries: Sequence[Entry], author: int, now: int) -> Continued:
    """How this return continues the file.

    `author` is the import's own worker; `now` is when the corrections are made.
    """
    continuing = _Continuing(child, of, entries, author, now)
    return Continued(continuing.drafts(), frozenset(continuing.found))


class _Continuing:
    """One child of a return held against what stands in the child's file."""

    def __init__(self, child: ReadChild, of: Return, entries: Sequence[Entry], author: int, now: int) -> None:
        self.child, self.of, self.author, self.now = child, of, author, now
        self.numbers = of.numbers(child)
        self.stands: Standing = standing(entries)
        self.first = {each.id: each for each in entries}
        self.says = {each.id: each for each in self.stands.entries}
        self.struck_by = {
            each.body.entry: each.author for each in entries if isinstance(each.body, EntryWithdrawn)
        }
        self.newest = max(self._references(), default=date.min) <= of.reference
        self.said: set[int] = set()
        self.found: set[str] = set()
        self.written: list[Draft] = []

    def drafts(self) -> list[Draft]:
        """Taken last, since it holds what was found on the way."""
        told = self._told()
        for each in told:
            self._one(each)
        if self.newest:
            for each in told:
                self._parts_gone(each)
            self._modules_gone()
        taken_now = taken(self.child, self.of, self.found)
        if self.written or self._says_more(taken_now):
            self._one(taken_now)
        return self.written

    def _references(self) -> Iterable[date]:
        return (each.body.reference for each in self.says.values() if isinstance(each.body, ImportTaken))

    def _says_more(self, told: Told) -> bool:
        """Whether the return was not taken yet, or more is odd now. What was found while continuing was said then."""
        before = self.says.get(told.id)
        if before is None:
            return told.id not in self.first
        assert isinstance(before.body, ImportTaken)
        assert isinstance(told.body, ImportTaken)
        return not set(told.body.findings) <= set(before.body.findings)

    def _told(self) -> list[Told]:
        """What the return tells; a child who was expected and is born is told as such, beside what was known."""
        told = told_of(self.child, self.of)
        who = told[0]
        kind, body = who.body.kind, who.body
        assert isinstance(body, IdentityRecorded)
        born, before = self.numbers.id(kind, BORN), self.says.get(who.id)
        known = before.body if before is not None else None
        expected = isinstance(known, IdentityRecorded) and known.expected is not None
        if body.born and (born in self.first or expected):
            told[0] = Told(born, BORN, body.born.toordinal(), body)
        return told

    def _one(self, told: Told) -> None:
        """New, changed, or as it stands."""
        told = self._anew(told)
        self.said.add(told.id)
        before = self.says.get(told.id)
        if before is None:
            if told.id in self.first:
                self.found.add("struck_here")
            else:
                self.written.append(Draft(file=self.numbers.file, body=told.body, day=told.day, id=told.id))
        elif not _same(before, told) and self.newest:
            self._correct(told)

    def _anew(self, told: Told) -> Told:
        """What the import itself struck earlier is said again under another number."""
        again, id_ = 0, told.id
        while self.struck_by.get(id_) == self.author:
            again += 1
            id_ = self.numbers.id(told.body.kind, told.key, again)
        return msgspec.structs.replace(told, id=id_)

    def _correct(self, told: Told) -> None:
        last = self.stands.last_version.get(told.id, told.id)
        if self.first[last].author != self.author:
            if not _same(self._own_last_saying(told.id), told):
                self.found.add("corrected_here")
            return
        reasons = f"{self.of.source} says so."
        body = correction_of(self.first[told.id], last, told.body, self._day(told), None, reasons)
        self._append(body)

    def _day(self, told: Told) -> int:
        return self.says[told.id].day if type(told.body) in KNOWN_BY else told.day

    def _own_last_saying(self, id_: int) -> Entry:
        """What the import said last, before somebody corrected it."""
        own = [
            each for each in self.first.values()
            if each.author == self.author or not isinstance(each.body, EntryCorrected) or each.body.entry != id_
        ]  # fmt: skip
        return next(each for each in standing(own).entries if each.id == id_)

    def _append(self, body: Body) -> None:
        self.written.append(Draft(file=self.numbers.file, body=body, day=day_of(self.now), at=self.now))

    # what the return no longer says -------------------------------------------

    def _parts_gone(self, module: Told) -> None:
        """The module is there and no longer says this: struck, and a doubt."""
        for kind, key in module.possible_parts():
            key = CHILD if isinstance(module.body, IdentityRecorded) else key
            again, id_ = 0, self.numbers.id(kind, key)
            while id_ in self.first:
                self._part_gone(id_)
                again += 1
                id_ = self.numbers.id(kind, key, again)

    def _part_gone(self, id_: int) -> None:
        if id_ in self.said or id_ not in self.says:
            return
        if self.first[self.stands.last_version.get(id_, id_)].author != self.author:
            self.found.add("corrected_here")
            return
        self.found.add("no_longer_said")
        self._append(EntryWithdrawn(entry=id_, reasons=f"{self.of.source} no longer says so."))

    def _modules_gone(self) -> None:
        """A module that the return's year asks for and that is not in it."""
        if self.of.first_day is None:
            return
        first, last = self.of.first_day.toordinal(), self.of.reference.toordinal()
        ends = self._ends()
        for each in self.says.values():
            if each.author != self.author or each.id in self.said:
                continue
            kind = type(each.body)
            if kind in _MODULES and each.day <= last and ends.get(each.id, last) >= first:
                self.found.add("module_missing_now")
            elif self._is_review(each) and first <= each.day <= last:
                self.found.add("review_missing_now")

    def _is_review(self, entry: Entry) -> bool:
        body = entry.body
        return isinstance(body, ConferenceHeld) and body.form == "review" and body.about in self.said

    def _ends(self) -> dict[int, int]:
        """The last day of each module, by what ends it."""
        found: dict[int, int] = {}
        for each in self.says.values():
            for field in _ENDS:
                module = getattr(each.body, field, 0)
                if module and each.body.kind.endswith(("ended", "authorised")):
                    found[module] = each.day
            if isinstance(each.body, ReferralAccepted):
                found |= self._closing(each)
        return self._replaced() | found

    def _replaced(self) -> dict[int, int]:
        """A child in need plan ends when a protection plan begins; that is told once."""
        protected = sorted(
            each.day for each in self.says.values() if isinstance(each.body, ProtectionPlanBegan)
        )
        plans = (each for each in self.says.values() if isinstance(each.body, NeedPlanBegan))
        ends = ((plan.id, next((day for day in protected if day >= plan.day), None)) for plan in plans)
        return {plan: day for plan, day in ends if day is not None}

    def _closing(self, referral: Entry) -> dict[int, int]:
        """The closing of a referral: it does not name the referral, its number does."""
        opened = date.fromordinal(self.first[referral.id].day)
        for count in range(1, _MOST_OF_A_DAY):
            key = module_key(opened, count)
            if self.numbers.id(referral.body.kind, key) != referral.id:
                continue
            ids = (
                self.numbers.id(k.kind, part_key(key, s))
                for k, s in ONCE[ReferralAccepted]
                if k is not ConferenceHeld
            )
            days = [self.says[each].day for each in ids if each in self.says]
            return {referral.id: max(days)} if days else {}
        return {}


def _same(before: Entry, told: Told) -> bool:
    """Whether what stands says what is told, the day included where it is one."""
    body = told.body
    assert KINDS[before.kind] is type(body)
    if isinstance(body, IdentityRecorded | PersonDied) and isinstance(
        before.body, IdentityRecorded | PersonDied
    ):
        body = msgspec.structs.replace(body, source=before.body.source)
    return before.body == body and (type(body) in KNOWN_BY or before.day == told.day)
