"""What a return says comes out as it was written, in every layout and encoding."""

import re
from datetime import UTC, date, datetime

import pytest

from rightplace.gateways.exchange.cin import ReadChild, read
from rightplace.gateways.exchange.cin.tests.returns import CHILD, IDENTITY, NO_ACTION, around, found, of, only
from rightplace.gateways.exchange.cin.tests.write_sample import a_return

YEARS = range(2021, 2028)


@pytest.mark.parametrize("year", YEARS)
def test_a_sound_return_of_each_layout_is_taken_without_a_doubt(year: int) -> None:
    account = read(of(a_return(year, 40, seed=year))).account()
    assert (account.children, account.taken, account.with_doubts, account.refused) == (40, 40, 0, 0)
    assert not account.notes
    assert account.balanced


@pytest.mark.parametrize("year", YEARS)
def test_every_value_of_a_sound_return_comes_out(year: int) -> None:
    content = a_return(year, 40, seed=9)
    children = list(read(of(content)).children())
    written = re.findall(rb"<(\w+)>([^<>\n]+)</", content)
    dates = sorted(
        value.decode() for name, value in written if b"Date" in name and name not in (b"DateTime",)
    )
    dates += [value.decode() for name, value in written if name == b"InitialCPCtarget"]
    assert sorted(set(dates) - {f"{year}-03-31"}) == sorted(days_of(children) - {f"{year}-03-31"})
    factors = sorted(value.decode() for name, value in written if name == b"AssessmentFactors")
    assert factors == sorted(
        f for c in children for r in c.referrals for a in r.assessments for f in a.factors
    )


def days_of(children: list[ReadChild]) -> set[str]:
    """All dates anywhere in what was read."""
    return set(
        re.findall(r"\d{4}-\d\d-\d\d", re.sub(r"datetime.date\((\d+), (\d+), (\d+)\)", iso, repr(children)))
    )


def iso(match: re.Match[str]) -> str:
    return date(*(int(each) for each in match.groups())).isoformat()


def test_the_header_comes_out() -> None:
    head = read(of(a_return(2026, 1))).header
    assert (head.collection, head.year, head.reference_date) == ("CIN", 2026, date(2026, 3, 31))
    assert (head.source_level, head.lea, head.software, head.release) == ("L", "330", "Invented", "1.0")
    assert (head.serial, head.made) == ("001", datetime(2026, 5, 23, 11, 14, 5))


def test_a_time_zone_in_the_header_is_kept() -> None:
    zoned = a_return(2026, 1).replace(b"T11:14:05", b"T11:14:05Z")
    assert read(of(zoned)).header.made == datetime(2026, 5, 23, 11, 14, 5, tzinfo=UTC)


def test_another_authority_is_no_reason_to_refuse() -> None:
    other = read(of(a_return(2026, 1).replace(b"<LEA>330", b"<LEA>975")))
    assert other.header.lea == "975"
    assert other.findings == ()


def test_all_modules_of_a_child_come_out_with_their_lines() -> None:
    content = a_return(2027, 1, full=True)
    (child,) = read(of(content)).children()
    (referral,) = child.referrals
    lines = content.decode().split("\n")
    assert lines[child.line - 1] == "<Child>"
    assert lines[referral.line - 1] == "<CINdetails>"
    assert [lines[each.line - 1] for each in referral.assessments] == ["<Assessments>"] * 2
    assert [lines[each.line - 1] for each in referral.section47s] == ["<Section47>"] * 2
    assert lines[referral.cin_plans[0].line - 1] == "<CINPlanDates>"
    assert lines[referral.protection_plans[0].line - 1] == "<ChildProtectionPlans>"
    assert lines[referral.pre_proceedings[0].line - 1] == "<PreProceedingsandFGDM>"
    assert referral.pre_proceedings[0].review_meetings == 2
    assert referral.pre_proceedings[0].meeting_offered is True
    assert [s47.icpc_not_required for s47 in referral.section47s] == [True, False]
    assert referral.protection_plans[0].start == referral.conferences[0]


