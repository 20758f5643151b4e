"""Questions as people ask them: what somebody remembers, misheard, mistyped and half of it."""

import random
from datetime import date
from itertools import pairwise

import msgspec

from ..asking import Asked, from_fields, parse
from ..identity import KnownIdentity, outward_of
from ..nicknames import forms
from ..spelling import fold
from .population import TODAY, Home, Names, child, home, names

WITH_NHS = 0.35
GIVEN_MISSPELT = 0.12
GIVEN_OTHER_FORM = 0.15
FAMILY_MISSPELT = 0.12
FAMILY_CHANGED = 0.03
TURNED_ROUND = 0.04
BIRTH_DIGIT = 0.05
BIRTH_SWAPPED = 0.02
BIRTH_AGE_ONLY = 0.06
MOVED = 0.15
NO_POSTCODE = 0.15
AREA_ONLY = 0.08
HEARD_AS = (
    ("ph", "f"), ("ee", "i"), ("ou", "u"), ("oo", "u"), ("ck", "k"), ("c", "k"), ("y", "i"), ("mm", "m"), ("ss", "s"),
    ("ie", "ey"), ("a", "e"), ("e", "a"), ("u", "o"), ("i", "ee"), ("th", "t"), ("z", "s"), ("kh", "k"), ("w", "v"),
)  # fmt: skip


class Question(msgspec.Struct, frozen=True):
    """What was asked, whom it meant (nobody: 0), and whose twin or sibling an absent one is."""

    asked: Asked
    person: int
    twin: int = 0


class Typed(msgspec.Struct):
    """What goes into a form, or behind each other on one line."""

    given: str
    family: str
    born: str
    address: str
    number: str


def questions(people: list[KnownIdentity], count: int, seed: int = 2) -> list[Question]:
    """Questions about known children, half on one line and half in fields."""
    chance = random.Random(seed)  # noqa: S311 an invented city needs no secrecy
    drawn = names()
    chosen = (people[int(chance.random() * len(people))] for _ in range(count))
    return [_question(chance, drawn, one, len(people)) for one in chosen]


def about_twins(people: list[KnownIdentity], count: int, seed: int = 3) -> list[Question]:
    """Questions about children with a twin who is known too."""
    chance = random.Random(seed)  # noqa: S311 an invented city needs no secrecy
    drawn = names()
    pairs = [
        (one, other)
        for one, other in pairwise(people)
        if one.birth
        and one.birth == other.birth
        and one.address == other.address
        and one.given != other.given
    ]
    found = []
    for _ in range(count if pairs else 0):
        pair = chance.choice(pairs)
        turn = int(chance.random() * 2)
        asked = _question(chance, drawn, pair[turn], len(people)).asked
        found.append(Question(asked, pair[turn].person, pair[1 - turn].person))
    return found


def new_siblings(
    people: list[KnownIdentity], count: int, seed: int = 4, twin: bool = False
) -> list[Question]:
    """Questions about children who are not known, but whose brother or sister (or twin) is: the hard case."""
    chance = random.Random(seed)  # noqa: S311 an invented city needs no secrecy
    drawn = names()
    found: list[Question] = []
    while len(found) < count:
        known = people[int(chance.random() * len(people))]
        if not known.birth:
            continue
        birth = known.birth if twin else known.birth - 300 - int(chance.random() * 1500)
        where = Home(known.postcodes[0], known.address)
        new = child(chance, drawn, 0, known.family, birth, where)
        new = msgspec.structs.replace(new, family=known.family, nhs="", upn="")
        if fold(new.given) != fold(known.given):
            found.append(Question(_question(chance, drawn, new, len(people)).asked, 0, known.person))
    return found


