"""Seeds who there is to answer for a child: the council's teams, its partners, schools, people, absences, the rota.

Through the organisation's own actions, each dated and recorded in its own time; nobody here exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import transaction

from rightplace.demo.material import agencies as invented
from rightplace.demo.material.names import staff_names
from rightplace.demo.material.strip import PersonToBe, strip
from rightplace.demo.simulated.benches import STAGES
from rightplace.demo.simulated.log import BEGINS
from rightplace.demo.simulated.sitting import Sitting, Sittings
from rightplace.demo.sitting_down import absences, fill_from_log
from rightplace.demo.staffing import TeamPlan, sits_in, team_plans
from rightplace.foundation.access.accounts import make_account
from rightplace.foundation.access.actor import CIN_IMPORT, RULES, Actor, actor_of
from rightplace.foundation.organisation import actions, clock, queries, serving
from rightplace.foundation.organisation.models import Agency, Area, Membership, School, Team, Worker
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, OF_A_PARTNER, RoleCode

BEGAN = date(2014, 9, 1)
"""The day from which this council keeps its directory; every history begins later."""
HISTORY = BEGINS
LEAVES_IN_THREE_YEARS = 0.28
AWAY_NOW = 0.037
KINDS = {
    "police": "police",
    "hospital": "health",
    "mental health": "health",
    "health visiting": "health",
    "school nursing": "health",
    "ambulance": "health",
    "drug and alcohol": "health",
    "probation": "probation",
    "youth justice": "probation",
    "education": "education",
    "housing": "housing",
    "voluntary": "voluntary",
}
"""An invented agency's kind in the directory's own words; all others are simply another agency."""
PHASES = {"alternative": "secondary"}
FIRST_URN = 900_001


@dataclass
class Seeding:
    """What is at hand while the organisation is seeded."""

    rng: Random
    council: Agency
    names: Iterator[str]
    placed: set[str] = field(default_factory=set)
    usernames: set[str] = field(default_factory=set)
    sittings: Sittings = field(default_factory=dict)
    sat: list[tuple[Worker, Sitting]] = field(default_factory=list)


@transaction.atomic
def seed_organisation(population: int, seed: int, sittings: Sittings | None = None) -> None:
    """Make the whole organisation for a city of so many children; with who sat where, those for casework are they."""
    with clock.clock_at(at_nine(BEGAN)):
        rng = Random(f"{seed}:organisation")  # noqa: S311  (a demonstration, not a secret)
        name = invented.authority()
        council = actions.add_agency(
            name=name.name, kind="authority", begins=BEGAN, phone=name.telephone, by=RULES
        )
        seeding = Seeding(
            rng, council, iter(staff_names(rng, 900 + population // 60)), sittings=sittings or {}
        )
        seeding.names = (each for each in seeding.names if each not in {p.name for p in strip().people})
        area = Area.objects.get(key=strip().area).id
        for plan in team_plans(population):
            open_council_team(seeding, plan, area)
        hire(seeding, actions.imported_team(by=CIN_IMPORT), RoleCode.TEAM_MANAGER, next(seeding.names))
        seed_partners(seeding)
        seed_schools(seeding)
        set_link_people(seeding)
    if seeding.sittings:
        put_away_from_log(seeding)
    else:
        put_away(seeding)
    fill_rota(manager_of_nights())


def at_nine(day: date) -> datetime:
    """Nine o'clock on a day, when a directory is kept."""
    return datetime.combine(day, time(9), UTC)


def open_council_team(seeding: Seeding, plan: TeamPlan, area: int) -> None:
    """Open a team and fill its posts, first with people of the story."""
    team = actions.open_team(
        agency=seeding.council,
        name=plan.name,
        kind=plan.kind,
        begins=BEGAN,
        by=RULES,
        area=Area.objects.get(id=plan.area) if plan.area else None,
        phone=plan.phone,
    )
    for number in plan.also:
        serving.take_area(team=team, area=Area.objects.get(id=number), begins=BEGAN, by=RULES)
    for role, count in plan.roles:
        posts = count
        people = [
            person
            for person in strip().people
            if person.role == role.name and person.key not in seeding.placed and sits_in(person, plan, area)
        ]
        seeding.placed |= {person.key for person in people}
        if seeding.sittings and plan.kind in STAGES and role not in MANAGES_A_TEAM:
            fill_from_log(seeding, team, role, people, seeding.sittings, hire)
            continue
        for person in people:
            hire(seeding, team, role, person.name, person=person)
            posts -= 1
        for _ in range(posts):
            fill_post(seeding, team, role)


