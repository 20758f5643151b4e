"""The posts and people of the redesign of 2011, in shape: 500 people of four professions, 350 places in 16 teams.

Old posts are “R11-OLD-001” and on, new ones “R11-NEW-001” and on. All of it lies in the past, with ends, so that
today's city is as it was. Some are on leave, some share a post, some act up: their seats are kept for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any, Final

from rightplace.demo.material.names import staff_names
from rightplace.foundation.organisation.establishment.tables import (
    Contract,
    Kept,
    Lineage,
    Occupancy,
    Particulars,
    Post,
    Profession,
    Seat,
)
from rightplace.foundation.organisation.models import Agency, Area, Membership, Team, Worker
from rightplace.foundation.organisation.programme.tables import Programme, ProgrammePost, TeamLineage
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.restructure.models import Unlinked

BEGAN, FIRST_DAY, ENDED = date(2010, 11, 1), date(2011, 9, 5), date(2012, 1, 31)
LONG_BEFORE, LATER = date(2006, 4, 3), date(2014, 8, 1)
NOTED = datetime(2010, 11, 1, 9, tzinfo=UTC)
FULL, HALF = Decimal(37), Decimal("18.5")
PEOPLE, PLACES = 500, 350
WORKER, LEADER = RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.FAMILY_SUPPORT_MANAGER
NEW_LEADER: Final = "Family support team manager"
ACTING, ON_LEAVE = 6, 12
SKILLS = (
    "group work",
    "home visits",
    "play",
    "parenting programmes",
    "careers guidance",
    "street work",
    "nursery",
)
LANGUAGES = ("Urdu", "Punjabi", "Bengali", "Polish", "Somali", "Arabic")


@dataclass(frozen=True)
class Old:
    """One of the four services: its teams, its job, how many people have it, how many places there will be."""

    profession: Profession
    service: str
    teams: int
    title: str
    new_title: str
    people: int
    places: int
    grade: str = "GR4"


SERVICES: Final = (
    Old(Profession.YOUTH_WORK, "Youth service", 8, "Youth worker", "Youth and family worker", 150, 104),
    Old(Profession.CAREERS, "Careers service", 6, "Careers adviser", "Careers and family worker", 72, 48),
    Old(Profession.FAMILY_SUPPORT, "Family support service", 8, "Family support worker",
        "Family support worker, area team", 150, 110),
    Old(Profession.EARLY_YEARS, "Early years service", 8, "Early years worker", "Early years family worker", 104, 72),
)  # fmt: skip


@dataclass
class Redesign:
    """What is at hand while the posts are made."""

    programme: Programme
    by: int
    dice: Random
    agency: Agency
    posts: list[Post] = field(default_factory=list)
    sides: list[ProgrammePost] = field(default_factory=list)

    @property
    def noted(self) -> dict[str, Any]:
        return {"recorded_at": NOTED, "recorded_by_id": self.by}


def make_posts(redesign: Redesign) -> None:
    """Both sides with their people, and what became of what; some thirty bulk writes."""
    old_teams = make_old_teams(redesign)
    new_teams = make_new_teams(redesign)
    olds = Post.objects.bulk_create(list(old_posts(redesign, old_teams)))
    news = Post.objects.bulk_create(list(new_posts(redesign, new_teams)))
    for posts, side in ((olds, "old"), (news, "new")):
        ProgrammePost.objects.bulk_create(
            ProgrammePost(programme=redesign.programme, post=post, side=side, **redesign.noted)
            for post in posts
        )
    Seat.objects.bulk_create(
        Seat(post=post, number=1, hours=post.hours, begins=post.begins, ends=post.ends, **redesign.noted)
        for post in news
    )
    seat_everybody(redesign, olds)
    say_lineage(redesign, olds, news)
    say_teams(redesign, old_teams, new_teams)


def make_old_teams(redesign: Redesign) -> list[Team]:
    return Team.objects.bulk_create(
        Team(
            agency=redesign.agency, name=f"{service.service} {number} (until 2011)", kind=Team.Kind.FAMILY_SUPPORT,
            begins=LONG_BEFORE, ends=FIRST_DAY, **redesign.noted,
        )
        for service in SERVICES for number in range(1, service.teams + 1)
    )  # fmt: skip


def make_new_teams(redesign: Redesign) -> list[Team]:
    """One team for each of the sixteen areas."""
    return Team.objects.bulk_create(
        Team(
            agency=redesign.agency, name=f"{area.name} family support team (2011)", kind=Team.Kind.FAMILY_SUPPORT,
            area=area, begins=FIRST_DAY, ends=LATER, **redesign.noted,
        )
        for area in Area.objects.order_by("id")
    )  # fmt: skip


def _post(redesign: Redesign, number: int, side: str, team: Team, **said: Any) -> Post:
    return Post(
        reference=f"R11-{side}-{number:03d}", team=team, funding="Council’s own budget", hours=FULL,
        begins=team.begins, ends=team.ends, **(redesign.noted | said),
    )  # fmt: skip


def old_posts(redesign: Redesign, teams: Sequence[Team]) -> Iterator[Post]:
    """A manager's post in every team, and the workers' posts in turn; a shared post is one post with two seats."""
    number, first = 0, 0
    for service in SERVICES:
        mine = teams[first : first + service.teams]
        first += service.teams
        for team in mine:
            number += 1
            yield _post(redesign, number, "OLD", team, title=f"{service.service} manager", grade="GR6",
                        profession=service.profession, role=LEADER)  # fmt: skip
        posts = service.people - shared_in(service) + 1
        for place in range(posts):
            number += 1
            yield _post(redesign, number, "OLD", mine[place % len(mine)], title=service.title, grade=service.grade,
                        profession=service.profession, role=WORKER)  # fmt: skip


def shared_in(service: Old) -> int:
    """How many of a service's posts two people share."""
    return 3 if service.people > 110 else 2


