"""Our own service as the model takes it: a simulated city is written into the journal, read back, and is what it was."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import connection

from rightplace.domain.practice.workdays import to_date, to_datetime
from rightplace.domain.simulation import parameters, run
from rightplace.domain.simulation.city import City, Hand, Outline, Person, all_entries, outlines
from rightplace.domain.simulation.city.tests.town import town
from rightplace.domain.simulation.names import ASSESSMENT, CARE, DAY, DOOR, ENQUIRY, NEED, PROTECTION, SUPPORT
from rightplace.foundation.access.actor import RULES
from rightplace.foundation.journal import bulk
from rightplace.foundation.organisation import actions, clock
from rightplace.foundation.organisation.models import Area
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.overview.capacity import lookingback, ownrecord, ownstrengths, ownteams, reading, starting
from rightplace.testing.organisation import MORNING

LONG_AGO = to_date(733_000)
WEEK = 70
KINDS = {
    "door": ("front_door", RoleCode.FRONT_DOOR_WORKER, RoleCode.FRONT_DOOR_MANAGER),
    "support": ("family_support", RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.FAMILY_SUPPORT_MANAGER),
    "assessment": ("assessment", RoleCode.SOCIAL_WORKER, RoleCode.TEAM_MANAGER),
    "long-term": ("safeguarding", RoleCode.SOCIAL_WORKER, RoleCode.TEAM_MANAGER),
    "care": ("care", RoleCode.SOCIAL_WORKER, RoleCode.TEAM_MANAGER),
}


def then(city: City) -> int:
    """The tick at which the week ends."""
    return city.inputs.days.number(city.inputs.days.on_first + 7 * (WEEK + 1)) * DAY - 1


class Ours:
    """An organisation with a team for each of the model's, and everybody whom the model ever had in it."""

    def __init__(self, city: City) -> None:
        council = actions.add_agency(name="Example", kind="authority", begins=LONG_AGO, by=RULES)
        self.areas = [Area.objects.filter(quarter=quarter).first() for quarter in ("north", "south")]
        self.city, self.teams, self.hands, self.there = city, [], {}, set()
        for team in city.given.structure.teams:
            kind, worker, manager = KINDS[team.kind]
            made = actions.open_team(
                agency=council, name=team.name, kind=kind, begins=LONG_AGO, by=RULES, phone="0121 496 0100",
                area=self.areas[city.given.structure.areas.index(team.areas[0])],
            )  # fmt: skip
            self.teams.append(made)
        self.head = actions.add_worker(
            name="Head", kind="staff", agency=council, begins=LONG_AGO, by=RULES
        ).pk
        for person in city.seats.people:
            team = city.seats.team(person.seat, then(city))
            _, worker, manager = KINDS[city.given.structure.teams[team].kind]
            role = manager if city.seats.managing[person.seat] else worker
            made = actions.add_worker(
                name=f"Seat {person.seat}", kind="staff", agency=council, begins=LONG_AGO, by=RULES
            )
            self.hands[person] = Hand(made.pk, role)
            if city.seats.last(person.seat, then(city)) == person:
                self.there.add(person)
                actions.join_team(worker=made, team=self.teams[team], role=role, begins=LONG_AGO, by=RULES)

    def team(self, team: int) -> int:
        return self.teams[team].pk

    def area(self, area: int) -> int:
        return self.areas[area].pk

    def hand(self, person: Person | None, team: int) -> Hand:
        if person is None:
            return Hand(self.head, RoleCode.HEAD_OF_SERVICE)
        return self.hands[person]


@dataclass
class Found:
    """A family as its outline leaves it at the week's end."""

    area: int
    stage: int
    children: int
    since: int
    reviews: int
    worker: Person | None


ENTERED = {
    "contact.received": DOOR,
    "referral.accepted": ASSESSMENT,
    "enquiry.began": ENQUIRY,
    "needplan.began": NEED,
    "protectionplan.began": PROTECTION,
    "care.began": CARE,
}


def as_it_stands(outline: Outline, until: int) -> Found | None:
    """The stage, since when, how many reviews and whose, read from events alone."""
    found: Found | None = None
    for event in (event for event in outline.events if event.at < until):
        if event.kind == "contact.received":
            found = Found(outline.area, DOOR, outline.children, event.tick, 0, None)
        if found is None:
            continue
        if event.kind in ENTERED:
            found.since, found.reviews = event.tick, 0
        if event.kind in ("team.accepted", "team.placed"):
            found.stage, found.worker = event.about, None
        elif event.kind in ENTERED and event.kind not in ("contact.received", "referral.accepted"):
            found.stage = ENTERED[event.kind]
        if event.kind in ("team.accepted", "familysupport.began") and found.stage == SUPPORT:
            found.since = event.tick
        if event.kind == "worker.allocated":
            found.worker = event.whom
        elif event.kind == "worker.ended":
            found.worker = None
        elif event.kind == "care.reviewed" or (event.kind == "conference.held" and event.about):
            found.reviews += 1
        elif event.kind == "case.closed" or (event.kind == "contact.decided" and event.about == DOOR):
            found = None
    return found


