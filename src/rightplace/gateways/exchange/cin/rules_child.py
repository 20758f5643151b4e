"""What may be odd about who the child is: numbers, birth, sex, ethnicity, disabilities, death."""

import re
from datetime import date
from typing import Final

from rightplace.gateways.exchange.cin.building import LONGEST_KEPT
from rightplace.gateways.exchange.cin.children import Module, ReadChild, Referral
from rightplace.gateways.exchange.cin.findings import Weight
from rightplace.gateways.exchange.cin.rule import FOREVER, Around, Rule, days, overlapping, spans, years_after

UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN: Final = re.compile(r"[A-Z]\d{11}[0-9A-HJ-NP-RT-Z]", re.ASCII)


def well_formed(upn: str) -> bool:
    """Whether a unique pupil number is a letter, eleven digits, and a digit or letter (a temporary number)."""
    return _UPN.fullmatch(upn) is not None


def check_letter(upn: str) -> str:
    """The letter that the other twelve characters of a unique pupil number ask for."""
    total = sum(
        weight * (int(character) if character.isdigit() else UPN_LETTERS.index(character))
        for weight, character in enumerate(upn[1:], start=2)
    )
    return UPN_LETTERS[total % 23]


def _checks(upn: str) -> bool:
    return check_letter(upn) == upn[0]


def _nobody(x: ReadChild, _: Around) -> bool:
    return not x.la_child_id


def _goes_on(x: ReadChild) -> bool:
    return any(not referral.referral_nfa for referral in x.referrals)


def _died_too_soon(x: ReadChild, _: Around) -> bool:
    return bool(x.death_date and (x.birth_date is None or x.death_date < x.birth_date))


def _over_25(x: ReadChild, a: Around) -> bool:
    if not (x.birth_date and a.last_day):
        return False
    birthday = years_after(x.birth_date, 25)
    return birthday < a.last_day and any(
        r.closure_date is None or r.closure_date > birthday for r in x.referrals
    )


def _expected_oddly(x: ReadChild, a: Around) -> bool:
    if not (x.expected_birth_date and a.last_day):
        return False
    return not a.last_day - days(30) <= x.expected_birth_date <= a.last_day + days(275)


def _five_and_numberless(x: ReadChild, a: Around) -> bool:
    if not (x.birth_date and a.last_day) or x.upn or x.upn_unknown or not _goes_on(x):
        return False
    return years_after(x.birth_date, 6) <= a.last_day


def _disabilities_missing(x: ReadChild, _: Around) -> bool:
    return bool(x.birth_date) and _goes_on(x) and not x.disabilities


def _open(x: ReadChild) -> list[Referral]:
    return [each for each in x.referrals if each.closure_date is None and not each.referral_nfa]


def _open_but_not_latest(x: ReadChild, _: Around) -> list[Module]:
    latest = max((each.referral_date for each in x.referrals), default=FOREVER)
    return [each for each in _open(x) if each.referral_date < latest]


def _referrals_overlap(x: ReadChild, _: Around) -> list[Module]:
    ends = ((each, each.referral_date if each.referral_nfa else each.closure_date) for each in x.referrals)
    return overlapping(spans((each, each.referral_date, end) for each, end in ends))


def _same_day(x: ReadChild) -> list[Module]:
    seen: set[date] = set()
    again: list[Module] = []
    for referral in x.referrals:
        if referral.referral_date in seen:
            again.append(referral)
        seen.add(referral.referral_date)
    return again


# One rule, its condition and its sentence stand together.
# fmt: off
REFUSALS: Final[tuple[Rule[ReadChild], ...]] = (
    Rule("no_number", "8500", _nobody,
         "The child has no LAchildID, so nobody could tell which child this is.", Weight.REFUSED),
    Rule("number_endless", "1570", lambda x, a: len(x.la_child_id) > LONGEST_KEPT,
         "The child's LAchildID is longer than 100 characters, so it cannot be a number.", Weight.REFUSED),
    Rule("no_referral", "8590", lambda x, a: not x.referrals,
         "The child has no referral with a date that can be read, so there is nothing to file.", Weight.REFUSED),
)

