"""What is known of one person, as far as it serves to find the person again."""

import re

import msgspec

POSTCODE = re.compile(r"([a-z]{1,2}\d[a-z\d]?)\s*([\do][a-z]{2})", re.IGNORECASE)
HOUSE = re.compile(r"\b(\d{1,4}[a-z]?)\b", re.IGNORECASE)


class KnownIdentity(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One person's names, dates, addresses and numbers, as the search sees them.

    A protected address and a sealed file must never reach this: whoever fills it leaves them out. Days are ordinals.
    Postcodes are newest first; `others` are other whole names. `age_at` is the day on which `age` was said.
    """

    person: int
    given: str = ""
    middle: str = ""
    family: str = ""
    others: tuple[str, ...] = ()
    birth: int | None = None
    expected_birth: int | None = None
    age: int | None = None
    age_at: int | None = None
    sex: str = ""
    postcodes: tuple[str, ...] = ()
    address: str = ""
    upn: str = ""
    nhs: str = ""
    la_id: str = ""
    phone: str = ""


def postcode_of(text: str) -> str:
    """A full postcode written our way ("B12 9AB"), or nothing."""
    found = POSTCODE.fullmatch(text.strip())
    if not found:
        return ""
    inward = found[2].upper()
    return f"{found[1].upper()} {inward[0].replace('O', '0')}{inward[1:]}"


def outward_of(postcode: str) -> str:
    """The first half of a postcode: the area."""
    return postcode.partition(" ")[0]


def house_of(address: str) -> str:
    """The number of the house in an address line, the last one before the street ("Flat 3, 12 Acacia Road": 12)."""
    numbers = HOUSE.findall(address)
    return numbers[-1].lower() if numbers else ""


def digits_of(text: str) -> str:
    """The digits alone, with a British telephone number in its national form."""
    digits = re.sub(r"\D", "", text)
    return "0" + digits[2:] if text.strip().startswith("+44") else digits


def plain_number(text: str) -> str:
    """A reference number in capitals without spaces or punctuation."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def is_nhs_number(digits: str) -> bool:
    """Ten digits of which the last is the check digit (modulus 11; NHS Data Dictionary)."""
    if len(digits) != 10 or not digits.isdigit():
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (11 - remainder) % 11 == int(digits[9])