def fill_post(seeding: Seeding, team: Team, role: RoleCode) -> None:
    """One post: held by one person, or by two after each other when the first left during the history."""
    leaves = LEAVES_IN_THREE_YEARS / (3 if role in MANAGES_A_TEAM else 1)
    if role < RoleCode.FRONT_DOOR_WORKER or role >= RoleCode.HEAD_OF_SERVICE or seeding.rng.random() > leaves:
        hire(seeding, team, role, next(seeding.names))
        return
    left = HISTORY + timedelta(days=seeding.rng.randint(60, 1050))
    first = hire(seeding, team, role, next(seeding.names), account=False)
    with clock.clock_at(at_nine(left - timedelta(days=28))):
        actions.end_worker(worker=first, on=left, by=RULES)
        came = left if role in MANAGES_A_TEAM else left + timedelta(days=seeding.rng.randint(1, 45))
        hire(seeding, team, role, next(seeding.names), begins=came)


def hire(
    seeding: Seeding,
    team: Team,
    role: RoleCode,
    name: str,
    *,
    begins: date = BEGAN,
    person: PersonToBe | None = None,
    account: bool = True,
) -> Worker:
    """Somebody in a team, with an account to sign in with."""
    word = username(seeding, name)
    email = person.email if person and person.email else f"{word}@aldermere.example"
    worker = actions.add_worker(
        name=name,
        kind="partner" if role in OF_A_PARTNER else "staff",
        begins=begins,
        agency=team.agency,
        email=email,
        phone=person.telephone if person and person.telephone else team.phone,
        by=RULES,
    )
    actions.join_team(worker=worker, team=team, role=role, begins=begins, by=RULES)
    if account:
        make_account(worker=worker, username=word, by=RULES)
    return worker


def username(seeding: Seeding, name: str) -> str:
    """A name to sign in with that nobody else has."""
    plain = "".join(letter for letter in name.lower().replace(" ", ".") if letter.isalnum() or letter == ".")
    found, number = plain, 2
    while found in seeding.usernames:
        found, number = f"{plain}{number}", number + 1
    seeding.usernames.add(found)
    return found


def seed_partners(seeding: Seeding) -> None:
    """Police, health, housing, voluntary and other agencies, each with a desk and two colleagues at it."""
    for each in invented.agencies():
        kind = KINDS.get(each.kind, "other")
        agency = actions.add_agency(name=each.name, kind=kind, begins=BEGAN, phone=each.telephone, by=RULES)
        open_desk(seeding, agency, each.desk, 3 if kind == "police" else 2)
    for practice in invented.practices():
        agency = actions.add_agency(name=practice.name, kind="health", begins=BEGAN, by=RULES)
        open_desk(seeding, agency, f"{practice.name}, safeguarding lead", 1)


def seed_schools(seeding: Seeding) -> None:
    """Ninety-six schools, each with its safeguarding desk."""
    areas = {area.key: area for area in Area.objects.all()}
    for number, each in enumerate(invented.schools()):
        agency = actions.add_agency(name=each.name, kind="education", begins=BEGAN, by=RULES)
        actions.add_school(
            agency=agency,
            urn=FIRST_URN + number,
            phase=PHASES.get(each.phase, each.phase),
            area=areas[each.area],
            by=RULES,
        )
        open_desk(seeding, agency, f"{each.name}, safeguarding", 2)


def open_desk(seeding: Seeding, agency: Agency, name: str, people: int) -> None:
    """A partner's desk with its people; somebody of the story who works there sits down first."""
    desk = actions.open_team(
        agency=agency, name=name, kind="partner_desk", begins=BEGAN, by=RULES, phone=agency.phone
    )
    for person in strip().people:
        if person.works_at == agency.name:
            hire(seeding, desk, RoleCode.PROFESSIONAL_REFERRER, person.name, person=person)
            people -= 1
    for _ in range(people):
        hire(seeding, desk, RoleCode.PROFESSIONAL_REFERRER, next(seeding.names))


