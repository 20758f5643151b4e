"""Outlines tell what the log tells, family by family; entries tell it in the journal's words, and never less of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import pytest

from rightplace.domain.practice.entries import FileKind
from rightplace.domain.practice.londontime import DAY as TWENTY_FOUR_HOURS
from rightplace.domain.practice.londontime import MINUTE
from rightplace.domain.simulation import Change, Keep, parameters, run, structure_of, synthetic_census
from rightplace.domain.simulation.city import city_of, entries, outlines
from rightplace.domain.simulation.city.tests.town import Numbers, rearranged, short_of_managers, town
from rightplace.domain.simulation.names import DAY, ENTRIES, MANAGING, NOBODY

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
    assert len(families) > 400


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
    """Managers go and nothing else changes: what follows can be read from the entries, each with its day and author."""
    usual, few = (told_by(city) for city in short_of_managers())
    assert few.decided_after > 1.3 * usual.decided_after
    assert few.sent_back > usual.sent_back * 1.2
    assert few.sessions < usual.sessions * 0.8


@dataclass(frozen=True)
class Read:
    """What can be read from entries: mean days to decide, share sent back, sessions of supervision."""

    decided_after: float
    sent_back: float
    sessions: int


def told_by(city):
    files = [file for o in outlines(city) for file in entries(o, Numbers())]
    concerns = [file for file in files if file.kind is FileKind.CONCERN]
    lasted = []
    for concern in concerns:
        at = {draft.body.kind: draft.at for draft in concern.drafts}
        if "contact.decided" in at:
            lasted.append((at["contact.decided"] - at["contact.received"]) / TWENTY_FOUR_HOURS)
    drafts = [d for file in files if file.kind is FileKind.PERSON for d in file.drafts]
    beside = {d.body.assessment for d in drafts if d.body.kind == "assessment.sent_back"}
    written = sum(d.body.kind == "assessment.written" for d in drafts)
    sessions = {(d.author, d.at // MINUTE) for d in drafts if d.body.kind == "supervision.decided"}
    return Read(sum(lasted) / len(lasted), len(beside) / written, len(sessions))


def test_families_whose_work_goes_to_another_team_are_offered_and_accepted_once_and_stay_open():
    given = parameters(structure_of([("North", 4_000), ("South", 5_000)]), date(2026, 4, 6))
    census = synthetic_census(given)
    goes = (Change(date(2026, 6, 1), "work", "South safeguarding", to="North safeguarding"),)
    found = run(given, census, goes, days=120, replicates=1, keep=Keep(logged=1, lines=200_000))
    city = city_of(given, census, found.logs[0], 120, goes)
    names = [team.name for team in given.structure.teams]
    old, new = names.index("South safeguarding"), names.index("North safeguarding")
    took = found.logs[0][found.logs[0]["kind"] == ENTRIES.index("team.took_over")]
    tick, went = int(took["tick"][0]), set(took["case"].tolist())
    assert went
    for outline in outlines(city):
        then = [event.team for event in outline.events if (event.tick, event.kind) == (tick, "team.accepted")]
        assert then.count(new) == (outline.number in went)
        assert old not in {event.team for event in outline.events if event.tick > tick}


def test_people_who_go_with_the_work_are_of_the_other_team_from_then_on():
    city, _ = rearranged()
    log, managers = (
        city.log,
        {n for n, seat in enumerate(city.inputs.first["seats"]) if seat["grade"] == MANAGING},
    )
    moved = log[log["kind"] == ENTRIES.index("worker.moved")]
    assert managers & set(moved["worker"].tolist()) and set(moved["worker"].tolist()) - managers
    for line in moved:
        seat, tick = int(line["worker"]), int(line["tick"])
        assert city.seats.team(seat, tick - 1) == line["about"]
        assert city.seats.team(seat, tick) == line["team"]
    last, end = int(moved["tick"].max()), len(city.moments.days.on) * DAY
    gone = city.given.structure.teams.index(
        next(t for t in city.given.structure.teams if t.name == "South front door")
    )
    assert any(city.seats.manager(gone, tick) for tick in range(0, last, DAY))
    assert not any(city.seats.manager(gone, tick) for tick in range(last, end, DAY))


def test_a_contact_that_is_not_decided_is_passed_on_in_its_own_file_alone():
    city, _ = rearranged()
    passed = 0
    for outline in outlines(city):
        then = sum(event.kind == "concern.passed_on" for event in outline.events)
        for file in entries(outline, Numbers()) if then else ():
            many = sum(draft.body.kind == "concern.passed_on" for draft in file.drafts)
            assert not many or file.kind is FileKind.CONCERN
            passed += many
    assert passed
