"""The stages of the independent model: what happens to a family at each, and where it leads."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from rightplace.domain.simulation import draws
from rightplace.domain.simulation.names import (
    CLOSE,
    CONFERENCE,
    DAY,
    DECIDE,
    ENDS,
    INQUIRED,
    OUTCOME,
    REPORT,
    REVIEW,
    SCREENED,
    SIGN,
    SOURCES,
    WRITTEN,
)

if TYPE_CHECKING:
    from rightplace.domain.simulation.trial.oraclecase import Family

Stage = Generator[Any, Any, int]
"""What a stage leads to: the next stage, or OUT."""
OUT = -1


def at_the_door(f: Family) -> Stage:
    city = f.city
    yield from f.taken_up()
    yield from f.work(f.finish, SCREENED)
    f.unqueue()
    f.let_go()
    yield f.ask(DECIDE)
    value = f.team.values
    f.tell("decisions")
    f.tell("decision_ticks", city.now - f.since)
    if city.day - f.since // DAY > value["promise.decision"]:
        f.tell("decisions_late")
    shortage = city.teams[city.route[f.area][2]].shortage
    high = value["threshold.level"] * (1.0 - value["threshold.shortage"] * shortage)
    word = SOURCES[f.source]
    enquire, assess, support = (value[f"door.{name}.{word}"] for name in ("enquire", "assess", "support"))
    u = f.u(draws.DECISION)
    needs = 3 if u < enquire else 2 if u < enquire + assess else 1 if u < enquire + assess + support else OUT
    to = needs
    if needs == 3 and not u < enquire * high:
        to = 1
    if needs == 2 and not u - enquire < assess * high:
        to = 1
    if to == 1 and needs != 1:
        f.drift = 1000
        f.tell("turned_away")
    if to in (2, 3):
        f.tell("referrals")
        f.referred = city.now
    return to


def in_support(f: Family) -> Stage:
    if not (yield from f.taken_up()):
        return OUT
    yield from f.work(f.finish, ENDS)
    yield f.ask(CLOSE)
    value = f.team.values
    up = value["support.escalates"] * (1.0 - value["support.effect"])
    up = up * (1.0 + value["return.drift"] * (f.drift / 1000.0))
    if f.u(draws.AFTER_SUPPORT) < up:
        f.tell("referrals")
        f.referred = f.city.now
        return 2
    return OUT


def assessed(f: Family) -> Stage:
    if not (yield from f.taken_up()):
        return OUT
    city = f.city
    attempts, tick = 0, f.finish
    while True:
        yield from f.work(tick, WRITTEN)
        yield f.ask(SIGN)
        value = f.team.values
        f.tell("signed_off")
        step = f.turn * 8 + attempts
        if attempts >= 3 or f.u(draws.SENDING_BACK, step) >= sent_back_share(f):
            break
        attempts += 1
        f.tell("sent_back")
        days = city.lasts("rewriting", f.u(draws.REWRITING, step))
        tick = city.now + city.ticks(days * (f.worker.stretch if f.worker else 1.0))
    days_taken = city.day - f.referred // DAY
    f.tell("assessments")
    f.tell("assessment_days", days_taken)
    if days_taken > value["promise.assessment"]:
        f.tell("assessments_late")
    u = f.u(draws.AFTER_ASSESSMENT)
    enquiry, need = value["assessment.enquiry"], value["assessment.need"]
    if u < enquiry:
        return 3
    if u < enquiry + need:
        return 4
    return 1 if u < enquiry + need + value["assessment.support"] else OUT


def sent_back_share(f: Family) -> float:
    value = f.team.values
    share = value["back.share"]
    if f.worker is None:
        return float(share)
    late = f.city.week - f.worker.supervised - f.worker.every
    if late > 0:
        share = share * (1.0 + value["back.unsupervised"] * late)
    if f.worker.newly > 0:
        share = share * value["back.newly"]
    return float(min(share, 0.8))


def enquired(f: Family) -> Stage:
    city = f.city
    yield from f.taken_up()
    yield from f.work(f.finish, INQUIRED)
    yield f.ask(OUTCOME)
    value = f.team.values
    u = f.u(draws.AFTER_ENQUIRY)
    conference, care = value["enquiry.conference"], value["enquiry.care"]
    if u >= conference:
        if u < conference + care:
            return 6
        return 4 if u < conference + care + value["enquiry.need"] else OUT
    days = city.lasts("conference", f.u(draws.CONFERRING))
    tick = max(f.clock + city.ticks(days), city.now + DAY)
    yield city.at(tick, CONFERENCE, f.number)
    while f.put_off():
        yield city.at(city.now + city.ticks(f.team.values["review.postponed"]), CONFERENCE, f.number)
    value = f.team.values
    f.tell("conferences")
    if city.day - f.clock // DAY > value["promise.conference"]:
        f.tell("conferences_late")
    return 5 if f.u(draws.PLANNING) < value["conference.plan"] else 4


def in_need(f: Family) -> Stage:
    if not (yield from f.taken_up()):
        return OUT
    yield from f.work(f.finish, ENDS)
    yield f.ask(CLOSE)
    value, u = f.team.values, f.u(draws.AFTER_NEED)
    if u < value["need.escalates"]:
        return 3
    return 1 if u < value["need.escalates"] + value["need.down"] else OUT


def on_a_plan(f: Family) -> Stage:
    city = f.city
    while True:
        yield city.at(f.review_tick(), REVIEW, f.number)
        while f.put_off():
            yield city.at(city.now + city.ticks(f.team.values["review.postponed"]), REVIEW, f.number)
        f.postponed, value = 0, f.team.values
        f.tell("reviews")
        if city.day > f.due:
            f.tell("reviews_late")
        u = f.u(draws.AFTER_REVIEW, f.turn * 64 + f.reviews)
        care, ends = value["review.care"], value[f"review.ends.{min(f.reviews, 3) + 1}"]
        if u < care + ends:
            f.tell("plans_ended")
            if u < care:
                return 6
            return 4 if f.u(draws.AFTER_PLAN) < value["plan.down"] else OUT
        f.due = city.months[1][city.day]
        f.reviews = min(f.reviews + 1, 63)
        yield f.ask(REPORT)


def in_care(f: Family) -> Stage:
    city = f.city
    while True:
        tick = f.review_tick()
        if f.ends <= tick:
            yield from f.work(max(f.ends, city.now + 1), ENDS, free=True)
            yield f.ask(CLOSE)
            f.tell("care_ended")
            return 4 if f.u(draws.AFTER_CARE) < f.team.values["care.down"] else OUT
        yield city.at(tick, REVIEW, f.number)
        while f.put_off():
            yield city.at(city.now + city.ticks(f.team.values["review.postponed"]), REVIEW, f.number)
        f.postponed = 0
        f.tell("reviews")
        if city.day > f.due:
            f.tell("reviews_late")
        f.due = city.months[2 if f.reviews == 0 else 3][city.day]
        f.reviews = min(f.reviews + 1, 63)
        yield f.ask(REPORT)


STAGES = (at_the_door, in_support, assessed, enquired, in_need, on_a_plan, in_care)
