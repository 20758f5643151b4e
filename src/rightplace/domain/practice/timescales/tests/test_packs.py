"""The packs that come with the program: what they may claim, and how they read in each era."""

from pathlib import Path

import pytest

from rightplace.domain.practice.journey import journey as journey_module
from rightplace.domain.practice.londontime import end_of_day
from rightplace.domain.practice.packfiles import PackRefused
from rightplace.domain.practice.timescales import rulebook
from rightplace.domain.practice.timescales.events import EVENTS
from rightplace.domain.practice.timescales.rules import Layer, Pattern, Rule, Seen
from rightplace.domain.practice.timescales.tests.histories import History, book_of, day_number, instant

BOOK = rulebook()
REDUCERS = Path(journey_module.__file__).parent
ENTRIES = REDUCERS.parent / "entries"


def test_what_is_checked_was_read_or_quoted_from_national_text() -> None:
    for rule in BOOK.rules:
        assert not rule.checked or rule.seen in (Seen.NATIONAL, Seen.QUOTED), rule.id
        assert rule.nation == "England"
        assert rule.source.strip() and rule.owner.strip() and rule.title.strip()


def test_rules_from_memory_are_off_and_no_welsh_row_stands_in_a_pack() -> None:
    memory = [rule for rule in BOOK.rules if rule.seen is Seen.MEMORY]
    assert memory and not any(rule.on for rule in memory)
    assert all("memory" in rule.note for rule in memory)
    assert not any(rule.seen is Seen.WELSH for rule in BOOK.rules)


def test_a_national_rule_that_only_local_text_restates_is_not_checked() -> None:
    local_text = [rule for rule in BOOK.rules if rule.seen is Seen.LOCAL and rule.layer < Layer.LOCAL_POLICY]
    assert [rule.id for rule in local_text] == ["CLA-PP"]
    assert not local_text[0].checked


def test_samples_are_local_policy_and_say_so() -> None:
    samples = [rule for rule in BOOK.rules if rule.sample]
    assert samples
    assert all(rule.layer >= Layer.LOCAL_POLICY and rule.seen is Seen.SAMPLE for rule in samples)
    assert not any(rule.sample for rule in rulebook(local=False).rules)


def test_what_is_enacted_but_not_known_to_be_in_force_is_off() -> None:
    (gate,) = BOOK.versions("FGDM-1")
    assert not gate.on
    assert "commencement not known" in gate.note


def test_every_rule_fits_its_column_and_its_guards_are_few() -> None:
    assert max(len(rule.id) for rule in BOOK.rules) <= 24
    guards = {rule.id for rule in BOOK.rules if rule.guards and rule.on}
    assert {"REF-1", "ASM-1", "ICPC-1", "MIS-1", "CHECK-RED"} <= guards
    assert len(guards) < 25


def assessed(day: str, form: str) -> dict[str, str]:
    """Which assessment rules a referral and an assessment of that day set going, and how long they give."""
    history = History()
    referral = history.begins("referral", "referral.accepted", instant(day))
    history.begins("assessment", "assessment.began", instant(day), {form}, parent=referral)
    found = history.read(BOOK)
    return {s.rule: str(BOOK.rule(s.rule, s.version_from).within) for s in found if "SEEN" not in s.rule}


@pytest.mark.parametrize(
    ("day", "form", "wanted"),
    [
        ("2010-03-31", "initial", {}),
        ("2011-06-01", "initial", {"IA-1": "10 working days"}),
        ("2011-06-01", "core", {"IA-1": "10 working days", "CORE-1": "35 working days"}),
        ("2013-04-14", "core", {"IA-1": "10 working days", "CORE-1": "35 working days"}),
        ("2013-04-15", "single", {"ASM-1": "45 working days"}),
        ("2026-06-01", "single", {"ASM-1": "45 working days"}),
    ],
)
def test_the_day_of_the_trigger_decides_the_era(day: str, form: str, wanted: dict[str, str]) -> None:
    assert assessed(day, form) == wanted


def test_a_number_carried_forward_into_working_together_2026_is_not_called_checked() -> None:
    before, after = (BOOK.in_force("ASM-1", day_number(day)) for day in ("2026-03-18", "2026-03-19"))
    assert before is not None and after is not None
    assert (before.checked, after.checked) == (True, False)
    assert before.within == after.within


