"""The engine agrees with a slow, naive one over random histories from 2010 to 2040, for every rule of the packs."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.londontime import DAY, HOUR, MINUTE, day_of, start_of_day
from rightplace.domain.practice.timescales import RuleBook, rulebook, timescales
from rightplace.domain.practice.timescales.tests.histories import History, instant
from rightplace.domain.practice.timescales.tests.slow_timescales import COUNTABLE, Naive, SlowEngine

BOOK = rulebook()
GAPS = (0, 5 * MINUTE, 90 * MINUTE, 5 * HOUR, DAY, 3 * DAY, 9 * DAY, 25 * DAY, 60 * DAY, 130 * DAY, 400 * DAY)
SUBJECT = {
    "contact": (
        ("contact.received", ("professional", "public")),
        (("contact.read", ()), ("contact.screened", ("red", "amber", "green")), ("contact.decided", ()),
         ("referrer.told", ())),
    ),
    "check": (("check.asked", ("red", "amber", "green")), (("check.answered", ()),)),
    "disagreement": (("referrer.disagreed", ()), (("disagreement.answered", ()),)),
    "referral": (("referral.accepted", ()), (("assessment.authorised", ()),)),
    "assessment": (("assessment.began", ("single", "core", "initial")), (("assessment.authorised", ()),)),
    "cin_plan": (("needplan.began", ()), (("needplan.reviewed", ()),)),
    "section47": (("enquiry.began", ()), (("enquiry.ended", ("no_conference",)), ("conference.initial", ()))),
    "protection_plan": (
        ("protectionplan.began", ()), (("conference.review", ()), ("coregroup.met", ()))
    ),
    "care": (
        ("care.began", ("full_regime", "short_breaks")),
        (("care.reviewed", ("first", "second", "later")), ("health.assessed", ("initial",)),
         ("education.planned", ()), ("careplan.made", ()), ("placement.adoptive", ()), ("care.ended", ("adopted",)),
         ("care.ceasing_approved", ())),
    ),
    "placement": (
        ("placement.began", ("first", "emergency", "with_parents", "temporary_approval", "adoptive", "out_of_area")),
        (("placementplan.made", ()), ("placement.notified", ("listed_persons", "out_of_area")),
         ("placement.ended", ("without_notice",)), ("approval.extended", ()), ("carer.approved", ()),
         ("placement.ending_notified", ())),
    ),
    "missing": (("missing.began", ()), (("missing.ended", ()), ("returninterview.held", ()))),
    "leaving_care": (
        ("leavingcare.began", ("relevant", "eligible")),
        (("leavingcare.assessed", ()), ("pathway.planned", ()), ("pathway.reviewed", ()),
         ("accommodation.provided", ()), ("adviser.visited", ())),
    ),
    "private_fostering": (("privatefostering.known", ("proposed", "existing")), ()),
    "family_support": (
        ("familysupport.began", ()),
        (("familysupport.assessed", ()), ("familysupport.planned", ()), ("familysupport.reviewed", ())),
    ),
    "strategy": (("strategy.decided", ()), (("strategy.held", ()),)),
    "offer": (
        ("team.offered", ()),
        (("offer.read", ()), ("team.accepted", ()), ("team.sent_back", ("second",)), ("team.placed", ())),
    ),
    "transfer": (("transfer.notified", ()), (("conference.transfer_in", ()),)),
    "application": (("court.applied", ("care", "supervision")), (("court.disposed", ()),)),
}  # fmt: skip
ABOUT_THE_CHILD = (
    ("visit.made", ()),
    ("visit.made", ()),
    ("legal.changed", ("C2", "E1", "with_parents")),
    ("leavingcare.eligible", ()),
    ("team.answers", ()),
    ("worker.ended", ()),
    ("worker.allocated", ("allocated", "second")),
    ("health.sdq", ()),
    ("care.year", ()),
    ("emergencyorder.made", ("PPP", "EPO", "extended")),
    ("timescale.excused", ()),
    ("turned.18", ()),
)  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> History:
    born = draw(st.none() | st.dates(date(2000, 1, 1), date(2026, 1, 1)))
    history = History(born=born.isoformat() if born else None)
    day = draw(st.dates(date(2010, 1, 1), date(2036, 12, 31)))
    clock = instant(day, draw(st.sampled_from((0.0, 7.5, 9.0, 16.5, 20.0))))
    together = st.sampled_from(
        (["care", "placement"], ["placement"], ["private_fostering"], ["referral", "assessment"])
    )
    theme = draw(together | st.lists(st.sampled_from(sorted(SUBJECT)), min_size=1, max_size=4, unique=True))
    for _ in range(draw(st.integers(3, 26))):
        clock += draw(st.sampled_from(GAPS))
        if draw(st.integers(0, 5)) == 0:
            clock = max(start_of_day(day_of(clock)), history.journey.at)
        _something(draw, history, theme, clock)
    return history


def _something(draw: st.DrawFn, history: History, theme: list[str], at: int) -> None:
    kind = draw(st.sampled_from([*theme, *theme, "child", "child", "end", "close"]))
    if kind == "child":
        _about_the_child(draw, history, at)
    elif kind == "end":
        open_ones = [p.id for p in history.journey.processes.values() if p.closed is None]
        if open_ones:
            history.ends(draw(st.sampled_from(open_ones)), at, by_law=draw(st.booleans()))
    elif kind == "close":
        if draw(st.integers(0, 3)) == 0:
            history.closes(at, by_law=draw(st.booleans()))
    else:
        _about_a_process(draw, history, kind, at)


def _about_a_process(draw: st.DrawFn, history: History, kind: str, at: int) -> None:
    (opening, tags), later = SUBJECT[kind]
    known = [p.id for p in history.journey.processes.values() if p.kind == kind]
    if not known or not later or draw(st.integers(0, 4)) == 0:
        processes = history.journey.processes.values()
        parents = [0, *(p.id for p in processes if p.kind in ("referral", "contact"))][-3:]
        begun = history.begins(kind, opening, at, _some(draw, tags), parent=draw(st.sampled_from(parents)))
        history.journey.processes[begun].visit_every = draw(st.sampled_from(("", "weekly", *COUNTABLE)))
    else:
        name, tags = draw(st.sampled_from(later))
        history.said(name, at, draw(st.sampled_from(known)), _some(draw, tags))


def _about_the_child(draw: st.DrawFn, history: History, at: int) -> None:
    name, tags = draw(st.sampled_from(ABOUT_THE_CHILD))
    if name == "timescale.excused":
        waiting = [w for w in timescales(history.journey, BOOK) if w.met is None]
        if waiting:
            chosen = draw(st.sampled_from(waiting))
            history.excuses(chosen.rule, chosen.trigger, at)
    elif name in ("leavingcare.eligible", "care.year"):
        history.said(name, at, entry=0)
    else:
        if name == "legal.changed":
            history.legal(draw(st.sampled_from(("C1", "C1", "C2", "C2", "V2"))), at)
        history.said(name, at, 0, _visit(draw) if name == "visit.made" else _some(draw, tags))


def _visit(draw: st.DrawFn) -> set[str]:
    """The tags that a visit has, as they come together."""
    tags = {"seen", "statutory"} if draw(st.integers(0, 3)) else {"seen"}
    if draw(st.integers(0, 3)):
        tags |= {"placed", draw(st.sampled_from(("first_year", "after_first_year")))}
        tags |= {draw(st.sampled_from(("before_first_review", "after_first_review")))}
        tags |= draw(
            st.sampled_from(
                (
                    set(),
                    {"with_parents"},
                    {"with_parents", "emergency"},
                    {"temporary_approval"},
                    {"long_term"},
                )
            )
        )
    return tags


def _some(draw: st.DrawFn, tags: tuple[str, ...]) -> list[str]:
    return draw(st.lists(st.sampled_from(tags), unique=True, max_size=5)) if tags else []


def told(naive: Naive) -> tuple[object, ...]:
    return (
        naive.rule.from_day, naive.begins, naive.floor, naive.due, naive.due_statistics, naive.met, naive.met_by,
        naive.not_required, naive.not_required_from, naive.overtaken, "" if naive.met is not None else naive.unknown,
    )  # fmt: skip


def compare(history: History, book: RuleBook) -> int:
    fast = {
        (t.rule, t.trigger, t.about): (
            t.version_from, t.begins, t.floor, t.due, t.due_statistics, t.met, t.met_by,
            t.not_required, t.not_required_from, t.overtaken, t.unknown,
        )
        for t in timescales(history.journey, book)
    }  # fmt: skip
    slow = {(n.rule.id, n.trigger, n.about): told(n) for n in SlowEngine(history.journey, book).all()}
    assert fast == slow
    return len(fast)


@given(histories())
@settings(max_examples=250, deadline=None)
def test_fast_and_slow_say_the_same(history: History) -> None:
    compare(history, BOOK)


def test_the_random_histories_reach_every_kind_of_end() -> None:
    """Otherwise the property above could pass without having seen anything."""
    ends: set[str] = set()
    rules: set[str] = set()

    @given(histories())
    @settings(max_examples=250, deadline=None, derandomize=True, database=None)
    def look(history: History) -> None:
        for scale in timescales(history.journey, BOOK):
            rules.add(scale.rule)
            ends.add(scale.not_required or ("overtaken" if scale.overtaken else scale.unknown or "open"))
            if scale.met is not None:
                ends.add("met late" if scale.due is not None and scale.met > scale.due else "met")
            if scale.due_statistics is not None:
                ends.add("statistics")

    look()
    wanted = {"met", "met late", "open", "ended", "process ended", "child closed", "overtaken", "statistics"}
    assert wanted <= ends, wanted - ends
    assert {"not_practicable", "birth date not known"} <= ends
    assert len(rules) > 50, len(rules)
