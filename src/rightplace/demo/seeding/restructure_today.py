"""A small programme of today, in consultation: two advice desks become one. Nothing of it touches a child's team.

A post of the story's family support worker is in it as protected, so that the worker and the manager read of it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from rightplace.demo.finishing import someone
from rightplace.demo.material.names import staff_names
from rightplace.demo.material.strip import strip
from rightplace.domain.restructuring import shipped_stages
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions as posts
from rightplace.foundation.organisation.establishment import people
from rightplace.foundation.organisation.establishment.tables import Occupancy, Post
from rightplace.foundation.organisation.models import Agency, Team, Worker
from rightplace.foundation.organisation.programme import actions as programmes
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import recorded
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.restructure import actions, consulting, papers, structure

TITLE: Final = "One advice desk for families"
SINCE, OPENED, FIRST_DAY = date(2019, 4, 1), date(2025, 12, 1), date(2026, 9, 1)
PEOPLE, PLACES = 34, 12
OLD_TITLE, NEW_TITLE = "Family information officer", "Family adviser"
KEPT = "The worker is known to the families and stays with them"


def on(day: date) -> Any:
    return clock.clock_at(datetime.combine(day, time(9, 30), UTC))


def seed_today(dice: Random) -> None:
    """Once: both sides, the reasons, and consultation as far as it has come."""
    if Programme.objects.filter(title=TITLE).exists():
        return
    by, admin = someone(RoleCode.HUMAN_RESOURCES), someone(RoleCode.ADMINISTRATOR)
    director = someone(RoleCode.DIRECTOR)
    with on(OPENED):
        programme = programmes.begin_programme(
            title=TITLE, purpose="A parent who asks once is answered once, at one desk that knows every service.",
            lead=Worker.objects.get(pk=director.worker), begins=OPENED, by=by,
        )  # fmt: skip
        programmes.set_first_day(programme=programme, on=FIRST_DAY, by=by)
    programme.refresh_from_db()
    old, new = both_sides(programme, by, admin, dice)
    link(programme, old, new, by)
    protect_the_story(programme, by)
    say_reasons(programme, by)
    consult(programme, by)


def both_sides(programme: Programme, by: Actor, admin: Actor, dice: Random) -> tuple[list[Post], list[Post]]:
    agency = Agency.objects.filter(kind="authority").order_by("id")[0]
    known = set(Worker.objects.values_list("name", flat=True))
    names = iter([name for name in staff_names(dice, PEOPLE + len(known)) if name not in known])

    def team(name: str, begins: date) -> Team:
        return Team.objects.create(
            agency=agency, name=name, kind=Team.Kind.ASSURANCE, begins=begins, **recorded(admin)
        )

    def post(side: str, number: int, title: str, where: Team, begins: date) -> Post:
        made = posts.open_post(
            title=title, grade="GR3" if side == "OLD" else "GR4", profession="other", team=where, begins=begins,
            role=RoleCode.FAMILY_SUPPORT_WORKER, funding="Council’s own budget", hours=Decimal(37), by=by,
            reference=f"R26-{side}-{number:03d}",
        )  # fmt: skip
        programmes.put_post(programme=programme, post=made, side=side.lower(), by=by)
        return made

    with on(SINCE):
        desks = [team(f"Family information desk, {where}", SINCE) for where in ("north", "south")]
        old = [post("OLD", n, OLD_TITLE, desks[n % 2], SINCE) for n in range(1, PEOPLE + 1)]
        for each in old:
            worker = Worker.objects.create(
                name=next(names), kind="staff", agency=agency, begins=SINCE, **recorded(admin)
            )
            people.seat_worker(
                seat=each.seats.get(), worker=worker, kind=Occupancy.Kind.SUBSTANTIVE, begins=SINCE, by=by
            )
            people.say_contract(worker=worker, hours=Decimal(37), begins=SINCE, by=by)
    with on(OPENED):
        desk = team("Family advice desk", FIRST_DAY)
        new = [post("NEW", n, NEW_TITLE, desk, FIRST_DAY) for n in range(1, PLACES + 1)]
        for each in desks:
            programmes.say_team_lineage(
                programme=programme,
                before=each,
                after=desk,
                kind="merged",
                because="Two desks become one",
                by=by,
            )
    return old, new


def link(programme: Programme, old: list[Post], new: list[Post], by: Actor) -> None:
    """Two posts merge into one where there are places; the others end, and it is said why."""
    with on(OPENED):
        for place, before in enumerate(old):
            if place < 2 * len(new):
                posts.say_lineage(
                    before=before, after=new[place % len(new)], on=FIRST_DAY, kind="merged",
                    because="Two desks become one", by=by,
                )  # fmt: skip
            else:
                structure.say_unlinked(
                    programme=programme, post=before, because="Calls that the website answers now", by=by
                )
        for grade, pence in (("GR3", 2_810_000), ("GR4", 3_320_000), ("GR5", 4_260_000), ("GR6", 5_010_000)):
            structure.say_cost(
                programme=programme, grade=grade, pence=pence, by=by,
                source="Sample: budget book of this year, with employer’s costs",
            )  # fmt: skip


def protect_the_story(programme: Programme, by: Actor) -> None:
    """The story's family support worker keeps the post: what works is named."""
    name = next(each.name for each in strip().people if each.key == "family_support_worker")
    row = (
        Occupancy.objects.filter(holding(clock.today()), worker__name=name)
        .select_related("seat__post")
        .first()
    )
    if row is not None:
        with on(OPENED + timedelta(days=9)):
            programmes.put_post(
                programme=programme, post=row.seat.post, side="old", protected=True, because=KEPT, by=by
            )


