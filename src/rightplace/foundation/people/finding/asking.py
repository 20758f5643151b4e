"""What somebody typed to find a person, read into its parts.

One line ("Mo Khan 12/3/2015 B12 9AB", "boy about 6, Khan, at number 12, B12") or the fields of a form. What cannot be
read is kept in `unread`, so that the page can say so and nothing typed is silently dropped.
"""

import re
from datetime import date

import msgspec

from .identity import (
    POSTCODE,
    digits_of,
    house_of,
    is_nhs_number,
    outward_of,
    plain_number,
    postcode_of,
)
from .spelling import fold

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
ISO_DAY = re.compile(r"\b((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})\b")
NUMBERS_DAY = re.compile(
    r"\b(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4}|\d{2})\b|\b(\d{1,2}) (\d{1,2}) ((?:19|20)\d\d)\b"
)
NAMED_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[ \-/.]?(?:of )?{MONTH}[ \-/.,]*(\d{{4}}|\d{{2}})\b")
COMPACT_DAY = re.compile(r"\b(\d\d)(\d\d)((?:19|20)\d\d)\b")
NAMED_MONTH = re.compile(rf"\b{MONTH}[ \-/.,]*((?:19|20)\d\d)\b")
NUMBERS_MONTH = re.compile(r"\b(\d{1,2})[/\-]((?:19|20)\d\d)\b")
YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
AGE = re.compile(
    r"\b(about |approx\.? |around |roughly |maybe |nearly |c\.? ?|~ ?)?(?:age[ds]?:? )?(about |around )?(\d{1,2})"
    r" ?-?(?:(weeks?|wks?|months?|mths?) ?-?(?:olds?)?|(?:years?|yrs?|y\.?o\.?|y)\b\.?(?: ?-?olds?)?)\b"
)
BARE_AGE = re.compile(r"\b(?:(aged?|is) (about |around )?|(about|around|approx\.?) )(\d{1,2})\b")
UPN = re.compile(r"\b[a-hj-np-rt-z]\d{11}[\da-hj-np-rt-z]\b")
TEN_DIGITS = re.compile(r"(?<![\d+])\d{3}[ \-]?\d{3}[ \-]?\d{4}(?!\d)")
PHONE = re.compile(r"(?<!\d)(?:\+44 ?\(?0?\)? ?|0)(?:\d[ \-]?){9,10}(?!\d)")
OUTWARD = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\b")
STREETS = (
    "road|rd|street|st|lane|ln|avenue|ave|close|drive|grove|way|crescent|cres|court|place|terrace|gardens|square|hill"
    "|walk|rise|row|mews|green|park|croft|view"
)
ADDRESS = re.compile(rf"\b(?:flat \d+[a-z]?,? )?\d{{1,4}}[a-z]? (?:[a-z']+ ){{1,3}}(?:{STREETS})\b")
HOUSE_ONLY = re.compile(
    r"\b(?:(?:at|living at|lives at) )?(?:(?:house )?(?:number|no\.?|house) |at )(\d{1,4}[a-z]?)\b"
)
SEX = re.compile(r"\b(boys?|girls?|males?|females?|son|daughter)\b")
NOT_NAMES = re.compile(
    r"\b(?:dob|d\.o\.b\.?|born|date of birth|upn|nhs(?: (?:no|number))?|tel|phone|mobile|baby|unborn|child of|child"
    r"|called|named|age[ds]?|years?|old|edd|due|lives|living|about|and|or|the|of|in|on|at|a|with|near|postcode)\b\.?:?"
)
LOCAL_NUMBER = re.compile(r"\b(?=[a-z]{0,4}\d)[a-z\d]{4,14}\b")
BOYS = frozenset({"boy", "boys", "male", "males", "son"})