def misspelt(chance: random.Random, name: str) -> str:
    """The name with one slip of the ear or the finger."""
    if chance.random() < 0.6:
        fitting = [(heard, written) for heard, written in HEARD_AS if heard in name.lower()]
        if fitting:
            heard, written = chance.choice(fitting)
            return name.lower().replace(heard, written, 1)
    place = 1 + int(chance.random() * max(1, len(name) - 2))
    slip = chance.choice(("delete", "double", "exchange", "other"))
    if slip == "delete" and len(name) > 3:
        return name[:place] + name[place + 1 :]
    if slip == "exchange" and place + 1 < len(name):
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if slip == "other":
        return name[:place] + chance.choice("aeioulnrst") + name[place + 1 :]
    return name[: place + 1] + name[place] + name[place + 1 :]


def slipped_date(chance: random.Random, day: int) -> int:
    """The date with one digit wrong."""
    while True:
        digits = list(f"{date.fromordinal(day):%d%m%Y}")
        digits[chance.choice((0, 1, 2, 3, 6, 7))] = chance.choice("0123456789")
        try:
            slipped = date(int("".join(digits[4:])), int("".join(digits[2:4])), int("".join(digits[:2])))
        except ValueError:
            continue
        if slipped.toordinal() != day and slipped.toordinal() <= TODAY and slipped.year > 1990:
            return slipped.toordinal()


def _question(chance: random.Random, drawn: Names, one: KnownIdentity, size: int) -> Question:
    typed = Typed(
        given=_given(chance, one.given),
        family=_family(chance, drawn, one.family),
        born=_born(chance, one),
        address=_address(chance, one, size),
        number=one.nhs if chance.random() < WITH_NHS else "",
    )
    if chance.random() < TURNED_ROUND:
        typed.given, typed.family = typed.family, typed.given
    if chance.random() < 0.5:
        line = f"{typed.given} {typed.family} {typed.born} {typed.address} {typed.number}"
        return Question(parse(line, TODAY), one.person)
    asked = from_fields(
        given=typed.given, family=typed.family, born=typed.born, address=typed.address, number=typed.number,
        today=TODAY,
    )  # fmt: skip
    return Question(asked, one.person)


def _given(chance: random.Random, given: str) -> str:
    if chance.random() < GIVEN_OTHER_FORM:
        others = forms().get(fold(given), ())
        return chance.choice(others) if others else given
    return misspelt(chance, given) if chance.random() < GIVEN_MISSPELT else given


def _family(chance: random.Random, drawn: Names, family: str) -> str:
    if chance.random() < FAMILY_CHANGED:
        return chance.choices(drawn.family, cum_weights=drawn.family_weights)[0]
    if "-" in family and chance.random() < 0.4:
        family = family.split("-")[int(chance.random() * 2)]
    return misspelt(chance, family) if chance.random() < FAMILY_MISSPELT else family


def _born(chance: random.Random, one: KnownIdentity) -> str:
    if not one.birth or chance.random() < BIRTH_AGE_ONLY:
        years = one.age if one.age is not None else int((TODAY - (one.birth or TODAY)) / 365.25)
        return f"{years} years old" if years > 0 else f"{date.fromordinal(one.birth or TODAY).year}"
    day = one.birth
    draw = chance.random()
    if draw < BIRTH_DIGIT:
        day = slipped_date(chance, day)
    was = date.fromordinal(day)
    if draw > 1 - BIRTH_SWAPPED and was.day <= 12:
        was = date(was.year, was.day, was.month)
    return chance.choice(
        (f"{was:%d/%m/%Y}", f"{was.day}.{was.month}.{was:%y}", f"{was:%Y-%m-%d}", f"{was:%d %b %Y}")
    )


def _address(chance: random.Random, one: KnownIdentity, size: int) -> str:
    if chance.random() < NO_POSTCODE or not one.postcodes:
        return ""
    where = home(chance, size) if chance.random() < MOVED else Home(one.postcodes[0], one.address)
    if chance.random() < AREA_ONLY:
        return outward_of(where.postcode)
    return f"{where.address}, {where.postcode}" if chance.random() < 0.5 else where.postcode
