"""Support, step by step: informal first, formal only after it. Each step is judged by the stages of its day.

The only writers of matters and steps. Each opens the lock as the one who writes, so that who is not named on a matter
writes nothing on it either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, may, require
from rightplace.foundation.journal.writing import new_id
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.recording import recorded
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.performance.lock import opened_for
from rightplace.services.performance.models import Matter, Step
from rightplace.services.performance.sealing import (
    ACCOUNT,
    ADJUSTMENTS,
    COMPANION,
    HELP,
    SUPPORT,
    WORDS,
    sealed,
)
from rightplace.services.performance.stages import Rules, Stage, last_day, rules_on
from rightplace.services.performance.waits import no_longer, nudge
from rightplace.services.performance.who import in_role, next_above

BEGUN = "begun"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is written of one step."""

    stage: str
    words: str
    on: date | None = None
    help: str = ""
    adjustments: str = ""
    due: date | None = None
    outcome: str = ""


def begin_support(*, worker: Worker, words: str, help: str, by: Actor) -> Matter:  # noqa: A002
    """Begin informal support with somebody whom one leads."""
    require(by, "performance.lead", worker)
    with transaction.atomic(), opened_for(by):
        Worker.objects.select_for_update().get(pk=worker.pk)
        if Matter.objects.filter(worker=worker, led_by=by.worker).exclude(at=Matter.At.CLOSED).exists():
            raise Refused("Support goes on already.", "Write the next step there.")
        matter = Matter.objects.create(
            id=new_id(),
            worker=worker,
            led_by_id=by.worker,
            next_manager_id=next_above(by.role),
            **recorded(by),
        )
        _write(matter, Said(stage=BEGUN, words=words, help=help), [], by)
    return matter


def take_step(*, matter: Matter, said: Said, by: Actor) -> Step:
    """Write the next step of support."""
    with transaction.atomic(), opened_for(by):
        found = _locked(matter, by)
        return _write(found, said, list(found.steps.order_by("number")), by)


def _locked(matter: Matter, by: Actor) -> Matter:
    found = Matter.objects.select_for_update().filter(pk=matter.pk).first()
    if found is None:
        raise NotAllowed
    return found


def _write(matter: Matter, said: Said, before: list[Step], by: Actor) -> Step:
    today = clock.today()
    rules = rules_on(today)
    stage = rules.stages.get(said.stage)
    last = before[-1] if before else None
    if (
        stage is None
        or (last is not None and last.stage not in stage.after)
        or (last is None and stage.after)
    ):
        raise Refused("That step does not come next.", "Choose one of the steps that the page offers.")
    if not signs(matter, stage, by):
        raise Refused(f"“{stage.title}” is not yours to write.", "Speak with whoever leads this support.")
    _judge(rules, stage, said, last, today)
    number = new_id()
    step = Step.objects.create(
        id=number, matter=matter, number=len(before) + 1, stage=stage.id, on=said.on or today,
        due=_due(rules, stage, said, today), outcome=said.outcome if stage.outcomes else "",
        sealed=sealed(SUPPORT, number, WORDS, said.words), sealed_support=sealed(SUPPORT, number, HELP, said.help),
        sealed_adjustments=sealed(SUPPORT, number, ADJUSTMENTS, said.adjustments),
        answer_by=last_day(rules.answer, today), **recorded(by),
        **({"stand": Step.Stand.AGREES, "signed_at": clock.now()} if stage.by == "worker" else {}),
    )  # fmt: skip
    matter.at, matter.due = Matter.At(stage.at), step.due
    matter.save(update_fields=["at", "due"])
    _tell(matter, step, stage)
    return step


def signs(matter: Matter, stage: Stage, by: Actor) -> bool:
    """Whether a stage is this actor's to write on this matter."""
    if stage.by == "worker":
        return by.worker == matter.worker_id
    if stage.by == "appeal":
        return by.worker == matter.appeal_by_id
    if stage.by == "formal":
        return may(by, "performance.formal", matter)
    return by.worker == matter.led_by_id