@pytest.mark.parametrize(
    ("written", "year", "sex"),
    [("<GenderCurrent>1<", 2024, "M"), ("<GenderCurrent>2<", 2024, "F"), ("<GenderCurrent>0<", 2024, "U"),
     ("<GenderCurrent>9<", 2024, "U"), ("<Sex>M<", 2025, "M"), ("<Sex>F<", 2025, "F"), ("<Sex>U<", 2025, "U")],
)  # fmt: skip
def test_both_ways_of_writing_sex_are_read(written: str, year: int, sex: str) -> None:
    name = written.split(">")[0][1:]
    child = only(
        CHILD.replace("<Sex>F</Sex>", f"{written}/{name}>").replace("2025-05-01", f"{year}-02-03"), year
    )
    assert child.sex == sex
    assert child.sex_as_written == written[1:-1].replace(">", " ")
    assert found(child) == set()


def test_sex_in_the_words_of_another_years_layout_is_read_and_said() -> None:
    note = only(CHILD.replace("<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>"))
    assert (note.sex, found(note), note.doubts) == ("F", {"other_layout"}, ())
    doubt = only(CHILD.replace("<Sex>F", "<Sex>1"))
    assert (doubt.sex, found(doubt)) == ("M", {"sex_of_other_layout"})


@pytest.mark.parametrize("truths", [("0", "1"), ("false", "true"), ("FALSE", "True")])
def test_yes_and_no_may_be_digits_or_words(truths: tuple[str, str]) -> None:
    plain = list(read(of(a_return(2026, 14))).children())
    worded = list(read(of(a_return(2026, 14, truths=truths))).children())
    assert [r.referral_nfa for c in worded for r in c.referrals] == [
        r.referral_nfa for c in plain for r in c.referrals
    ]
    assert {True, False} == {r.referral_nfa for c in worded for r in c.referrals}


@pytest.mark.parametrize(
    "written", ["2025-05-01T00:00:00", "2025-05-01Z", "2025-05-01+01:00", "2025-05-01T23:59:59.9Z"]
)
def test_a_date_may_be_written_as_an_instant(written: str) -> None:
    child = only(CHILD.replace("2025-05-01", written))
    assert child.referrals[0].referral_date == date(2025, 5, 1)
    assert found(child) == set()


def test_a_date_as_day_month_year_is_read_with_a_doubt() -> None:
    child = only(CHILD.replace("2025-05-01", "01/05/2025"))
    assert child.referrals[0].referral_date == date(2025, 5, 1)
    assert [each.code for each in child.doubts] == ["british_date"]


@pytest.mark.parametrize(
    "written", ["yesterday", "2025-02-30", "9999-12-31", "1066-04-13", "20250501", "٢٠٢٥-٠٥-٠١"]
)
def test_a_referral_whose_date_cannot_be_read_is_left_out_and_the_rest_taken(written: str) -> None:
    other = NO_ACTION.replace("2025-05-01", written)
    child = only(f"<Child>{IDENTITY}{NO_ACTION}\n{other}</Child>")
    assert child.refused is None
    assert len(child.referrals) == 1
    assert {each.code for each in child.doubts} == {"unreadable", "left_out"}


@pytest.mark.parametrize("module", ["Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans"])
def test_a_module_without_its_first_date_is_left_out_with_a_doubt(module: str) -> None:
    child = only(CHILD.replace("<ReferralNFA>", f"<{module}></{module}>\n<ReferralNFA>"))
    assert child.refused is None
    assert "left_out" in {each.code for each in child.doubts}


@pytest.mark.parametrize(
    "opening", ["", '<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-8"?>\n<!-- made -->']
)
def test_the_first_line_may_be_missing_or_say_more(opening: str) -> None:
    assert read(of(around(CHILD, opening=opening))).account().taken == 1


