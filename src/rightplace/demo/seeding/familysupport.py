"""Early help in the demonstration: the story's family support team has families at every stage, each written as it is.

The families are the city's own, for whom the story's team answers. Those whose work the bulk history has begun go on
from there with a baseline, a plan, a partner of a school and a review; with some of the rest it begins now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import msgspec

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.actions import Conversation, Step
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import open_spans
from rightplace.common.caseflow.siblings import family_with_the_team
from rightplace.demo.city.tellers import as_told
from rightplace.demo.finishing import someone
from rightplace.demo.material import names
from rightplace.demo.material.strip import strip
from rightplace.domain.practice.entries import familysupport as said
from rightplace.domain.practice.entries.assessment import VisitMade
from rightplace.domain.practice.entries.contact import ContactReceived, Level, Route
from rightplace.domain.practice.entries.identity import AddressRecorded, IdentityRecorded
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.outcomes import framework
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.journal.actions import record_visit
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Membership, Team, Worker
from rightplace.foundation.organisation.places.places import areas, directory
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.people.projections import Person
from rightplace.foundation.people.queries import age_of
from rightplace.services.familysupport import actions
from rightplace.services.familysupport.family import Family, family_of
from rightplace.services.familysupport.queries import before, going_on, partners, to_begin
from rightplace.services.frontdoor import deciding
from rightplace.services.frontdoor.deciding import ChildDecision, Decision, Feedback
from rightplace.services.frontdoor.intake import ChildTold, Told, raise_concern
from rightplace.services.frontdoor.projections import Contact

MOST = 24
FAMILIES = 6
AN_HOUR = timedelta(hours=1)
AT_HOME = VisitMade(
    seen=True, alone=False, where="home", statutory=False, note="At home with everybody, over tea."
)
SAW = (
    "Late and without breakfast on most days since half-term. Warm at the gate. Tired in lessons.",
    "The older one does the shopping and the cooking. It was told with pride, and then with tears.",
    "New to the school, few words of English, no coat. The mother asked where one can get help with forms.",
    "Came in saying that the lights were off at home again. The parents are kind to each other and worn out.",
)
SUMMARIES = (
    "What is hard, in the order in which it was said: mornings, money, sleep. The children are settled at home.",
    "Two rooms for five people, and damp. What they want is a place for the youngest and somebody to ring.",
    "One parent does this alone, and better than is believed. An hour in the week for themselves would change much.",
)
WANTS = (
    ("Everybody is at school by nine", "Walk together, bags packed the night before", "education"),
    ("The rent is paid and the letters are opened", "Ring the advice line on Thursday, together", "money"),
    (
        "There is one quiet evening in the week",
        "Grandmother takes the youngest on Wednesdays",
        "relationships",
    ),
    ("Somebody sleeps through again", "See the surgery, and keep the telephone out of the bedroom", "health"),
    ("The damp is gone", "Ring housing each Monday until there is a date", "housing"),
)
WORDS = (
    "It is quieter than it was.",
    "I did not think that we would get this far.",
    "Some days are still long.",
)


def seed(population: int, seed: int) -> None:
    """Take the story's team and bring its families to every stage."""
    story = strip().person("family_support_worker").name
    found = Membership.objects.select_related("worker", "team").filter(
        worker__name=story, team__kind=Team.Kind.FAMILY_SUPPORT
    )
    own = queries.on_day(found, clock.today()).first()
    if own is None:
        return
    worker, rng = actor_of(own), Random(seed)  # noqa: S311  an invented city
    come_to_the_team(worker, manager_of(worker), rng)
    begin_some(worker, rng)
    numbers = list(dict.fromkeys(going_on(worker, worker.team).values_list("family", flat=True)))[:MOST]
    for place, number in enumerate(numbers):
        further(worker, number, place, rng)


def the_school() -> Actor:
    """The safeguarding lead of the story's school."""
    rows = Membership.objects.select_related("worker", "team").filter(
        worker__name=strip().person("school").name, role=RoleCode.PROFESSIONAL_REFERRER
    )
    return actor_of(rows.order_by("id")[0])


