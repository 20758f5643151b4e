"""Who is employed, on what, with what they bring, and who left: for human resources, as far as a post needs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.charts import Bar, BarChart, Caption
from rightplace.common.web.pieces import Cell, Column, Group, Lines, Link, Row
from rightplace.domain.practice.vocabulary.codes import code_list
from rightplace.foundation.organisation.establishment.tables import (
    Contract,
    Leaver,
    Occupancy,
    Particulars,
    Profession,
)
from rightplace.foundation.organisation.models import Membership, Worker

AHEAD = timedelta(days=60)
EVERYBODY = 200
"""More than so many are not all listed."""
PEOPLE_COLUMNS = (
    Column("Worker"),
    Column("Team"),
    Column("Contract"),
    Column("Profession"),
    Column("Registration"),
)
LEAVER_COLUMNS = (Column("Worker"), Column("Left"), Column("Why"), Column("Seat"))
CONTRACT_COLUMNS = (Column("Hours", number=True), Column("Basis"), Column("From"), Column("Until"))
SEAT_COLUMNS = (Column("Post"), Column("How"), Column("Hours", number=True), Column("From"), Column("Until"))


def registration(brings: Particulars | None, today: date) -> Cell:
    """Whether a registration stands: running out is said sixty days ahead."""
    if brings is None:
        return tags.not_known()
    if not brings.registered:
        return (
            tags.plain("not registered")
            if brings.profession != Profession.SOCIAL_WORK
            else tags.late("not registered")
        )
    until = brings.registered_until
    if until is None:
        return tags.met("registered")
    if until < today:
        return tags.late(f"ended {words.plain_day(until)}")
    said = f"until {words.plain_day(until)}"
    return tags.due_soon(said) if until <= today + AHEAD else tags.met(said)


def leaving_words() -> dict[str, str]:
    return {each.code: each.label for each in code_list("leaving_reason").codes}


@dataclass(frozen=True, kw_only=True)
class Employed:
    """Everybody who is employed on a day."""

    today: date
    members: Sequence[Membership]
    contracts: Mapping[int, Contract]
    brings: Mapping[int, Particulars]
    asked: str = ""

    @property
    def sentences(self) -> list[str]:
        known = sum(1 for worker in self._workers if worker in self.contracts)
        gone = len(self._workers) - known
        found = (
            f" and {'has' if len(self._workers) == 1 else 'have'} “{self.asked}” in the name"
            if self.asked
            else ""
        )
        first = f"{words.count_words(len(self._workers), 'worker is', 'workers are')} in a team today{found}."
        if not self._workers:
            return ["Nobody is found. Write less of the name."] if self.asked else ["Nobody is in a team."]
        return [first, f"Of {gone} no contract is written down." if gone else "Each has a contract."]

    @property
    def _workers(self) -> dict[int, Membership]:
        return {each.worker_id: each for each in self.members}

    @property
    def groups(self) -> list[Group]:
        """Those of whom something is missing or runs out, then the others; of many others only whom somebody asked for."""
        first = [each for each in self._workers.values() if self._calls(each)]
        others = [each for each in self._workers.values() if not self._calls(each)]
        others = others if self.asked or len(others) <= EVERYBODY else []
        named = (("late", "To look at", first), ("later", "Everything is written down", others))
        return [
            Group(key, heading, [self._row(each) for each in found]) for key, heading, found in named if found
        ]

    @property
    def hidden(self) -> int:
        """How many more there are, to be found by name."""
        return len(self._workers) - sum(len(group.rows) for group in self.groups)

    def _calls(self, member: Membership) -> bool:
        brings = self.brings.get(member.worker_id)
        until = brings.registered_until if brings and brings.registered else None
        lacks = brings is not None and not brings.registered and brings.profession == Profession.SOCIAL_WORK
        runs_out = until is not None and until <= self.today + AHEAD
        return member.worker_id not in self.contracts or brings is None or lacks or runs_out

    def _row(self, member: Membership) -> Row:
        contract, brings = self.contracts.get(member.worker_id), self.brings.get(member.worker_id)
        held = (
            Lines(f"{float(contract.hours):g} hours", Contract.Basis(contract.basis).label)
            if contract
            else None
        )
        what = Profession(brings.profession).label if brings else None
        name = Link(member.worker.name, reverse("workforce:employed", args=[member.worker_id]))
        return Row((name, member.team.name, held, what, registration(brings, self.today)))


@dataclass(frozen=True, kw_only=True)
class OneEmployed:
    """One worker's contract, seats and what the worker brings."""

    worker: Worker
    today: date
    contracts: Sequence[Contract]
    brings: Particulars | None
    seats: Sequence[Occupancy]
    leavings: Sequence[Leaver]

    @property
    def sentences(self) -> list[str]:
        said = [self._contract(), self._brings()]
        why = leaving_words()
        for each in self.leavings:
            left = "left" if each.on <= self.today else "leaves"
            said.append(
                f"{self.worker.name} {left} on {words.plain_day(each.on)}: {why.get(each.reason, each.reason)}."
            )
        return said

    def _contract(self) -> str:
        now = next(
            (c for c in self.contracts if c.begins <= self.today and (c.ends is None or c.ends > self.today)),
            None,
        )
        if now is None:
            return "No contract holds today."
        return f"Employed for {float(now.hours):g} hours a week, {Contract.Basis(now.basis).label}."

    def _brings(self) -> str:
        if self.brings is None:
            return "What the worker brings is not known: profession, registration, skills, languages."
        has = words.listed([*self.brings.skills, *self.brings.languages])
        return f"{words.capitalised(Profession(self.brings.profession).label)}. {f'Brings {has}.' if has else ''}".strip()

    @property
    def registration(self) -> Cell:
        return registration(self.brings, self.today)

    @property
    def contract_rows(self) -> list[Row]:
        return [
            Row(
                (
                    f"{float(c.hours):g}",
                    Contract.Basis(c.basis).label,
                    words.plain_day(c.begins),
                    until(c.ends),
                )
            )
            for c in self.contracts
        ]

    @property
    def seat_rows(self) -> list[Row]:
        return [
            Row((
                Link(o.seat.post.title, reverse("workforce:post", args=[o.seat.post_id]), o.seat.post.team.name),
                Occupancy.Kind(o.kind).label, f"{float(o.hours):g}", words.plain_day(o.begins), until(o.ends),
            ))
            for o in self.seats
        ]  # fmt: skip


