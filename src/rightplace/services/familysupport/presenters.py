"""What the pages of early help say: a family, the team's families, a partner's part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from rightplace.common.caseflow.children import ChildKnown
from rightplace.common.web import tags, words
from rightplace.common.web.charts import Caption
from rightplace.common.web.frame import story_address
from rightplace.common.web.pieces import Column, Group, Lines, Link, Row, by_due, since
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.entries import familysupport as said
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.folding import rules
from rightplace.foundation.journal.projections import Span, Timescale
from rightplace.foundation.people.projections import Person
from rightplace.services.familysupport.family import Family
from rightplace.services.familysupport.picture import WayChart
from rightplace.services.familysupport.queries import FamilyLine, Onward
from rightplace.services.familysupport.record import AGREES

FAMILY_COLUMNS = (
    Column("Family"), Column("Where it stands"), Column("Leads"), Column("Goals done"), Column("Next"), Column("Due")
)  # fmt: skip
BEGIN_COLUMNS = (Column("Child"), Column("Waits since"), Column("Worker"), Column("Next"))
PEOPLE_COLUMNS = (Column("Who"), Column("Answer"), Column("In their own words"), Column("On"))
DUE_COLUMNS = (Column("What"), Column("For"), Column("Due"))
GOAL_COLUMNS = (Column("What should be different"), Column("What is done"), Column("Who"), Column("By"))
NEED_COLUMNS = (
    Column("Who"),
    Column("Headline"),
    Column("Needed"),
    Column("Strong"),
    Column("In their own words"),
)
MEMBER_COLUMNS = (Column("Who"), Column("Role"), Column("How to reach them"), Column("Sees of the plan"))
MET_COLUMNS = (Column("Day"), Column("What"), Column("Who came"), Column("What was said"))
ANSWERS = {
    AGREES: tags.met("agrees"),
    "does not agree": tags.late("does not agree"),
    "too young to be asked": tags.plain("too young to be asked"),
    "not asked yet": tags.not_known("not asked yet"),
}


KEPT = (("meet", "Keep a meeting"), ("answer", "Keep an answer"), ("lead", "Name who leads"))
AFTER_REVIEW = {
    "steps up": "The last review says that the children need more than your team can give: step up.",
    "ends": "The last review says that the work can end: the team’s manager ends it with what changed.",
}
NEXT_STEPS = {"steps up": "step", "ends": "end"}


def stage(ended: bool, assessed: object, planned: object, reviewed: object) -> Tag:
    """How far a family has come, in a word."""
    if ended:
        return tags.met("ended")
    if reviewed:
        return tags.still_open("plan reviewed")
    if planned:
        return tags.still_open("plan made")
    return tags.still_open("assessed") if assessed else tags.still_open("agreed, to assess")


def goal_tag(goal: said.Goal, now: datetime) -> Tag:
    """How a goal stands: done, late, due soon, open."""
    if goal.state == "done":
        return tags.met("done")
    if goal.state == "not needed":
        return tags.plain("no longer needed")
    return tags.due_tag(goal.by, now)


@dataclass(frozen=True)
class FamiliesPage:
    """The families of a team, next due first, and the children for whom nothing has begun."""

    actor: Actor
    now: datetime
    families: Sequence[FamilyLine]
    begin: Sequence[tuple[Span, Person]]
    workers: Mapping[int, str]

    @property
    def groups(self) -> list[Group]:
        return by_due(self.families, due=lambda f: f.due, row=self._row, now=self.now)

    def _row(self, line: FamilyLine) -> Row:
        first = line.first
        names = words.listed([p.given or p.name for p in line.persons], "A family")
        surname = next((p.family for p in line.persons if p.family), "")
        count = words.count_words(len(line.persons), "child", "children")
        lead = self.workers.get(first.lead)
        title = rules().titles().get(line.rule, "") if line.rule else ""
        return Row(
            [
                Link(
                    f"{names} {surname}".strip(), reverse("familysupport:family", args=[line.number]), count
                ),
                stage(False, first.assessed, first.planned, first.reviewed),
                lead or tags.late(f"nobody, {since(first.lead_since, self.now)}"),
                f"{first.goals_done} of {first.goals}" if first.planned else "no plan yet",
                title or "Nothing is due",
                tags.due_tag(line.due, self.now) if line.due else tags.plain("–"),
            ],
            late=tags.is_late(line.due, self.now),
        )

    @property
    def begin_rows(self) -> list[Row]:
        return [
            Row(
                [
                    Link(person.name, story_address(person.person)),
                    words.plain_day(span.opened) if span.opened else None,
                    self.workers.get(span.worker, "no worker yet"),
                    Link("Begin with the family", reverse("familysupport:begin", args=[person.person])),
                ]
            )
            for span, person in self.begin
        ]

    @property
    def files(self) -> set[int]:
        """Whom the page shows."""
        shown = {p.person for line in self.families for p in line.persons}
        return shown | {person.person for _, person in self.begin}


@dataclass(frozen=True, kw_only=True)
class FamilyPage:
    """One family: where things stand, who agreed, what is needed, the plan, the way so far, who is around it."""

    family: Family
    children: Sequence[ChildKnown]
    due: Sequence[Timescale]
    workers: Mapping[int, str]
    now: datetime
    ours: bool
    may_end: bool
    onward: Sequence[Onward] = ()
    found_for: Sequence[Link] = ()

    @property
    def sentences(self) -> list[str]:
        record = self.family.record
        first = self.children[0]
        found = [f"{words.count_words(len(self.children), 'child', 'children')}. {first.where}"]
        found.append(self._lead_sentence())
        if record.ended:
            found.append(f"Family support ended on {words.plain_day(record.ended.day)}.")
        elif not record.agrees:
            found.append("Nobody of the family agrees now: talk it over, end with what changed, or step up.")
        else:
            agreed = words.listed([a.who for a in record.agreements if a.answer == AGREES])
            found.append(f"{agreed} {'agrees' if ' and ' not in agreed else 'agree'} to it.")
        found += [self._onward_sentence(), self._reviewed_sentence(), self._next_sentence()]
        return [sentence for sentence in found if sentence]

    def _onward_sentence(self) -> str:
        """That the children are offered to another team, and who answers until it accepts."""
        if not self.onward:
            return ""
        first = self.onward[0]
        opened = f"opened there {words.when(first.read)}" if first.read else "nobody there has opened it yet"
        return f"Offered to {first.team} {words.when(first.offered)}; {opened}. Your team answers until it accepts."

    @property
    def _goes_on(self) -> str:
        """What the last review said of how it goes on, unless a plan or an offer has answered it since."""
        review, plan = (
            self.family.record.last(said.FamilyPlanReviewed),
            self.family.record.last(said.FamilyPlanMade),
        )
        if review is None or self.onward or (plan is not None and plan[1].after(review[1])):
            return ""
        return review[0].goes_on

    def _reviewed_sentence(self) -> str:
        if self.family.record.ended:
            return ""
        return AFTER_REVIEW.get(self._goes_on, "")

    def _lead_sentence(self) -> str:
        lead = self.family.record.lead
        if lead is not None and lead.worker:
            return f"{self.workers.get(lead.worker, 'Somebody who has left')} leads the work."
        age = since(self.family.supports[0].lead_since, self.now)
        return f"Nobody leads the work, for {age}. Its manager names somebody within two working days."

    def _next_sentence(self) -> str:
        if not self.due:
            return "Nothing is due." if not self.family.record.ended else ""
        first = self.due[0]
        title = rules().titles().get(first.rule, first.rule)
        return f"Next: {title}, {words.day_words(first.due, self.now)}." if first.due else ""

    @property
    def actions(self) -> list[Link]:
        """What brings the work on; the next step first."""
        if not self.ours or not self.family.going_on:
            return []
        record, offered = self.family.record, bool(self.onward)
        assessed, planned = record.last(said.WholeFamilyAssessed) is not None, bool(record.goals)
        found = {
            "review": "Review the plan" if planned else "",
            "plan": "Change the plan" if planned else "Make the plan",
            "assess": "Assess again" if assessed else "Write the assessment",
            "step": "" if offered else "Step up",
            "end": "End with what changed" if self.may_end and not offered else "",
        }
        next_step = NEXT_STEPS.get(self._goes_on, "review" if planned else "plan" if assessed else "assess")
        order = sorted(found, key=lambda name: name != next_step)
        return [Link(found[name], self._address(name)) for name in order if found[name]]

    @property
    def more(self) -> list[Link]:
        """What is kept beside it, and where else the page leads."""
        if not self.ours or not self.family.going_on:
            return list(self.found_for)
        kept = [Link(text, self._address(name)) for name, text in KEPT]
        back = [
            Link(f"Take back the offer of {each.name}", each.address) for each in self.onward if each.address
        ]
        return [*kept, *self.found_for, *back]

    def _address(self, name: str) -> str:
        return reverse(f"familysupport:{name}", args=[self.family.number])

    @property
    def child_links(self) -> list[Link]:
        return [Link(child.name, child.story, child.age) for child in self.children]

    @property
    def people_rows(self) -> list[Row]:
        return [
            Row(
                [
                    Lines(one.who, one.part),
                    ANSWERS.get(one.answer, tags.not_known(one.answer)),
                    one.words or "–",
                    words.plain_day(one.on) if one.on else None,
                ]
            )
            for one in self.family.record.agreements
        ]

    @property
    def due_rows(self) -> list[Row]:
        named = {child.number: child.name for child in self.children}
        rows: dict[tuple[str, datetime | None], list[str]] = {}
        for scale in self.due:
            rows.setdefault((scale.rule, scale.due), []).append(named.get(scale.person, "a child"))
        return [
            Row(
                [rules().titles().get(rule, rule), words.listed(names), tags.due_tag(due, self.now)],
                late=tags.is_late(due, self.now),
            )
            for (rule, due), names in rows.items()
        ]

    @property
    def assessment(self) -> said.WholeFamilyAssessed | None:
        found = self.family.record.last(said.WholeFamilyAssessed)
        return found[0] if found else None

    @property
    def assessed_on(self) -> str:
        found = self.family.record.last(said.WholeFamilyAssessed)
        return words.plain_day(found[1].day) if found else ""

    @property
    def need_rows(self) -> list[Row]:
        used, found = self.family.record.framework, self.assessment
        if found is None or used is None:
            return []
        return [
            Row(
                [
                    one.who,
                    headline.title if (headline := used.headline(one.headline)) else one.headline,
                    one.needs or "–",
                    one.strengths or "–",
                    one.words or "–",
                ]
            )
            for one in found.found
        ]

    @property
    def plan_rows(self) -> list[Row]:
        """The goals; for the team each open one with the page on which to say what was done."""
        goals = self.family.record.goals
        rows = goal_rows(goals, self.now)
        if not self.ours:
            return rows
        return [
            replace(row, cells=[*row.cells, self._act(goal)]) for row, goal in zip(rows, goals, strict=True)
        ]

    def _act(self, goal: said.Goal) -> Link | str:
        if goal.state != "open":
            return "–"
        return Link(
            "Say what was done", reverse("familysupport:act", args=[self.family.number, goal.number]), ""
        )

    @property
    def plan_columns(self) -> Sequence[Column]:
        return (*GOAL_COLUMNS, Column("Next")) if self.ours else GOAL_COLUMNS

    @property
    def act_rows(self) -> list[str]:
        """What people said of their parts, the last first."""
        wants = {goal.number: goal.want for goal in self.family.record.goals}
        return [
            f"{words.plain_day(act.day)}, {self.workers.get(act.author, 'somebody')}: "
            f"{'done' if act.done else 'goes on'}, {wants.get(act.goal, 'a goal of before')}. {act.words}"
            for act in self.family.record.acts
        ]

    @property
    def way(self) -> WayChart | None:
        record = self.family.record
        used, ways = record.framework, record.travelled
        if used is None or not ways:
            return None
        signed = {each.id for _, each in record.measures}
        times = "time measured" if len(signed) == 1 else "times measured"
        caption = Caption(self.now, len(signed), times, f"Framework: {used.title}. {used.note}".strip())
        return WayChart(used, ways, record.names, caption)

    @property
    def member_rows(self) -> list[Row]:
        goals = {goal.number: goal.want for goal in self.family.record.goals}
        rows = []
        for member in self.family.record.members:
            own = [g.number for g in self.family.record.goals if g.worker and g.worker == member.worker]
            seen = [goals[n] for n in dict.fromkeys([*member.shared, *own]) if n in goals]
            shown: str | Lines = "No account here: told in person"
            if member.agency:
                shown = Lines(
                    "; ".join(seen) or "Nothing of the plan yet", f"{member.basis}; {member.purpose}"
                )
            rows.append(
                Row(
                    [
                        Lines(member.name, member.agency_name),
                        member.role or None,
                        member.contact or None,
                        shown,
                    ]
                )
            )
        return rows

    @property
    def met_rows(self) -> list[Row]:
        """Meetings and reviews, the last first."""
        rows = []
        for each in reversed(self.family.record.told):
            body = each.body
            if isinstance(body, said.FamilyTeamMet):
                rows.append(
                    Row([words.plain_day(each.day), "Meeting", ", ".join(body.came) or None, body.summary])
                )
            elif isinstance(body, said.FamilyPlanReviewed):
                text = " ".join(filter(None, (body.outcome, body.family_words)))
                rows.append(
                    Row([words.plain_day(each.day), "Review", ", ".join(body.came) or None, text or None])
                )
        return rows

    @property
    def end(self) -> said.FamilySupportEnded | None:
        found = self.family.record.last(said.FamilySupportEnded)
        return found[0] if found else None


def goal_rows(goals: Sequence[said.Goal], now: datetime) -> list[Row]:
    """The goals of a plan with who does what by when, and how each stands."""
    return [
        Row(
            [
                goal.want,
                Lines(goal.does, goal.note) if goal.note else goal.does or None,
                goal.doer or None,
                goal_tag(goal, now),
            ],
            late=goal.state == "open" and tags.is_late(goal.by, now),
        )
        for goal in goals
    ]