class Asked(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What was asked for. `born_from` and `born_to` are the days between which the birth (or due date) lies, 0 unknown.

    `names` are words in the order typed, when nobody said which is which; `given` and `family` when they did.
    """

    today: int
    names: tuple[str, ...] = ()
    given: str = ""
    family: str = ""
    born_from: int = 0
    born_to: int = 0
    about: bool = False
    postcode: str = ""
    outward: str = ""
    house: str = ""
    address: str = ""
    sex: str = ""
    upn: str = ""
    nhs: str = ""
    la_id: str = ""
    phone: str = ""
    unread: tuple[str, ...] = ()

    @property
    def birth(self) -> int | None:
        """The day of birth, when one day was meant."""
        return self.born_from if self.born_from and self.born_from == self.born_to else None

    @property
    def enough(self) -> bool:
        """Whether there is anything to search by."""
        return bool(
            self.names or self.given or self.family or self.nhs or self.upn or self.la_id or self.phone
            or self.postcode or self.birth
        )  # fmt: skip


class _Reading:
    """A line that is read piece by piece; each piece is taken out once understood."""

    def __init__(self, text: str, today: int) -> None:
        self.text = " ".join(fold(text).split())
        self.today = today
        self.parts: dict[str, str] = {}
        self.born: tuple[int, int] | None = None
        self.about = False
        self.unread: list[str] = []

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match, taken out of the line."""
        found = pattern.search(self.text)
        if found:
            self.text = f"{self.text[: found.start()]} , {self.text[found.end() :]}"
        return found

    def numbers(self) -> None:
        if found := self.take(UPN):
            self.parts["upn"] = found[0].upper()
        if found := self.take(PHONE):
            self.parts["phone"] = digits_of(found[0].replace("(0)", ""))
        while found := self.take(TEN_DIGITS):
            digits = digits_of(found[0])
            if is_nhs_number(digits) and "nhs" not in self.parts:
                self.parts["nhs"] = digits
            else:
                self.unread.append(found[0])

    def dates(self) -> None:
        readers = (
            (ISO_DAY, self._iso_day), (NAMED_DAY, self._named_day), (NUMBERS_DAY, self._numbers_day),
            (COMPACT_DAY, self._compact_day), (NAMED_MONTH, self._named_month), (NUMBERS_MONTH, self._numbers_month),
            (AGE, self._age), (BARE_AGE, self._bare_age), (YEAR, self._year),
        )  # fmt: skip
        for pattern, reader in readers:
            if self.born is None and (found := self.take(pattern)):
                self.born = reader(found)
                if self.born is None:
                    self.unread.append(found[0])

    def _iso_day(self, found: re.Match[str]) -> tuple[int, int] | None:
        return self._day(int(found[3]), int(found[2]), int(found[1]))

    def _named_day(self, found: re.Match[str]) -> tuple[int, int] | None:
        return self._day(int(found[1]), MONTHS.index(found[2]) + 1, self._whole_year(found[3]))

    def _numbers_day(self, found: re.Match[str]) -> tuple[int, int] | None:
        day, month, year = (part for part in found.groups() if part is not None)
        return self._day(int(day), int(month), self._whole_year(year))

    def _compact_day(self, found: re.Match[str]) -> tuple[int, int] | None:
        return self._day(int(found[1]), int(found[2]), int(found[3]))

    def _named_month(self, found: re.Match[str]) -> tuple[int, int] | None:
        return self._month(MONTHS.index(found[1]) + 1, int(found[2]))

    def _numbers_month(self, found: re.Match[str]) -> tuple[int, int] | None:
        return self._month(int(found[1]), int(found[2]))

    def _year(self, found: re.Match[str]) -> tuple[int, int]:
        year = int(found[1])
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()

    def _age(self, found: re.Match[str]) -> tuple[int, int]:
        self.about = bool(found[1] or found[2])
        unit = found[4] or ""
        if unit.startswith("w"):
            return self._years_ago(7 * int(found[3]), 7)
        if unit.startswith("m"):
            return self._years_ago(int(30.44 * int(found[3])), 31)
        return self._years_ago(int(365.25 * int(found[3])), 366)

    def _bare_age(self, found: re.Match[str]) -> tuple[int, int]:
        self.about = bool(found[2] or found[3])
        return self._years_ago(int(365.25 * int(found[4])), 366)

    def _years_ago(self, days: int, width: int) -> tuple[int, int]:
        return self.today - days - width, min(self.today, self.today - days + 1)

    def _whole_year(self, year: str) -> int:
        if len(year) == 4:
            return int(year)
        latest = date.fromordinal(self.today).year + 1
        return 2000 + int(year) if 2000 + int(year) <= latest else 1900 + int(year)

    def _day(self, day: int, month: int, year: int) -> tuple[int, int] | None:
        """One day; day and month the American way when only that exists; the whole year when neither does."""
        for first, second in ((day, month), (month, day)):
            try:
                ordinal = date(year, second, first).toordinal()
            except ValueError:
                continue
            return ordinal, ordinal
        if not 1900 <= year <= 2100:
            return None
        self.unread.append(f"{day}/{month}/{year}")
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()

    def _month(self, month: int, year: int) -> tuple[int, int] | None:
        if not 1 <= month <= 12:
            return None
        last = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
        return date(year, month, 1).toordinal(), last

    def places(self) -> None:
        postcode = re.compile(rf"\b{POSTCODE.pattern}\b", re.IGNORECASE)
        if found := self.take(postcode):
            self.parts["postcode"] = postcode_of(found[0])
            self.parts["outward"] = outward_of(self.parts["postcode"])
        if found := self.take(ADDRESS):
            self.parts["address"] = found[0]
            self.parts["house"] = house_of(found[0])
        elif found := self.take(HOUSE_ONLY):
            self.parts["house"] = found[1]
        if "postcode" not in self.parts and (found := self.take(OUTWARD)):
            self.parts["outward"] = found[0].upper()

    def people(self) -> None:
        if found := self.take(SEX):
            self.parts["sex"] = "M" if found[1] in BOYS else "F"
        if found := self.take(LOCAL_NUMBER):
            self.parts["la_id"] = plain_number(found[0])

    def name_text(self) -> str:
        """What is left: names. "Khan, Mo" is turned round, as a register writes it."""
        left = NOT_NAMES.sub(" ", self.text)
        self.unread.extend(re.findall(r"\b\w*\d\w*\b", left))
        left = re.sub(r"\b\w*\d\w*\b|[^\w\s'\-,]", " ", left)
        pieces = [" ".join(piece.split()) for piece in left.split(",")]
        return " ".join(piece for piece in pieces if piece.strip("'- "))


def parse(text: str, today: int) -> Asked:
    """One line of free text, read; `today` is the day (ordinal) from which ages count."""
    reading = _Reading(text, today)
    reading.numbers()
    reading.dates()
    reading.places()
    reading.people()
    return _asked(reading, names=tuple(reading.name_text().split()))


def from_fields(
    *,
    given: str = "",
    family: str = "",
    born: str = "",
    address: str = "",
    number: str = "",
    sex: str = "",
    today: int,
) -> Asked:
    """The fields of a form, each as typed: a birth date or age, an address or postcode, any one number."""
    reading = _Reading(f"{number} , {born} , {address}", today)
    reading.numbers()
    reading.dates()
    if not reading.born and re.fullmatch(r"\s*\d{1,2}\s*", born):
        reading.text = reading.text.replace(born.strip(), "", 1)
        reading.born = reading._years_ago(int(365.25 * int(born)), 366)
    reading.places()
    reading.people()
    reading.parts.setdefault("address", " ".join(fold(address).split()))
    reading.parts.setdefault("house", house_of(POSTCODE.sub("", address)))
    reading.parts["sex"] = {"m": "M", "b": "M", "f": "F", "g": "F"}.get(
        fold(sex.strip())[:1], reading.parts.get("sex", "")
    )
    return _asked(reading, given=given.strip(), family=family.strip())


def _asked(reading: _Reading, names: tuple[str, ...] = (), given: str = "", family: str = "") -> Asked:
    born_from, born_to = reading.born or (0, 0)
    return Asked(
        today=reading.today, names=names, given=given, family=family, born_from=born_from, born_to=born_to,
        about=reading.about, unread=tuple(reading.unread), **reading.parts,
    )  # fmt: skip
