"""Assessments at every stage for the story's assessment team: being written, late, waiting, sent back, decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rightplace.common.caseflow import actions as caseflow
from rightplace.demo.material.strip import strip
from rightplace.demo.seeding.households import Cast, at, child, today, with_the_team, yesterday
from rightplace.domain.practice.entries.assessment import AssessmentWritten, VisitMade
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.need import sample_pack
from rightplace.foundation.journal.actions import record_visit
from rightplace.foundation.organisation import clock
from rightplace.services.assessment import actions
from rightplace.services.assessment.projections import Assessment


@dataclass(frozen=True)
class Family:
    """A family that is assessed: when it was told of, what was seen, and what the worker wrote."""

    told_on: date
    home: str
    saw: str
    children: tuple[IdentityRecorded, ...]
    focus: str
    own_words: tuple[str, ...] = ()
    development: str = ""
    parenting: str = ""
    environment: str = ""
    family_view: str = ""
    analysis: str = ""
    proposes: str = "cin_plan"
    goals: tuple[str, ...] = ()
    reasons: str = ""


PENFOLD = Family(
    date(2026, 1, 12), "9 Coppersmith Lane", "Rosie comes late and tired; Callum has no breakfast and hides food.",
    (child("Rosie", "Garland", date(2015, 5, 18), "F"), child("Callum", "Garland", date(2019, 10, 2), "M")),
    "Who cares for the children in the mornings, and what the mother’s illness means for them.",
    ("I wake Callum and make the toast. I am good at it. Sometimes I am late.", "Rosie makes toast. Mummy is in bed."),
    "Both children are well grown and up to date with their jabs. Rosie reads above her age and falls asleep in class.",
    "Their mother is warm and ashamed. On bad days she cannot get up, and Rosie takes her place.",
    "A dry flat with two bedrooms. The grandmother lives two streets away and has not been asked.",
    "The mother says that she needs somebody in the mornings, and that she was afraid to ask.",
    "Rosie carries what a grown-up should. Nobody harms the children; what harms is that the mornings hang on a girl of "
    "ten. With the grandmother and the practice nurse in it, this family can do it.",
    "cin_plan", ("A grown-up is there every morning", "Rosie is in school by nine", "The mother sees her doctor monthly"),
    "Help has to begin before Easter and three services have to keep step.",
)  # fmt: skip
OKEKE = Family(
    date(2026, 2, 2), "41 Tilemaker Street", "Amara, twelve, was out until after midnight twice last week.",
    (child("Amara", "Eze", date(2013, 8, 30), "F"),), "Where Amara goes at night, and with whom.",
    ("They are my friends. At home there is only shouting.",),
    "Amara is clever and angry. Her marks fell from good to poor in one term.",
    "The mother works nights and phones every hour. There are rules, and nobody at home to keep them.",
    "A new flat since November; Amara changed school in the middle of the year.",
    "The mother wants Amara home at nine and does not know how.",
    "Amara looks outside for what she misses at home. Who the older friends are is not known.",
    "early_help", ("Amara is home at nine on school nights",), "The mother asks for help and takes it.",
)  # fmt: skip
WICKES = Family(
    date(2025, 12, 19), "3 Old Brewery Yard", "Hetty says that dad threw a plate. Jonas has stopped speaking in class.",
    (child("Hetty", "Langford", date(2014, 3, 3), "F"), child("Jonas", "Langford", date(2018, 7, 21), "M")),
    "What the children see and hear at home, and whether the father has moved out as he says.",
)  # fmt: skip
TRANTER = Family(
    date(2026, 2, 16), "88 Harebell Road", "Leo has had the same wet trousers on for three days.",
    (child("Leo", "Tranter", date(2018, 11, 11), "M"),), "How Leo lives since his father was made homeless.",
)  # fmt: skip
ASHDOWN = Family(
    date(2026, 1, 26), "17 Sawpit Row", "Bryn’s carer is his great-aunt, who is ill and says that she cannot go on.",
    (child("Bryn", "Ashdown", date(2016, 9, 5), "M"),), "Who can care for Bryn while his great-aunt is in hospital.",
    ("I want to stay with Auntie. I can be quiet.",),
    "Bryn is healthy, careful and too quiet. He eats well at school.",
    "His great-aunt has cared for him since he was two, and well. She needs an operation in April.",
    "Their house is hers. An uncle lives in the city and has offered his spare room.",
    "The great-aunt and the uncle have agreed between them who does what.",
    "Bryn is safe and loved. What he needs is that nobody is surprised in April.",
    "cin_plan", ("Bryn stays with his uncle while his great-aunt is in hospital", "Bryn visits her every other day"),
    "The plan ends when his great-aunt is home and well.",
)  # fmt: skip
FAIRWEATHER = Family(
    date(2026, 1, 29), "Flat 2, 50 Chandler Court", "Mina told her teacher that there is no bed for her.",
    (child("Mina", "Kettle", date(2017, 1, 14), "F"),), "How the family lives, and what it needs to live better.",
    ("I sleep with Mum on the sofa. It is warm.",),
    "Mina is lively and liked. She is small for her age; the practice nurse is not worried.",
    "Her mother keeps her safe and is tired of asking offices.",
    "One room for three people since they left the refuge. The rent is in arrears.",
    "The mother wants to be helped with the housing forms, and with nothing else.",
    "Nobody harms Mina. What is missing are a bed, a room and money, and somebody who rings the right offices.",
    "early_help", ("The family has a home with a room to sleep in", "The arrears are in a plan that holds"),
    "Family support can do what is needed, and the mother agrees.",
)  # fmt: skip


def seed(population: int, seed: int) -> None:
    """Six families of the story's area, each as far as its assessment has come on the demonstration's first morning."""
    cast = Cast.of_the_story()
    _begin(cast, TRANTER, yesterday() - timedelta(days=10))
    _begin(cast, WICKES, date(2025, 12, 30))
    for family, written_on in ((PENFOLD, today() - timedelta(days=1)), (OKEKE, today() - timedelta(days=5))):
        rows = _begin(cast, family, family.told_on + timedelta(days=2))
        _sign(cast, family, rows, written_on)
        if family is OKEKE:
            _send_back(cast, rows, written_on + timedelta(days=1))
    for family in (ASHDOWN, FAIRWEATHER):
        rows = _begin(cast, family, family.told_on + timedelta(days=1))
        _sign(cast, family, rows, today() - timedelta(days=6))
        _authorise(cast, family, rows, today() - timedelta(days=4))


def _begin(cast: Cast, family: Family, day: date) -> list[Assessment]:
    files = with_the_team(cast, family.told_on, family.saw, family.home, *family.children)
    with at(day, 10, 15):
        actions.start_assessment(
            files=files,
            focus=family.focus,
            review_form="supervision",
            review_by=day + timedelta(days=21),
            by=cast.worker,
        )
    with at(day, 15, 30):
        visit = VisitMade(seen=True, alone=True, where="home", note="At home with the children and a parent.")
        record_visit(
            files=tuple(files), visit=visit, by=cast.worker, happened=clock.now() - timedelta(minutes=50)
        )
    return _rows(files)


def _rows(files: Sequence[int]) -> list[Assessment]:
    found = {row.file: row for row in Assessment.objects.filter(file__in=files)}
    return [found[file] for file in files]


def _written(family: Family, rows: Sequence[Assessment]) -> dict[int, AssessmentWritten]:
    return {
        row.id: AssessmentWritten(
            assessment=row.id, development=family.development, parenting=family.parenting,
            environment=family.environment, child_words=words, child_wishes="To stay at home, and that it is calmer there.",
            family_view=family.family_view, analysis=family.analysis,
            level="complex/significant" if family.proposes == "cin_plan" else "additional",
            indicators=("parenting.health.unwell",), pack=sample_pack().version, factors=("4B",),
            proposes=family.proposes, goals=family.goals,
            visit_every="4 weeks" if family.proposes == "cin_plan" else "", reasons=family.reasons,
        )
        for row, words in zip(rows, family.own_words, strict=True)
    }  # fmt: skip


def _sign(cast: Cast, family: Family, rows: Sequence[Assessment], day: date) -> None:
    with at(day, 16, 5):
        actions.sign_assessment(written=_written(family, rows), by=cast.worker)


def _send_back(cast: Cast, rows: Sequence[Assessment], day: date) -> None:
    missing = "Who the older friends are, and what Amara’s school before this one knows. Ask the police what they know."
    with at(day, 11, 20):
        actions.send_back(rows=_rows([row.file for row in rows]), what_is_missing=missing, by=cast.manager)


def _authorise(cast: Cast, family: Family, rows: Sequence[Assessment], day: date) -> None:
    now, said = _rows([row.file for row in rows]), _written(family, rows)
    with at(day, 9, 45):
        actions.authorise(
            written={row: said[row.id] for row in now},
            reasons="It says what the child says, and the family agrees to what is proposed.",
            step_down=actions.StepDown(cast.support.pk, _spoken(cast, day), family.goals)
            if family.proposes == "early_help"
            else None,
            by=cast.manager,
        )


def _spoken(cast: Cast, day: date) -> caseflow.Conversation:
    """What the two teams agreed on the telephone before the name went under it."""
    return caseflow.Conversation(
        (cast.worker.name, strip().person("family_support_manager").name),
        day,
        "We visit together in the first week. The social worker tells the mother today whom she will meet.",
    )
