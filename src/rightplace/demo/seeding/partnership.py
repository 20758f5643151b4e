"""The partnership in the demonstration: a board with a year behind it, three disputes, the south's pilot, desks at work.

Everything goes through the actions of the services, each in its own time; names and words are invented.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle

from rightplace.demo.finishing import someone
from rightplace.demo.jointresponse import joint_response
from rightplace.demo.material.strip import strip
from rightplace.domain.practice.entries.contact import Grade, Level
from rightplace.foundation.access.accounts import make_account
from rightplace.foundation.access.actor import RULES, Actor, actor_of
from rightplace.foundation.journal.models import File
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Membership, Team
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.people.projections import Person
from rightplace.services.frontdoor import actions as frontdoor
from rightplace.services.frontdoor import asking, triage
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.projections import Check, Contact
from rightplace.services.partnership import actions
from rightplace.services.partnership.models import Seat

LEADS = (
    "Imogen Castellan",
    "Rafe Underhill",
    "Priya Sandhurst",
    "Gwen Ostler",
    "Tobias Fenn",
    "Marguerite Vale",
)
MEETINGS = (
    (date(2025, 4, 24), "Safeguarding partners, spring", "Each agency names who answers checks in its absence."),
    (date(2025, 6, 26), "Safeguarding partners, early summer", "Schools are asked what they wait for most."),
    (date(2025, 9, 18), "Safeguarding partners, autumn", "Joint response begins in the south on 1 October, as a pilot."),
    (date(2025, 11, 20), "Safeguarding partners, late autumn", "Housing answers checks from its own desk."),
    (date(2026, 1, 22), "Safeguarding partners, winter", "Look at the pilot after six months, with a fair comparison."),
    (date(2026, 2, 26), "Safeguarding partners, February", ""),
)  # fmt: skip
COMMITMENTS = (
    ("police", "Answer red checks within two hours, also at night", "Nine in ten in time, counted monthly",
     date(2026, 3, 31), (("on_course", "Eight in ten in January"), ("behind", "Seven in ten in February"))),
    ("police", "Tell the school by nine of an incident at home the night before", "Every school day",
     date(2026, 2, 27), (("behind", "Four days of five"),)),
    ("health", "A named nurse sits in the joint response in the south", "Somebody there each working day",
     date(2025, 10, 1), (("kept", "There since the first day"),)),
    ("health", "Missed appointments are told to the family support team", "Within five working days",
     date(2026, 5, 29), (("on_course", "Begun in two quarters"),)),
    ("housing", "No family with a child under five is given notice without a word to us", "None in a quarter",
     date(2026, 6, 30), ()),
    ("voluntary", "Forty places a month in parents' groups in the east and south", "Places offered, places taken",
     date(2026, 4, 30), (("on_course", "Thirty-six in February"),)),
    ("probation", "Conditions that touch children are shared when they change", "Within two working days",
     date(2026, 3, 13), (("on_course", "Looked at ten cases: nine in time"),)),
    ("authority", "Every school's question is answered within two working days", "Nine in ten in time",
     date(2026, 4, 3), (("on_course", "Eight in ten, and rising"),)),
)  # fmt: skip


def seed(population: int, seed: int) -> None:
    """Make the partnership, then what lies on the agencies' desks this morning."""
    director = someone(RoleCode.DIRECTOR)
    desks = desks_of()
    leads = {kind: lead(desk, name) for (kind, desk), name in zip(desks.items(), LEADS, strict=False)}
    with at(date(2025, 4, 1)):
        sit(desks, leads, director)
    hold_meetings(desks, director)
    commit(desks, leads, director)
    dispute(leads, director)
    joint_response()
    keep_desks_busy(desks)
    open_notices(desks)


def at(day: date, hour: int = 10) -> AbstractContextManager[object]:
    """The clock held at an hour of a day."""
    return clock.clock_at(datetime.combine(day, time(hour), UTC))


def desks_of() -> dict[str, Team]:
    """One desk of each kind of agency; the story's police first."""
    told = strip().person("police").works_at
    found: dict[str, Team] = {}
    rows = Team.objects.filter(kind=Team.Kind.PARTNER_DESK, ends__isnull=True, agency__school__isnull=True)
    for desk in sorted(rows.select_related("agency"), key=lambda desk: (desk.agency.name != told, desk.pk)):
        if desk.agency.kind in ("police", "health", "housing", "probation", "voluntary"):
            found.setdefault(desk.agency.kind, desk)
    return found


def lead(desk: Team, name: str) -> Actor:
    """Who speaks for an agency on the board, with an account."""
    begins = date(2024, 9, 2)
    with at(begins, 9):
        email = f"{name.lower().replace(' ', '.')}@partner.example"
        worker = organisation.add_worker(
            name=name,
            kind="partner",
            begins=begins,
            agency=desk.agency,
            email=email,
            phone=desk.phone,
            by=RULES,
        )
        membership = organisation.join_team(
            worker=worker, team=desk, role=RoleCode.PARTNER_LEAD, begins=begins, by=RULES
        )
        make_account(worker=worker, username=f"lead.{desk.pk}", by=RULES)
    return actor_of(membership)


