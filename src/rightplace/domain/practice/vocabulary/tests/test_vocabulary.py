"""Code lists: what a code means, in which years, and who says so."""

import itertools
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.packfiles import PackRefused
from rightplace.domain.practice.vocabulary import (
    Code,
    CodeList,
    code_list,
    code_lists,
    collection_year,
    known,
    label,
    load_code_lists,
    sex_in_layout_of,
    valid,
)

GOOD = """
[[list]]
id = "colour"
title = "Colour"
source = "Invented"
codes = [{ code = "R", label = "Red", to = 2025 }, { code = "R", label = "Scarlet", from = 2026 }]
"""


@pytest.mark.parametrize(("name", "codes"), [
    ("ethnicity", ("WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH "
     "REFU NOBT")),
    ("disability", "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA"),
    ("referral_source", "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10"),
    ("primary_need", "N1 N2 N3 N4 N5 N6 N7 N8 N9 N0"),
    ("category_of_abuse", "NEG PHY SAB EMO MUL"),
    ("closure_reason", "RC1 RC2 RC3 RC4 RC5 RC6 RC7 RC8 RC9"),
    ("legal_status", "C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3"),
    ("upn_unknown", "UN1 UN2 UN3 UN4 UN5 UN6 UN7"),
    ("assessment_factors", ("1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A "
     "13A 14A 15A 16A 17A 18B 18C 19B 19C 20 21 22A 23A 24A")),
    ("worker_change_reason", "MANAGE FCONTA LEFTRL ORGRST TSPROC ABSENC CHCHAN PCCHAN SWDIED OTHERS"),
    ("placement_change_reason", "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER"),
    ("placement_type", "A3 A4 A5 A6 K1 K2 K3 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1 Z11 Z12 Z13 Z14"),
    ("reason_for_new_episode", "S L P T B U"),
])  # fmt: skip
def test_the_return_of_2026_takes_these_codes_and_no_others(name: str, codes: str) -> None:
    assert {each.code for each in code_list(name).in_year(2026)} == set(codes.split())


@pytest.mark.parametrize(
    ("name", "code", "first", "last"),
    [
        ("referral_source", "5D", 2023, None),
        ("closure_reason", "RC9", 2023, None),
        ("assessment_factors", "18A", None, 2020),
        ("assessment_factors", "19A", None, 2020),
        ("assessment_factors", "18B", 2021, None),
        ("assessment_factors", "24A", 2022, None),
        ("placement_type", "H5", None, 2024),
        ("placement_type", "Z11", 2026, None),
        ("sex", "M", 2025, None),
        ("gender_current", "1", None, 2024),
    ],
)
def test_a_code_is_valid_from_its_first_year_to_its_last(
    name: str, code: str, first: int | None, last: int | None
) -> None:
    for year in range(2010, 2031):
        assert valid(name, code, year) == ((first or year) <= year <= (last or year))
    assert known(name, code)


def test_an_old_code_keeps_its_words_though_no_return_takes_it_any_more() -> None:
    assert not valid("assessment_factors", "18A", 2026)
    assert label("assessment_factors", "18A", date(2026, 3, 3)) == "Physical abuse (not split)"


def test_a_need_is_called_what_it_was_called_on_that_day() -> None:
    assert label("primary_need", "N1", date(2025, 3, 31)) == "Abuse or neglect"
    assert label("primary_need", "N1", date(2025, 4, 1)) == "Abuse, neglect and exploitation"
    assert label("primary_need", "N1", date(2025, 4, 1).toordinal()) == "Abuse, neglect and exploitation"


def test_a_code_that_nobody_knows_is_shown_as_it_came() -> None:
    assert not known("referral_source", "5Z")
    assert not valid("referral_source", "5Z", 2026)
    assert label("referral_source", "5Z", date(2026, 3, 3)) == "Code 5Z (not known)"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
@settings(max_examples=100)
def test_a_collection_year_is_named_by_the_31_march_that_ends_it(day: date) -> None:
    year = collection_year(day)
    assert date(year - 1, 4, 1) <= day <= date(year, 3, 31)
    assert collection_year(day.toordinal()) == year


@pytest.mark.parametrize("listed", code_lists().values(), ids=lambda listed: listed.id)
def test_every_code_is_short_sourced_and_has_a_label_that_fits_a_line(listed: CodeList) -> None:
    for code in listed.codes:
        assert 1 <= len(code.code) <= 12 and code.code == code.code.strip()
        assert code.source
        assert 3 <= len(code.label) <= 90


@pytest.mark.parametrize("listed", code_lists().values(), ids=lambda listed: listed.id)
def test_no_two_codes_of_a_list_share_a_label_in_one_year(listed: CodeList) -> None:
    for year in (2011, 2021, 2026, 2027):
        labels = [each.label for each in listed.in_year(year)]
        assert len(labels) == len(set(labels))


def test_sex_is_told_in_either_layout() -> None:
    assert [sex_in_layout_of(2026, code) for code in "0129MFU"] == ["U", "M", "F", "U", "M", "F", "U"]
    assert [sex_in_layout_of(2024, code) for code in "0129MFU"] == ["0", "1", "2", "9", "1", "2", "9"]
    assert sex_in_layout_of(2026, "X") == sex_in_layout_of(2024, "X") == ""
    for year, code in itertools.product((2021, 2024, 2025, 2026), "0129MFU"):
        field = "sex" if year >= 2025 else "gender_current"
        assert valid(field, sex_in_layout_of(year, code), year)


def test_a_folder_of_lists_is_read(tmp_path: Path) -> None:
    (tmp_path / "colours.toml").write_text(GOOD)
    colour = load_code_lists(tmp_path)["colour"]
    assert [code.label for code in colour.codes] == ["Red", "Scarlet"]
    assert colour.find("R", 1999) == Code("R", "Red", None, 2025, "Invented")


@pytest.mark.parametrize(
    ("good", "bad", "because"),
    [
        ("to = 2025", "to = 2026", "list colour codes R: it has two labels in 2026"),
        ("from = 2026", "from = 1926", "from must be a collection year"),
        (
            'code = "R", label = "Red"',
            'code = "R", label = ""',
            "codes R: label must be text that is not empty",
        ),
        ('label = "Red"', 'lable = "Red"', "codes R: label is missing"),
        ("to = 2025", "until = 2025", "codes R: unknown field until"),
        ("to = 2025", "to = 2025, from = 2026", "codes R: it ends before it begins"),
        ('source = "Invented"', "", "list colour: source is missing"),
        ("[[list]]", "[[lists]]", "list is missing"),
        ("codes = [", "codes = [[", "not well-formed TOML"),
    ],
)
def test_a_bad_list_is_refused_with_file_entry_and_reason(
    tmp_path: Path, good: str, bad: str, because: str
) -> None:
    (tmp_path / "colours.toml").write_text(GOOD.replace(good, bad, 1))
    with pytest.raises(PackRefused, match=because) as refused:
        load_code_lists(tmp_path)
    assert str(refused.value).startswith("colours.toml")


def test_two_lists_with_one_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(GOOD)
    (tmp_path / "two.toml").write_text(GOOD)
    with pytest.raises(PackRefused, match=r"two\.toml, list colour: another list has the same id"):
        load_code_lists(tmp_path)