def test_an_assessment_counts_from_the_referral_and_its_statistics_from_its_start() -> None:
    history = History()
    referral = history.begins("referral", "referral.accepted", instant("2025-06-02"))
    history.begins("assessment", "assessment.began", instant("2025-06-10"), {"single"}, parent=referral)
    history.ends(referral, instant("2025-06-10"))
    scale = history.only(BOOK, "ASM-1")
    assert scale.due == end_of_day(day_number("2025-08-04"))
    assert scale.due_statistics == end_of_day(day_number("2025-08-12"))
    assert scale.standing(instant("2026-01-01")) == "late", "the referral's own end does not end it"


def test_a_conference_is_not_required_when_the_enquiry_ends_without_need_of_one() -> None:
    for tags, standing in (({"no_conference"}, "not required"), (set(), "late")):
        history = History()
        enquiry = history.begins("section47", "enquiry.began", instant("2025-06-02"))
        history.said("enquiry.ended", instant("2025-06-20"), enquiry, tags)
        history.ends(enquiry, instant("2025-06-20"))
        assert history.only(BOOK, "ICPC-1").standing(instant("2026-01-01")) == standing


def test_review_conferences_follow_each_other_until_the_plan_ends() -> None:
    history = History()
    plan = history.begins("protection_plan", "protectionplan.began", instant("2024-01-10"))
    history.said("conference.review", instant("2024-04-09"), plan, {"first"})
    history.said("conference.review", instant("2024-10-01"), plan)
    history.ends(plan, instant("2024-10-01"))
    found = [
        (s.rule, s.standing(instant("2026-01-01"))) for s in history.read(BOOK) if s.rule.startswith("RCPC")
    ]
    assert found == [("RCPC-1", "met"), ("RCPC-n", "met"), ("RCPC-n", "not required")]


def test_a_contact_that_nobody_opens_climbs_from_worker_to_manager_to_head() -> None:
    """Promise 3."""
    history = History()
    history.begins("contact", "contact.received", instant("2026-03-03", 10), {"professional", "concern"})
    dues = {s.rule: (s.due, BOOK.rule(s.rule, s.version_from).owner) for s in history.read(BOOK)}
    assert dues["READ-WORKER"] == (instant("2026-03-03", 11), "front door worker")
    assert dues["READ-MANAGER"] == (instant("2026-03-03", 12), "front door manager")
    assert dues["READ-HEAD"] == (instant("2026-03-03", 14), "head of service")


def test_a_red_contact_runs_by_the_clock_from_when_it_came_and_a_new_grade_takes_over() -> None:
    history = History()
    contact = history.begins("contact", "contact.received", instant("2026-03-06", 16), {"professional"})
    history.said("contact.screened", instant("2026-03-06", 16.5), contact, {"amber"})
    history.said("contact.screened", instant("2026-03-06", 17), contact, {"red"})
    found = {s.rule: s for s in history.read(BOOK)}
    assert found["RAG-AMBER"].standing(instant("2026-03-07")) == "not required"
    assert found["RAG-RED"].due == instant("2026-03-06", 20)


def test_the_second_sending_back_goes_to_the_head_of_service_in_four_hours() -> None:
    history = History()
    history.said("team.sent_back", instant("2026-03-03", 15), 5)
    assert "SENT-BACK-TWICE" not in {s.rule for s in history.read(BOOK)}
    assert history.only(BOOK, "OFFER-AGAIN").due == instant("2026-03-04", 10.5)
    history.said("team.offered", instant("2026-03-03", 15), 6)
    assert history.only(BOOK, "OFFER-AGAIN").standing(instant("2026-03-04")) == "met"
    history.said("team.sent_back", instant("2026-03-03", 15), 6, {"second"})
    scale = history.only(BOOK, "SENT-BACK-TWICE")
    assert scale.due == instant("2026-03-03", 19)
    assert BOOK.rule("SENT-BACK-TWICE", 0).owner == "head of service"
    history.said("team.placed", instant("2026-03-03", 17))
    assert history.only(BOOK, "SENT-BACK-TWICE").standing(instant("2026-03-04")) == "met"


def test_the_version_of_a_book_follows_its_bytes(tmp_path: Path) -> None:
    rule = 'id = "A"\ntitle = "x"\ntrigger = "care.began"\nwithin = "5 days"\nmet_by = { any = ["care.reviewed"] }\n'
    one, two, three = (book_of(tmp_path, text) for text in (rule, rule, rule.replace("5", "6")))
    assert one.version == two.version != three.version


# the events that packs name ------------------------------------------------------------------------------


