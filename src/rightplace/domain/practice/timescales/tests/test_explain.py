"""Why is this due? The page says the rule in words and counts the days one by one."""

from rightplace.domain.practice.timescales import rulebook
from rightplace.domain.practice.timescales.explain import explain
from rightplace.domain.practice.timescales.tests.histories import History, day_number, instant

BOOK = rulebook()


def test_the_days_are_counted_one_by_one_with_the_reason_where_they_do_not_count() -> None:
    history = History()
    history.begins("contact", "contact.received", instant("2026-04-02", 16), {"professional"})
    scale = history.only(BOOK, "REF-1")
    told = explain(BOOK.rule("REF-1", scale.version_from), scale, BOOK)
    assert [(day.number, day.reason) for day in told.days] == [
        (0, "The day it starts from"),
        (0, "Good Friday"),
        (0, "Saturday"),
        (0, "Sunday"),
        (0, "Easter Monday"),
        (1, ""),
    ]
    assert told.days[-1].day == day_number("2026-04-07")
    assert told.source == "Keeping children safe in education 2025, paragraph 62"
    assert told.seen == "The source text was read."
    assert "bank holiday" in told.calendar


def test_the_rule_reads_as_sentences() -> None:
    told = explain(BOOK.versions("ASM-1")[0], None, BOOK)
    assert told.sentences == (
        "It starts when a contact was accepted as a request for services.",
        "Within 45 working days.",
        "It is met when a manager authorised the assessment.",
        "It is no longer required when nobody answers for the child any more.",
        "The statistics count from when an assessment began.",
        "The file cannot be closed while it is open.",
    )
    assert told.days == ()


def test_all_versions_stand_beside_each_other_and_the_one_that_counts_is_marked() -> None:
    rule = BOOK.versions("ASM-1")[0]
    lines = explain(rule, None, BOOK).layers
    assert [(line.counts, line.to_day) for line in lines] == [(True, day_number("2026-03-18")), (False, None)]
    assert "not checked" in lines[1].seen


def test_office_hours_are_listed_day_by_day() -> None:
    history = History()
    history.begins("contact", "contact.received", instant("2026-03-06", 15.25), {"professional", "concern"})
    scale = history.only(BOOK, "READ-HEAD")
    told = explain(BOOK.rule("READ-HEAD", 0), scale, BOOK)
    assert [(line.minutes, line.reason) for line in told.hours] == [
        (60, ""),
        (0, "Saturday"),
        (0, "Sunday"),
        (180, ""),
    ]
    assert told.sample
    assert "not policy" in told.seen


def test_weeks_that_begin_with_the_day_number_it_as_the_first() -> None:
    history = History()
    history.begins("application", "court.applied", instant("2025-06-02"), {"care"})
    scale = history.only(BOOK, "PLO-2")
    days = explain(BOOK.rule("PLO-2", scale.version_from), scale, BOOK).days
    assert (days[0].number, days[-1].number) == (1, 26 * 7)


def test_a_rule_that_counts_from_an_opening_says_so_and_needs_to_be_told_it() -> None:
    history = History()
    received = instant("2026-03-06", 10)
    contact = history.begins("contact", "contact.received", received, {"professional"})
    history.said("contact.screened", instant("2026-03-06", 12), contact, {"amber"})
    scale = history.only(BOOK, "RAG-AMBER")
    rule = BOOK.rule("RAG-AMBER", 0)
    assert explain(rule, scale, BOOK).hours == ()
    assert sum(line.minutes for line in explain(rule, scale, BOOK, opened=received).hours) == 8 * 60


def test_what_is_not_known_says_what_is_missing_and_who_could_say() -> None:
    history = History()
    care = history.begins("care", "care.began", instant("2026-03-02"), {"full_regime"})
    history.said("health.assessed", instant("2026-03-20"), care, {"initial"})
    scale = history.only(BOOK, "HA-2")
    told = explain(BOOK.rule("HA-2", scale.version_from), scale, BOOK)
    assert "birth date is not known" in told.unknown
    assert told.days == ()


def test_every_rule_of_the_packs_can_be_explained_without_a_child() -> None:
    for rule in BOOK.rules:
        told = explain(rule, None, BOOK)
        assert all(sentence.endswith(".") for sentence in told.sentences), rule.id
        assert any(line.counts for line in told.layers)
        assert "{" not in " ".join(told.sentences)


def test_a_rule_from_memory_says_so() -> None:
    (rule,) = BOOK.versions("EM-23")
    assert explain(rule, None, BOOK).seen == (
        "Nobody has seen the source: this is from memory. It is switched off."
    )