@dataclass
class Place:
    """The city, its organisation, the day on which it is read, and its open families."""

    city: City
    ours: Ours
    now: datetime
    families: list[Found]


@pytest.fixture(scope="module")
def place(fresh_database, django_db_blocker) -> Iterator[Place]:
    city, _ = town()
    until = city.moments.week_ends(WEEK)
    families = [found for outline in outlines(city) if (found := as_it_stands(outline, until))]
    with django_db_blocker.unblock():
        ours = Ours(city)
        files = all_entries(outlines(city), ours, until=until)
        stories = (bulk.Story(each.file, each.writes, each.kind, each.salt) for each in files)
        assert bulk.write_stories(stories).refused == []
        with clock.clock_at(to_datetime(until)):
            yield Place(city, ours, to_datetime(until), families)


def test_every_open_family_is_read_at_its_stage_with_its_children(place):
    census = reading.census(place.now.date())
    read = Counter((int(f["area"]), int(f["stage"]), int(f["children"])) for f in census.families)
    assert read == Counter((f.area, f.stage, f.children) for f in place.families)
    assert {int(stage) for stage in census.families["stage"]} >= {SUPPORT, ASSESSMENT, NEED, PROTECTION, CARE}


def test_ages_and_reviews_are_those_of_the_model(place):
    census, today = reading.census(place.now.date()), then(place.city) // DAY
    read = Counter((int(f["stage"]), int(f["age"]), int(f["reviews"])) for f in census.families)
    assert read == Counter((f.stage, age_of(f, today), f.reviews) for f in place.families)
    planned = census.families[census.families["stage"] >= PROTECTION]
    assert (planned["due"] >= 1).all()
    assert (planned["due"] > 20).any()


def age_of(found: Found, today: int) -> int:
    """Working days in the stage: the day that has ended is counted, the morning on which it is asked too."""
    return today + 1 - found.since // DAY


def test_who_has_a_family_is_found_in_the_team(place):
    census = reading.census(place.now.date())
    held = Counter(int(f["stage"]) for f in census.families if f["worker"] >= 0)
    city, now = place.city, then(place.city)
    mine = Counter(
        f.stage
        for f in place.families
        if f.worker in place.ours.there and city.route[f.area][f.stage] == city.seats.team(f.worker.seat, now)
    )
    assert held == mine
    assert sum(held.values()) > 30


def test_the_structure_covers_every_stage_of_every_area_and_can_be_run(place):
    on = place.now.date()
    structure = reading.structure(on)
    assert structure.problems() == []
    assert structure.areas == ("North", "South")
    assert sum(team.workers + team.managers for team in structure.teams) == len(place.ours.there)
    found = run(parameters(structure, on), reading.census(on), days=28, replicates=1)
    started = found.of("open_protection")[0, 0]
    assert abs(started - sum(f.children for f in place.families if f.stage == PROTECTION)) < 10


def test_demand_is_that_of_our_own_contacts(place):
    on = place.now.date()
    structure = reading.structure(on)
    given = parameters(structure, on)
    first = place.now - timedelta(days=365)
    told = sum(
        len(event.children)
        for outline in outlines(place.city)
        for event in outline.events
        if event.kind == "contact.received" and first <= to_datetime(event.at) < place.now
    )
    children = sum(many for _, many in structure.children)
    assert children * given.demand.contacts_per_10k / 10_000 == pytest.approx(told, rel=0.01)


def test_what_is_not_known_is_said(place):
    said = " ".join(reading.unknown(place.now.date()))
    assert "no posts written down" in said
    assert "How many children live in each area is not in our records" in said


