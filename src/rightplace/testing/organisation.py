"""A small city to test in: invented teams and people, each ready to act and to sign in.

small_city()                    teams, people, schools and agencies, in one call; see SmallCity for the names
colleague(name, team, role)     one more person in a team, with an account
partner(name, kind, area, ...)  one more agency with its desk, and a colleague at it
postcode_in(area)               a real postcode of an area (the number of the area, 1 to 16)
sign_in(client, person)         Django's test client as that person
session_of(person)              a session's key, for a browser: `as_in_browser(page, person)` sets it
MORNING, LONG_AGO               the Tuesday at 10:20; the day on which everything here began

Call small_city() with the clock held still (`clock.clock_at(MORNING)`) where a test looks at times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Page

from rightplace.foundation.access.actor import RULES, Actor, actor_of
from rightplace.foundation.access.models import User
from rightplace.foundation.organisation import actions
from rightplace.foundation.organisation.models import Agency, Area, Membership, School, Team, Worker
from rightplace.foundation.organisation.places import places
from rightplace.foundation.organisation.rolecodes import OF_A_PARTNER, RoleCode

MORNING = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)
LONG_AGO = date(2025, 1, 1)


@dataclass(frozen=True)
class Colleague:
    """Somebody of the small city, in one team and role."""

    worker: Worker
    membership: Membership
    user: User

    @property
    def actor(self) -> Actor:
        """The person as an actor."""
        return actor_of(self.membership)

    @property
    def team(self) -> Team:
        """The person's team."""
        return self.membership.team


@dataclass(frozen=True)
class SmallCity:
    """Two areas (1 and 9) with their teams, a front door for all, leaders, two schools and five agencies."""

    authority: Agency
    front_door: Team
    out_of_hours: Team
    family_support: Team
    other_family_support: Team
    assessment: Team
    other_assessment: Team
    front_door_worker: Colleague
    front_door_worker_2: Colleague
    front_door_manager: Colleague
    night_worker: Colleague
    night_manager: Colleague
    family_support_worker: Colleague
    family_support_manager: Colleague
    other_family_support_manager: Colleague
    social_worker: Colleague
    assessment_manager: Colleague
    other_assessment_manager: Colleague
    head_of_service: Colleague
    director: Colleague
    lead_member: Colleague
    analyst: Colleague
    auditor: Colleague
    information_governance: Colleague
    information_governance_2: Colleague
    administrator: Colleague
    human_resources: Colleague
    union_observer: Colleague
    school: Colleague
    school_2: Colleague
    other_school: Colleague
    police: Colleague
    health: Colleague
    housing: Colleague
    head_teacher: Colleague
    police_lead: Colleague
    provider: Colleague


