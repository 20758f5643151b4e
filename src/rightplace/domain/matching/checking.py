"""The independent checker: reads the kept bytes and a result, and says what does not hold. Shares no code.

It knows nothing of how a placing was found; it reads JSON and counts. Whoever doubts a matching runs this, or
writes another one from the README.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

LAW = ("pregnancy", "maternity leave", "adoption leave", "shared parental leave")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: which rule, who, which role."""

    rule: str
    people: tuple[int, ...]
    role: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was checked, of which inputs and result (by digest), and all that was found."""

    inputs: str
    result: str
    stable: bool
    findings: tuple[Finding, ...]
    checked: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.findings


CHECKED = (
    "inputs",
    "complete",
    "eligible",
    "hours",
    "capacity",
    "job share",
    "statutory offers first",
    "skill mix",
    "blocking pairs",
)


def check(kept_bytes: bytes, result: bytes, *, stable: bool = True) -> Certificate:
    """Hold a result against the inputs. Without `stable`, claims to an occupant's place are not a finding.

    Whatever bytes come, there is a certificate: what cannot be read is a finding, never an error.
    """
    try:
        findings = list(_found(kept_bytes, result, stable=stable))
    except (KeyError, TypeError, ValueError):
        findings = [Finding("inputs", (), "", "The kept bytes are no whole selection.")]
    return Certificate(
        inputs=hashlib.sha256(kept_bytes).hexdigest(),
        result=hashlib.sha256(result).hexdigest(),
        stable=stable,
        findings=tuple(findings),
        checked=CHECKED if stable else CHECKED[:-1],
    )


def _found(kept_bytes: bytes, result: bytes, *, stable: bool) -> Iterator[Finding]:
    try:
        told = json.loads(kept_bytes)["selection"]
        place = _Placed(told, [], [])
    except (ValueError, KeyError, TypeError):
        yield Finding("inputs", (), "", "The kept bytes are no selection.")
        return
    try:
        said = json.loads(result)
        placed = [(int(who), role if role is None else str(role)) for who, role in said["placed"]]
        offered = [(int(who), str(role)) for who, role in said["offered"]]
        questions, inputs = len(said["questions"]), str(said["inputs"])
    except (ValueError, KeyError, TypeError):
        yield Finding("complete", (), "", "The result cannot be read.")
        return
    yield from _same_inputs(kept_bytes, inputs)
    yield from _complete(place, placed, offered, questions)
    place = _Placed(told, placed, offered)
    for rule in (_eligible, _hours, _capacity, _together, _offers_first, _offers_by_wish, _skill_mix):
        yield from rule(place)
    if stable:
        yield from _blocking(place)


class _Placed:
    """The inputs as plain lists by name, and who is said to hold what."""

    def __init__(
        self,
        told: Mapping[str, Any],
        placed: Sequence[tuple[int, str | None]],
        offered: Sequence[tuple[int, str]],
    ) -> None:
        self.people: dict[int, Any] = {each["id"]: each for each in told["people"]}
        self.roles: dict[str, Any] = {each["id"]: each for each in told["roles"]}
        self.shares, self.mixes = told["shares"], told["mixes"]
        self.offers: dict[int, Any] = {each["person"]: each for each in told["offers"]}
        self.orders = told["orders"]
        # who is nobody here, or in a role that is none, is a finding of its own and holds nothing
        self.placed: dict[int, str | None] = {
            who: role for who, role in placed if who in self.people and (role is None or role in self.roles)
        }
        self.offered: dict[int, str] = {
            who: role for who, role in offered if who in self.people and role in self.roles
        }
        self.partner = {a["first"]: a["second"] for a in self.shares} | {
            a["second"]: a["first"] for a in self.shares
        }

    def holders(self, role: str) -> list[int]:
        return [who for who, held in self.placed.items() if held == role]

    def units(self, role: str) -> list[int]:
        """Those who hold a place each: of a job share the smaller number."""
        return [who for who in self.holders(role) if who < self.partner.get(who, who + 1)]

    def wishes(self, who: int) -> list[str]:
        for share in self.shares:
            if who in (share["first"], share["second"]):
                return list(share["preferences"])
        return list(self.people[who]["preferences"])

    def unit(self, who: int) -> list[int]:
        return [who, self.partner[who]] if who in self.partner else [who]

    def claim(self, who: int, role: str) -> int:
        post, job = self.people[who]["substantive"], self.roles[role]
        if post in job["slot_in"]:
            return 0
        if post in job["ring_fence"]:
            return 1
        return 2 if self.people[who]["at_risk"] else 3

    def score(self, who: int, role: str) -> int | None:
        for each in self.people[who]["assessed"]:
            if each["role"] == role:
                return each["score"] if each["eligible"] else None
        return None

    def barred(self, who: int, role: str) -> bool:
        return any(each["role"] == role and not each["eligible"] for each in self.people[who]["assessed"])

    def may_hold(self, who: int, role: str) -> bool:
        job, score = self.roles[role], self.score(who, role)
        if self.people[who]["profession"] not in job["professions"] or self.barred(who, role):
            return False
        return self.claim(who, role) == 0 or (score is not None and score >= job["threshold"])

    def could(self, who: int, role: str) -> bool:
        unit = self.unit(who)
        minutes = sum(self.people[each]["minutes"] for each in unit)
        return minutes <= self.roles[role]["minutes"] and all(self.may_hold(each, role) for each in unit)

    def height(self, who: int, role: str) -> tuple[int, Fraction]:
        """Higher is better."""
        unit = self.unit(who)
        claim = max(self.claim(each, role) for each in unit)
        if claim == 0:
            return 0, Fraction(0)
        minutes = sum(self.people[each]["minutes"] for each in unit)
        points = sum(self.people[each]["minutes"] * (self.score(each, role) or 0) for each in unit)
        return -claim, Fraction(points, minutes)

    def ordered_ahead(self, who: int, other: int, role: str) -> bool:
        """Whether the panel's orders for this role put one ahead of the other, directly or through others."""

        def lead(each: int) -> int:
            return min(self.unit(each))

        reached: set[int] = set()
        waiting = [lead(who)]
        while waiting:
            here = waiting.pop()
            for order in self.orders:
                line = [lead(each) for each in order["people"]]
                if order["role"] == role and here in line:
                    new = set(line[line.index(here) + 1 :]) - reached - {here}
                    reached |= new
                    waiting += new
        return lead(other) in reached