def manager_of(worker: Actor) -> Actor:
    """The story's manager of the same team."""
    name = strip().person("family_support_manager").name
    rows = Membership.objects.select_related("worker", "team").filter(worker__name=name, team_id=worker.team)
    return actor_of(rows[0])


def come_to_the_team(worker: Actor, manager: Actor, rng: Random) -> None:
    """Families told of by a school in the last months, decided for family support, accepted; with most it has begun.

    The last to come waits for a worker; with the one before nothing has begun.
    """
    teller, door = the_school(), someone(RoleCode.FRONT_DOOR_WORKER)
    start = clock.now()
    for place in range(FAMILIES):
        told_at = start - timedelta(days=14 + 8 * place, minutes=7 * place)
        with clock.clock_at(told_at):
            told = raise_concern(_told(worker.area, rng, teller), by=teller)
        contact = Contact.objects.get(concern=told.concern)
        with clock.clock_at(told_at + timedelta(hours=2)):
            _decide(contact, worker.team, door)
        with clock.clock_at(told_at + timedelta(hours=5)):
            offers = {o.file: o.id for o in Offer.objects.filter(concern=contact.concern, state="open")}
            caseflow.accept_children(offers=offers, by=manager, worker=worker.worker if place else 0)
        if place < 2:
            continue
        with clock.clock_at(told_at + timedelta(days=3)):
            actions.begin(
                files=list(contact.children), agreements=answers(worker, contact.children), lead=worker.worker,
                purpose=rng.choice(WANTS)[0], by=worker, concern=contact.concern,
            )  # fmt: skip
        with clock.clock_at(told_at + timedelta(days=5, hours=6)):
            record_visit(
                files=tuple(contact.children), visit=AT_HOME, by=worker, happened=clock.now() - AN_HOUR
            )


def _told(area: int, rng: Random, teller: Actor) -> Told:
    """What a school tells of one invented family."""
    community = rng.choice(list(names.names().communities))
    surname, home = names.surname(rng, community), names.street_address(rng)
    squares = next(each.squares for each in areas() if each.number == area)
    postcode = rng.choice([code for square in squares for code in directory().homes.get(square, ())])
    given = {
        names.first_name(rng, community, rng.choice(("girl", "boy"))) for _ in range(rng.choice((1, 2, 2, 3)))
    }
    children = tuple(
        ChildTold(
            identity=IdentityRecorded(
                given=name, family=surname,
                born=clock.today() - timedelta(days=rng.randint(700, 5200)),
            ),
            address=AddressRecorded(line=home, postcode=postcode, area=area),
        )
        for name in sorted(given)
    )  # fmt: skip
    contact = ContactReceived(
        team=0, source="2A", channel="online form", saw=rng.choice(SAW), wants="Somebody who helps at home",
        danger_now="no", family_told="yes", lawful_basis="public task", professional=True, referrer_name=teller.name,
        agency=teller.agency, answers=as_told(child.identity for child in children),
    )  # fmt: skip
    return Told(children=children, contact=contact)


def _decide(contact: Contact, team: int, door: Actor) -> None:
    parts = [
        ChildDecision(
            file=file, level=Level.ADDITIONAL, indicators=("parenting.health.unwell",), route=Route.FAMILY_SUPPORT,
            reasons="Help at home can mend it; the family wants it.", alternatives="Advice to the school", team=team,
        )
        for file in contact.children
    ]  # fmt: skip
    feedback = Feedback(outcome="family support", text="A family support team rings the family this week.")
    decision = Decision(children=parts, lawful_basis="public task", family_told="yes", feedback=feedback)
    deciding.decide_contact(contact=contact, decision=decision, by=door)


