"""What partners noticed early in the demonstration: five agreements and our own, sixty families, some of them decided.

Everything comes the way of real signals, each on its day: given under an agreement, refused where it had expired,
looked at by the family support team of the story's area, taken up, put off, declined, and deleted on its day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.demo.finishing import holders, someone
from rightplace.demo.material import names
from rightplace.demo.material.strip import strip
from rightplace.demo.seeding.signals_held import hold_some
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Agency, Area, Membership
from rightplace.foundation.organisation.places.places import areas, directory
from rightplace.foundation.organisation.rolecodes import OF_A_PARTNER, RoleCode
from rightplace.services.signals import deciding, deleting, feeds, holding, sources, takingup
from rightplace.services.signals.families import noticed
from rightplace.services.signals.models import Family, Feed, Hold, Signal
from rightplace.services.signals.taking import take
from rightplace.services.signals.takingback import take_back

FAMILIES = 60
HERE = 26
"""Families of the story's area; the others live all over the city."""
INCLUSION = "Aldermere Education Inclusion"
PURPOSE = "To offer a family help before things get worse"
SAID = {
    "school.attendance": ("Away on seven Mondays this term.", "Late on most days since half-term; tired in lessons.",
                          "Attendance fell from 95% to 81% this term; letters were not answered."),
    "school.exclusion": ("Sent home for two days after a fight at lunch.", "Third suspension this year."),
    "police.notice": ("Called at 23:40 after a neighbour heard shouting. Nobody was hurt.",
                      "Called at 19:10; one adult left before officers came. The children were upstairs."),
    "health.visitor-concern": ("Few words at two and a half; mother says that nobody visits.",
                               "New parents, both very tired; feeding is hard."),
    "health.checks-missed": ("Two-year check missed twice; the telephone is not answered.",),
    "housing.arrears": ("Nine weeks of rent are owed; no arrangement.", "Arrangement broken in January."),
}  # fmt: skip


@dataclass(frozen=True)
class Home:
    """An invented family, as far as a partner knows it."""

    surname: str
    adult: str
    children: Sequence[tuple[str, date]]
    address: str
    postcode: str


def seed(population: int, seed: int) -> None:
    """Agreements first, then what was noticed, day by day, then what was decided of it."""
    dice = Random(f"{seed}:signals")  # noqa: S311  (a demonstration, not a secret)
    area = Area.objects.get(key=strip().area)
    made = _agreements()
    homes = [_home(dice, area.pk if n < HERE else dice.randrange(1, 17)) for n in range(FAMILIES)]
    pupils = next(home for home in homes if _fitting(home, "school.attendance"))
    _refused_without_agreement(dice, pupils)
    made |= _renewed(made)
    _notice(dice, homes, made)
    _refused(dice, pupils)
    sources.gather()
    hold_some(*_team(area))
    deleting.delete_due()
    _decide(area)


def _at(day: date, hour: int = 9, minute: int = 30) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


def _start() -> date:
    return strip().starts.date()


# agreements ----------------------------------------------------------------------------------------------------------


def _agreements() -> dict[str, Feed]:
    """Who gives what; the one of education inclusion ran out in January and was renewed three weeks later."""
    school = next(each.works_at for each in strip().people if each.key == "school")
    plans: tuple[tuple[str, tuple[str, ...], int, int, int], ...] = (
        (school, ("school.attendance", "school.exclusion"), 60, 150, 330),
        ("Midvale Police", ("police.notice",), 30, 140, 330),
        (_health_visiting(), ("health.visitor-concern", "health.checks-missed"), 90, 120, 330),
        (_housing(), ("housing.arrears",), 60, 100, 330),
        (INCLUSION, ("school.attendance",), 60, 230, 190),
    )
    found = {}
    for name, kinds, days, ago, lasts in plans:
        agency = Agency.objects.filter(name=name).first()
        if agency is not None:
            begins = _start() - timedelta(days=ago)
            found[name] = _agree(agency, kinds, days, begins, lasts, renews=found.get(name))
    own = queries.authority()
    if own is not None:
        found[own.name] = _agree(own, (sources.EARLIER_CONTACT,), 60, _start() - timedelta(days=60), 330)
    return found


def _renewed(made: dict[str, Feed]) -> dict[str, Feed]:
    """The agreement that had run out, anew."""
    before = made.get(INCLUSION)
    if before is None:
        return {}
    begins = _start() - timedelta(days=20)
    return {INCLUSION: _agree(before.agency, before.kinds, 60, begins, 330, renews=before)}