def test_every_event_that_a_reducer_tells_is_registered_and_the_other_way_round() -> None:
    told = "".join(file.read_text(encoding="utf-8") for file in REDUCERS.glob("*.py"))
    kinds = "".join(file.read_text(encoding="utf-8") for file in ENTRIES.glob("*.py"))
    literal = {part.split('"')[0] for part in told.split('.event("')[1:]}
    assert literal <= set(EVENTS)
    for name in EVENTS:
        assert f'"{name}"' in told or f'kind: ClassVar[str] = "{name}"' in kinds, name


def test_no_event_is_described_without_being_told_in_one_sentence() -> None:
    assert all(words.endswith(".") and len(words) < 120 for words in EVENTS.values())


# packs that are refused ----------------------------------------------------------------------------------

GOOD = """
id = "A"
title = "x"
trigger = "care.began"
within = "5 days"
met_by = { any = ["care.reviewed"] }
"""


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (("care.began", "care.begun"), "there is no event care.begun"),
        (("5 days", "5 dayz"), "within: “5 dayz” is not a duration"),
        (('title = "x"', ""), "title is missing"),
        (('title = "x"', 'title = "x"\nwihtin = "x"'), "unknown field wihtin"),
        (('title = "x"', 'title = "x"\nclause = "floor"'), "a rule of the clause floor needs floor"),
        (('title = "x"', 'title = "x"\nclause = "someday"'), "clause must be one of within, floor"),
        (('title = "x"', 'title = "x"\nchecked = true\nseen = "L"'), "checked means that national text"),
        (('title = "x"', 'title = "x"\nchecked = false\nseen = "W"'), "only rules of England"),
        (('title = "x"', 'title = "x"\nchecked = false\nseen = "M"'), "switched off, or its note says"),
        (('title = "x"', 'title = "x"\ncalendar = "scotland"'), "there is no calendar scotland"),
        (('title = "x"', 'title = "x"\nhours = "night"'), "there are no office hours night"),
        (('title = "x"', 'title = "x"\nfrom = 2020-02-01\nto = 2020-01-01'), "it ends before it begins"),
        (('any = ["care.reviewed"]', ""), "either under any or under all"),
        (('"care.began"', '["care.began", "met:NOBODY"]'), "met names NOBODY, which no pack has"),
        (("care.began", "care began"), "is not an event such as"),
    ],
)
def test_a_bad_pack_is_refused_with_file_rule_and_reason(
    tmp_path: Path, change: tuple[str, str], because: str
) -> None:
    assert change[0] in GOOD
    with pytest.raises(PackRefused, match=because) as refused:
        book_of(tmp_path, GOOD.replace(*change))
    assert "test.toml" in str(refused.value)


def test_two_versions_of_a_layer_may_not_be_in_force_at_once(tmp_path: Path) -> None:
    with pytest.raises(PackRefused, match="in force at once"):
        book_of(tmp_path, GOOD + "to = 2020-12-31", GOOD + "from = 2020-12-31")
    book = book_of(tmp_path, GOOD + "to = 2020-12-31", GOOD + "from = 2021-01-01")
    assert len(book.versions("A")) == 2


LOCAL = GOOD + 'layer = "local policy"\nseen = "L"\nchecked = false\nfrom = 2020-01-01\n'


def test_a_later_layer_counts_when_it_is_stricter_and_is_refused_when_it_is_laxer(tmp_path: Path) -> None:
    book = book_of(tmp_path, GOOD, LOCAL.replace("5 days", "3 days"))
    dues = []
    for day in ("2019-12-31", "2020-01-01"):
        history = History()
        history.begins("care", "care.began", instant(day))
        dues.append(history.only(book, "A").due)
    assert dues == [end_of_day(day_number(day)) for day in ("2020-01-05", "2020-01-04")]
    with pytest.raises(PackRefused, match="6 days is longer than 5 days of the statute"):
        book_of(tmp_path, GOOD, LOCAL.replace("5 days", "6 days"))
    with pytest.raises(PackRefused, match="cannot be compared"):
        book_of(tmp_path, GOOD, LOCAL.replace("5 days", "3 working days"))


def test_a_pattern_reads_as_it_is_written() -> None:
    for text in ("visit.made", "visit.made[seen]", "visit.made[alone,seen,-with_parents]", "met:CLA-V1"):
        assert str(Pattern.parse(text)) == text


def rules_with_more_than_one_version() -> list[tuple[Rule, ...]]:
    return [versions for versions in BOOK.by_id.values() if len(versions) > 1]


def test_on_every_day_at_most_one_version_of_a_rule_counts() -> None:
    for versions in rules_with_more_than_one_version():
        for rule in versions:
            assert BOOK.in_force(rule.id, rule.from_day) is (rule if rule.on else None)