def _judge(rules: Rules, stage: Stage, said: Said, last: Step | None, today: date) -> None:
    if not said.words.strip():
        raise Refused(f"“{stage.title}” says: {stage.asks}.", "Write it down; the worker reads it.")
    if said.on is not None and (said.on > today or (last is not None and said.on < last.on)):
        raise Refused("The day does not fit.", "Give a day between the last step and today.")
    if stage.needs_support and not said.help.strip():
        raise Refused(
            "Nothing is asked of a worker without help.", "Say what is offered: time, training, a mentor."
        )
    if stage.needs_adjustments and not said.adjustments.strip():
        raise Refused(
            "Adjustments were not considered.", "Say what was asked and agreed, or that none was asked for.",
            "Equality Act 2010, section 20",
        )  # fmt: skip
    if stage.outcomes and said.outcome not in stage.outcomes:
        raise Refused("An outcome is missing.", "Choose one of those that the page offers.")
    if last is not None:
        _judge_after(rules, stage, said, last, today)


def _judge_after(rules: Rules, stage: Stage, said: Said, last: Step, today: date) -> None:
    if last.signed_at is None and today <= last.answer_by and stage.by != "worker":
        raise Refused(
            "The worker has not answered the last step yet, and has time to.",
            f"Wait for it, at most until {last.answer_by:%-d %B %Y}.", rules.sources["answer"],
        )  # fmt: skip
    if stage.needs_outcome and last.outcome and last.outcome != stage.needs_outcome:
        raise Refused("The outcome does not lead there.", "Choose one of the other steps.")
    if stage.meeting and (said.due is None or said.due < last_day(rules.notice, today)):
        raise Refused(
            "A formal meeting needs notice in writing, with time to prepare.",
            f"Give a day from {last_day(rules.notice, today):%-d %B %Y} on.", rules.sources["notice"],
        )  # fmt: skip
    if stage.due_given and (said.due is None or said.due < last_day(rules.least_plan, today)):
        raise Refused(
            f"A plan leaves at least {rules.least_plan} to improve.",
            f"Give a day from {last_day(rules.least_plan, today):%-d %B %Y} on.",
        )
    if last.due is not None and stage.id in ("meeting", "plan_review") and today < last.due:
        raise Refused("The day that was given has not come.", f"Write it down from {last.due:%-d %B %Y} on.")
    if stage.by == "worker" and stage.in_time and last.due is not None and today > last.due:
        raise Refused(
            f"An appeal was possible until {last.due:%-d %B %Y}.",
            "Speak with human resources or your representative: a late appeal is theirs to hear.",
            rules.sources["appeal"],
        )
    if stage.late_only and last.due is not None and today <= last.due:
        raise Refused(
            "The time for an appeal is not over.",
            f"End it after {last.due:%-d %B %Y}.",
            rules.sources["appeal"],
        )


def _due(rules: Rules, stage: Stage, said: Said, today: date) -> date | None:
    if stage.meeting or stage.due_given:
        return said.due
    if stage.appeals:
        return last_day(rules.appeal, today)
    return last_day(stage.due, today) if stage.due else None


def _tell(matter: Matter, step: Step, stage: Stage) -> None:
    """Who has something to do now, and by when."""
    no_longer(matter.pk)
    if step.signed_at is None:
        nudge(matter.pk, matter.worker_id, step.answer_by)
    if stage.at == Matter.At.CLOSED:
        return
    who = matter.led_by_id if stage.at == Matter.At.INFORMAL else matter.hr_owner_id or matter.next_manager_id
    if stage.id == "appeal":
        who = matter.appeal_by_id or who
    nudge(matter.pk, who, step.due or step.answer_by)


def sign_step(*, step: Step, stand: str, account: str, by: Actor) -> None:
    """The worker signs that it was read, and says how the worker sees it. Signing is not agreeing."""
    with transaction.atomic(), opened_for(by):
        found = (
            Step.objects.select_for_update(of=("self",)).select_related("matter").filter(pk=step.pk).first()
        )
        if found is None or found.matter.worker_id != by.worker:
            raise NotAllowed
        if found.signed_at is not None:
            raise Refused("You have signed this step.", "What you want to add, say beside the next one.")
        chosen = Step.Stand(stand)
        if chosen is Step.Stand.DIFFERS and not account.strip():
            raise Refused(
                "Say how you see it.", "A few words are enough; they stay beside this step for good."
            )
        found.stand, found.signed_at = chosen, clock.now()
        found.sealed_account = sealed(SUPPORT, found.pk, ACCOUNT, account)
        found.save(update_fields=["stand", "signed_at", "sealed_account"])
        no_longer(found.matter_id, by.worker)