def _same_inputs(kept_bytes: bytes, inputs: str) -> Iterator[Finding]:
    if inputs != hashlib.sha256(kept_bytes).hexdigest():
        yield Finding("inputs", (), "", "The result was worked out from other inputs.")


def _complete(
    place: _Placed,
    placed: Sequence[tuple[int, str | None]],
    offered: Sequence[tuple[int, str]],
    questions: int,
) -> Iterator[Finding]:
    """Everybody is said to hold one thing, nobody two, and only people and roles that there are."""
    if questions:
        yield Finding("complete", (), "", f"{questions} questions to a panel are open.")
    for who in sorted(set(place.people) - {each for each, _ in placed}):
        yield Finding("complete", (who,), "", f"Nothing certain is said about person {who}.")
    for who in sorted({each for each, _ in [*placed, *offered]} - set(place.people)):
        yield Finding("complete", (who,), "", f"Person {who} is nobody of this selection.")
    for said in (placed, offered):
        for who, count in sorted(Counter(each for each, _ in said).items()):
            if count > 1:
                yield Finding("complete", (who,), "", f"{count} things are said about person {who}.")
    for who, role in [*placed, *offered]:
        if role is not None and role not in place.roles:
            yield Finding("eligible", (who,), role, f"{role} is no role of this selection.")


def _eligible(place: _Placed) -> Iterator[Finding]:
    for who, role in place.placed.items():
        if role is None or who in place.offered:
            continue
        if role not in place.wishes(who) or not place.may_hold(who, role):
            yield Finding("eligible", (who,), role, f"Person {who} could not be considered for {role}.")


def _hours(place: _Placed) -> Iterator[Finding]:
    for who, role in place.placed.items():
        if role is not None:
            minutes = sum(place.people[each]["minutes"] for each in place.unit(who))
            if minutes > place.roles[role]["minutes"]:
                yield Finding("hours", (who,), role, f"The hours of person {who} are more than a place has.")


