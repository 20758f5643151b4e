"""Candidates from applying to a first day, or to the step at which they were lost and why. The only writers of them.

A person records every step; a panel of at least two says whom it would appoint; nothing here ranks or decides. Checks are
kept as seen, by whom and when. What a candidate gave is deleted on a stated day after the end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.recruiting import Check, Local, local_on
from rightplace.domain.practice.vocabulary.codes import collection_year
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import people
from rightplace.foundation.organisation.establishment.tables import Occupancy
from rightplace.foundation.organisation.models import Agency, Membership, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.recruitment import sealing
from rightplace.services.recruitment.filling import (
    KEEP,
    end_vacancy,
    next_of,
    not_after_today,
    open_one,
    title_of,
)
from rightplace.services.recruitment.models import (
    Candidate,
    CandidateStep,
    CheckSeen,
    EqualityAnswer,
    PanelWord,
    Vacancy,
)

BY_A_PERSON = ("shortlisted", "offered", "accepted")


@transaction.atomic
def add_candidate(
    *,
    vacancy: Vacancy,
    name: str,
    on: date,
    by: Actor,
    contact: str = "",
    equality: Mapping[str, str] | None = None,
) -> Candidate:
    """Somebody applied. Answers of the equality form are laid apart, so that nobody tells whose they are."""
    require(by, KEEP)
    found = open_one(vacancy)
    not_after_today(on)
    if not name.strip():
        raise Refused("A candidate has a name.", "Give the name by which the candidate applied.")
    advertised = found.steps.filter(code="advertised").values_list("on", flat=True).first()
    if advertised is None or on < advertised:
        raise Refused("Nobody applies before the post is advertised.", "Record the vacancy's steps first.")
    salt, step = sealing.new_salt(), _local(found).step("shortlisted")
    made = Candidate.objects.create(
        vacancy=found, salt=salt, sealed=sealing.sealed(salt, sealing.GIVEN, sealing.Given(name.strip(), contact.strip())),
        next_step="shortlisted", next_by=on + timedelta(days=step.usual_days if step else 7),
        waits_with=step.waits_with if step else "", **recorded(by),
    )  # fmt: skip
    CandidateStep.objects.create(candidate=made, code="applied", on=on, **recorded(by))
    for question, answer in (equality or {}).items():
        EqualityAnswer.objects.create(
            year=collection_year(on), profession=found.seat.post.profession, question=question, answer=answer
        )
    return made


def _local(vacancy: Vacancy) -> Local:
    return local_on(vacancy.opened_on)


def _locked(candidate: Candidate) -> Candidate:
    rows = Candidate.objects.select_for_update(of=("self",)).select_related("vacancy__seat__post__team")
    found = rows.get(pk=candidate.pk)
    if found.ended_on is not None:
        raise Refused("This candidate's way is over.", "Look at how it ended.")
    return found


@transaction.atomic
def record_step(*, candidate: Candidate, code: str, on: date, by: Actor) -> CandidateStep:
    """Shortlisted, offered or accepted. An offer needs a panel of which each would appoint."""
    require(by, KEEP)
    found = _locked(candidate)
    if code not in BY_A_PERSON or found.next_step != code:
        raise Refused(
            "That is not the next step.", f"Next is: {title_of(_local(found.vacancy), found.next_step)}."
        )
    if code == "offered" and found.panel.exclude(appointable=True).exists():
        raise Refused(
            "Not everybody on the panel would appoint.", "Record that the candidate is lost, or let the panel speak again."
        )  # fmt: skip
    return _step(found, code, on, by)


def _step(found: Candidate, code: str, on: date, by: Actor) -> CandidateStep:
    not_after_today(on)
    last = found.steps.order_by("-on").values_list("on", flat=True).first()
    if last is not None and on < last:
        raise Refused("A step is not before the one that it follows.", f"Give a day from {last:%d %B %Y} on.")
    made = CandidateStep.objects.create(candidate=found, code=code, on=on, **recorded(by))
    after = next_of(_local(found.vacancy), code, "candidate")
    found.next_step = after.code if after else ""
    found.next_by = on + timedelta(days=after.usual_days) if after else None
    found.waits_with = after.waits_with if after else ""
    found.save(update_fields=["next_step", "next_by", "waits_with"])
    return made


@transaction.atomic
def name_panel(*, candidate: Candidate, workers: Collection[Worker], on: date, by: Actor) -> list[PanelWord]:
    """Say who interviews and when: at least two different people who may see vacancies."""
    require(by, KEEP)
    found = _locked(candidate)
    if found.next_step != "interviewed":
        raise Refused("That is not the next step.", "A candidate is shortlisted before the interview.")
    least = _local(found.vacancy).panel
    named = {worker.pk: worker for worker in workers}
    if len(named) < least:
        raise Refused(f"A panel has at least {least} people.", "Name one more.")
    if found.panel.exists():
        raise Refused("The panel is named already.", "Let those who are named speak.")
    rows = Membership.objects.filter(holding(clock.today()), worker__in=named).values_list(
        "worker_id", "role"
    )
    able = {worker for worker, role in rows if "recruitment.see" in role_of(role).permissions}
    if able != named.keys():
        raise Refused(
            "Not everybody named may sit on a panel.", "Name managers, heads of service or human resources."
        )
    return [
        PanelWord.objects.create(candidate=found, worker=worker, on=on, **recorded(by))
        for worker in named.values()
    ]


@transaction.atomic
def say_word(*, candidate: Candidate, appointable: bool, reasons: str, by: Actor) -> PanelWord:
    """One of the panel says whether to appoint, and why. When all have spoken the candidate was interviewed."""
    require(by, "recruitment.see")
    found = _locked(candidate)
    word = found.panel.select_for_update().filter(worker_id=by.worker).first()
    if word is None:
        raise Refused("You are not on this panel.", "Those who interviewed say it.")
    if word.appointable is not None:
        raise Refused("You have said it already.", "Read what the panel said.")
    if word.on > clock.today():
        raise Refused("The interview is yet to come.", "Say it after the interview.")
    if not reasons.strip():
        raise Refused(
            "A panel gives its reasons.", "Say what the candidate showed, against what the post asks for."
        )
    word.appointable, word.said_at = appointable, clock.now()
    word.sealed = sealing.sealed(bytes(found.salt or b""), sealing.REASONS, reasons.strip())
    word.save(update_fields=["appointable", "said_at", "sealed"])
    if not found.panel.filter(appointable=None).exists():
        _step(found, "interviewed", word.on, by)
    return word


def checks_for(candidate: Candidate) -> list[Check]:
    """The checks that this post asks for."""
    profession = candidate.vacancy.seat.post.profession
    return [check for check in _local(candidate.vacancy).checks if check.asked_for(profession)]


@transaction.atomic
def see_check(*, candidate: Candidate, code: str, on: date, by: Actor) -> CheckSeen:
    """A check was seen and is clear. With the last one, the step is done. The document is not kept."""
    require(by, KEEP)
    found = _locked(candidate)
    not_after_today(on)
    accepted = found.steps.filter(code="accepted").values_list("on", flat=True).first()
    if accepted is None:
        raise Refused("Checks begin when an offer was accepted.", "Record that first.")
    asked = {check.code for check in checks_for(found)}
    if code not in asked:
        raise Refused("The post asks for no such check.", "Choose one of the list.")
    if found.checks.filter(code=code).exists():
        raise Refused("It was seen already.", "Look at when, and by whom.")
    if on < accepted:
        raise Refused("It is not before the offer was accepted.", f"Give a day from {accepted:%d %B %Y} on.")
    made = CheckSeen.objects.create(candidate=found, code=code, on=on, **recorded(by))
    seen = dict(found.checks.values_list("code", "on"))
    if asked <= seen.keys() and found.next_step == "checked":
        _step(found, "checked", max(seen.values()), by)
    return made


@transaction.atomic
def lose_candidate(*, candidate: Candidate, because: str, on: date, by: Actor) -> None:
    """The candidate goes no further: at which step, and why, by the local list. Says when the particulars are deleted."""
    require(by, KEEP)
    found = _locked(candidate)
    local = _local(found.vacancy)
    not_after_today(on)
    if because not in {each.code for each in local.lost}:
        raise Refused("There is no such reason.", "Choose one of the list.")
    last = found.steps.order_by("-on").values_list("on", flat=True).first()
    if last is not None and on < last:
        raise Refused("It is not before the last step.", f"Give a day from {last:%d %B %Y} on.")
    found.lost_at, found.lost_because = found.next_step, because
    _end(found, on, local)


def _end(found: Candidate, on: date, local: Local) -> None:
    found.ended_on, found.delete_on = on, on + timedelta(days=local.keep_days)
    found.next_step, found.next_by, found.waits_with = "", None, ""
    found.save()


@transaction.atomic
def begin(*, candidate: Candidate, on: date, by: Actor, worker: Worker | None = None) -> Occupancy:
    """The first day: the candidate sits in the seat, and the vacancy is filled. An agency worker there leaves it.

    Who is not in the directory yet is taken into it, and into the post's team; human resources sign for it.
    """
    require(by, KEEP)
    found = _locked(candidate)
    vacancy = open_one(found.vacancy)
    if found.next_step != "started":
        raise Refused("Not every check was seen.", "A first day comes after the last check.")
    others = Candidate.objects.filter(vacancy=vacancy, ended_on=None).exclude(pk=found.pk).count()
    if others:
        raise Refused(
            f"{others} other candidates have had no word.", "Say what became of each of them first."
        )
    _step(found, "started", on, by)
    seat, post = vacancy.seat, vacancy.seat.post
    new = worker or _new_worker(found, on, by)
    for row in Occupancy.objects.filter(holding(on), seat=seat, kind=Occupancy.Kind.AGENCY):
        people.leave_seat(occupancy=row, on=on, by=by)
    sits = people.seat_worker(seat=seat, worker=new, kind=Occupancy.Kind.SUBSTANTIVE, begins=on, by=by)
    people.say_contract(worker=new, hours=seat.hours, begins=on, by=by)
    same = Membership.objects.filter(holding(on), worker=new, team=post.team, role=post.role)
    if not same.exists():
        organisation.join_team(worker=new, team=post.team, role=post.role, begins=on, by=by, may=KEEP)
    found.worker = new
    _end(found, on, _local(vacancy))
    end_vacancy(vacancy, on, Vacancy.Outcome.FILLED)
    return sits


@transaction.atomic
def sits_already(*, candidate: Candidate, occupancy: Occupancy, by: Actor) -> None:
    """The first day of a candidate whose time in the seat was written down before, with the posts."""
    require(by, KEEP)
    found = _locked(candidate)
    vacancy = open_one(found.vacancy)
    if found.next_step != "started":
        raise Refused("Not every check was seen.", "A first day comes after the last check.")
    if (
        occupancy.seat_id != vacancy.seat_id
        or Candidate.objects.filter(vacancy=vacancy, ended_on=None).count() > 1
    ):
        raise Refused("It is another seat, or another candidate has had no word.", "Settle that first.")
    _step(found, "started", occupancy.begins, by)
    found.worker_id = occupancy.worker_id
    _end(found, occupancy.begins, _local(vacancy))
    end_vacancy(vacancy, occupancy.begins, Vacancy.Outcome.FILLED)


def _new_worker(found: Candidate, on: date, by: Actor) -> Worker:
    given = particulars(found)
    if given is None:
        raise Refused("The candidate's particulars were deleted.", "Choose the worker in the directory.")
    council = Agency.objects.filter(holding(on), kind=Agency.Kind.AUTHORITY).order_by("id").first()
    return organisation.add_worker(name=given.name, kind="staff", begins=on, by=by, agency=council, may=KEEP)


def particulars(candidate: Candidate) -> sealing.Given | None:
    """What the candidate gave; None from the day on which it is to be deleted, also when that was not done yet."""
    due = candidate.delete_on is not None and candidate.delete_on <= clock.today()
    if due or candidate.salt is None or candidate.sealed is None:
        return None
    return sealing.given(bytes(candidate.salt), bytes(candidate.sealed))


def delete_due() -> int:
    """Delete what candidates gave, with its key and the panel's reasons, where the stated day has come. A rule does it."""
    due = Candidate.objects.filter(delete_on__lte=clock.today(), deleted_at=None)
    with transaction.atomic():
        numbers = list(due.select_for_update().values_list("pk", flat=True))
        PanelWord.objects.filter(candidate__in=numbers).update(sealed=None)
        return Candidate.objects.filter(pk__in=numbers).update(salt=None, sealed=None, deleted_at=clock.now())
