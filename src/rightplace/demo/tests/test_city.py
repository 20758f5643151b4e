"""The tiny city, built whole: what must hold of it whatever the seed, and what came out of this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, connections
from django.test import override_settings

from rightplace.common.caseflow.load import end_of, loads
from rightplace.demo import building, comparing
from rightplace.demo.city import arrivals, making
from rightplace.demo.city.house import survey
from rightplace.demo.material import names
from rightplace.demo.material.strip import strip
from rightplace.demo.material.volumes import volumes
from rightplace.demo.seeding import restructure
from rightplace.demo.simulated.log import kept
from rightplace.demo.simulated.sitting import sittings
from rightplace.demo.tests import redesign_of_2011
from rightplace.domain.practice.entries import KINDS
from rightplace.domain.practice.workdays import calendar, day_of, start_of_day
from rightplace.foundation.access.actor import actor_of
from rightplace.foundation.access.models import DemoMarker, Restriction, User
from rightplace.foundation.journal import rebuilding, verifying
from rightplace.foundation.journal.parallel import HIGHEST, LOWEST
from rightplace.foundation.journal.projections import Doubt, Span
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Membership, School, Team
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.organisation.serving import areas_of
from rightplace.foundation.people.projections import Duplicate, Person
from rightplace.overview.leadership import counting, trends
from rightplace.services.frontdoor.projections import Check, Contact
from rightplace.services.recruitment.models import Vacancy
from rightplace.services.recruitment.queries import retention
from rightplace.services.restructure.models import Publication
from rightplace.services.selection.models import Appeal, Exercise, Member, ScoreSheet
from rightplace.services.signals.models import Hold
from rightplace.services.supervision.models import Session
from rightplace.services.workforce.queries import every_team

STARTS = strip().starts
RARE = {
    "person.died", "form.signed", "detained.began", "privatefostering.known", "privatefostering.ended",
    "import.taken", "person.unlinked", "entry.erased", "relationship.ended", "assessment.reviewed",
    "allegation.made", "allegation.concluded", "approval.extended", "person.linked", "leavingcare.ended", "supervision.acted",
    "concern.passed_on", "familysupport.led",
}  # fmt: skip
"""Kinds that a tiny city need not have: too rare, or made by other means than casework."""
BY_HAND = {"Dunston"}
"""A family whom the story invents by name."""
SAID_AHEAD = {"worker.ended", "familysupport.led"}
"""A leaving is said before its day."""


@pytest.fixture(scope="module")
def city(fresh_database: str, django_db_blocker) -> Iterator[building.BuiltCity]:
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        built = building.build("tiny")
        with clock.clock_at(STARTS):
            yield built


def rows(sql: str, **values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


NOW = "open AND begins <= %(now)s AND (ends IS NULL OR ends > %(now)s)"


def test_it_is_built_once_and_marked(city):
    assert DemoMarker.objects.exists()
    assert building.city() == city
    assert not building.is_empty()
    assert not building.building_mark().exists()
    with pytest.raises(building.NotEmpty):
        building.build("tiny")


def test_the_volumes_are_near_those_that_were_published(city):
    far = {}
    for line in comparing.compared(volumes().sizes["tiny"]):
        if line.title in ("awaiting assessment", "need ended"):
            continue  # counted by another definition than ours
        allowed = max(0.3 * line.expected, 3.5 * line.expected**0.5)
        if abs(line.made - line.expected) > allowed:
            far[line.title] = (line.expected, line.made)
    assert not far


def test_about_three_hundred_children_are_open_in_every_part(city):
    by_part = Counter(
        Span.objects.filter(open=True, begins__lte=STARTS)
        .exclude(ends__lte=STARTS)
        .values_list("part", flat=True)
    )
    assert 240 <= by_part.total() <= 400
    assert set(by_part) == {
        "front_door", "family_support", "assessment", "child_in_need", "child_protection", "in_care", "leaving_care",
    }  # fmt: skip


def test_every_open_child_has_exactly_one_team_with_a_named_manager(city):
    found = rows(
        f"SELECT person, count(*), min(team) FROM journal_span WHERE {NOW} GROUP BY person", now=STARTS
    )
    assert {count for _, count, _ in found} == {1}
    teams = {team for _, _, team in found}
    assert 0 not in teams
    assert set(queries.managers_of(teams, clock.today())) == teams


def test_every_allocated_worker_works_in_the_childs_team(city):
    found = rows(
        f"SELECT count(*) FROM journal_span s WHERE {NOW} AND worker <> 0 "
        "AND NOT EXISTS (SELECT 1 FROM organisation_membership m "
        "WHERE m.worker_id = s.worker AND m.team_id = s.team AND m.begins <= %(now)s::date "
        "AND (m.ends IS NULL OR m.ends > %(now)s::date))",
        now=STARTS,
    )
    assert found == [(0,)]


def test_every_row_is_as_it_was_signed_and_sealed(city):
    found = verifying.verify_files(LOWEST, HIGHEST)
    assert found.bad == []
    assert found.entries >= city.entries
    assert verifying.verify_seals_and_audit(None, found) == []


def test_every_page_is_worked_out_from_the_journal_alone(city):
    mine, owner = connections["default"], connections["owner"].settings_dict
    before = dict(mine.settings_dict)
    mine.close()
    mine.settings_dict.update({key: owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT")})
    try:
        rebuilding.make_tables("again")
        rebuilding.fill("again", LOWEST, HIGHEST)
        assert rebuilding.compare("again") == 0
        rebuilding.drop("again")
    finally:
        mine.close()
        mine.settings_dict.update(before)


def test_nothing_is_recorded_before_its_time_or_after_the_beginning(city):
    first, last = rows("SELECT min(recorded), max(recorded) FROM journal_entry")[0]
    assert last < arrivals.starts_at()
    assert building.last_recorded() < STARTS
    assert first > 0
    ahead = {
        KINDS[kind].kind for (kind,) in rows("SELECT DISTINCT kind FROM journal_entry WHERE at > recorded")
    }
    assert ahead <= SAID_AHEAD


def test_every_kind_of_the_path_occurs(city):
    there = {number for (number,) in rows("SELECT DISTINCT kind FROM journal_entry")}
    missing = {body.kind for number, body in KINDS.items() if number not in there}
    assert missing <= RARE


def test_the_inbox_is_graded_partly_read_and_partly_late(city):
    waiting = list(Contact.objects.filter(decided__isnull=True))
    assert 10 <= len(waiting) <= 40
    assert {"red", "amber", "green", ""} <= {each.grade for each in waiting}
    assert any(each.read is None for each in waiting)
    assert any(each.due and each.due < STARTS for each in waiting)
    assert Check.objects.filter(concern__in=[c.concern for c in waiting], answered__isnull=True).exists()
    told = [child for each in waiting for child in each.children]
    assert Duplicate.objects.filter(file__in=told, settled=False).exists()


def test_some_wait_for_a_worker_a_visit_or_an_answer(city):
    found = dict(rows(f"SELECT 'unallocated', count(*) FROM journal_span WHERE {NOW} AND worker = 0 AND team NOT IN "
                      "(SELECT id FROM organisation_team WHERE kind IN ('front_door', 'out_of_hours')) "
                      f"UNION ALL SELECT 'unseen', count(*) FROM journal_span WHERE {NOW} AND seen IS NULL "
                      "UNION ALL SELECT 'offered', count(*) FROM caseflow_offer WHERE state = 'open' "
                      "UNION ALL SELECT 'sent back', count(*) FROM caseflow_offer WHERE state = 'sent back' "
                      "UNION ALL SELECT 'doubts', count(*) FROM journal_doubt WHERE NOT settled AND at <= %(now)s "
                      "UNION ALL SELECT 'settled', count(*) FROM journal_doubt WHERE settled "
                      "UNION ALL SELECT 'wrong place', count(*) FROM journal_happening WHERE name = 'wrong_place' "
                      "UNION ALL SELECT 'late', count(*) FROM journal_timescale WHERE met IS NULL AND due < %(now)s "
                      "AND overtaken IS NULL AND unknown = ''", now=STARTS))  # fmt: skip
    assert all(found.values()), found


def test_concerns_come_with_the_week_and_the_term(city):
    told = rows("SELECT source, received AT TIME ZONE 'Europe/London' FROM frontdoor_contact WHERE received < %(now)s",
                now=STARTS.replace(hour=0, minute=0))  # fmt: skip
    season = volumes().season
    schools = [at.date() for source, at in told if source == "2A"]
    police = [at.weekday() for source, at in told if source == "6"]
    assert sum(not season.schools_open(day) for day in schools) < 0.12 * len(schools)
    assert 0.2 < sum(day > 4 for day in police) / len(police) < 0.45, (
        "the police tell on every day of the week"
    )
    assert Counter(day.weekday() for day in schools)[0] > Counter(day.weekday() for day in schools)[4]


TOLD = "SELECT count(DISTINCT concern) FROM journal_entry WHERE kind = %(kind)s AND at >= %(first)s AND at < %(last)s"
NUMBER = {body.kind: number for number, body in KINDS.items()}


def told_between(first: date, last: date) -> float:
    """Concerns told between two days, for each working day, from the entries alone."""
    begins, ends = first.toordinal(), last.toordinal()
    found = rows(TOLD, kind=NUMBER["contact.received"], first=start_of_day(begins), last=start_of_day(ends))
    return found[0][0] / calendar().working_days_between(begins, ends)


def test_august_is_low_and_one_winter_was_bad(city):
    years = (2023, 2024, 2025)
    august = [told_between(date(year, 8, 1), date(year, 9, 1)) for year in years]
    around = [told_between(date(year, 4, 17), date(year, 7, 15)) for year in years]
    assert sum(august) < 0.88 * sum(around)
    winters = {year: told_between(date(year, 12, 2), date(year + 1, 3, 1)) for year in years}
    assert winters[2024] > 1.12 * (winters[2023] + winters[2025]) / 2


def test_mondays_bring_most(city):
    told = rows("SELECT EXTRACT(ISODOW FROM received AT TIME ZONE 'Europe/London')::int, count(*) "
                "FROM frontdoor_contact WHERE received < %(now)s GROUP BY 1", now=STARTS)  # fmt: skip
    by_day = dict(told)
    assert max(by_day, key=lambda day: by_day[day]) == 1


def test_assessments_bunch_just_before_their_last_day(city):
    pairs = rows("SELECT r.at, min(a.at) FROM journal_entry r JOIN journal_entry a ON a.file = r.file AND a.at > r.at "
                 "AND a.kind = %(authorised)s WHERE r.kind = %(referred)s AND a.concern = r.concern GROUP BY r.file, r.at",
                 authorised=NUMBER["assessment.authorised"], referred=NUMBER["referral.accepted"])  # fmt: skip
    took = Counter(calendar().working_days_between(day_of(began), day_of(ended)) for began, ended in pairs)
    bunched = sum(took[day] for day in range(41, 46)) / 5
    assert bunched > 1.2 * sum(took[day] for day in range(31, 41)) / 10
    assert bunched > 2 * sum(took[day] for day in range(46, 56)) / 10
    assert 0.05 < sum(many for day, many in took.items() if day > 45) / took.total() < 0.25


def test_everybody_is_invented(city):
    communities = names.names().communities.values()
    families = {name for each in communities for name in each.surnames} | BY_HAND
    spelt_otherwise = set(Duplicate.objects.values_list("person", flat=True))
    found = Person.objects.exclude(person__in=spelt_otherwise).values_list("family", flat=True)
    assert set(found) <= families
    assert all(user.email.endswith(".example") for user in User.objects.all())
    phones = {phone for (phone,) in rows("SELECT DISTINCT phone FROM organisation_worker WHERE phone <> ''")}
    assert all(phone.startswith("01632 960") for phone in phones), "numbers that are kept for stories"


def test_the_people_of_the_story_are_there_and_one_child_is_known_otherwise(city):
    from rightplace.demo import choosing

    assert [choice.name for choice in choosing.people_of_the_story()] == [p.name for p in strip().people]
    assert len({choice.title for choice in choosing.one_of_each_role()}) >= 14
    known = Person.objects.get(given=strip().known.given, family=strip().known.family)
    assert known.postcode == strip().known.postcode


def test_every_area_has_its_teams_and_every_school_its_link_person(city):
    for area in range(1, 17):
        for kind in (Team.Kind.FAMILY_SUPPORT, Team.Kind.ASSESSMENT):
            assert area in areas_of(queries.team_for(area, kind, clock.today()), clock.today())
    schools = list(School.objects.all())
    assert len(schools) == 96
    assert all(queries.link_person(school.pk, clock.today()) for school in schools)


def test_a_few_files_are_sealed_or_restricted(city):
    assert {row.kind for row in Restriction.objects.all()} == {
        Restriction.Kind.RESTRICTED,
        Restriction.Kind.SEALED,
    }


def test_two_files_of_one_child_were_joined_by_a_manager(city):
    assert rows("SELECT count(*) > 0 FROM journal_file WHERE person <> id")[0][0]


def test_the_clock_of_a_restarted_demonstration_goes_on_after_the_last_entry(city):
    assert building.go_on() == STARTS


def test_the_same_seed_makes_the_same_city_and_another_seed_another(city):
    house, log = survey(sittings(kept())), kept().cut(0, 300)

    def told(seed: int) -> list[tuple]:
        part = making.Part(seed, 0, log, house)
        return [(s.file, s.salt, s.writes) for s in making.stories(part)]

    once, again, other = told(5), told(5), told(6)
    assert once == again
    assert {file for file, *_ in once}.isdisjoint(file for file, *_ in other)


def test_a_city_in_parts_is_the_city_in_one(city):
    house, log = survey(sittings(kept())), kept().cut(0, 300)
    whole = [s.file for s in making.stories(making.Part(5, 0, log, house))]
    parts = making.parts(5, log, house, 3)
    assert sorted(whole) == sorted(s.file for part in parts for s in making.stories(part))


def test_those_who_work_on_the_workforce_find_work_there(city):
    """Each page has something on it for the people whom a visitor may be."""
    story = {each.role: each.name for each in strip().people}
    to_score = ScoreSheet.objects.filter(signed_at=None, scorer__name=story["FAMILY_SUPPORT_MANAGER"])
    assert to_score.exists()
    assert Member.objects.filter(worker__name=story["SOCIAL_WORKER"]).exists()
    assert Appeal.objects.filter(outcome="", hearer__isnull=False).exists()
    assert Session.objects.filter(supervisee__name=story["SOCIAL_WORKER"], held_on=None).exists()
    assert Session.objects.filter(held_on__isnull=False).count() > 200
    assert Vacancy.objects.filter(ended_on=None).count() >= 5
    held = Hold.objects.filter(ends=None)
    assert held.filter(confirmed_at=None).exists()
    assert held.filter(confirmed_at__isnull=False).exists()
    assert Publication.objects.exists()


def test_the_first_morning_goes_on_as_the_weeks_before_went(city):
    """What is put there by hand for the stories makes no step in the charts that leaders see."""
    holds = Membership.objects.filter(queries.holding(STARTS.date()), role=RoleCode.DIRECTOR)
    director = actor_of(holds.select_related("worker", "team").get())
    asked = counting.Asked(STARTS)
    weeks = {
        name: [week.value for week in trends.trend(director, counting.figures()[name], asked)]
        for name in ("unallocated", "unseen")
    }
    assert weeks["unallocated"][-1] <= 1.1 * max(weeks["unallocated"][-11:-1]), weeks
    assert weeks["unseen"][-1] <= 1.5 * max(weeks["unseen"][:-9]), weeks
    assert Doubt.objects.filter(settled=False, at__lt=STARTS - timedelta(days=365)).count() == 0
    funnel = {step.code: step.done for step in retention(STARTS.date()).steps}
    assert funnel["started"] >= 2, "somebody who applied in the last year came"


CARRIERS = (RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.SOCIAL_WORKER)


def test_most_workers_carry_about_a_full_load_some_more_and_some_have_room(city):
    """What Capacity answers from our own record is only as believable as the load that the record shows."""
    there = Membership.objects.filter(queries.holding(clock.today()), role__in=CARRIERS)
    known = loads(list(there.values_list("worker", flat=True)))
    shares = sorted(each.takes / each.has for each in known.values() if each.has)
    middle = shares[len(shares) // 2]
    assert len(shares) > 25
    assert 0.6 <= middle <= 1.15, shares
    assert 0.1 < sum(share > 1 for share in shares) / len(shares) < 0.6, shares
    assert sum(share < 0.4 for share in shares) / len(shares) < 0.35, shares


HELD = """
SELECT s.worker, count(*) FROM journal_span s
WHERE s.open AND s.worker <> 0 AND tstzrange(s.begins, s.ends, '[)') @> %(at)s::timestamptz GROUP BY 1
"""
"""Whom each worker has at a moment, asked otherwise than the workload asks it."""
ALONE = 12
"""Every worker's list is also asked for by itself, as on the worker's own page, each twelfth day."""


def test_the_directors_figure_is_the_sum_of_the_workers_own_lists_on_every_day_of_the_year(city):
    """No child is left out of the figure or counted twice: who left, who is in two teams, who is restricted."""
    wholes, workers = set(), set()
    for place in range(365):
        at = end_of((STARTS - timedelta(days=place)).date())
        held = dict(rows(HELD, at=at))
        own = own_lists(held, at, place)
        with clock.clock_at(at):
            whole = every_team(at).takes
        assert whole == pytest.approx(sum(own.values()), abs=0.06), f"{at:%d %B %Y}"
        wholes.add(whole)
        workers |= held.keys()
    assert len(wholes) > 150, f"a year is no still life: {len(wholes)}"
    assert len(workers) > 35


def own_lists(held: dict[int, int], at: datetime, place: int) -> dict[int, float]:
    """What each worker's own list takes in hours; it holds exactly the children whom the worker has."""
    own = loads(list(held), at)
    alone = {worker: loads([worker], at)[worker] for worker in sorted(held)[place % ALONE :: ALONE]}
    assert all(own[worker] == each for worker, each in alone.items()), f"{at:%d %B %Y}"
    assert {worker: each.children for worker, each in own.items()} == held, f"{at:%d %B %Y}"
    return {worker: each.takes for worker, each in own.items()}


def test_the_redesign_of_2011_is_played_from_pools_to_the_first_day(city):
    redesign_of_2011.is_played_whole(Exercise.objects.get(programme__title=restructure.TITLE))
