"""Invented selections: small ones with many ties for brute force, and one of the city's size."""

from __future__ import annotations

import random
from itertools import permutations, product

from hypothesis import strategies as st

from rightplace.domain.matching.deferred import Course, Field, ahead_of
from rightplace.domain.matching.model import (
    Assessed,
    Ground,
    JobShare,
    Person,
    Role,
    Selection,
    SkillMix,
    StatutoryOffer,
)

PROFESSIONS = ("careers", "early_years", "family_support", "youth_work")


@st.composite
def fields(draw, people=5, roles=3, ranks=2):
    """A small field in which many are level."""
    number = draw(st.integers(2, people))
    names = [f"r{each}" for each in range(roles)]
    wishes = {
        person: draw(st.lists(st.sampled_from(names), unique=True, max_size=roles))
        for person in range(number)
    }
    standing = {
        role: {person: draw(st.integers(0, ranks - 1)) for person, mine in wishes.items() if role in mine}
        for role in names
    }
    places = {role: draw(st.integers(0, 2)) for role in names}
    return Field(wishes, standing, places, {})


def all_orders(field):
    """Every way to order the level people of every role: each as (group → order), with its outcome."""
    groups = {}
    for role, ranks in field.ranks.items():
        for person, rank in ranks.items():
            groups.setdefault((role, rank), []).append(person)
    level = {group: sorted(people) for group, people in groups.items() if len(people) > 1}
    for picked in product(*(permutations(people) for people in level.values())):
        way = dict(zip(level, picked, strict=True))
        orders = tuple((group[0], order) for group, order in way.items())
        yield way, plainly(field, orders)


def plainly(field, orders):
    """Deferred acceptance written as plainly as can be, one proposal after another: a second way to the outcome."""
    place_in = {}
    for turn, (role, order) in enumerate(orders):
        for at, person in enumerate(order):
            place_in.setdefault((role, person), (turn, at))
    next_wish = dict.fromkeys(field.preferences, 0)
    held = {role: [] for role in field.places}
    while True:
        placed = {person for each in held.values() for person in each}
        free = [p for p, at in next_wish.items() if p not in placed and at < len(field.preferences[p])]
        if not free:
            return {person: role for role, each in held.items() for person in each}
        person = free[0]
        role = field.preferences[person][next_wish[person]]
        next_wish[person] += 1
        held[role].append(person)
        held[role].sort(key=lambda each: (field.ranks[role][each], place_in.get((role, each), ())))
        del held[role][field.places[role] :]


def course(field, orders=()):
    return Course(Field(field.preferences, field.ranks, field.places, ahead_of(orders)))


def city(seed=2011, people=500, roles=40, teams=16, places=350, step=50, preferences=8):
    """Five hundred people from four professions for 350 places in 16 teams, with the cases that 2011 had.

    `step` is how coarse scores are, in hundredths of a point: the coarser, the more people are level.
    """
    draw = random.Random(seed)
    cuts = sorted(draw.sample(range(1, places), roles - 1))
    sizes = [end - begin for begin, end in zip([0, *cuts], [*cuts, places], strict=True)]
    jobs = tuple(_role(draw, number, size, teams) for number, size in enumerate(sizes))
    folk = tuple(_person(draw, number, jobs, step, preferences) for number in range(1, people + 1))
    offers = tuple(
        StatutoryOffer(
            person=person.id, ground=ground, suitable=person.preferences[:2], evidence="suitability note"
        )
        for person, ground in zip(
            [p for p in folk if len(p.preferences) > 1 and p.minutes <= 2220][5:25:5],
            (Ground.MATERNITY, Ground.ADOPTION, Ground.SHARED_PARENTAL, Ground.REDEPLOYMENT),
            strict=True,
        )
    )
    taken = {offer.person for offer in offers}
    return Selection(people=folk, roles=jobs, shares=_shares(folk, taken), offers=offers, mixes=_mixes(jobs))


def _role(draw, number, size, teams):
    return Role(
        id=f"role-{number:02d}",
        team=f"team-{number % teams:02d}",
        places=size,
        minutes=2220,
        professions=tuple(draw.sample(PROFESSIONS, draw.choice((2, 3, 4)))),
        threshold=4500,
        ring_fence=(f"old-{number % 25:02d}",),
    )


def _person(draw, number, jobs, step, preferences):
    profession = draw.choice(PROFESSIONS)
    able = draw.gauss(6500, 1200)
    possible = [job.id for job in jobs if profession in job.professions]
    wishes = tuple(draw.sample(possible, min(draw.randint(3, preferences), len(possible))))
    return Person(
        id=number,
        profession=profession,
        minutes=draw.choice((2220, 2220, 2220, 1110)),
        substantive=f"old-{draw.randrange(30):02d}",
        preferences=wishes,
        assessed=tuple(
            Assessed(role=wish, score=max(0, min(10000, round((able + draw.gauss(0, 600)) / step) * step)))
            for wish in wishes
        ),
        acting_in="old-03" if draw.random() < 0.05 else "",
    )


def _shares(folk, taken):
    half = [p for p in folk if p.minutes == 1110 and p.id not in taken]
    pairs = []
    for profession in PROFESSIONS:
        same = [p for p in half if p.profession == profession][:2]
        assessed = {each.role for each in same[0].assessed} & {each.role for each in same[1].assessed}
        both = [wish for wish in same[0].preferences if wish in assessed]
        if both:
            pairs.append(JobShare(first=same[0].id, second=same[1].id, preferences=tuple(both)))
    return tuple(pairs)


def _mixes(jobs):
    teams = sorted({job.team for job in jobs})
    found = []
    for team in teams:
        mine = [job for job in jobs if job.team == team]
        size = sum(job.places for job in mine)
        for profession in PROFESSIONS:
            if any(profession in job.professions for job in mine):
                found.append(SkillMix(team=team, profession=profession, least=min(1, size // 4), most=size))
    return tuple(found)
