"""Figures of what happened in a period: referrals, closings, wrong places. Part of the definitions; none has a target."""

from __future__ import annotations

from typing import Final

from rightplace.domain.practice.figures.conditions import Eq, In, InPeriod, every
from rightplace.domain.practice.figures.figure import Figure
from rightplace.domain.practice.rows import HappeningRow
from rightplace.domain.practice.timescales.wrongplace import JUDGED, NAME, WITHIN_DAYS

OURS: Final = "Defined here"
CENSUS: Final = "After the children in need census guide 2023-24"
YEAR: Final = (365, 0)
OF_CHILDREN = Eq("concern", False)


def _happened(*names: str) -> In:
    return In("name", names)


HAPPENINGS: Final = (
    Figure(
        id="sent_back_twice",
        title="Children whom two teams sent back",
        sentence=(
            "**{n}** times in twelve months two teams sent a child back, and the head of service had to "
            "decide."
        ),
        one="**Once** in twelve months two teams sent a child back, and the head of service had to decide.",
        none="In twelve months no child was sent back by two teams.",
        definition="Second sendings back of one child in 365 days, counted by the team that sent back.",
        source=OURS,
        rows=HappeningRow,
        where=every(_happened("team.sent_back"), Eq("again", True), OF_CHILDREN, InPeriod("at")),
        key=("person", "entry"),
        period=YEAR,
    ),
    Figure(
        id="referrals",
        title="Referrals in twelve months",
        sentence="**{n}** referrals were accepted in twelve months.",
        one="**1** referral was accepted in twelve months.",
        none="No referral was accepted in twelve months.",
        definition="Contacts accepted as requests for services in 365 days. Contacts are not referrals.",
        source=CENSUS,
        rows=HappeningRow,
        where=every(_happened("referral.accepted"), OF_CHILDREN, InPeriod("at")),
        key=("person", "entry"),
        period=YEAR,
    ),
    Figure(
        id="rereferrals",
        title="Referrals within twelve months of another",
        sentence=(
            "**{n}** of {of} referrals (**{share}**, range {low} to {high}) came within twelve months of "
            "another."
        ),
        none="Of {of} referrals none came within twelve months of another.",
        definition="Referrals in 365 days before whose day the same child was referred within a year.",
        source=CENSUS,
        rows=HappeningRow,
        where=every(_happened("referral.accepted"), Eq("again", True), OF_CHILDREN, InPeriod("at")),
        of=every(_happened("referral.accepted"), OF_CHILDREN, InPeriod("at")),
        of_title="Referrals in twelve months",
        key=("person", "entry"),
        period=YEAR,
    ),
    Figure(
        id="wrong_place",
        title="The wrong-place rate",
        sentence=(
            "**{n}** of {of} decisions (**{share}**, range {low} to {high}) turned out to be the wrong "
            "place: {groups}."
        ),
        none="None of {of} decisions turned out to be the wrong place.",
        definition=(
            "Decisions about where a child belongs, in the year that ended 90 days ago, that the "
            "child's later path speaks "
            "against: stepped up or back within 90 days of no further action or closure; assessed and"
            " not in need; plan "
            "ended at its first review; a part that does not go with the level decided. It is a "
            "question, not a mark: it "
            "has no target, and it says nothing about a worker."
        ),
        source="Design of this product; no national definition is known",
        rows=HappeningRow,
        where=every(_happened(NAME), OF_CHILDREN, InPeriod("at")),
        of=every(_happened(*JUDGED), OF_CHILDREN, InPeriod("at")),
        of_title="Decisions about where a child belongs",
        key=("person", "entry"),
        by="outcome",
        period=(365 + WITHIN_DAYS, WITHIN_DAYS),
    ),
    Figure(
        id="second_plans",
        title="Second or later protection plans",
        sentence=(
            "**{n}** of {of} protection plans (**{share}**, range {low} to {high}) were not the child's "
            "first."
        ),
        none="Of {of} protection plans every one was the child's first.",
        definition="Protection plans begun in 365 days for a child who had one at any time before.",
        source=CENSUS,
        rows=HappeningRow,
        where=every(_happened("protectionplan.began"), Eq("again", True), OF_CHILDREN, InPeriod("at")),
        of=every(_happened("protectionplan.began"), OF_CHILDREN, InPeriod("at")),
        of_title="Protection plans begun in twelve months",
        key=("person", "entry"),
        period=YEAR,
    ),
    Figure(
        id="closings",
        title="Children closed in thirty days",
        sentence="**{n}** children were closed in thirty days: {groups}.",
        none="No child was closed in thirty days.",
        definition="Decisions to close in 30 days, by reason; the team is the one that closed.",
        source=OURS,
        rows=HappeningRow,
        where=every(_happened("case.closed"), OF_CHILDREN, InPeriod("at")),
        key=("person", "entry"),
        by="outcome",
        period=(30, 0),
    ),
)
