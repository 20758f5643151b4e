"""Outlines tell what the log tells, family by family; entries tell it in the journal's words, and never less of it."""

from collections import Counter

import pytest

from rightplace.domain.practice.entries import FileKind
from rightplace.domain.practice.entries.caseflow import SupervisionDecided
from rightplace.domain.simulation.city import all_entries, entries, outlines
from rightplace.domain.simulation.city.tests.town import Numbers, town
from rightplace.domain.simulation.names import DAY, ENTRIES, NOBODY

TOLD_OTHERWISE = {"team.accepted", "worker.allocated", "worker.ended", "case.closed", "supervision.held"}
"""Kinds of the log that are told at another moment, of more families, or by another entry."""


@pytest.fixture(scope="module")
def told():
    city, found = town()
    return city, found, list(outlines(city))


def since_the_first_day(told, kind):
    return sum(len(e.children) for o in told for e in o.events if e.kind == kind and e.tick >= 0)


def test_every_line_about_a_family_is_in_its_outline(told):
    city, _, families = told
    log = city.log[city.log["case"] != NOBODY]
    for kind, name in enumerate(ENTRIES):
        if name not in TOLD_OTHERWISE and (log["kind"] == kind).any():
            lines = log[log["kind"] == kind]["children"].sum()
            also = 0
            if name.startswith("assessment."):  # an enquiry is carried out by way of one
                also = since_the_first_day(families, name) - lines
                assert 0 <= also <= since_the_first_day(families, "enquiry.began") * 2
            assert since_the_first_day(families, name) == lines + also, name
    assert len(families) > 900


def test_what_is_counted_is_told(told):
    _, found, families = told
    for kind, measure in {
        "contact.received": "contacts",
        "contact.decided": "decisions",
        "referral.accepted": "referrals",
        "protectionplan.began": "plans_began",
        "needplan.began": "need_began",
        "care.began": "care_began",
        "assessment.sent_back": "sent_back",
        "visit.made": "visits_on_time",
    }.items():
        many = since_the_first_day(families, kind)
        counted = int(found.of(measure).sum())
        assert many == counted if kind != "visit.made" else many >= counted, kind
        assert many > 0


def test_events_stand_in_their_order_and_no_two_at_one_instant(told):
    for outline in told[2]:
        ats = [event.at for event in outline.events]
        assert ats == sorted(set(ats)) or outline.known, outline.number
        since = [event.at for event in outline.events if event.tick >= 0]
        assert since == sorted(set(since)), outline.number


def test_any_range_of_families_by_itself_is_the_same(told):
    city, _, families = told
    some = list(outlines(city, 150, 180))
    assert some == [outline for outline in families if 150 <= outline.number < 180]
    assert some


def test_siblings_have_a_file_each_and_each_contact_has_its_own(told):
    family = next(o for o in told[2] if o.children > 2 and not o.known)
    files = entries(family, Numbers())
    kinds = Counter(file.kind for file in files)
    assert kinds[FileKind.PERSON] == family.children
    assert kinds[FileKind.CONCERN] == sum(event.kind == "contact.received" for event in family.events)
    again = [o for o in told[2] if any(e.kind == "contact.received" and e.about for e in o.events)]
    assert again


def test_until_a_moment_means_the_same_entries_and_none_after(told):
    city, _, families = told
    moment = city.moments.week_ends(40)
    for outline in families[:60]:
        whole = {file.file: file.drafts for file in entries(outline, Numbers())}
        for file in entries(outline, Numbers(), until=moment):
            assert file.drafts == [draft for draft in whole[file.file] if draft.recorded < moment]


def test_nobody_accepts_what_they_offered_and_nobody_approves_their_own(told):
    for outline in told[2]:
        offered = None
        for event in outline.events:
            if event.kind == "team.offered":
                offered = event.person
            elif event.kind == "team.accepted":
                assert event.person is None or event.person != offered


def test_with_fewer_managers_entries_tell_of_longer_decisions_more_sent_back_and_less_supervision():
    usual, few = town(), town(share=0.05)
    told = []
    for city, _ in (usual, few):
        families = [outline for outline in outlines(city) if not outline.known]
        drafts = [d for file in all_entries(iter(families), Numbers()) for d in file.drafts]
        kinds = Counter(draft.body.kind for draft in drafts)
        lasted, received = [], {}
        for outline in families:
            for event in outline.events:
                if event.kind == "contact.received":
                    received[outline.number] = event.tick
                elif event.kind == "contact.decided":
                    lasted.append((event.tick - received[outline.number]) / DAY)
        written = max(1, kinds["assessment.written"])
        supervised = sum(isinstance(draft.body, SupervisionDecided) for draft in drafts)
        told.append((sum(lasted) / len(lasted), kinds["assessment.sent_back"] / written, supervised))
    assert told[1][0] > told[0][0]
    assert told[1][1] > told[0][1]
    assert told[1][2] < told[0][2]