def _health_visiting() -> str:
    quarter = Area.objects.get(key=strip().area).quarter
    return f"Aldermere Health Visiting, {quarter.capitalize()}"


def _housing() -> str:
    first = Agency.objects.filter(kind=Agency.Kind.HOUSING).order_by("pk").first()
    return first.name if first else ""


def _agree(
    agency: Agency, kinds: Sequence[str], days: int, begins: date, lasts: int, renews: Feed | None = None
) -> Feed:
    with clock.clock_at(_at(begins - timedelta(days=6))):
        feed = feeds.make_feed(
            agency=agency, kinds=kinds, lawful_basis="public task", purpose=PURPOSE, retention_days=days, begins=begins,
            expires=begins + timedelta(days=lasts), by=someone(RoleCode.INFORMATION_GOVERNANCE), renews=renews,
        )  # fmt: skip
    with clock.clock_at(_at(begins - timedelta(days=2), 15)):
        feeds.agree(feed=feed, by=someone(RoleCode.HEAD_OF_SERVICE))
    return feed


def _giver(agency: int) -> Actor:
    """Somebody of the agency's desk."""
    rows = Membership.objects.filter(
        queries.holding(clock.today()), team__agency=agency, role__in=OF_A_PARTNER
    )
    return actor_of(rows.select_related("worker", "team").order_by("pk")[0])


# what was noticed ----------------------------------------------------------------------------------------------------


def _home(dice: Random, area: int) -> Home:
    community = dice.choice(list(names.names().communities))
    surname = names.surname(dice, community)
    children = [
        (
            names.first_name(dice, community, dice.choice(("girl", "boy"))),
            _start() - timedelta(days=dice.randint(700, 5200)),
        )
        for _ in range(dice.choice((1, 1, 2, 2, 3)))
    ]
    adult = f"{names.first_name(dice, community, 'woman')} {surname}"
    return Home(surname, adult, children, names.street_address(dice), _postcode(dice, area))


def _postcode(dice: Random, area: int) -> str:
    squares = next(each.squares for each in areas() if each.number == area)
    return dice.choice([code for square in squares for code in directory().homes.get(square, ())])


def _notice(dice: Random, homes: Sequence[Home], made: dict[str, Feed]) -> None:
    """Each family with one to three signals of the last weeks, given the day after they were noticed."""
    today, number = _start(), 0
    by_day: dict[date, list[tuple[int, dict[str, object]]]] = {}
    for home in homes:
        for feed in dice.sample(_in_force(made), dice.choice((1, 1, 1, 2, 3))):
            kinds = [kind for kind in feed.kinds if _fitting(home, kind)]
            if not kinds:
                continue
            number += 1
            day = today - timedelta(days=dice.randint(1, feed.retention_days + 5))
            if day + timedelta(days=1) < feed.begins:
                continue
            row = _row(dice, home, dice.choice(kinds), day, number)
            by_day.setdefault(day + timedelta(days=1), []).append((feed.agency_id, row))
    for day in sorted(by_day):
        with clock.clock_at(_at(day, 8)):
            for agency, row in by_day[day]:
                take(agency, [row], _giver(agency))


def _fitting(home: Home, kind: str) -> list[tuple[str, date]]:
    """The children of whom such an agency knows: a health visitor of the small ones, a school of its pupils."""
    years = {"health": (0, 5), "school": (6, 16)}.get(kind.partition(".")[0], (0, 18))
    return [child for child in home.children if years[0] <= (_start() - child[1]).days / 365.25 < years[1]]


def _in_force(made: dict[str, Feed]) -> list[Feed]:
    return [
        feed
        for feed in made.values()
        if feed.expires > _start() and sources.EARLIER_CONTACT not in feed.kinds
    ]


def _row(dice: Random, home: Home, kind: str, day: date, number: int) -> dict[str, object]:
    given, born = dice.choice(_fitting(home, kind))
    household = kind.startswith("housing")
    return {
        "sender_id": f"demo-{number}", "kind": kind, "noticed": day.isoformat(),
        "given": "" if household else given, "family": "" if household else home.surname,
        "born": "" if household else born.isoformat(), "address": home.address, "postcode": home.postcode,
        "adults": home.adult if household or dice.random() < 0.6 else "", "words": dice.choice(SAID[kind]),
    }  # fmt: skip


