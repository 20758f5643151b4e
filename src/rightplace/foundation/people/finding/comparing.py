"""How two names, two dates or two addresses agree, in words that a page can show."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA, Jaro, JaroWinkler

from .nicknames import full_names
from .spelling import fold, name_words, sound, telling_words


class Agreement(StrEnum):
    """How what was asked agrees with what is known; the text is the end of a sentence about it."""

    SAME = "the same"
    ANOTHER_FORM = "another form of the same name"
    SPELT_ALIKE = "spelt almost the same"
    SOUNDS_ALIKE = "sounds alike"
    MIDDLE = "is the middle name"
    PART = "one part is the same"
    INITIAL = "the same first letter"
    LIKE_BUT_OTHER = "sounds alike but is another name"
    SWAPPED = "day and month swapped"
    ONE_DIGIT = "one digit apart"
    FEW_DAYS = "a few days apart"
    SAME_MONTH = "the same month"
    SAME_YEAR = "the same year"
    IN_RANGE = "fits"
    NEARLY = "fits nearly"
    SAME_STREET = "the same postcode"
    EARLIER = "the same as an earlier one"
    SAME_AREA = "the same area"
    DIFFERENT = "different"
    UNKNOWN = "not known"


GIVEN_ORDER = (
    Agreement.SAME,
    Agreement.ANOTHER_FORM,
    Agreement.SPELT_ALIKE,
    Agreement.SOUNDS_ALIKE,
    Agreement.INITIAL,
    Agreement.LIKE_BUT_OTHER,
    Agreement.DIFFERENT,
)
FEW_DAYS = 3
BORN_NEAR_EXPECTED = 42


@lru_cache(maxsize=200_000)
def word_agreement(one: str, other: str) -> Agreement:
    """How two given names agree. Two names that are each well known and not each other's form are not one name."""
    if one == other:
        return Agreement.SAME
    here, there = full_names(one), full_names(other)
    if here & there:
        return Agreement.ANOTHER_FORM
    if len(one) == 1 or len(other) == 1:
        return Agreement.INITIAL if one[0] == other[0] else Agreement.DIFFERENT
    alike = _alike(one, other)
    if alike is not Agreement.DIFFERENT and here and there:
        return Agreement.LIKE_BUT_OTHER
    return alike


def _alike(one: str, other: str) -> Agreement:
    longest = max(len(one), len(other))
    if OSA.distance(one, other, score_cutoff=2) <= (1 if longest < 8 else 2) and longest > 3:
        return Agreement.SPELT_ALIKE
    if JaroWinkler.similarity(one, other) >= 0.92:
        return Agreement.SPELT_ALIKE
    if Jaro.similarity(one, other) >= 0.72 and sound(one) == sound(other):
        return Agreement.SOUNDS_ALIKE
    return Agreement.DIFFERENT


@lru_cache(maxsize=200_000)
def given_agreement(asked: tuple[str, ...], given: str, middle: str) -> Agreement:
    """How the first names asked for agree with those known, in whatever order they were given."""
    known = name_words(given)
    if not asked or not known:
        return Agreement.UNKNOWN
    best = _best(asked[:2], known)
    more = name_words(middle)
    if len(asked) > 1 and len(known) + len(more) > 1 and best is not Agreement.DIFFERENT:
        return _weaker(best, _best(asked[1:], (*known, *more)))
    if best in (Agreement.DIFFERENT, Agreement.LIKE_BUT_OTHER) and more:
        through = _best(asked[:2], more)
        if through in (Agreement.SAME, Agreement.ANOTHER_FORM, Agreement.SPELT_ALIKE):
            return Agreement.MIDDLE
    joined = word_agreement("".join(asked), "".join(known))
    return joined if joined in (Agreement.SAME, Agreement.SPELT_ALIKE) else best


def _best(asked: Iterable[str], known: Iterable[str]) -> Agreement:
    found = [word_agreement(one, other) for one in asked for other in known]
    return min(found, key=GIVEN_ORDER.index, default=Agreement.UNKNOWN)


def _weaker(first: Agreement, second: Agreement) -> Agreement:
    """The first names agree; when the second names do not, they are like the names of two brothers."""
    if second is Agreement.DIFFERENT:
        return Agreement.LIKE_BUT_OTHER
    return first


@lru_cache(maxsize=200_000)
def family_agreement(asked: tuple[str, ...], family: str) -> Agreement:
    """How surnames agree; a double-barrelled one also by one of its parts."""
    known = name_words(family)
    if not asked or not known:
        return Agreement.UNKNOWN
    one, other = "".join(asked), "".join(known)
    if one == other or set(telling_words(asked)) == set(telling_words(known)):
        return Agreement.SAME
    alike = _alike(one, other)
    if alike is not Agreement.DIFFERENT:
        return alike
    mine, theirs = telling_words(asked), telling_words(known)
    if any(full_names(word) for word in mine if word not in theirs) and set(theirs) < set(mine):
        return Agreement.DIFFERENT  # a second first name was read as part of the surname
    if set(mine) & set(theirs):
        return Agreement.PART
    if any(_alike(word, part) is not Agreement.DIFFERENT for word in mine for part in theirs):
        return Agreement.PART if len(mine) + len(theirs) > 2 else Agreement.SOUNDS_ALIKE
    return Agreement.DIFFERENT


@lru_cache(maxsize=10_000)
def splits(
    names: tuple[str, ...], given: str, family: str
) -> tuple[tuple[tuple[str, ...], tuple[str, ...], bool], ...]:
    """Each way in which the words asked for can be a first name and a surname; the last says: turned round."""
    if given or family:
        first, last = name_words(given), name_words(family)
        ways = [(first, last, False)]
        if first and last:
            ways.append((last, first, True))
        return tuple(ways)
    words = name_words(" ".join(names))
    if len(words) < 2:
        return ((words, (), False), ((), words, False)) if words else (((), (), False),)
    return tuple(_ways(words))


def _ways(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    for place in range(1, min(len(words), 4)):
        yield words[:-place], words[-place:], False
        yield words[-place:], words[:-place], True


@lru_cache(maxsize=50_000)
def day_agreement(asked: int, known: int) -> Agreement:
    """How two birth dates agree, with the slips that people make."""
    if asked == known:
        return Agreement.SAME
    one, other = date.fromordinal(asked), date.fromordinal(known)
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return Agreement.SWAPPED
    if _one_slip(f"{one:%d%m%Y}", f"{other:%d%m%Y}"):
        return Agreement.ONE_DIGIT
    if abs(asked - known) <= FEW_DAYS:
        return Agreement.FEW_DAYS
    if one.year == other.year:
        return Agreement.SAME_MONTH if one.month == other.month else Agreement.SAME_YEAR
    return Agreement.DIFFERENT


def _one_slip(one: str, other: str) -> bool:
    """One digit wrong, or two neighbours exchanged."""
    wrong = [place for place in range(8) if one[place] != other[place]]
    if len(wrong) == 1:
        return True
    return any(
        wrong == [first, second] and one[first] == other[second] and one[second] == other[first]
        for first, second in pairwise(range(8))
    )


def range_agreement(first: int, last: int, known: int) -> Agreement:
    """How a birth date agrees with a year or an age that was asked for."""
    if first <= known <= last:
        return Agreement.IN_RANGE
    return Agreement.NEARLY if first - 366 <= known <= last + 366 else Agreement.DIFFERENT


def street_alike(asked: str, known: str) -> bool:
    """Whether two address lines without postcode are plainly the same."""
    one, other = fold(asked), fold(known)
    return bool(one and other) and (one == other or Jaro.similarity(one, other) >= 0.95)
