"""Blocking keys: short strings under which a person is filed, so that a B-tree finds the few who can be meant.

Filed under few (`keys`), asked by many (`asked_keys`): what varies when people type (order of names, swapped day and
month, a wrong year, an age) is multiplied out when asking, which costs microseconds, and never when filing.

| key | made of |
|---|---|
| d | birth date, first two sounds of one name |
| y | year of birth, sounds of given and family name in alphabetical order |
| o | postcode area, sounds of given and family name |
| q | postcode area, year of birth, sound of family name |
| p | postcode, year of birth |
| f | sound of family name |
| b | birth date, only for children whose name was not supplied |
| n u l t | NHS number, UPN, local authority's number, telephone |
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from .asking import Asked
from .identity import KnownIdentity, digits_of, outward_of, plain_number
from .nicknames import full_names
from .spelling import name_words, sound, telling_words

PAIR_LETTERS = 4
DATE_LETTERS = 2
FAMILY_LETTERS = 12
NUMBER_LETTERS = 30
OLDEST = 26
NO_YEAR = "--"
# How much one shared key says, to choose whom to compare when many share some.
KEY_WEIGHTS = {"n": 20, "u": 20, "l": 20, "t": 8, "b": 4, "d": 4, "p": 4, "o": 4, "y": 3, "q": 2, "f": 1}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def keys(identity: KnownIdentity) -> set[str]:
    """The keys under which this person is filed: seven or eight, and one for each number known."""
    year = _year_letters(identity.birth or identity.expected_birth)
    day = _day_letters(identity.birth) if identity.birth else ""
    outward = outward_of(identity.postcodes[0]) if identity.postcodes else ""
    found = set(_number_keys(identity.nhs, identity.upn, identity.la_id, identity.phone))
    found.update(f"p{postcode.replace(' ', '')}{year}" for postcode in identity.postcodes)
    named = False
    for given, family in _filed_names(identity):
        named = named or bool(given or family)
        found.update(_name_keys(given, family, year, day, outward))
    if identity.middle and identity.family:
        pairs = _pairs(_sounds(name_words(identity.middle)[:1], given=True), _family_sounds(identity.family))
        found.update(f"y{year}{pair}" for pair in pairs)
    if not named and day:
        found.add(f"b{day}")
    return found


def asked_keys(asked: Asked) -> list[str]:
    """Every key under which the person meant is likely to be filed, the most telling first."""
    found = dict.fromkeys(_number_keys(asked.nhs, asked.upn, asked.la_id, asked.phone))
    words = _asked_words(asked)
    heard = [_sounds((word,), given=True) for word in words]
    years = _asked_years(asked)
    for day in _asked_days(asked):
        letters = _day_letters(day)
        found.update(dict.fromkeys(f"d{letters}{code}" for codes in heard for code in _starts(codes)))
        found[f"b{letters}"] = None
    if asked.postcode:
        near = _asked_years(asked, near=True)
        found.update(dict.fromkeys(f"p{asked.postcode.replace(' ', '')}{year}" for year in near))
    pairs = _asked_pairs(heard)
    if asked.outward:
        found.update(dict.fromkeys(f"o{asked.outward}{pair}" for pair in pairs))
    found.update(dict.fromkeys(f"y{year}{pair}" for pair in pairs for year in years))
    if not pairs:
        found.update(dict.fromkeys(_area_keys(asked.outward, years, words)))
    if not pairs and not _asked_days(asked):
        found.update(dict.fromkeys(_family_key(sound(word)) for word in words))
    return list(found)


def wider_keys(asked: Asked) -> list[str]:
    """Keys for a second look, when nobody likely was found: a digit wrong in the year, an area, a surname alone."""
    words = _asked_words(asked)
    found: dict[str, None] = {}
    pairs = _asked_pairs([_sounds((word,), given=True) for word in words])
    if asked.birth:
        years = [*_asked_years(asked, near=True), *_slipped_years(asked.birth)]
        found.update(dict.fromkeys(f"y{year}{pair}" for year in years for pair in pairs))
    found.update(dict.fromkeys(_area_keys(asked.outward, _asked_years(asked), words)))
    if len(words) < 2 or not asked.birth:
        found.update(dict.fromkeys(_family_key(sound(word)) for word in words))
    return list(found)


def key_weight(key: str) -> int:
    """How much sharing this key says."""
    return KEY_WEIGHTS[key[0]]


def _filed_names(identity: KnownIdentity) -> Iterator[tuple[tuple[str, ...], str]]:
    yield name_words(identity.given)[:2], identity.family
    for other in identity.others:
        words = name_words(other)
        if len(words) > 1:
            yield words[:1], words[-1]
        elif words:
            yield words, identity.family


def _name_keys(given: tuple[str, ...], family: str, year: str, day: str, outward: str) -> Iterator[str]:
    first = _sounds(given[:1], given=True)
    second = _sounds(given[1:2], given=True)
    last = _family_sounds(family)
    if day:
        yield from (f"d{day}{start}" for start in _starts(first | second | last))
    for pair in _pairs(first, last):
        yield f"y{year}{pair}"
        if outward:
            yield f"o{outward}{pair}"
    yield from (f"y{year}{pair}" for pair in _pairs(second, last))
    for heard in last or first:
        yield _family_key(heard)
        if outward:
            yield f"q{outward}{year}{heard[:PAIR_LETTERS]}"


def _family_key(heard: str) -> str:
    return "f" + heard[:FAMILY_LETTERS]


def _area_keys(outward: str, years: Iterable[str], words: Iterable[str]) -> Iterator[str]:
    if outward:
        for word in words:
            yield from (f"q{outward}{year}{sound(word)[:PAIR_LETTERS]}" for year in years)


def _number_keys(nhs: str, upn: str, la_id: str, phone: str) -> Iterator[str]:
    if nhs:
        yield "n" + digits_of(nhs)[:NUMBER_LETTERS]
    if upn:
        yield "u" + plain_number(upn)[:NUMBER_LETTERS]
    if la_id:
        yield "l" + plain_number(la_id)[:NUMBER_LETTERS]
    if phone:
        yield "t" + digits_of(phone)[:NUMBER_LETTERS]


@lru_cache(maxsize=100_000)
def _sounds(words: tuple[str, ...], given: bool = False) -> frozenset[str]:
    """How the words sound, given names also as each full name that they can stand for."""
    spelt = set(words)
    if given:
        spelt.update(name for word in words for name in full_names(word))
    return frozenset(sound(word) for word in spelt)


@lru_cache(maxsize=100_000)
def _family_sounds(family: str) -> frozenset[str]:
    return _sounds(telling_words(name_words(family))[:3])


def _pairs(first: Iterable[str], last: Iterable[str]) -> set[str]:
    return {_pair(one, other) for one in first for other in last}


def _pair(one: str, other: str) -> str:
    one, other = one[:PAIR_LETTERS], other[:PAIR_LETTERS]
    return f"{one}.{other}" if one <= other else f"{other}.{one}"


def _starts(heard: Iterable[str]) -> set[str]:
    return {code[:DATE_LETTERS] for code in heard}


def _asked_words(asked: Asked) -> tuple[str, ...]:
    words = name_words(" ".join((asked.given, asked.family, *asked.names)))
    return tuple(dict.fromkeys(word for word in telling_words(words) if len(word) > 1))[:5]


def _asked_pairs(heard: list[frozenset[str]]) -> list[str]:
    pairs = (
        _pair(one, other)
        for place, first in enumerate(heard)
        for second in heard[place + 1 :]
        for one in first
        for other in second
    )
    return list(dict.fromkeys(pairs))


def _asked_days(asked: Asked) -> list[int]:
    if asked.birth is None:
        return []
    return [asked.birth, *_swapped(asked.birth)]


def _swapped(day: int) -> list[int]:
    """The same date with day and month exchanged, when that is another date."""
    was = date.fromordinal(day)
    if was.day > 12 or was.day == was.month:
        return []
    return [date(was.year, was.day, was.month).toordinal()]


def _asked_years(asked: Asked, *, near: bool = False) -> list[str]:
    """Years in which the person may have been born, the likeliest first; always those whose birth is not known."""
    if asked.birth:
        year = date.fromordinal(asked.birth).year
        years = [year, year - 1, year + 1, year - 10, year + 10] if near else [year]
    elif asked.born_from:
        slack = 1 if asked.about else 0
        first, last = date.fromordinal(asked.born_from).year, date.fromordinal(asked.born_to).year
        years = list(range(first - slack, last + slack + 1))
    else:
        return [*_every_year(asked.today), NO_YEAR]
    return [*(_letters_of_year(year) for year in years), NO_YEAR]


def _every_year(today: int) -> list[str]:
    """Every year in which somebody of an age to be looked for was born, and next year for the unborn."""
    this_year = date.fromordinal(today).year
    return [_letters_of_year(year) for year in range(this_year + 1, this_year - OLDEST - 1, -1)]


def _slipped_years(day: int) -> list[str]:
    """Years that differ in the last digit."""
    decade = date.fromordinal(day).year // 10 * 10
    return [_letters_of_year(decade + digit) for digit in range(10)]


def _letters_of_year(year: int) -> str:
    return "{}{}".format(*(DIGITS[part] for part in divmod(max(0, year - 1900), 36)))


@lru_cache(maxsize=50_000)
def _year_letters(day: int | None) -> str:
    if not day:
        return NO_YEAR
    return _letters_of_year(date.fromordinal(day).year)


@lru_cache(maxsize=50_000)
def _day_letters(day: int) -> str:
    letters = ""
    while day:
        day, rest = divmod(day, 36)
        letters = DIGITS[rest] + letters
    return letters