@pytest.mark.parametrize(
    ("codec", "declared"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "utf-8"), ("utf-8-sig", None), ("utf-16", "UTF-16"), ("utf-16", None),
     ("utf-16-le", "utf-16"), ("utf-16-be", "utf-16"), ("latin-1", "ISO-8859-1"), ("cp1252", "Windows-1252"),
     ("cp1252", "cp1252"), ("ascii", "US-ASCII"), ("utf-8", "utf8")],
)  # fmt: skip
def test_the_usual_encodings_are_read(codec: str, declared: str | None) -> None:
    opening = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    city = "Z" if codec == "ascii" else "Zoë’s" if codec not in ("latin-1",) else "Zoë"
    content = around(CHILD, opening=opening).replace("Invented", city).encode(codec)
    sound = read(of(content))
    assert sound.header.software == city
    assert sound.account().taken == 1


@pytest.mark.parametrize("mark", ["", "c:"])
def test_a_namespace_changes_nothing(mark: str) -> None:
    plain = around(CHILD)
    named = re.sub(r"<(/?)(\w)", rf"<\1{mark}\2", plain).replace(
        "Message>", 'Message xmlns:c="urn:x" xmlns="urn:x">', 1
    )
    (child,) = read(of(named)).children()
    (same,) = read(of(plain)).children()
    assert child == same


def test_elements_in_another_order_are_read_with_a_note() -> None:
    swapped = CHILD.replace("<ReferralSource>6</ReferralSource>\n", "").replace(
        "<CINreferralDate>", "<ReferralSource>6</ReferralSource><CINreferralDate>"
    )
    child = only(swapped)
    assert child.referrals[0].referral_source == "6"
    assert (found(child), child.doubts) == ({"out_of_order"}, ())


def test_other_capitals_and_attributes_are_read_with_a_note() -> None:
    child = only(CHILD.replace("LAchildID>", "LAChildID>").replace("<CINdetails>", '<CINdetails id="7">'))
    assert child.la_child_id == "INV1"
    assert (found(child), child.doubts) == ({"other_capitals", "attributes"}, ())


def test_an_unknown_element_is_a_doubt_and_not_a_refusal() -> None:
    child = only(CHILD.replace("<ReferralNFA>", "<Mood>fine</Mood><ReferralNFA>"))
    assert child.refused is None
    assert [each.code for each in child.doubts] == ["unknown_element"]
    assert "Mood" in child.doubts[0].sentence


def test_text_beside_elements_is_passed_over_with_a_note() -> None:
    child = only(CHILD.replace("<PersonBirthDate>", "PersonBirthDate\n<PersonBirthDate>"))
    assert (found(child), child.doubts) == ({"stray_text"}, ())


def test_an_element_of_a_later_layout_is_read_with_a_note() -> None:
    block = "<PreProceedingsandFGDM><PPStartDate>2025-06-01</PPStartDate></PreProceedingsandFGDM>"
    child = only(CHILD.replace("</CINdetails>", f"{block}</CINdetails>"))
    assert child.referrals[0].pre_proceedings[0].start == date(2025, 6, 1)
    assert "other_layout" in {each.code for each in child.notes}


def test_a_value_given_twice_keeps_the_first_with_a_doubt() -> None:
    child = only(CHILD.replace("<UPN>", "<LAchildID>INV2</LAchildID><UPN>"))
    assert child.la_child_id == "INV1"
    assert "given_twice" in {each.code for each in child.doubts}


def test_codes_are_read_in_upper_case() -> None:
    child = only(CHILD.replace("WBRI", "wbri").replace("NONE", "none"))
    assert (child.ethnicity, child.disabilities, found(child)) == ("WBRI", ("NONE",), set())


def test_an_empty_element_says_nothing() -> None:
    child = only(CHILD.replace("<UPN>", "<FormerUPN/><UPNunknown></UPNunknown><UPN>"))
    assert (child.former_upn, child.upn_unknown) == ("", "")
    assert child.doubts == ()