def new_posts(redesign: Redesign, teams: Sequence[Team]) -> Iterator[Post]:
    """A manager in each of sixteen teams; the four professions dealt out so that each team has all of them."""
    for number, team in enumerate(teams, 1):
        yield _post(redesign, number, "NEW", team, title=NEW_LEADER, grade="GR6", role=LEADER,
                    profession=Profession.MANAGEMENT)  # fmt: skip
    number, dealt = len(teams), 0
    for service in SERVICES:
        for _ in range(service.places):
            number += 1
            yield _post(redesign, number, "NEW", teams[dealt % len(teams)], title=service.new_title, grade="GR4+",
                        profession=service.profession, role=WORKER)  # fmt: skip
            dealt += 1


def seat_everybody(redesign: Redesign, posts: Sequence[Post]) -> None:
    """Seats, people, contracts and what each brings. Six act up, twelve are on leave, twenty share ten posts."""
    leaders = [post for post in posts if post.role == LEADER]
    workers = [post for post in posts if post.role == WORKER]
    shared = {post.pk for service in SERVICES for post in last_of(workers, service)[: shared_in(service)]}
    empty = {last_of(workers, service)[-1].pk for service in SERVICES}
    seats = make_seats(redesign, posts, shared)
    own = [seat for seat in seats if seat.post.role == WORKER and seat.post_id not in empty]
    led = [seat for seat in seats if seat.post.role == LEADER]
    people = make_people(redesign, len(own) + len(leaders) - ACTING)
    acted_in = led[:: len(led) // ACTING]
    sitting = dict(zip(people, [*(each for each in led if each not in acted_in), *own], strict=True))
    step = len(own) // (ACTING + ON_LEAVE)
    away = [seat.pk for seat in own[5::step]][: ACTING + ON_LEAVE]
    rows: list[Occupancy] = []
    rights: list[Kept] = []
    acting = iter(acted_in)
    for worker, seat in sitting.items():
        left = date(2010, 9, 6) if seat.pk in away else FIRST_DAY
        rows.append(occupied(redesign, worker, seat, LONG_BEFORE, left))
        if seat.pk not in away:
            continue
        acts = away.index(seat.pk) % 3 == 0
        why = Kept.Why.ACTING_UP if acts else Kept.Why.FAMILY_LEAVE
        rights.append(Kept(seat=seat, worker=worker, why=why, begins=left, ends=FIRST_DAY, **redesign.noted))
        if acts:
            rows.append(occupied(redesign, worker, next(acting), left, FIRST_DAY, Occupancy.Kind.ACTING_UP))
    Occupancy.objects.bulk_create(rows)
    Kept.objects.bulk_create(rights)
    bring(redesign, sitting)


def last_of(posts: Sequence[Post], service: Old) -> list[Post]:
    return [post for post in posts if post.profession == service.profession][-8:]


def make_seats(redesign: Redesign, posts: Sequence[Post], shared: set[int]) -> list[Seat]:
    return Seat.objects.bulk_create(
        Seat(post=post, number=number, hours=hours, begins=post.begins, ends=post.ends, **redesign.noted)
        for post in posts
        for number, hours in enumerate([HALF, HALF] if post.pk in shared else [FULL], 1)
    )


def occupied(
    redesign: Redesign, worker: Worker, seat: Seat, begins: date, ends: date,
    kind: Occupancy.Kind = Occupancy.Kind.SUBSTANTIVE,
) -> Occupancy:  # fmt: skip
    return Occupancy(
        seat=seat, worker=worker, kind=kind, hours=seat.hours, begins=begins, ends=ends, **redesign.noted
    )


def make_people(redesign: Redesign, many: int) -> list[Worker]:
    """People with names of our own, none of them a name of today's colleagues."""
    known = set(Worker.objects.values_list("name", flat=True))
    names = [name for name in staff_names(redesign.dice, many + len(known)) if name not in known][:many]
    return Worker.objects.bulk_create(
        Worker(
            name=name, kind=Worker.Kind.STAFF, agency=redesign.agency, begins=LONG_BEFORE, ends=LATER, **redesign.noted
        )
        for name in names
    )  # fmt: skip


def bring(redesign: Redesign, sitting: dict[Worker, Seat]) -> None:
    """Contract, profession and skills of each, and the team in which each was until the first day."""
    dice = redesign.dice
    Contract.objects.bulk_create(
        Contract(worker=worker, hours=seat.hours, begins=LONG_BEFORE, ends=LATER, **redesign.noted)
        for worker, seat in sitting.items()
    )
    Membership.objects.bulk_create(
        Membership(
            worker=worker, team_id=seat.post.team_id, role=seat.post.role, begins=LONG_BEFORE, ends=FIRST_DAY,
            **redesign.noted,
        )
        for worker, seat in sitting.items()
    )  # fmt: skip
    Particulars.objects.bulk_create(
        Particulars(
            worker=worker, profession=seat.post.profession, begins=LONG_BEFORE, ends=LATER,
            in_profession_since=date(dice.randint(1985, 2005), dice.randint(1, 12), 1),
            skills=sorted(dice.sample(SKILLS, dice.randint(1, 3))),
            languages=[dice.choice(LANGUAGES)] if dice.random() < 0.3 else [], **redesign.noted,
        )
        for worker, seat in sitting.items()
    )  # fmt: skip


def say_lineage(redesign: Redesign, olds: Sequence[Post], news: Sequence[Post]) -> None:
    """Managers' posts merge two into one; a worker's post changes into one of the same profession, or ends."""
    links: list[tuple[Post, Post, Lineage.Kind]] = []
    left: list[Post] = []
    old_leaders = [post for post in olds if post.role == LEADER]
    new_leaders = [post for post in news if post.role == LEADER]
    for place, post in enumerate(old_leaders):
        kind = Lineage.Kind.MERGED if place + 16 < len(old_leaders) or place >= 16 else Lineage.Kind.CHANGED
        links.append((post, new_leaders[place % len(new_leaders)], kind))
    for service in SERVICES:
        before = [p for p in olds if p.role == WORKER and p.profession == service.profession]
        after = [p for p in news if p.role == WORKER and p.profession == service.profession]
        links += [(a, b, Lineage.Kind.CHANGED) for a, b in zip(before, after, strict=False)]
        left += before[len(after) :]
    Lineage.objects.bulk_create(
        Lineage(before=a, after=b, on=FIRST_DAY, kind=kind, because="Four services become sixteen teams",
                **redesign.noted)
        for a, b, kind in links
    )  # fmt: skip
    Unlinked.objects.bulk_create(
        Unlinked(
            programme=redesign.programme, post=post, because="500 posts become 350 places", **redesign.noted
        )
        for post in left
    )


def say_teams(redesign: Redesign, olds: Sequence[Team], news: Sequence[Team]) -> None:
    """Each old team goes over into the teams of the areas that it served; each new team comes of all four services."""
    rows, first = [], 0
    for service in SERVICES:
        for place in range(len(news)):
            before = olds[first + place * service.teams // len(news)]
            rows.append(
                TeamLineage(
                    programme=redesign.programme, before=before, after=news[place], kind=TeamLineage.Kind.MERGED,
                    because=f"The {service.service.lower()} of this area joins its team", **redesign.noted,
                )
            )  # fmt: skip
        first += service.teams
    TeamLineage.objects.bulk_create(rows)
