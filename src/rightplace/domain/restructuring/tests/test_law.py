"""The law's clocks by date: consultation, notice to the Secretary of State, protection, trials, notice, appeals."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightplace.domain.practice.calendars import calendar
from rightplace.domain.practice.packfiles import PackRefused
from rightplace.domain.restructuring import (
    Absence,
    Appeal,
    Consultation,
    NotATrial,
    clocks,
    load_rules,
    notice_weeks,
    partial,
    protection,
    rule_for,
    shipped_rules,
    steps,
    trial,
)


def day(text):
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("proposed", "dismissals", "days"),
    [
        ("2011-01-10", 150, 90),
        ("2013-04-05", 100, 90),
        ("2013-04-06", 100, 45),
        ("2026-03-03", 150, 45),
        ("2011-01-10", 99, 30),
        ("2026-03-03", 20, 30),
        ("2026-03-03", 19, None),
    ],
)
def test_consultation_lasts_as_long_as_the_law_of_the_day_of_the_proposal_asks(proposed, dismissals, days):
    found = clocks(Consultation(proposed_on=day(proposed), dismissals=dismissals))
    assert (found.consultation and found.consultation.rule.number) == days
    assert (found.notification and found.notification.rule.number) == days


@given(st.integers(day("2000-01-01"), day("2030-01-01")), st.integers(20, 900), st.integers(0, 120))
def test_a_dismissal_is_in_time_when_so_many_whole_days_lie_between(begun, dismissals, later):
    facts = Consultation(
        proposed_on=begun, dismissals=dismissals, statement_given=begun, first_dismissal=begun + later
    )
    clock = clocks(facts).consultation
    whole_days_between = max(0, later - 1)
    assert clock.kept == (whole_days_between >= clock.rule.number)
    counted = list(clock.counted())
    assert [each.number for each in counted if each.working] == list(range(1, clock.rule.number + 1))
    assert counted[0].day == begun and counted[-1].day == clock.earliest


def test_the_longer_of_the_two_clocks_holds_and_unknown_is_not_late():
    facts = Consultation(
        proposed_on=day("2011-01-10"),
        dismissals=150,
        statement_given=day("2011-01-10"),
        notified_on=day("2011-01-20"),
    )
    found = clocks(facts)
    assert found.earliest == day("2011-01-20") + 91
    assert found.consultation.kept is None and found.notification.kept is None
    assert clocks(Consultation(proposed_on=day("2011-01-10"), dismissals=150)).earliest is None


def test_the_protective_award_doubled_in_april_2026():
    for when, days in (("2026-04-05", 90), ("2026-04-06", 180)):
        facts = Consultation(proposed_on=day("2026-01-05"), dismissals=20, first_dismissal=day(when))
        assert clocks(facts).award.number == days


def test_notice_of_dismissal_before_the_notification_is_named():
    facts = Consultation(
        proposed_on=day("2026-03-03"),
        dismissals=30,
        statement_given=day("2026-03-04"),
        notified_on=day("2026-03-20"),
        first_notice=day("2026-03-20"),
    )
    assert clocks(facts).wrong == (
        "The Secretary of State must be notified before any notice of dismissal is given.",
    )


def test_no_two_rules_say_different_things_of_one_day_and_none_claims_to_be_checked():
    assert len({(rule.id, rule.from_day) for rule in shipped_rules()}) == len(shipped_rules())
    assert not any(rule.checked for rule in shipped_rules())
    assert all(rule.source for rule in shipped_rules())


def test_a_pack_with_two_rules_for_the_same_days_is_refused(tmp_path):
    rule = '[[rule]]\nid = "X"\nsubject = "trial period"\ntitle = "t"\nnumber = 4\n'
    rule += 'from = 2020-01-01\nsource = "s"\nchecked = false\n'
    pack = tmp_path / "twice.toml"
    pack.write_text('pack = "p"\ntitle = "t"\nsample = true\n' + rule + rule.replace('"X"', '"Y"'))
    with pytest.raises(PackRefused, match="same days and numbers"):
        load_rules([pack])


@pytest.mark.parametrize(
    ("ends", "on", "protected"),
    [
        ("2026-01-31", "2026-01-31", True),
        ("2026-01-31", "2026-03-03", True),
        ("2026-01-31", "2026-08-31", True),
        ("2026-01-31", "2026-09-01", False),
        ("2024-04-05", "2024-04-06", False),
        (None, "2026-03-03", True),
    ],
)
def test_maternity_protects_until_eighteen_months_after_the_birth_since_april_2024(ends, on, protected):
    absence = Absence(
        ground="maternity leave",
        begins=day("2023-06-01"),
        ends=ends and day(ends),
        counted_from=day("2025-03-01"),
    )
    assert protection(absence, day(on)).protected is protected


def test_the_protection_of_2011_ends_with_the_leave():
    absence = Absence(
        ground="maternity leave",
        begins=day("2010-09-01"),
        ends=day("2011-05-31"),
        counted_from=day("2010-10-01"),
    )
    assert protection(absence, day("2011-05-31")).protected is True
    assert protection(absence, day("2011-06-01")).protected is False
    pregnant = Absence(ground="pregnancy", begins=day("2011-01-01"), ends=None)
    assert protection(pregnant, day("2011-02-01")).protected is False


def test_an_unknown_birth_is_asked_about_and_not_denied():
    absence = Absence(ground="maternity leave", begins=day("2025-03-01"), ends=day("2026-01-31"))
    found = protection(absence, day("2026-03-03"))
    assert found.protected is None and "ask" in found.sentence


def test_a_trial_is_four_weeks_and_longer_only_to_retrain_by_an_earlier_agreement():
    start = day("2026-03-02")
    assert trial(start).ends == day("2026-03-29")
    agreed = trial(start, until=day("2026-04-26"), agreed_on=start - 1, retraining="family group conferences")
    assert agreed.ends == day("2026-04-26")
    for wrong in (
        {"until": day("2026-03-28")},
        {"until": day("2026-04-26"), "agreed_on": start - 1},
        {"until": day("2026-04-26"), "agreed_on": start, "retraining": "x"},
        {"until": day("2026-04-26"), "retraining": "x"},
    ):
        with pytest.raises(NotATrial):
            trial(start, **wrong)


@pytest.mark.parametrize(
    ("months", "weeks"), [(0, 0), (1, 1), (23, 1), (24, 2), (35, 2), (36, 3), (143, 11), (144, 12), (400, 12)]
)
def test_notice_grows_with_whole_years_up_to_twelve_weeks(months, weeks):
    assert notice_weeks(months, day("2026-03-03")) == weeks
    assert notice_weeks(months, day("2026-03-03"), contractual=13) == 13


def test_an_appeals_days_are_working_days_and_a_sample():
    """Maundy Thursday to after Easter: Good Friday and Easter Monday do not count."""
    appeal = Appeal(letter=day("2026-04-02"), made=day("2026-04-20"))
    made, heard, answered = steps(appeal, calendar())
    assert made.due == day("2026-04-20") and not made.late(day("2026-05-30"))
    assert (
        heard.due == day("2026-05-05") and heard.late(day("2026-05-06")) and not heard.late(day("2026-05-05"))
    )
    assert answered.due is None and not answered.late(day("2027-01-01"))
    assert made.rule.sample and rule_for("appeal", day("2026-04-02")).sample


def test_nobody_hears_an_appeal_against_what_they_decided():
    assert partial(Appeal(letter=1, decided=frozenset({1, 2}), hearing=frozenset({2, 3}))) == {2}