def say_reasons(programme: Programme, by: Actor) -> None:
    steps = (
        ("flaw", date(2025, 12, 3), "A parent who rings is put through twice on average before somebody answers.", ""),
        ("cause", date(2025, 12, 10), "Two desks with two lists of services; neither may book with the other’s.", ""),
        ("change", date(2026, 1, 12), "One desk that knows every service and may book with each.", ""),
        ("measure", date(2026, 1, 12), "Contacts that the front door gets although an advice would have done.",
         "contacts_by_route"),
    )  # fmt: skip
    line = None
    for kind, day, words, figure in steps:
        with on(day):
            line = actions.say_reason(
                programme=programme, kind=kind, words=words, on=day, by=by, figure=figure, line=line
            ).line
    stages = {each.id: each for each in shipped_stages()}
    for place, stage in enumerate(("case", "structure", "equality", "authority")):
        day = date(2026, 1, 13) + timedelta(days=6 * place)
        for number, kind in enumerate(stages[stage].evidence, 1):
            with on(day):
                actions.show_stage(
                    programme=programme,
                    stage=stage,
                    kind=kind,
                    on=day,
                    reference=f"Paper {place + 1}.{number}",
                    by=by,
                )


def consult(programme: Programme, by: Actor) -> None:
    """The statement and the HR1 are out, the clock runs, one answer is due and one is late."""
    given = date(2026, 2, 9)
    owner = Worker.objects.get(pk=by.worker)
    with on(given):
        bodies = [
            consulting.add_body(
                programme=programme, name="Unison branch, children’s services", kind="union",
                speaks_for="All officers of both desks", by=by,
            ),
            consulting.add_body(
                programme=programme, name="Elected representatives of the desks", kind="elected",
                speaks_for="Officers who are in no union", by=by,
            ),
        ]  # fmt: skip
        consulting.say_terms(
            programme=programme, by=by, proposed_on=date(2026, 2, 2), statement_given=given, notified_on=given,
            first_notice=date(2026, 4, 14), first_dismissal=date(2026, 5, 12), last_dismissal=date(2026, 8, 31),
            employer="Example City Council", establishment="Family information desks, north and south",
            reasons="Two desks become one; 34 people for 12 places, with redeployment to the area teams first.",
            selecting="Preferences, a scored assessment and an interview by two trained people, moderated.",
            carrying_out="Volunteers and redeployment first; notice only after the last appeal is closed.",
            payments="The council’s scheme: whole years of service and the actual week’s pay.",
            whom_to_ask="The change desk of human resources, 0121 496 0170",
        )  # fmt: skip
        for kind in ("s188", "hr1"):
            papers.make_paper(programme=programme, kind=kind, by=by)
            what = "section 188 statement given" if kind == "s188" else "HR1 received"
            actions.show_stage(
                programme=programme,
                stage="consultation",
                kind=what,
                on=given,
                reference=f"{kind}, version 1",
                by=by,
            )
        consulting.record_meeting(
            programme=programme, kind="proposal", on=given, bodies=bodies, by=by,
            words="The proposal, both structures and the papers were handed over.",
        )  # fmt: skip
    for day, kind, words, answer in (
        (
            date(2026, 2, 12),
            "question",
            "Who may keep shorter weeks?",
            "Whoever has one now: each place can be shared.",
        ),
        (date(2026, 2, 13), "counter", "Keep four evening places for parents who work.", ""),
        (date(2026, 2, 24), "question", "Which posts are open for redeployment in the area teams?", ""),
    ):
        with on(day):
            asked = consulting.record_asked(
                programme=programme, kind=kind, body=bodies[0], on=day, words=words, owner=owner, by=by
            )
        if answer:
            with on(day + timedelta(days=5)):
                consulting.answer_asked(asked=asked, answer=answer, outcome="answered", by=by)
    with on(date(2026, 2, 20)):
        consulting.record_meeting(
            programme=programme, kind="meeting", on=date(2026, 2, 20), bodies=bodies, by=by,
            words="Pools and criteria; the unions ask for evening places.",
        )  # fmt: skip