def name_companion(*, matter: Matter, name: str, worker: Worker | None, reads: bool, by: Actor) -> None:
    """The worker says who comes along: a colleague or a union's official. Only a colleague here can be let read."""
    with transaction.atomic(), opened_for(by):
        found = _locked(matter, by)
        if found.worker_id != by.worker:
            raise NotAllowed
        if worker is not None and worker.pk in (
            found.led_by_id,
            found.next_manager_id,
            found.hr_owner_id,
            by.worker,
        ):
            raise Refused("Whoever leads or decides here cannot be your companion.", "Choose somebody else.")
        if worker is None and not name.strip():
            raise Refused(
                "Nobody is named.", "Choose a colleague, or write the name of your union's official."
            )
        found.companion = worker
        found.companion_reads = reads and worker is not None
        found.sealed_companion = sealed(SUPPORT, found.pk, COMPANION, name or (worker.name if worker else ""))
        found.save(update_fields=["companion", "companion_reads", "sealed_companion"])


def put_off_meeting(*, matter: Matter, to: date, by: Actor) -> None:
    """The companion cannot come: the worker names another day, within the time that the Act gives."""
    with transaction.atomic(), opened_for(by):
        found = _locked(matter, by)
        last = found.steps.order_by("-number").first()
        rules = rules_on(clock.today())
        if found.worker_id != by.worker:
            raise NotAllowed
        if last is None or last.stage != "notice" or last.due is None or clock.today() > last.due:
            raise Refused("No meeting stands before you.", "Speak with human resources.")
        if not found.sealed_companion:
            raise Refused(
                "A meeting is put off where the companion cannot come.", "Say first who comes along."
            )
        latest = last_day(rules.companion_delay, last.due)
        if not last.due < to <= latest:
            raise Refused(
                "The other day lies too far off, or is no later one.",
                f"Give a day after {last.due:%-d %B} and up to {latest:%-d %B %Y}.", rules.sources["companion"],
            )  # fmt: skip
        last.due = found.due = to
        last.save(update_fields=["due"])
        found.save(update_fields=["due"])


def ask_for_formal(*, matter: Matter, hr_owner: Worker, by: Actor) -> None:
    """Bring human resources in: the case owner reads the matter from now on, and the worker sees that."""
    with transaction.atomic(), opened_for(by):
        found = _locked(matter, by)
        if by.worker not in (found.led_by_id, found.next_manager_id):
            raise NotAllowed
        if found.steps.filter(stage="looked_at").first() is None:
            raise Refused(
                "Support has not been looked at together yet.", "Informal help comes first: review it, then ask.",
                "Acas Code, foreword",
            )  # fmt: skip
        if hr_owner not in in_role(RoleCode.HUMAN_RESOURCES) or hr_owner.pk == found.worker_id:
            raise Refused("That is nobody of human resources.", "Choose somebody of the list.")
        found.hr_owner = hr_owner
        found.save(update_fields=["hr_owner"])
        nudge(found.pk, hr_owner.pk, clock.today() + timedelta(days=7))


def name_appeal_hearer(*, matter: Matter, hearer: Worker, by: Actor) -> None:
    """Say who hears the appeal: somebody who has had no part in it."""
    with transaction.atomic(), opened_for(by):
        found = _locked(matter, by)
        require(by, "performance.formal", found)
        had_a_part: set[int | None] = set(found.steps.values_list("recorded_by_id", flat=True))
        had_a_part |= {found.led_by_id, found.next_manager_id, found.worker_id, found.companion_id}
        if hearer.pk in had_a_part or hearer not in in_role(RoleCode.HEAD_OF_SERVICE, RoleCode.DIRECTOR):
            raise Refused(
                "An appeal is heard by a senior manager who had no part in it.", "Choose somebody of the list.",
                "Acas Code, paragraph 27",
            )  # fmt: skip
        found.appeal_by = hearer
        found.save(update_fields=["appeal_by"])
        nudge(found.pk, hearer.pk, clock.today() + timedelta(days=7))