def begin_some(worker: Actor, rng: Random) -> None:
    """With half of those who have a worker and nothing has begun it begins two days ago; the rest wait, as in life."""
    waiting = [span.person for span, _ in to_begin(worker, worker.team) if span.worker]
    moment = clock.now() - timedelta(days=2, hours=5)
    for place, person in enumerate(waiting[::2][:6]):
        with clock.clock_at(moment + timedelta(minutes=place)):
            files = [f for f in family_with_the_team(worker, person) if f in waiting]
            if not open_spans(worker, moment).filter(person__in=files, opened__lte=moment).exists():
                continue
            try:
                actions.begin(
                    files=files or [person], agreements=answers(worker, files or [person]), lead=worker.worker,
                    purpose="A calmer start to the day.", by=worker, concern=before(worker, [person]).concern,
                )  # fmt: skip
            except Refused:
                continue


def answers(worker: Actor, files: Sequence[int]) -> list[said.Agreement]:
    """The adults whom the files name agree; each child is asked by age."""
    today = clock.today()
    adults = before(worker, files).adults or [("The mother", "mother")]
    found = [said.Agreement(who=name, part=part, on=today) for name, part in adults[:2]]
    for person in Person.objects.filter(person__in=files):
        age = age_of(person, today)
        answer = "too young to be asked" if age is not None and age < 5 else "agrees"
        found.append(
            said.Agreement(
                who=person.given or person.name, child=person.person, part="child", answer=answer, on=today
            )
        )
    return found


STAGES = (
    ("assess", 0.3), ("plan", 0.45), ("share", 0.5), ("meet", 0.6), ("review", 0.85), ("step_up", 0.97),
)  # fmt: skip
"""What comes after what, each at a part of the time since the work began: no two things happen in one moment."""
REVIEWED, LONG = 5, timedelta(weeks=10)
"""Whoever has been helped for so long has a plan that was looked at again."""


def further(worker: Actor, number: int, place: int, rng: Random) -> None:
    """One family some steps further, by its place: to assess, assessed, planned, shared, met, reviewed, stepping up."""
    acts = {
        "assess": assess, "plan": plan, "share": share, "meet": meet, "review": review, "step_up": step_up,
    }  # fmt: skip
    began, now = family_of(worker, number).going_on[0].began, clock.now()
    far = place % (len(STAGES) + 1)
    if now - began > LONG and far < REVIEWED:
        far = REVIEWED
    for n, (name, share_of_time) in enumerate(STAGES[:far]):
        at = (began + (now - began) * share_of_time).replace(hour=10 + n)
        if name == "step_up":
            at = max(at, (now - timedelta(days=1)).replace(hour=15, minute=10 + place))
        with clock.clock_at(min(at, now - timedelta(minutes=60 - 10 * n))):
            acts[name](worker, family_of(worker, number), rng)


def assess(worker: Actor, family: Family, rng: Random) -> None:
    """The baseline."""
    used = framework("supporting-families")
    assert used is not None
    people = family.record.agreements or [said.Agreement(who="The mother", part="mother")]
    wants = rng.sample(WANTS, 2)
    found, measures = [], []
    for (want, _, headline), who in zip(wants, people, strict=False):
        found.append(
            said.Finding(headline=headline, who=who.who, child=who.child, needs=want, words=rng.choice(WORDS))
        )
        measures.append(
            said.Measure(
                headline=headline, who=who.who, child=who.child, value=rng.choice(used.points[:2]).value
            )
        )
    actions.assess(
        family=family, by=worker,
        assessed=said.WholeFamilyAssessed(
            support=0, summary=rng.choice(SUMMARIES), framework=used.id, family_words="We want it to be calm at home.",
            child_words="I want my mum to laugh more.", needs=tuple(each.headline for each in found), found=tuple(found),
            measures=tuple(measures),
        ),
    )  # fmt: skip


def plan(worker: Actor, family: Family, rng: Random) -> None:
    """A plan of two goals, one of them the family's own; the second may be late already."""
    found = family.record.last(said.WholeFamilyAssessed)
    headlines = found[0].needs if found else ()
    wants = [each for each in WANTS if each[2] in headlines] or rng.sample(WANTS, 2)
    adult = next((a for a in family.record.agreements if not a.child), None)
    doers = ((adult.who if adult else "The mother", 0), (worker.name, worker.worker))
    today = clock.today()
    goals = [
        said.Goal(
            number=n, want=want, does=does, headline=headline, doer=doer, worker=by,
            by=date.fromordinal(today.toordinal() + rng.choice((1, 9, 16, 30))),
        )
        for n, ((want, does, headline), (doer, by)) in enumerate(zip(wants, doers, strict=False), 1)
    ]  # fmt: skip
    actions.plan(family=family, goals=goals, family_words="Yes, that is what we said.", by=worker)


