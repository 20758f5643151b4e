"""One person under review, as human resources keep it: being reached, a right that comes first, paper, scores, trial."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, may, scope
from rightplace.services.selection import deciding, forms, interviews, placing, pooling, preferring
from rightplace.services.selection.letters import named_for
from rightplace.services.selection.models import (
    Job,
    Letter,
    Member,
    Offer,
    Placement,
    Redeployment,
    Run,
    Trial,
)
from rightplace.services.selection.policy import KEEP
from rightplace.services.selection.presenters.sections import Act, Quoted, Section
from rightplace.services.selection.showing import GET_OR_POST, sent, shown, tried
from rightplace.services.selection.views_keep import keeper
from rightplace.services.selection.views_own import scores_of_member

Do = tuple[django_forms.Form | None, str, Callable[[dict[str, Any]], object], str]


@GET_OR_POST
def person(request: HttpRequest, number: int) -> HttpResponse:
    """One person: pool, wishes, right, scores, letter, redeployment, trial. Only what human resources keep."""
    actor = keeper(request)
    rows = scope(actor, Member).select_related(
        "exercise__programme", "pool", "post", "worker", "acting_in", "offer", "redeployment__named",
    ).annotate(matched=Exists(Run.objects.filter(exercise=OuterRef("exercise"))))  # fmt: skip
    member = get_object_or_404(rows, pk=number)
    keeps = may(actor, KEEP) and member.worker_id != actor.worker
    if request.method == "POST" and not keeps:
        raise NotAllowed
    jobs = list(Job.objects.filter(exercise=member.exercise_id, professions__contains=[member.profession]))
    made, refused = _forms(request, member, jobs), None
    for form, act, do, said in _acts(made, member, jobs, actor):
        done, refused = tried(request, form, act, do, said)
        if done:
            return redirect("selection:person", number)
        if refused is not None:
            break
    parts = [
        _about(member),
        _wishes(member, jobs, made, keeps),
        *_right(member, made, keeps),
        *_adjusted(member, made, keeps),
        *_decided(member, made, keeps),
    ]
    parts += scores_of_member(member)
    return shown(
        request, actor, title=f"Person {number}", heading=member.worker.name, sections=parts, what="person",
        about=[member.worker_id], refused=refused, back=reverse("selection:people", args=[member.exercise_id]),
    )  # fmt: skip


def _forms(request: HttpRequest, member: Member, jobs: list[Job]) -> dict[str, django_forms.Form]:
    named = [(job.pk, job.name) for job in jobs]
    return {
        "reached": forms.ReachedForm(sent(request, "reached")),
        "paper": forms.PaperForm(sent(request, "paper"), jobs=named),
        "right": forms.RightForm(
            sent(request, "right"), jobs=[(job.pk, job.name) for job in jobs if job.minutes >= member.minutes]
        ),
        "answer": forms.AnswerForm(sent(request, "answer")),
        "ask": forms.WordsForm(sent(request, "ask"), label="What does the person need at interviews?"),
        "agree": forms.WordsForm(
            sent(request, "agree"),
            label="What is agreed?",
            hint="The person and the panel read it as you write it.",
        ),
        "trial": forms.TrialForm(sent(request, "trial")),
        "review": forms.ReviewForm(sent(request, "review")),
        "end_trial": forms.EndTrialForm(sent(request, "end_trial")),
        "end_search": forms.EndSearchForm(sent(request, "end_search")),
    }


def _acts(made: dict[str, django_forms.Form], member: Member, jobs: list[Job], by: Actor) -> list[Do]:
    """What each form of this page does."""
    named = {job.pk: job for job in jobs}

    def paper(typed: dict[str, Any]) -> None:
        form = made["paper"]
        assert isinstance(form, forms.PaperForm)
        chosen = [named[pk] for pk in form.chosen()]
        preferring.say_preferences(member=member, jobs=chosen, by=by, paper_of=typed["paper_of"])

    def right(typed: dict[str, Any]) -> None:
        offer = Offer.objects.filter(member=member).first() or pooling.open_right(
            member=member, ground=typed["ground"], by=by
        )
        suitable = [named[int(pk)] for pk in typed["suitable"]]
        pooling.judge_offer(
            offer=offer, suitable=suitable, evidence=typed["evidence"], by=by, ground=typed["ground"]
        )

    def trial() -> Trial:
        return get_object_or_404(Trial, placement__member=member)

    return [
        (made["reached"], "reached",
         lambda t: pooling.record_reached(member=member, how=t["how"], on=t["on"], by=by), "Recorded."),
        (made["paper"], "paper", paper, "Typed in, with your name."),
        (made["right"], "right", right, "The offer is made. The person answers."),
        (made["answer"], "answer",
         lambda t: pooling.answer_offer(offer=get_object_or_404(Offer, member=member), answer=t["answer"], by=by), "Recorded."),
        (made["ask"], "ask", lambda t: interviews.ask_adjustment(member=member, words=t["words"], by=by), "Recorded."),
        (made["agree"], "agree", lambda t: interviews.agree_adjustment(
            adjustment=get_object_or_404(member.adjustments, answered_on=None), words=t["words"], by=by),
         "Agreed. The person and the panel read it."),
        (made["trial"], "trial", lambda t: placing.begin_trial(placement=_placement(member), by=by, **t), "The trial is set."),
        (made["review"], "review",
         lambda t: placing.review_trial(trial=trial(), on=t["on"], words=t["words"], by=by), "Recorded."),
        (made["end_trial"], "end_trial",
         lambda t: placing.end_trial(trial=trial(), outcome=t["outcome"], because=t["because"], named_by=by), "Recorded."),
        (made["end_search"], "end_search",
         lambda t: placing.end_search(
             search=get_object_or_404(Redeployment, member=member), outcome=t["outcome"], by=by), "Recorded."),
    ]  # fmt: skip


def _placement(member: Member) -> Placement:
    found = deciding.current_of(member)
    if found is None:
        raise Refused("Nothing is decided for this person yet.", "A trial follows a placing.")
    return found


def _matched(member: Member) -> bool:
    """Whether the selection was matched: wishes, rights and adjustments are closed then."""
    return bool(member.matched)  # type: ignore[attr-defined]


def _about(member: Member) -> Section:
    says = [member.because]
    if member.away and member.reached_on:
        says.append(f"Reached on {words.plain_day(member.reached_on)}: {member.reached}.")
    elif member.away and not member.acting_in_id:
        says.append("Is away and was not reached yet.")
    share = preferring.shared_with(member)
    if share is not None:
        other = share.second if share.first_id == member.pk else share.first
        says.append(
            f"Asks for one place together with {other.worker.name}; the wishes of {share.first.worker.name} count."
        )
    return Section(
        "Pool, and why",
        "pool",
        tags.plain(member.pool.name) if member.pool else tags.not_known("in no pool"),
        says,
    )


def _wishes(member: Member, jobs: list[Job], made: dict[str, django_forms.Form], keeps: bool) -> Section:
    held = member.preferences.select_related("recorded_by").first()
    named = {job.pk: job.name for job in jobs}
    rows = [
        Row((f"{place}. {named.get(job, 'a job of another profession')}",))
        for place, job in enumerate(held.jobs if held else [], 1)
    ]
    quiet = ""
    if held is not None and held.paper_of is not None:
        quiet = f"From paper of {words.plain_day(held.paper_of)}, typed in by {held.recorded_by.name}."
    acts = (
        [Act("paper", "Type in wishes from paper", made["paper"])] if keeps and not _matched(member) else []
    )
    if keeps and member.away and not member.reached_on:
        acts.insert(0, Act("reached", "Record how the person was reached", made["reached"]))
    return Section(
        "What the person would like",
        "wishes",
        columns=(Column("Place"),),
        rows=rows,
        empty="Nothing named yet.",
        acts=acts,
        quiet=quiet,
    )


def _right(member: Member, made: dict[str, django_forms.Form], keeps: bool) -> list[Section]:
    """A right to be offered a vacancy first: sealed, so that it is on this page only."""
    offer: Offer | None = getattr(member, "offer", None)
    matched = _matched(member)
    if offer is None:
        if not keeps or matched:
            return []
        return [
            Section(
                "A right to be offered a vacancy first",
                "right",
                acts=[Act("right", "Record the right and the offer", made["right"])],
            )
        ]
    said = offer.said
    tag = (
        tags.met(Offer.Answer(offer.answer).label)
        if offer.answer
        else tags.due_soon("open: nothing is matched before")
    )
    says = [f"Ground: {said['ground']}."]
    if offer.judged_on:
        says.append(
            f"Suitable: {words.listed(said['suitable'])}. Judged on {words.plain_day(offer.judged_on)}: {said['evidence']}"
        )
    acts = []
    if keeps and not offer.answer:
        acts = (
            [Act("answer", "Write down the answer", made["answer"])]
            if offer.judged_on
            else [Act("right", "Make the offer", made["right"])]
        )
    return [Section("A right to be offered a vacancy first", "right", tag, says, acts=acts)]


def _adjusted(member: Member, made: dict[str, django_forms.Form], keeps: bool) -> list[Section]:
    """What the person needs at interviews, and what is agreed: sealed, read here, by the person and by the panel."""
    found = member.adjustments.select_related("recorded_by", "answered_by").first()
    over = _matched(member)
    if found is None:
        acts = [Act("ask", "Record what the person asks for", made["ask"])] if keeps and not over else []
        return [Section("Adjustments at interviews", "adjusted", says=["None is asked for."], acts=acts)]
    quotes = [
        Quoted(
            found.said["asked"],
            f"Asked for by {found.recorded_by.name}, {words.plain_day(found.recorded_at)}",
        )
    ]
    if found.answered_by is not None and found.answered_on is not None:
        agreed = f"Agreed by {found.answered_by.name}, {words.plain_day(found.answered_on)}"
        quotes.append(Quoted(found.said["agreed"], agreed))
        return [Section("Adjustments at interviews", "adjusted", tags.met("answered"), quotes=quotes)]
    acts = [Act("agree", "Agree this", made["agree"], main=True)] if keeps else []
    return [
        Section("Adjustments at interviews", "adjusted", tags.due_soon("to answer"), quotes=quotes, acts=acts)
    ]


def _decided(member: Member, made: dict[str, django_forms.Form], keeps: bool) -> list[Section]:
    placed = deciding.current_of(member)
    if placed is None:
        return []
    letter = Letter.objects.filter(placement__member=member).order_by("-pk").first()
    links = [Link("The letter", reverse("selection:letter", args=[letter.pk]))] if letter else []
    says = [f"{placed.job.name if placed.job else 'No place yet'}: {Placement.How(placed.how).label}."]
    found = [Section("What was decided", "decided", says=says, links=links)]
    search: Redeployment | None = getattr(member, "redeployment", None)
    if search is not None:
        named = named_for([member.pk]).get(member.pk)
        told = (
            f"{named.name} looks for another post with the person."
            if named
            else f"Ended: {Redeployment.Outcome(search.outcome).label}."
        )
        acts = [Act("end_search", "Say how the search ended", made["end_search"])] if keeps and named else []
        found.append(Section("Redeployment", "search", says=[told], acts=acts))
    if placed.job is not None:
        found.append(_trial(placed, made, keeps))
    return found


def _trial(placed: Placement, made: dict[str, django_forms.Form], keeps: bool) -> Section:
    trial = Trial.objects.filter(placement__member=placed.member_id).first()
    if trial is None:
        acts = [Act("trial", "Set a trial of four weeks", made["trial"])] if keeps else []
        return Section("Trial", "trial", says=["None is set."], acts=acts)
    tag = tags.met(Trial.Outcome(trial.outcome).label) if trial.outcome else tags.still_open("on trial")
    says = [f"{words.plain_day(trial.begins)} to {words.plain_day(trial.ends)}. {trial.said['says']}"]
    quotes = [Quoted(each.said["words"], words.plain_day(each.on)) for each in trial.reviews.all()]
    acts = [] if trial.outcome or not keeps else [
        Act("review", "Record this review", made["review"]), Act("end_trial", "End the trial", made["end_trial"]),
    ]  # fmt: skip
    return Section("Trial", "trial", tag, says, quotes=quotes, acts=acts)
