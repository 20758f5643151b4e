"""Invented families: as many children as wanted, alike in the ways in which real ones are alike."""

import random
from collections.abc import Iterator
from datetime import date
from itertools import accumulate

import msgspec

from ..identity import KnownIdentity
from ..nicknames import forms

TODAY = date(2026, 3, 3).toordinal()
OTHER_SURNAME = 0.12
OLDEST = 21 * 365
TWINS = 0.015  # of births: 3 % of children
NHS_KNOWN = 0.8
UPN_KNOWN = 0.85
MIDDLE = 0.4
DOUBLE_BARRELLED = 0.04
HAD_ANOTHER_NAME = 0.03
NO_BIRTH_DATE = 0.005
INWARD = "ABDEFGHJLNPQRSTUWXYZ"
FAMILY_SIZES = (1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5)
CHILDREN_PER_POSTCODE = 25


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


COMMON = _words(
    "Khan Hussain Ali Ahmed Begum Smith Singh Kaur Jones Patel Mohammed Iqbal Akhtar Mahmood Williams Taylor Brown "
    "Hussein Evans Walker Davies Bi Shah Miah Malik Rahman Islam Uddin Roberts Johnson Green Wright Thompson Campbell "
    "Clarke Hall Wood Harris Edwards Lewis Martin Cooper Turner Phillips Morris Rogers Murphy Kelly Hughes Price "
    "Bennett Chowdhury Choudhury Aziz Bashir Javed Rashid Hassan Abdi Yusuf Mohamud Farah Warsame Osman Ibrahim "
    "Nowak Kowalski Wisniewski Popescu Ionescu Okafor Adeyemi Okonkwo Mensah Boateng Owusu Nguyen Chen Wang Lam "
    "Sharma Gill Dhillon Sandhu Bains Sidhu O'Brien O'Connor McDonald McCarthy Doyle Byrne Gallagher Francis Grant "
    "Reid Gordon Henry Joseph Pereira Fernandes Silva Al-Hassan El-Sayed Abdullah Sheikh Mirza Qureshi Siddiqui"
)
STEMS = _words(
    "Ash Brad Hart Whit Lang Nor Sut Wes Mil Har Bar Cal Den Ell Far Gar Hal Kel Lin Mar Nash Pen Rad Shel Thorn Wal "
    "Win Wood Black Stan"
)
ENDINGS = _words(
    "ley ton field worth man well son ford by ham wick stone bridge more den combe shaw gate brook er"
)


class Names(msgspec.Struct, frozen=True):
    """First names and surnames with the weights by which they are drawn: few are very common."""

    given: tuple[str, ...]
    given_weights: tuple[float, ...]
    family: tuple[str, ...]
    family_weights: tuple[float, ...]


def names() -> Names:
    """The full names of the nickname groups, and surnames; the longer down the list the rarer."""
    given = tuple(name.title() for name in forms())
    order = random.Random(11)  # noqa: S311 an invented city needs no secrecy
    shuffled = tuple(order.sample(given, len(given)))
    family = (*COMMON, *(stem + ending for ending in ENDINGS for stem in STEMS))
    return Names(
        shuffled,
        tuple(accumulate(1 / (rank + 5) ** 0.8 for rank in range(len(shuffled)))),
        family,
        tuple(accumulate(1 / (rank + 8) ** 0.85 for rank in range(len(family)))),
    )


class Home(msgspec.Struct, frozen=True):
    """Where a family lives."""

    postcode: str
    address: str


def home(chance: random.Random, size: int) -> Home:
    """An address in one of as many postcodes as a city of that size has."""
    place = int(chance.random() * max(40, size // CHILDREN_PER_POSTCODE))
    inward = f"{place // 18_400 % 10}{INWARD[place // 46 % 20]}{INWARD[place // 920 % 20]}"
    house, street = 1 + int(chance.random() * 80), STEMS[place % 30] + ENDINGS[place // 30 % 20]
    return Home(f"B{place % 46 + 1} {inward}", f"{house} {street} Road")


def population(size: int, seed: int = 1) -> Iterator[KnownIdentity]:
    """That many children in families; brothers and sisters follow each other."""
    chance = random.Random(seed)  # noqa: S311 an invented city needs no secrecy
    drawn = names()
    person = 0
    while person < size:
        where = home(chance, size)
        surname = _surname(chance, drawn)
        birth = TODAY - int(chance.random() * 18 * 365)
        children = chance.choice(FAMILY_SIZES)
        twin = False
        for _ in range(children):
            if person >= size:
                return
            if not twin:
                birth -= 300 + int(chance.random() * 1200)
            if birth < TODAY - OLDEST:
                break
            twin = chance.random() < TWINS * 1.9 and not twin
            person += 1
            yield child(chance, drawn, person, surname, birth, where)


def child(
    chance: random.Random, drawn: Names, person: int, surname: str, birth: int, where: Home
) -> KnownIdentity:
    """One child of a family."""
    given = chance.choices(drawn.given, cum_weights=drawn.given_weights)[0]
    middle = (
        chance.choices(drawn.given, cum_weights=drawn.given_weights)[0] if chance.random() < MIDDLE else ""
    )
    family = _surname(chance, drawn) if chance.random() < OTHER_SURNAME else surname
    others = (f"{given} {_surname(chance, drawn)}",) if chance.random() < HAD_ANOTHER_NAME else ()
    undated = chance.random() < NO_BIRTH_DATE
    return KnownIdentity(
        person=person,
        given=given,
        middle=middle,
        family=family,
        others=others,
        birth=None if undated else birth,
        age=(TODAY - birth) // 365 if undated else None,
        age_at=TODAY if undated else None,
        sex="MF"[sum(map(ord, given)) % 2],
        postcodes=(where.postcode,),
        address=where.address,
        nhs=nhs_number(person) if chance.random() < NHS_KNOWN else "",
        upn=f"A{801000000000 + person}" if TODAY - birth > 1500 and chance.random() < UPN_KNOWN else "",
    )


def nhs_number(person: int) -> str:
    """A number of the form, with its check digit, out of the range kept for tests (it begins with 9)."""
    base = 900_000_000 + person * 11
    while True:
        digits = str(base)
        check = -sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"
        base += 1


def _surname(chance: random.Random, drawn: Names) -> str:
    one = chance.choices(drawn.family, cum_weights=drawn.family_weights)[0]
    if chance.random() >= DOUBLE_BARRELLED:
        return one
    return f"{one}-{chance.choices(drawn.family, cum_weights=drawn.family_weights)[0]}"