def share(worker: Actor, family: Family, rng: Random) -> None:
    """A colleague of a school joins the team around the family, with the first part of the plan."""
    colleagues = [number for _, people in partners(worker) for number, _ in people]
    story = Worker.objects.filter(name=strip().person("school").name).values_list("pk", flat=True).first()
    chosen = (
        story
        if story in colleagues and rng.random() < 0.5
        else rng.choice(colleagues)
        if colleagues
        else None
    )
    row = Worker.objects.select_related("agency").filter(pk=chosen or 0).first()
    if row is None or row.agency is None:
        return
    member = said.FamilyTeamJoined(
        support=0, name=row.name, worker=row.pk, agency=row.agency.pk, agency_name=row.agency.name,
        role="key adult at school", contact=row.phone, shared=(1,), basis="public task, the family agrees",
        purpose="So that school and we pull the same way",
    )  # fmt: skip
    actions.invite(family=family, member=member, by=worker)


def meet(worker: Actor, family: Family, rng: Random) -> None:
    """The team around the family meets: one thing is done already, and somebody agrees once more, having seen it."""
    adults = [a for a in family.record.agreements if not a.child]
    actions.meet(
        family=family, came=[worker.name, *(a.who for a in adults)], missed=[], words=rng.choice(WORDS),
        summary="What was agreed is begun. School sees a difference in the mornings.", by=worker,
    )  # fmt: skip
    mine = next((goal for goal in family.record.goals if goal.worker == worker.worker), None)
    if mine is not None:
        actions.say_done(
            family=family, goal=mine.number, done=False, words="Rung twice, an answer is promised.", by=worker
        )
    if adults:
        again = msgspec.structs.replace(adults[0], words=rng.choice(WORDS), on=clock.today())
        actions.answer(family=family, agreement=again, by=worker)


def review(worker: Actor, family: Family, rng: Random) -> None:
    """The plan is looked at again, and each is measured again."""
    used = family.record.framework
    goals = family.record.goals
    values = [point.value for point in used.points[1:]] if used else []
    first = {(m.who, m.headline): m for m, _ in family.record.measures}
    measured = tuple(msgspec.structs.replace(m, value=rng.choice([*values, ""])) for m in first.values())
    actions.review(
        family=family, by=worker,
        reviewed=said.FamilyPlanReviewed(
            support=0, outcome="We went through the plan together, line by line.", family_words=rng.choice(WORDS),
            came=tuple(a.who for a in family.record.agreements if not a.child), measures=measured,
            goals=tuple(msgspec.structs.replace(g, state="done" if g.number == 1 else g.state) for g in goals),
            goes_on="goes on",
        ),
    )  # fmt: skip


def step_up(worker: Actor, family: Family, rng: Random) -> None:
    """More than the team can give: agreed with the assessment team of the area, which has not answered yet."""
    team = queries.team_for(worker.area, Team.Kind.ASSESSMENT, clock.today())
    if team is None:
        return
    other = queries.manager_of(team.pk, clock.today())
    step = Step(
        up=True, from_part="family support", to_part="assessment", team=team.pk,
        reasons="The children tell of nights alone, and what was agreed for that has not held.",
        indicators=("parenting.help.refused",),
        conversation=Conversation(
            (worker.name, other.name if other else "the duty manager"), clock.today(),
            "We visit together tomorrow; the worker tells the parents today.",
        ),
        carried=tuple(goal.want for goal in family.record.goals if goal.state == "open"),
    )  # fmt: skip
    try:
        caseflow.step_children(
            files=[s.file for s in family.going_on], step=step, by=worker, may="familysupport.write",
            concern=family.going_on[0].concern,
        )  # fmt: skip
    except Refused:
        return