def sit(desks: dict[str, Team], leads: dict[str, Actor], director: Actor) -> None:
    """Give each agency its seat; the council chairs."""
    council = Agency.objects.get(kind=Agency.Kind.AUTHORITY)
    begins = clock.today()
    actions.give_seat(agency=council, sits=director.name, begins=begins, by=director, chairs=True)
    for kind, desk in desks.items():
        actions.give_seat(agency=desk.agency, sits=leads[kind].name, begins=begins, by=director)
    second = Team.objects.filter(agency__kind="voluntary", ends__isnull=True).exclude(
        agency=desks["voluntary"].agency
    )
    if (other := second.select_related("agency").order_by("pk").first()) is not None:
        actions.give_seat(agency=other.agency, sits="Its chief officer", begins=begins, by=director)


def hold_meetings(desks: dict[str, Team], director: Actor) -> None:
    """A year of meetings; probation and housing missed some."""
    missed = {"housing": {0, 1, 4}, "probation": {2, 5}}
    away = {desks[kind].agency_id: places for kind, places in missed.items() if kind in desks}
    seats = set(Seat.objects.values_list("agency", flat=True))
    for place, (day, title, decided) in enumerate(MEETINGS):
        with at(day, 15):
            came = [agency for agency in seats if place not in away.get(agency, set())]
            actions.hold_meeting(on=day, title=title, decided=decided, came=came, by=director)


def commit(desks: dict[str, Team], leads: dict[str, Actor], director: Actor) -> None:
    """What each promised, and how it stood."""
    council = Agency.objects.get(kind=Agency.Kind.AUTHORITY)
    for kind, what, measure, due, progress in COMMITMENTS:
        agency = council if kind == "authority" else desks[kind].agency if kind in desks else None
        if agency is None:
            continue
        with at(date(2025, 9, 18), 16):
            owner = director.name if kind == "authority" else leads[kind].name
            made = actions.commit_to(
                agency=agency, owner=owner, what=what.replace("'", "’"), measure=measure, due=due, by=director
            )
        for place, (state, said) in enumerate(progress):
            with at(date(2026, 1, 22) + timedelta(days=35 * place), 16):
                actions.say_progress(commitment=made, state=state, said=said, by=director)


def dispute(leads: dict[str, Actor], director: Actor) -> None:
    """Three disputes: settled, withdrawn, and one that waits on its second step."""
    council = Agency.objects.get(kind=Agency.Kind.AUTHORITY)
    with at(date(2025, 11, 3)):
        first = actions.raise_dispute(
            against=council, about="practice", subject="threshold", by=leads["police"],
            words="Three notices about one home in a month were each decided alone. We would look at them together.",
        )  # fmt: skip
    with at(date(2025, 11, 12)):
        learned = "Three notices in a month go to a joint triage."
        words = "You are right. A third notice within a month goes to a joint triage from now on."
        actions.settle_dispute(dispute=first, outcome="changed", words=words, learned=learned, by=director)
    with at(date(2026, 1, 12)):
        words = "A plan names us for a group that we do not run in that area."
        second = actions.raise_dispute(
            against=council, about="case", subject="plan", words=words, by=leads["voluntary"]
        )
    with at(date(2026, 1, 13)):
        actions.withdraw_dispute(
            dispute=second, words="Settled on the telephone the next day.", by=leads["voluntary"]
        )
    with at(date(2026, 2, 19)):
        words = "We were not told that a family moved whom our nurse visits; we would be told on the day."
        third = actions.raise_dispute(
            against=council, about="case", subject="sharing", words=words, by=leads["health"]
        )
    with at(date(2026, 2, 25)):
        actions.take_a_step_up(
            dispute=third, words="The clock of the first step ran out.", by=leads["health"]
        )


ASKED = {
    "question": "What do you know about the child and those named here, in the last two years?", "basis": "public task",
    "purpose": "To decide what help or protection the child needs", "family_told": "told and agrees",
}  # fmt: skip


def open_contacts(count: int) -> list[Contact]:
    """Contacts that wait and were graded, without a joint triage; those received first."""
    here = clock.now() - timedelta(minutes=25)
    rows = Contact.objects.filter(decided__isnull=True, triage=0, received__lt=here).exclude(grade="")
    return list(rows.order_by("received")[:count])


def sent_words(contact: Contact) -> str:
    """The least that an agency needs: who the children are."""
    persons = File.objects.filter(id__in=contact.children).values("person")
    names = [
        f"{p.name}, born {p.born:%-d %B %Y}" if p.born else p.name
        for p in Person.objects.filter(person__in=persons)
    ]
    return f"{'; '.join(names)}. We have been told something about this family and ask what you know."


