"""How well a known person answers to what was asked, and why, in words.

Weights are bits (a doubling of the odds each), set by hand: about 12 for one birth date among eleven years of them, 7
for a first name. Surname, postcode and address are ONE comparison, the household: counted one by one, brothers and
sisters look like the same child. Nothing is linked by a score: a `likely` match must be decided by somebody, a
`possible` one is shown.
"""

import math
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from .asking import Asked
from .comparing import (
    BORN_NEAR_EXPECTED,
    Agreement,
    day_agreement,
    family_agreement,
    given_agreement,
    range_agreement,
    splits,
    street_alike,
)
from .identity import KnownIdentity, digits_of, house_of, outward_of, plain_number
from .spelling import name_words

A = Agreement
GIVEN = {
    A.SAME: 7.0, A.ANOTHER_FORM: 5.5, A.SPELT_ALIKE: 4.5, A.SOUNDS_ALIKE: 4.0, A.MIDDLE: 4.0, A.INITIAL: 1.0,
    A.LIKE_BUT_OTHER: -1.0, A.DIFFERENT: -6.0, A.UNKNOWN: 0.0,
}  # fmt: skip
FAMILY = {
    A.SAME: 6.0,
    A.SPELT_ALIKE: 4.5,
    A.SOUNDS_ALIKE: 4.0,
    A.PART: 4.0,
    A.DIFFERENT: -3.0,
    A.UNKNOWN: 0.0,
}
BIRTH = {
    A.SAME: 12.0, A.SWAPPED: 8.0, A.ONE_DIGIT: 5.0, A.FEW_DAYS: 5.0, A.SAME_MONTH: 2.0, A.SAME_YEAR: 0.0,
    A.IN_RANGE: 0.0, A.NEARLY: -1.0, A.DIFFERENT: -8.0, A.UNKNOWN: 0.0,
}  # fmt: skip
ADDRESS = {
    A.SAME: 11.0, A.SAME_STREET: 9.0, A.EARLIER: 7.0, A.SPELT_ALIKE: 5.0, A.SAME_AREA: 2.5, A.DIFFERENT: -1.0,
    A.UNKNOWN: 0.0,
}  # fmt: skip
PHONE = 8.0
SECOND_HALF = 0.2
NUMBERS = {"NHS number": (20.0, -6.0), "UPN": (18.0, -3.0), "local authority number": (20.0, -2.0)}
SEX = (0.5, -3.0)
TURNED_ROUND = 0.5
LIKELY = 17.2
POSSIBLE = 7.2
CHILDHOOD = 18 * 365.25
PLAINLY_OTHER = frozenset({A.DIFFERENT, A.LIKE_BUT_OTHER})
SHARED_HOME = 7.0