def until(day: date | None) -> str:
    return words.plain_day(day) if day else "still"


def leaver_rows(leavers: Sequence[Leaver]) -> list[Row]:
    """Who left, when, why, from which post."""
    why = leaving_words()
    return [
        Row((
            Link(each.worker.name, reverse("workforce:employed", args=[each.worker_id])), words.plain_day(each.on),
            why.get(each.reason, each.reason), each.seat.post.title if each.seat else None,
        ))
        for each in leavers
    ]  # fmt: skip


def leaver_chart(leavers: Sequence[Leaver], now: datetime) -> BarChart | None:
    """Why people left in a year, the most frequent first."""
    today, why = now.date(), leaving_words()
    year = [each for each in leavers if today - timedelta(days=365) < each.on <= today]
    if not year:
        return None
    counts = Counter(why.get(each.reason, each.reason) for each in year)
    bars = [Bar(reason, number, place == 0) for place, (reason, number) in enumerate(counts.most_common())]
    most, many = counts.most_common(1)[0]
    caption = Caption(now, len(year), "who left in the last twelve months" if len(year) > 1 else "who left")
    return BarChart(
        finding=f"Most often: {most} ({many} of {len(year)}).",
        bars=bars,
        caption=caption,
        heading="Why",
        figure="Workers",
    )


def leaver_words(leavers: Sequence[Leaver], today: date) -> list[str]:
    """How many left in a year, and most often why."""
    year = [each for each in leavers if today - timedelta(days=365) < each.on <= today]
    if not year:
        return ["Nobody left in the last twelve months, as far as is written down."]
    return [f"{words.count_words(len(year), 'worker', 'workers')} left in the last twelve months."]