def keep_desks_busy(desks: dict[str, Team]) -> None:
    """Checks at every stage: not opened and climbed, opened, taken, answered, refused, late."""
    worker, now = someone(RoleCode.FRONT_DOOR_WORKER), clock.now()
    grades = cycle((Grade.AMBER, Grade.GREEN, Grade.RED))
    for place, (contact, grade) in enumerate(zip(open_contacts(7), grades, strict=False)):
        asked = max(
            contact.received + timedelta(minutes=20),
            now - timedelta(minutes=(200, 170, 95, 80, 50, 30, 10)[place]),
        )
        with clock.clock_at(asked):
            agencies = [desks[kind].agency_id for kind in ("police", "health") if kind in desks]
            asking.ask_checks(
                contact=contact, agencies=agencies, grade=grade, sent=sent_words(contact), by=worker, **ASKED
            )
        for check in Check.objects.filter(concern=contact.concern, asked=asked, answered__isnull=True):
            work_on(check, place, desks)


def work_on(check: Check, place: int, desks: dict[str, Team]) -> None:
    """Bring one check as far as its place says."""
    desk = next(desk for desk in desks.values() if desk.agency_id == check.agency)
    own = colleague_of(desk)
    police = desk.agency.kind == "police"
    with clock.clock_at(min(check.asked + timedelta(minutes=12), clock.now())):
        if place in (1, 2, 4, 5):
            asking.open_check(check=check, by=own)
        if place in (2, 4):
            asking.take_check(check=Check.objects.get(pk=check.pk), by=own)
        if place == 4:
            held = (
                "Incidents that you hold about the child or the people named"
                if police
                else "What do you hold?"
            )
            said = (
                "Two calls to the home in the last year, both for noise."
                if police
                else "Seen by the health visitor in January."
            )
            frontdoor.answer_check(
                check=check, known="known", answer="", by=own, answered_by=own.name, answers={held: said},
                questions=f"check-{desk.agency.kind}",
            )  # fmt: skip
        elif place == 5 and police:
            because = "It is part of an investigation; ask us again on Friday."
            frontdoor.answer_check(
                check=check, known="refused", answer="", refused_because=because, by=own, answered_by=own.name
            )


def colleague_of(desk: Team) -> Actor:
    """Somebody at a desk; the one of the story where there is one."""
    story = {person.name for person in strip().people}
    rows = Membership.objects.filter(team=desk, role=RoleCode.PROFESSIONAL_REFERRER, ends__isnull=True)
    return actor_of(
        min(rows.select_related("worker", "team"), key=lambda m: (m.worker.name not in story, m.pk))
    )


def open_notices(desks: dict[str, Team]) -> None:
    """Three joint triages: nobody heard yet, two have spoken, one decided."""
    worker, now = someone(RoleCode.FRONT_DOOR_WORKER), clock.now()
    police = desks["police"].agency_id
    here = now - timedelta(minutes=25)
    rows = list(
        Contact.objects.filter(decided__isnull=True, triage=0, received__lt=here).order_by("received")
    )
    rows.sort(key=lambda row: (row.agency != police, -row.received.timestamp()))
    for place, contact in enumerate(rows[:3]):
        opened = max(contact.received + timedelta(minutes=5), now - timedelta(minutes=(15, 55, 110)[place]))
        with clock.clock_at(min(opened, now)):
            triage.open_triage(
                contact=contact, agencies=[desks[kind].agency_id for kind in ("police", "health")],
                basis="public task", purpose="To find out together what the child needs after what happened",
                sent=sent_words(contact), family_told="not known", not_told_reason="Nobody has spoken with the mother yet.",
                grade=Grade.AMBER, by=worker,
            )  # fmt: skip
        if place:
            speak(contact, desks, worker, everybody=place == 2)


def speak(contact: Contact, desks: dict[str, Team], worker: Actor, *, everybody: bool) -> None:
    """Police and health say what they know; where everybody does, the table decides."""
    table = Triage.objects.get(concern=contact.concern)
    said = {
        "police": "Called to the home twice since Christmas; he has left.",
        "health": "The mother came to the clinic alone.",
    }
    with clock.clock_at(min(table.opened + timedelta(minutes=20), clock.now())):
        for kind, words in said.items():
            triage.tell_triage(
                triage=table,
                known="known",
                told=words,
                level=str(Level.ADDITIONAL),
                by=colleague_of(desks[kind]),
            )
        if everybody:
            words = "No earlier contact; the school sees nothing unusual."
            triage.tell_triage(
                triage=table, known="known", told=words, level=str(Level.ADDITIONAL), by=worker
            )
            triage.decide_triage(
                triage=Triage.objects.get(pk=table.pk), contact=Contact.objects.get(pk=contact.pk), by=worker,
                level=Level.ADDITIONAL, reasons="He has left, she asks for help, and nobody saw harm to the child.",
                dissent="The police would see the child at school this week.",
            )  # fmt: skip