def _refused_without_agreement(dice: Random, home: Home) -> None:
    """What is given once an agreement has run out, before anybody renewed it."""
    inclusion = Agency.objects.filter(name=INCLUSION).first()
    if inclusion is not None:
        with clock.clock_at(_at(_start() - timedelta(days=30), 11)):
            rows = [
                _row(dice, home, "school.attendance", _start() - timedelta(days=33), 900 + n)
                for n in range(4)
            ]
            take(inclusion.pk, rows, _giver(inclusion.pk))


def _refused(dice: Random, home: Home) -> None:
    """Two rows that say too little."""
    police = Agency.objects.get(name="Midvale Police")
    with clock.clock_at(_at(_start() - timedelta(days=3), 11)):
        short = _row(dice, home, "police.notice", _start() - timedelta(days=4), 950) | {
            "born": "",
            "postcode": "",
        }
        take(police.pk, [short, short | {"sender_id": "demo-951", "noticed": "yesterday"}], _giver(police.pk))


# what was decided ----------------------------------------------------------------------------------------------------


def _team(area: Area) -> tuple[Actor, Actor]:
    """The worker and the manager of the story's family support team."""
    own = [row for role in (RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.FAMILY_SUPPORT_MANAGER) for row in holders(role)
           if row.team.area_id == area.pk]  # fmt: skip
    told = {each.name: row for each in strip().people for row in own if row.worker.name == each.name}
    worker = next((r for r in told.values() if r.role == RoleCode.FAMILY_SUPPORT_WORKER), own[0])
    manager = next(row for row in own if row.role == RoleCode.FAMILY_SUPPORT_MANAGER)
    return actor_of(worker), actor_of(manager)


def _decide(area: Area) -> None:
    """Of the families of the story's area some are decided; the others wait."""
    worker, manager = _team(area)
    held = Hold.objects.filter(holding.in_force()).values("family")
    here = Family.objects.filter(area=area.pk).exclude(pk__in=held).order_by("begun", "pk")
    waiting = [each for each in here if _children(each)]
    again = _start() + timedelta(days=10)
    off = partial(deciding.put_off, look_on=again, by=worker)
    no = partial(deciding.decline, words="A hospital stay.")
    steps: tuple[tuple[int, Callable[[Family], object]], ...] = (
        (50, lambda f: _take_up(f, worker, manager, accepts=True)),
        (45, lambda f: _take_up(f, worker, manager, accepts=False)),
        (40, lambda f: off(family=f.pk, school_first=True, because="too little", words="")),
        (35, lambda f: off(family=f.pk, school_first=False, because="explained", words="They move house.")),
        (30, lambda f: no(family=f.pk, because="helped already", by=manager)),
        (25, lambda f: no(family=f.pk, because="explained", by=worker)),
    )
    for (minutes, step), family in zip(steps, waiting, strict=False):
        with clock.clock_at(clock.now() - timedelta(minutes=minutes)):
            deciding.note_seen(family=family, by=worker)
            step(family)
    _one_is_taken_back(area)


def _one_is_taken_back(area: Area) -> None:
    """Who gave one of those that were taken up found out that it was wrong: the team has it to read."""
    told = Signal.objects.filter(family__area=area.pk, taken_up=True, delete_on__gt=clock.today())
    wrong = told.order_by("family__begun", "pk").first()
    if wrong is None:
        return
    with clock.clock_at(clock.now() - timedelta(minutes=12)):
        take_back(
            signals=[wrong.pk], because="a fact", by=_giver(wrong.agency),
            words="Two of the days were an open day of another school: the register has been put right.",
        )  # fmt: skip


def _children(family: Family) -> list[takingup.ChildChosen]:
    found = noticed(family, Signal.objects.filter(family=family, taken_up=False))
    return [takingup.ChildChosen(each.number) for each in found.children]


def _take_up(family: Family, worker: Actor, manager: Actor, *, accepts: bool) -> None:
    decision = takingup.TakingUp(
        children=_children(family), indicators=("child.learning.slipping",), family_told="not told yet",
        reasons="It has gone on for weeks, and nobody has asked the family.",
        conversation="We have missed your child. What makes mornings hard at the moment?",
        family_told_reason="They are asked in the first conversation.",
    )  # fmt: skip
    for file in takingup.take_up(family=family.pk, decision=decision, by=worker):
        offer = Offer.objects.filter(file=file, state="open").first()
        if accepts and offer is not None:
            with clock.clock_at(clock.now() + timedelta(minutes=3)):
                caseflow.accept_child(file=file, offer=offer.pk, by=manager, worker=worker.worker)