NUMBERS: Final[tuple[Rule[ReadChild], ...]] = (
    Rule("number_too_long", "1570", lambda x, a: len(x.la_child_id) > 20,
         "The child's LAchildID is longer than 20 characters."),
    Rule("number_not_alphanumeric", "1580",
         lambda x, a: bool(x.la_child_id) and not (x.la_child_id.isascii() and x.la_child_id.isalnum()),
         "The child's LAchildID has characters other than letters and digits."),
    Rule("upn_malformed", "1540", lambda x, a: bool(x.upn) and not well_formed(x.upn),
         "The unique pupil number is not a letter, eleven digits, and a digit or letter."),
    Rule("upn_check_letter", "1510", lambda x, a: well_formed(x.upn) and not _checks(x.upn),
         "The unique pupil number's first letter does not check: a character may be mistyped."),
    Rule("former_upn_malformed", "1560Q",
         lambda x, a: bool(x.former_upn) and not (well_formed(x.former_upn) and _checks(x.former_upn)),
         "The former unique pupil number is not one, or its first letter does not check."),
    Rule("upn_and_reason", "", lambda x, a: bool(x.upn and x.upn_unknown),
         "There is a unique pupil number and also a reason why there is none."),
    Rule("upn_reason_unknown", "", lambda x, a: a.unknown("upn_unknown", x.upn_unknown),
         "The reason for having no unique pupil number is not a code of that year."),
    Rule("upn_reason_no_action", "8772", lambda x, a: x.upn_unknown == "UN7" and _goes_on(x),
         "The pupil number is said to be unknown as nothing further was done, but a referral went on."),
    Rule("upn_missing", "8770Q", _five_and_numberless,
         "A child of school age has no unique pupil number and no reason for that.", Weight.NOTE),
)

PERSON: Final[tuple[Rule[ReadChild], ...]] = (
    Rule("two_births", "8525", lambda x, a: bool(x.birth_date and x.expected_birth_date),
         "There is a date of birth and also an expected one; the date of birth counts."),
    Rule("no_birth", "8525", lambda x, a: not (x.birth_date or x.expected_birth_date),
         "There is neither a date of birth nor an expected one."),
    Rule("born_after_return", "8520", lambda x, a: a.after_return(x.birth_date),
         "The date of birth is after the day up to which the return tells."),
    Rule("expected_oddly", "8530Q", _expected_oddly,
         "The expected date of birth is not between a month before and nine months after the return's last day."),
    Rule("sex_missing", "4180", lambda x, a: not x.sex,
         "The child's sex is not given; it was taken as not known."),
    Rule("sex_of_unborn", "8750", lambda x, a: x.unborn and x.sex in ("M", "F"),
         "The child was not born yet, but a sex is given."),
    Rule("ethnicity_missing", "4220", lambda x, a: not x.ethnicity, "The child's ethnicity is not given."),
    Rule("ethnicity_unknown", "4220", lambda x, a: a.unknown("ethnicity", x.ethnicity),
         "The child's ethnicity is not a code of that year."),
    Rule("disability_missing", "8540", _disabilities_missing,
         "It is not said whether the child has a disability, though a referral went on."),
    Rule("disability_unknown", "8540",
         lambda x, a: any(a.unknown("disability", code) for code in x.disabilities),
         "A disability is not a code of that year."),
    Rule("disability_and_none", "8790", lambda x, a: "NONE" in x.disabilities and len(set(x.disabilities)) > 1,
         "It is said that the child has no disability, and also that there is one."),
    Rule("disability_twice", "8794", lambda x, a: len(set(x.disabilities)) < len(x.disabilities),
         "The same disability is given twice."),
    Rule("died_before_birth", "8535Q", _died_too_soon,
         "There is a date of death before the date of birth, or without one."),
    Rule("died_after_return", "8545Q", lambda x, a: a.after_return(x.death_date),
         "The date of death is after the day up to which the return tells."),
    Rule("died_before_year", "8545Q", lambda x, a: a.before_year(x.death_date),
         "The date of death is before the year of the return."),
    Rule("over_25", "8775Q", _over_25, "The case runs on after the person's 25th birthday."),
)

EPISODES: Final[tuple[Rule[ReadChild], ...]] = (
    Rule("two_open_referrals", "8815",
         lambda x, a: _open(x)[1:],
         "More than one referral is open: none has a closing date."),
    Rule("open_but_not_latest", "8816",
         _open_but_not_latest,
         "This referral is open although a later one follows."),
    Rule("referrals_overlap", "8820",
         _referrals_overlap,
         "This referral begins while an earlier one is still open."),
    Rule("referral_twice", "", lambda x, a: _same_day(x), "Two referrals of the child have the same date."),
)
# fmt: on