def _capacity(place: _Placed) -> Iterator[Finding]:
    for name, role in place.roles.items():
        units = place.units(name)
        if len(units) > role["places"]:
            yield Finding(
                "capacity", tuple(units), name, f"{len(units)} hold {role['places']} places of {name}."
            )


def _together(place: _Placed) -> Iterator[Finding]:
    for share in place.shares:
        pair = share["first"], share["second"]
        if place.placed.get(pair[0]) != place.placed.get(pair[1]):
            yield Finding("job share", pair, "", f"Only one of {pair[0]} and {pair[1]} is placed there.")


def _offers_first(place: _Placed) -> Iterator[Finding]:
    """Nobody without a right holds a role that was suitable for somebody with one who is left without."""
    for who, role in place.offered.items():
        if role not in place.offers.get(who, {"suitable": []})["suitable"] or place.placed.get(who) != role:
            yield Finding("statutory offers first", (who,), role, f"Person {who} had no offer of {role}.")
    for who, offer in place.offers.items():
        if who in place.offered:
            continue
        for role in (each for each in offer["suitable"] if each in place.roles):
            before = [each for each in place.holders(role) if each in place.offered and each in place.offers]
            lesser = [each for each in before if _goes_before(offer, place.offers[each])]
            if len(before) - len(lesser) < place.roles[role]["places"]:
                sentence = f"Person {who} had a right to be offered {role} before others were placed in it."
                yield Finding("statutory offers first", (who, *lesser), role, sentence)


def _offers_by_wish(place: _Placed) -> Iterator[Finding]:
    """Nobody with a right is put into a suitable role while one that they would rather have was free for such a right."""
    for who, held in place.offered.items():
        offer = place.offers.get(who)
        if offer is None or held not in offer["suitable"]:
            continue
        wishes = place.wishes(who)
        liked = sorted(
            offer["suitable"], key=lambda role: wishes.index(role) if role in wishes else len(wishes)
        )
        for role in liked[: liked.index(held)]:
            holders = [each for each in place.holders(role) if each in place.offered and each in place.offers]
            before = [each for each in holders if not _goes_before(offer, place.offers[each])]
            if len(before) < place.roles[role]["places"]:
                sentence = (
                    f"Person {who} would rather have had {role}, where a place was open to such a right."
                )
                yield Finding("statutory offers first", (who,), role, sentence)


def _goes_before(offer: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return offer["ground"] in LAW and other["ground"] not in LAW


def _skill_mix(place: _Placed) -> Iterator[Finding]:
    counted = Counter(
        (place.roles[role]["team"], place.people[who]["profession"])
        for who, role in place.placed.items()
        if role is not None
    )
    for mix in place.mixes:
        number = counted[mix["team"], mix["profession"]]
        if not mix["least"] <= number <= mix["most"]:
            sentence = (
                f"{mix['team']} has {number} of {mix['profession']}, not {mix['least']} to {mix['most']}."
            )
            yield Finding("skill mix", (), mix["team"], sentence)


def _blocking(place: _Placed) -> Iterator[Finding]:
    """Everybody who would rather have a role where a place is free or an occupant stands lower, or is level."""
    for who in sorted(place.people):
        if who in place.offered or who > place.partner.get(who, who):
            continue
        for role in place.wishes(who):
            if place.placed.get(who) == role:
                break
            if place.could(who, role):
                yield from _claim(place, who, role)


def _claim(place: _Placed, who: int, role: str) -> Iterator[Finding]:
    units = place.units(role)
    if len(units) < place.roles[role]["places"]:
        yield Finding(
            "blocking pairs", (who,), role, f"A place in {role} is free that person {who} wished for."
        )
    mine = place.height(who, role)
    for other in units:
        if other in place.offered:
            continue
        theirs = place.height(other, role)
        if theirs < mine or (theirs == mine and place.ordered_ahead(who, other, role)):
            yield Finding(
                "blocking pairs", (who, other), role, f"{who} stands above {other}, who is in {role}."
            )
        elif theirs == mine and not place.ordered_ahead(other, who, role):
            yield Finding(
                "blocking pairs",
                (who, other),
                role,
                f"{who} and {other} are level for {role}; nobody decided.",
            )