def set_link_people(seeding: Seeding) -> None:
    """Each school's link person, from the family support team of its area; the story's worker links the story's school."""
    story = {person.name for person in strip().people}
    school_of_story = strip().person("school").works_at
    teams = list(queries.teams(BEGAN, [Team.Kind.FAMILY_SUPPORT]))
    for school in School.objects.select_related("agency").order_by("urn"):
        team = queries.team_among(teams, school.area_id, Team.Kind.FAMILY_SUPPORT)
        members = (team or teams[0]).memberships.select_related("worker").order_by("id")
        stays = [m.worker for m in members.filter(role=RoleCode.FAMILY_SUPPORT_WORKER, ends__isnull=True)]
        known = [worker for worker in stays if worker.name in story]
        worker = known[0] if known and school.agency.name == school_of_story else seeding.rng.choice(stays)
        actions.set_link_person(school=school, worker=worker, begins=worker.begins, by=RULES)


def put_away(seeding: Seeding) -> None:
    """Who is away now or was away, and who covers. Nobody of the story is away."""
    story = {person.name for person in strip().people}
    today = strip().starts.date()
    casework = (RoleCode.FRONT_DOOR_WORKER, RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.SOCIAL_WORKER)
    for team in Team.objects.filter(agency=seeding.council).order_by("id"):
        members = team.memberships.filter(role__in=casework, ends__isnull=True).select_related("worker")
        workers = [m.worker for m in members.order_by("id") if m.worker.begins < today]
        for worker in workers:
            if worker.name in story or len(workers) < 2:
                continue
            cover = seeding.rng.choice([other for other in workers if other != worker])
            if seeding.rng.random() < AWAY_NOW:
                began = today - timedelta(days=seeding.rng.randint(1, 40))
                be_away(worker, began, None, cover)
            elif seeding.rng.random() < 0.5:
                began = today - timedelta(days=seeding.rng.randint(50, 400))
                be_away(worker, began, began + timedelta(days=seeding.rng.randint(2, 21)), cover)


def put_away_from_log(seeding: Seeding) -> None:
    """Who was away in the last year or is away now, as the log says; somebody else of the team covers."""
    for worker, began, ended in absences(seeding):
        team = Team.objects.get(memberships__worker=worker)
        there = team.memberships.filter(ends__isnull=True, begins__lte=began).exclude(worker=worker)
        others = [m.worker for m in there.select_related("worker").order_by("id")]
        if others:
            be_away(worker, began, ended, seeding.rng.choice(others))


def be_away(worker: Worker, began: date, ended: date | None, cover: Worker) -> None:
    """One absence, recorded on the morning that it began."""
    if began > worker.begins:
        with clock.clock_at(at_nine(began)):
            own = actor_of(worker.memberships.select_related("worker", "team").get())
            actions.record_absence(worker=worker, begins=began, ends=ended, cover=cover, by=own)


def manager_of_nights() -> Actor:
    """The manager of the out-of-hours team."""
    found = Membership.objects.filter(team__kind=Team.Kind.OUT_OF_HOURS, role=RoleCode.FRONT_DOOR_MANAGER)
    return actor_of(found.select_related("worker", "team").latest("begins"))


def fill_rota(by: Actor) -> None:
    """Who takes calls out of hours, from four weeks before the demonstration to two weeks after its start."""
    team = Team.objects.get(kind=Team.Kind.OUT_OF_HOURS)
    workers = [
        m.worker for m in team.memberships.filter(ends__isnull=True).select_related("worker").order_by("id")
    ]
    start = strip().starts.date()
    with clock.clock_at(at_nine(start - timedelta(days=35))):
        for number in range(-28, 15):
            day = start + timedelta(days=number)
            begins = datetime.combine(day, time(9 if day.weekday() > 4 else 17, 15), UTC)
            following = day + timedelta(days=1)
            ends = datetime.combine(following, time(9, 15) if following.weekday() > 4 else time(8, 45), UTC)
            worker = workers[number % len(workers)]
            actions.put_on_rota(team=team, worker=worker, begins_at=begins, ends_at=ends, by=by)