def test_few_questions_of_the_database(place, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        reading.census(place.now.date())
    with django_assert_max_num_queries(5):
        reading.structure(place.now.date())


def test_a_quarter_with_more_people_than_a_team_can_have_is_read_in_parts(place, monkeypatch):
    """As many parts as it takes; each child and each seat is still counted once."""
    group = ownteams.Group("family_support", ("north",), (7, 8, 9))
    seats = [ownteams.Seat(7 + nth % 3, False, nth, 2220) for nth in range(120)]
    assert ownteams._parts([group], seats) == 3
    assert ownteams._parts([group], seats[:40]) == 1
    thirteen = ownteams.Group("safeguarding", ("north",), tuple(range(7, 20)))
    nines = [ownteams.Seat(7 + nth % 13, False, nth, 2220) for nth in range(13 * 8 + 13)]
    assert ownteams._parts([thirteen], nines) == 3, "in two parts seven of them would be one team of 63"
    whole = reading.census(place.now.date())
    monkeypatch.setattr(ownteams, "_parts", lambda groups, seats: 3)
    structure, census = reading.structure(place.now.date()), reading.census(place.now.date())
    assert len(structure.areas) == 6
    assert all(name[-1].isdigit() for name in structure.areas)
    assert {area for team in structure.teams for area in team.areas} == set(structure.areas)
    assert len(census.people) == len(whole.people)
    assert census.children == whole.children
    for stage in range(7):
        for area in structure.areas:
            assert sum(area in team.areas and stage in team.stages for team in structure.teams) == 1


def test_structure_and_cases_are_read_once_and_at_one_moment(place, monkeypatch):
    """Somebody who opens a team meanwhile changes neither, or both."""
    on, levels, real = place.now.date(), [], reading.own_service

    def once(day):
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            levels.append(cursor.fetchone()[0])
        return real(day)

    apart = reading.structure(on), reading.unknown(on), reading.census(on)
    monkeypatch.setattr(reading, "own_service", once)
    found = reading.whole(on)
    assert levels == ["repeatable read"]
    assert (found.structure, found.unknown) == apart[:2]
    assert (found.census.families == apart[2].families).all() and (
        found.census.people == apart[2].people
    ).all()


def test_a_question_about_our_own_service_begins_with_what_our_record_says_of_it(place, monkeypatch):
    """Strengths, lengths and demand; and who was closed before the first day comes back."""
    learnt, real = [], ownrecord.learnt_of
    monkeypatch.setattr(ownrecord, "learnt_of", lambda *of: learnt.append(1) or real(*of))
    monkeypatch.setattr(
        ownstrengths, "looked_back", lambda *of, **how: pytest.fail("no first answer waits for it")
    )
    day = place.now.date()
    began = starting.as_asked(day, True)
    given, came = began.given, parameters(began.given.structure, day)
    ours = [name for name, each in given.strengths.items() if "our own record" in each.source]
    assert {"assessment.need", "door.assess.police", "return.assessment"} <= set(ours)
    assert given.tables["support"].mean != came.tables["support"].mean
    assert given.demand.known_before == pytest.approx((1 - given.demand.first) / given.demand.first)
    assert "of the model's strengths are learnt from" in began.ours[0]
    assert not any("learnt" in each for each in began.unknown)
    again = starting.as_asked(day, True)
    assert (again.given, len(learnt)) == (given, 1) and began.looks_back
    monkeypatch.setattr(ownstrengths, "key", lambda: "of another program")
    starting.as_asked(day, True)
    assert len(learnt) == 2


def test_from_half_a_year_ago_the_model_would_have_said_how_many_are_open(place):
    """The city goes on as it did; its own numbers lie within what is said, and one stage may fall out by chance."""
    found = lookingback.looked_back(reading.whole(place.now.date()), futures=40)
    assert found.said[-1].where == "open in all"
    assert found.said[-1].holds
    assert sum(each.holds for each in found.said) >= len(found.said) - 1
    true = sum(family.children for family in place.families)
    assert found.said[-1].true == true
    assert f"there are {true:,}" in found.sentence


def test_who_was_told_of_together_is_found_in_a_city_without_holding_each_contact_against_all(db):
    """20,000 open children and 3,000 contacts of two: the plain way, each list against the other, takes many times as long."""
    values = {"now": MORNING, "people": list(range(0, 40_000, 2))}
    told = "SELECT ARRAY[n * 7, n * 7 + 1]::bigint[] AS children, now() - interval '9 years' AS received"
    contacts = f"WITH frontdoor_contact AS MATERIALIZED ({told} FROM generate_series(1, 3000) AS n) "
    plain = "SELECT DISTINCT children FROM frontdoor_contact WHERE children && %(people)s::bigint[]"
    took = {}
    for name, sql in (("plain", contacts + plain), ("ours", contacts + reading.TOGETHER)):
        began = time.perf_counter()
        found = {tuple(children) for (children,) in reading._rows(sql, values)}
        took[name] = time.perf_counter() - began
        assert len(found) == 3_000
    assert took["ours"] < took["plain"] / 2