class Band(StrEnum):
    """What a score asks for: a decision, a look, nothing."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


class Reason(NamedTuple):
    """One thing that was compared, how it agrees, and what that weighs in bits."""

    word: str
    agreement: str
    weight: float


class Score(NamedTuple):
    """How well a person answers; `kin` is "twin" or "sibling" when it looks like another child of the same home."""

    total: float
    reasons: tuple[Reason, ...]
    band: Band
    kin: str

    @property
    def sentence(self) -> str:
        """The reasons as a page shows them: "date of birth the same; surname sounds alike"."""
        return "; ".join(f"{reason.word} {reason.agreement}" for reason in self.reasons)


class _Named(NamedTuple):
    given: Agreement
    family: Agreement
    weight: float
    turned: bool
    other: bool


def score(asked: Asked, identity: KnownIdentity) -> Score:
    """Hold what was asked against one person."""
    named = max(_namings(asked, identity), key=lambda naming: naming.weight)
    numbers = list(_numbers(asked, identity)) if asked.nhs or asked.upn or asked.la_id else []
    birth, birth_weight = _birth(asked, identity)
    home, home_reasons = _household(asked, identity, named.family)
    reasons = [*numbers, *_name_reasons(named)]
    if birth is not A.UNKNOWN:
        reasons.insert(len(numbers), Reason(_birth_word(asked), birth, birth_weight))
    reasons.extend(home_reasons)
    total = GIVEN[named.given] + birth_weight + home - (TURNED_ROUND if named.turned else 0.0)
    total += sum(reason.weight for reason in numbers)
    if asked.sex and identity.sex:
        same = asked.sex[:1].upper() == identity.sex[:1].upper()
        total += SEX[0] if same else SEX[1]
        if not same:
            reasons.append(Reason("sex", A.DIFFERENT, SEX[1]))
    proved = any(reason.weight > 0 for reason in numbers)
    kin = "" if proved else _kin(named.given, birth, home)
    return Score(round(total, 2), tuple(reasons), _band(total, named.given, proved=proved), kin)


def _band(total: float, given: Agreement, *, proved: bool) -> Band:
    """Another first name is never a likely match, whatever else agrees: that is a twin."""
    if proved or (total >= LIKELY and given not in PLAINLY_OTHER):
        return Band.LIKELY
    return Band.POSSIBLE if total >= POSSIBLE else Band.UNLIKELY


def _kin(given: Agreement, birth: Agreement, home: float) -> str:
    if given not in PLAINLY_OTHER or home < SHARED_HOME:
        return ""
    if birth in (A.SAME, A.SWAPPED, A.ONE_DIGIT):
        return "twin"
    return "sibling"


def _namings(asked: Asked, identity: KnownIdentity) -> Iterator[_Named]:
    """Each way to read the name asked for, against each name that the person has had."""
    names = [(identity.given, identity.middle, identity.family, False)]
    names += [(*_aliased(other, identity.family), True) for other in identity.others]
    for first, last, turned in splits(asked.names, asked.given, asked.family):
        for given, middle, family, other in names:
            one = given_agreement(first, given, middle)
            two = family_agreement(last, family)
            weight = GIVEN[one] + FAMILY[two] - (TURNED_ROUND if turned else 0.0) - (0.5 if other else 0.0)
            yield _Named(one, two, weight, turned, other)


@lru_cache(maxsize=50_000)
def _aliased(other: str, family: str) -> tuple[str, str, str]:
    words = name_words(other)
    if len(words) < 2:
        return other, "", family
    return words[0], " ".join(words[1:-1]), words[-1]


def _name_reasons(named: _Named) -> Iterator[Reason]:
    note = " (another name they have had)" if named.other else " (names turned round)" if named.turned else ""
    if named.given is not A.UNKNOWN:
        yield Reason(
            "first name", named.given + (note if named.given is not A.DIFFERENT else ""), GIVEN[named.given]
        )
    if named.family is not A.UNKNOWN:
        yield Reason("surname", named.family, FAMILY[named.family])


def _numbers(asked: Asked, identity: KnownIdentity) -> Iterator[Reason]:
    pairs = (
        ("NHS number", digits_of(asked.nhs), digits_of(identity.nhs)),
        ("UPN", plain_number(asked.upn), plain_number(identity.upn)),
        ("local authority number", plain_number(asked.la_id), plain_number(identity.la_id)),
    )
    for word, mine, theirs in pairs:
        if mine and theirs:
            same, other = NUMBERS[word]
            yield Reason(word, A.SAME if mine == theirs else A.DIFFERENT, same if mine == theirs else other)


def _birth_word(asked: Asked) -> str:
    return "date of birth" if asked.birth else "age or year of birth"


def _birth(asked: Asked, identity: KnownIdentity) -> tuple[Agreement, float]:
    """How the birth agrees: dates, or an age, or the expected date of a child not yet born when it was recorded."""
    if not asked.born_from:
        return A.UNKNOWN, 0.0
    if identity.birth:
        if asked.birth:
            agreement = day_agreement(asked.birth, identity.birth)
            return agreement, BIRTH[agreement]
        return _ranged(asked.born_from, asked.born_to, identity.birth, about=asked.about)
    if identity.expected_birth:
        near = range_agreement(
            asked.born_from - BORN_NEAR_EXPECTED, asked.born_to + BORN_NEAR_EXPECTED, identity.expected_birth
        )
        return near, 5.0 if near is A.IN_RANGE else BIRTH[near]
    if identity.age is not None and identity.age_at:
        return _aged(asked, identity.age, identity.age_at)
    return A.UNKNOWN, 0.0


def _ranged(first: int, last: int, known: int, *, about: bool) -> tuple[Agreement, float]:
    agreement = range_agreement(first, last, known)
    if agreement is A.IN_RANGE:
        bits = math.log2(max(2.0, CHILDHOOD / max(1, last - first + 1)))
        return agreement, min(9.0, bits) - (1.0 if about else 0.0)
    return agreement, (0.5 if agreement is A.NEARLY and about else BIRTH[agreement])


def _aged(asked: Asked, age: int, age_at: int) -> tuple[Agreement, float]:
    """A guessed age is two years wide."""
    first = age_at - int(365.25 * (age + 2))
    last = age_at - int(365.25 * (age - 1))
    if first <= asked.born_to and asked.born_from <= last:
        return A.IN_RANGE, 2.0
    far = min(abs(asked.born_from - last), abs(asked.born_to - first))
    return (A.NEARLY, 0.0) if far <= 366 else (A.DIFFERENT, -5.0)


def _household(asked: Asked, identity: KnownIdentity, family: Agreement) -> tuple[float, list[Reason]]:
    """Surname, address and telephone as one comparison: the stronger counts, the others hardly add."""
    where = _address(asked, identity)
    weights = [FAMILY[family], ADDRESS[where]]
    reasons = [] if where is A.UNKNOWN else [Reason("address", where, ADDRESS[where])]
    if asked.phone and identity.phone and digits_of(asked.phone) == digits_of(identity.phone):
        weights.append(PHONE)
        reasons.append(Reason("telephone", A.SAME, PHONE))
    agreeing = [weight for weight in weights if weight > 0]
    total = sum(weight for weight in weights if weight < 0)
    if agreeing:
        strongest = max(agreeing)
        total += strongest + SECOND_HALF * (sum(agreeing) - strongest)
    return total, reasons


def _address(asked: Asked, identity: KnownIdentity) -> Agreement:
    if not identity.postcodes or not asked.outward:
        return A.SAME if street_alike(asked.address, identity.address) else A.UNKNOWN
    if asked.postcode:
        if asked.postcode == identity.postcodes[0]:
            house = house_of(identity.address)
            same_house = bool(asked.house) and asked.house == house
            return A.SAME if same_house else A.SAME_STREET
        if asked.postcode in identity.postcodes:
            return A.EARLIER
        if _one_letter_apart(asked.postcode, identity.postcodes[0]):
            return A.SPELT_ALIKE
    areas = {outward_of(postcode) for postcode in identity.postcodes}
    return A.SAME_AREA if asked.outward in areas else A.DIFFERENT


def _one_letter_apart(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