def small_city() -> SmallCity:
    """Make the small city. Its people have accounts, staff with a second factor."""
    council = actions.add_agency(name="Example City Council", kind="authority", begins=LONG_AGO, by=RULES)

    def team(name: str, kind: str, area: int | None = None) -> Team:
        where = Area.objects.get(id=area) if area else None
        return actions.open_team(
            agency=council, name=name, kind=kind, begins=LONG_AGO, by=RULES, area=where, phone="0121 496 0100"
        )

    front_door, night = team("Front door", "front_door"), team("Emergency duty team", "out_of_hours")
    one, nine = (
        team("Area 1 family support", "family_support", 1),
        team("Area 9 family support", "family_support", 9),
    )
    assess, assess_nine = (
        team("Area 1 assessment", "assessment", 1),
        team("Area 9 assessment", "assessment", 9),
    )
    leaders, assurance = team("Heads of service", "leadership"), team("Assurance", "assurance")
    school = partner("Lark Hill Primary", "education", "Ruth Okafor", area=1)
    police = partner("Example City Police", "police", "Sergeant Kay Ormond")
    return SmallCity(
        authority=council, front_door=front_door, out_of_hours=night, family_support=one, other_family_support=nine,
        assessment=assess, other_assessment=assess_nine,
        front_door_worker=colleague("Imran Dale", front_door, RoleCode.FRONT_DOOR_WORKER),
        front_door_worker_2=colleague("Cora Whitlock", front_door, RoleCode.FRONT_DOOR_WORKER),
        front_door_manager=colleague("Beatrix Holm", front_door, RoleCode.FRONT_DOOR_MANAGER),
        night_worker=colleague("Oskar Finch", night, RoleCode.FRONT_DOOR_WORKER),
        night_manager=colleague("Leonie Marsh", night, RoleCode.FRONT_DOOR_MANAGER),
        family_support_worker=colleague("Tamsin Reeve", one, RoleCode.FAMILY_SUPPORT_WORKER),
        family_support_manager=colleague("Wendell Ashby", one, RoleCode.FAMILY_SUPPORT_MANAGER),
        other_family_support_manager=colleague("Hanna Pryce", nine, RoleCode.FAMILY_SUPPORT_MANAGER),
        social_worker=colleague("Ned Low", assess, RoleCode.SOCIAL_WORKER),
        assessment_manager=colleague("Farida Stone", assess, RoleCode.TEAM_MANAGER),
        other_assessment_manager=colleague("Gideon Parr", assess_nine, RoleCode.TEAM_MANAGER),
        head_of_service=colleague("Miriam Vance", leaders, RoleCode.HEAD_OF_SERVICE),
        director=colleague("Alun Prosser", leaders, RoleCode.DIRECTOR),
        lead_member=colleague("Joy Sandringham", leaders, RoleCode.LEAD_MEMBER),
        analyst=colleague("Petra Lind", assurance, RoleCode.ANALYST),
        auditor=colleague("Saul Wick", assurance, RoleCode.AUDITOR),
        information_governance=colleague("Odette Crane", assurance, RoleCode.INFORMATION_GOVERNANCE),
        information_governance_2=colleague("Piers Hallam", assurance, RoleCode.INFORMATION_GOVERNANCE),
        administrator=colleague("Ada Pike", assurance, RoleCode.ADMINISTRATOR),
        human_resources=colleague("Ingrid Voss", assurance, RoleCode.HUMAN_RESOURCES),
        union_observer=colleague("Rafe Colley", assurance, RoleCode.UNION_OBSERVER),
        school=school,
        school_2=colleague("Daniel Frost", school.team, RoleCode.PROFESSIONAL_REFERRER),
        other_school=partner("Mill Lane Academy", "education", "Sunita Bell", area=9),
        police=police,
        health=partner("Example City Health Visiting", "health", "Marta Quill"),
        housing=partner("Example Homes", "housing", "Lewis Tarn"),
        head_teacher=colleague("Dilys Arden", school.team, RoleCode.HEAD_TEACHER),
        police_lead=colleague("Superintendent Noor Beck", police.team, RoleCode.PARTNER_LEAD),
        provider=partner("Open Hand Families", "voluntary", "Josie Lamb", role=RoleCode.PROVIDER),
    )  # fmt: skip


def colleague(name: str, team: Team, role: RoleCode) -> Colleague:
    """One more person in a team, with an account and, if staff, a second factor."""
    kind = "partner" if role in OF_A_PARTNER else "staff"
    email = f"{name.lower().replace(' ', '.')}@example.invalid"
    worker = actions.add_worker(
        name=name,
        kind=kind,
        begins=LONG_AGO,
        agency=team.agency,
        email=email,
        phone="0121 496 0199",
        by=RULES,
    )
    membership = actions.join_team(worker=worker, team=team, role=role, begins=LONG_AGO, by=RULES)
    user = User(username=email, email=email, worker=worker)
    user.set_unusable_password()
    user.save()
    if kind == "staff":
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return Colleague(worker, membership, user)


def partner(
    agency: str,
    kind: str,
    person: str,
    area: int | None = None,
    role: RoleCode = RoleCode.PROFESSIONAL_REFERRER,
) -> Colleague:
    """An agency of this kind with its desk, and one person at it. A school says which area it lies in."""
    made = actions.add_agency(name=agency, kind=kind, begins=LONG_AGO, by=RULES, phone="0121 496 0150")
    if kind == "education" and area:
        where = Area.objects.get(id=area)
        urn = 900_000 + School.objects.count()
        actions.add_school(agency=made, urn=urn, phase="primary", area=where, by=RULES)
    desk = actions.open_team(
        agency=made, name=f"{agency} safeguarding", kind="partner_desk", begins=LONG_AGO, by=RULES
    )
    return colleague(person, desk, role)


def postcode_in(area: int, place: int = 0) -> str:
    """A real postcode of homes in an area; another `place` gives another one."""
    found = next(each for each in places.areas() if each.number == area)
    codes = [code for square in found.squares for code in places.postcodes_in(square)]
    return codes[place]


def session_of(person: Colleague) -> str:
    """The key of a new session of that person, in that person's role."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.user.get_session_auth_hash()
    store["membership"] = person.membership.pk
    store.save()
    return str(store.session_key)


def sign_in(client: Any, person: Colleague) -> Any:
    """Let Django's test client be that person; returns the client."""
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(person)
    return client


def as_in_browser(page: Page, person: Colleague, site: str) -> Page:
    """Let a browser's page be that person on the served site; returns the page."""
    host = urlsplit(site).hostname or "127.0.0.1"
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "domain": host, "path": "/"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    return page
