"""A matching run: the price of one result against the other first, its check and replay, ties, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.services.selection import deciding, forms, matching, queries
from rightplace.services.selection.models import Decision, Job, Member, Run, RunResult
from rightplace.services.selection.policy import KEEP, MODERATE
from rightplace.services.selection.presenters import keeping
from rightplace.services.selection.presenters.sections import Act, Quoted, Section
from rightplace.services.selection.showing import GET_OR_POST, sent, shown, tried
from rightplace.services.selection.views_own import scores_of_member

FIGURE_COLUMNS = (
    Column("Result"), Column("Placed", number=True), Column("First choices", number=True), Column("Mean wish", number=True),
    Column("Mean score", number=True), Column("With a claim", number=True), Column("Independent check"),
)  # fmt: skip
CHANGE_COLUMNS = (Column("Who"), Column("Before"), Column("After"))
MOST = 60


@GET_OR_POST
def run(request: HttpRequest, number: int) -> HttpResponse:
    """One run. Replaying, proposing and confirming happen here, each by whoever may."""
    actor = actor_in(request)
    found = get_object_or_404(scope(actor, Run).select_related("exercise__programme"), pk=number)
    results = list(found.results.order_by("-method"))
    if sent(request, "replay") is not None:
        return _replayed(request, found, results)
    decision = found.decisions.filter(replaced_at=None).first()
    propose = forms.ProposeForm(
        sent(request, "propose"),
        methods=[
            (each.method, keeping.METHODS.get(each.method, each.method))
            for each in results if each.holds and not each.questions
        ],
    )  # fmt: skip
    confirm = forms.ConfirmForm(
        sent(request, "confirm"), people=[(each.pk, each.name) for each in queries.who_may_score()]
    )
    back = forms.WordsForm(sent(request, "back"), label="Why does it go back?")
    done, refused = _did(request, found, decision, propose, confirm, back, actor)
    if done:
        return redirect("selection:run", number)
    parts = [_standing(found, results), *_ties(found, actor), *_changes(found, decision, results)]
    parts += _decision(found, results, decision, (propose, confirm, back), actor)
    return shown(
        request, actor, title=f"Run {found.number}", sections=parts, what="run", purpose=f"run {found.pk}", refused=refused,
        back=reverse("selection:exercise", args=[found.exercise_id]),
    )  # fmt: skip


def _replayed(request: HttpRequest, found: Run, results: Sequence[RunResult]) -> HttpResponse:
    """Work it out again from the kept bytes, and say whether the same bytes come out."""
    same = bool(results) and all(matching.replays(each) for each in results if each.method == "stable")
    if same:
        messages.success(request, "Replay gives the same bytes.")
    else:
        messages.error(request, "Replay does not give the same bytes: something was changed.")
    return redirect("selection:run", found.pk)


def _did(
    request: HttpRequest,
    found: Run,
    decision: Decision | None,
    propose: forms.ProposeForm,
    confirm: forms.ConfirmForm,
    back: forms.WordsForm,
    by: Actor,
) -> tuple[bool, Refused | None]:
    """The one thing that was asked for."""

    def confirmed(typed: dict[str, Any]) -> None:
        named = Worker.objects.get(pk=int(typed["named"])) if typed["named"] else None
        deciding.confirm(decision=_open(decision), reasons=typed["reasons"], named=named, by=by)

    done, refused = tried(
        request, propose, "propose",
        lambda typed: deciding.propose(run=found, method=typed["method"], reasons=typed["reasons"], by=by),
        "Proposed. A head of service confirms it or sends it back.",
    )  # fmt: skip
    if not done and refused is None:
        done, refused = tried(
            request, confirm, "confirm", confirmed, "Confirmed. The letters are written, and wait."
        )
    if not done and refused is None:
        done, refused = tried(
            request, back, "back", lambda typed: deciding.send_back(decision=_open(decision), reasons=typed["words"], by=by),
            "Sent back.",
        )  # fmt: skip
    return done, refused


def _open(decision: Decision | None) -> Decision:
    if decision is None:
        raise Refused("Nothing is proposed.", "Human resources propose first.")
    return decision


def _standing(found: Run, results: Sequence[RunResult]) -> Section:
    """The picture first: what one result costs against the other."""
    rows = [
        Row((
            keeping.METHODS.get(each.method, each.method), _figure(each, "placed"), _figure(each, "first_choices"),
            _figure(each, "mean_rank"), _figure(each, "mean_score"), _figure(each, "claims"),
            _check(each),
        ))
        for each in results
    ]  # fmt: skip
    says = []
    if found.state == Run.State.WAITING:
        says.append("It is being worked out. Look again in a minute.")
    if found.stopped_because:
        says.append(f"Not everything could be worked out. {keeping.in_words(found.stopped_because)}")
    says += _found_wrong(results)
    return Section(
        "Results side by side", "results", _tag(found), says, keeping.price_charts(found, results, clock.now()),
        FIGURE_COLUMNS, rows, "Nothing was worked out yet.",
        quiet=f"Kept inputs {found.inputs[:16]}…  Whoever has the kept bytes can work each result out again.",
        acts=[Act("replay", "Work it out again from the kept bytes")] if results else [],
    )  # fmt: skip


def _tag(found: Run) -> tags.Tag:
    """How this run stands; a later one may have taken its place."""
    lines = queries.runs(found.exercise)
    own = next(each for each in lines if each.number == found.number)
    return keeping.run_tag(own, last=own.number == len(lines))


def _found_wrong(results: Sequence[RunResult]) -> list[str]:
    """What the independent checker found against each result, in words that name nobody."""
    found = []
    for each in results:
        if each.holds or each.questions:
            continue
        findings = each.said["findings"]
        if not findings:
            claims = words.count_words(each.figures["claims"], "person has", "people have")
            found.append(
                f"“{keeping.METHODS[each.method]}” is for discussion only: {claims} a claim to a place "
                "whatever is chosen, and it is one of several as good."
            )
            continue
        mixed = [keeping.in_words(line["sentence"]) for line in findings if line["rule"] == "skill mix"]
        others = sorted({line["rule"] for line in findings} - {"skill mix"})
        told = " ".join(mixed[:6]) + (f" Also: {words.listed(others)}." if others else "")
        found.append(f"“{keeping.METHODS[each.method]}” cannot be taken forward. {told}")
    return found


def _figure(result: RunResult, name: str) -> str | None:
    value = result.figures.get(name)
    return None if value is None else f"{value:g}"


def _check(result: RunResult) -> tags.Tag:
    if result.questions:
        return tags.due_soon(words.count_words(result.questions, "open question", "open questions"))
    if result.holds:
        return tags.met("holds")
    if not result.figures["findings"]:
        return tags.due_soon("for discussion only")
    return tags.late(words.count_words(result.figures["findings"], "finding", "findings"))


def _ties(found: Run, actor: Actor) -> list[Section]:
    """Open questions name places, never people; the people are on the page of whoever settles them."""
    asked = matching.questions_of(found)
    if not asked:
        return []
    rows = []
    for place, (each, methods) in enumerate(asked):
        job = each["role"]
        name = Link(job, reverse("selection:tie", args=[found.pk, place])) if may(actor, MODERATE) else job
        waits = words.listed(keeping.METHODS[method] for method in methods)
        rows.append(Row((name, len(each["people"]), each["places"], waits)))
    columns = (
        Column("Place"), Column("People who are level", number=True), Column("Places", number=True), Column("What waits"),
    )  # fmt: skip
    says = [
        "People are level, and their order decides who gets a place. The panel brings further evidence: never a lot.",
        *(
            []
            if may(actor, MODERATE)
            else ["A head of service settles it with the panel; then you match anew."]
        ),
    ]
    tag = tags.due_soon("before anything is decided")
    return [Section("Questions to the panels", "ties", tag, says, columns=columns, rows=rows)]


def _changes(found: Run, decision: Decision | None, results: Sequence[RunResult]) -> list[Section]:
    """After an appeal: whom it would move, before anything changes."""
    first = not any(deciding.current(found.exercise))
    if first or found.state != Run.State.DONE or (decision is not None and decision.confirmed_at):
        return []
    method = decision.method if decision is not None else "stable"
    if not any(each.method == method and each.holds for each in results):
        return []
    changed = deciding.changes(found, method)
    rows = [
        Row((each.member.worker.name, each.before or "no place", each.after or "no place"))
        for each in changed[:MOST]
    ]
    says = [
        f"{words.count_words(len(changed), 'person', 'people', none='Nobody')} would have another place than now."
    ]
    return [Section("Whom it would move", "changes", says=says, columns=CHANGE_COLUMNS, rows=rows)]


def _decision(
    found: Run,
    results: Sequence[RunResult],
    decision: Decision | None,
    asked: tuple[Any, Any, Any],
    actor: Actor,
) -> list[Section]:
    """What was proposed and confirmed, or what can be done now."""
    propose, confirm, back = asked
    before = _sent_back(found)
    if decision is None:
        ready = any(each.holds and not each.questions for each in results)
        acts = (
            [Act("propose", "Propose this result", propose, main=True)] if ready and may(actor, KEEP) else []
        )
        says = [
            "Human resources propose a result with reasons; a head of service confirms it. A program decides nothing."
        ]
        return [Section("Decision", "decision", says=says, quotes=before, acts=acts)]
    said = decision.said
    quotes = [
        *before,
        Quoted(
            said["reasons"], f"Proposed by {decision.recorded_by.name}, {words.when(decision.recorded_at)}"
        ),
    ]
    if decision.confirmed_at is not None and decision.confirmed_by is not None:
        quotes.append(
            Quoted(
                said["confirmed"],
                f"Confirmed by {decision.confirmed_by.name}, {words.when(decision.confirmed_at)}",
            )
        )
        return [
            Section(
                "Decision",
                "decision",
                tags.met("decided by two people"),
                [keeping.METHODS[decision.method]],
                quotes=quotes,
            )
        ]
    own = decision.recorded_by_id == actor.worker
    acts = [] if own or not may(actor, MODERATE) else [
        Act("confirm", "Confirm this result", confirm, main=True), Act("back", "Send it back", back),
    ]  # fmt: skip
    tag = tags.due_soon("waits for the second person")
    return [
        Section("Decision", "decision", tag, [keeping.METHODS[decision.method]], quotes=quotes, acts=acts)
    ]


def _sent_back(found: Run) -> list[Quoted]:
    """Proposals of this run that a head of service sent back, with the reasons."""
    gone = [each for each in found.decisions.exclude(replaced_at=None) if "sent_back" in each.said]
    names = queries.names_of([each.said["sent_back_by"] for each in gone])
    return [
        Quoted(
            each.said["sent_back"],
            f"Sent back by {names[each.said['sent_back_by']]}, {words.when(each.replaced_at)}",
        )
        for each in reversed(gone)
        if each.replaced_at is not None
    ]


@GET_OR_POST
def tie(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """People who are level for a place, for a third to put in order on further evidence."""
    actor = actor_in(request)
    require(actor, MODERATE)
    found = get_object_or_404(scope(actor, Run).select_related("exercise"), pk=number)
    asked = [each for each, _ in matching.questions_of(found)]
    if place >= len(asked):
        raise NotAllowed
    question = asked[place]
    job = get_object_or_404(Job, exercise=found.exercise_id, name=question["role"])
    members = list(
        Member.objects.filter(exercise=found.exercise_id, worker__in=question["people"]).select_related(
            "worker", "exercise"
        )
    )
    form = forms.TieForm(
        sent(request, "tie"), people=[(each.worker_id, each.worker.name) for each in members]
    )
    done, refused = tried(
        request, form, "tie",
        lambda typed: matching.settle_tie(run=found, job=job, people=form.order(), evidence=typed["evidence"], by=actor),
        "Settled on further evidence. Human resources match anew.",
    )  # fmt: skip
    if done:
        return redirect("selection:run", number)
    few = words.count_words(question["places"], "place", "places")
    parts = [
        Section(job.name, "tie", says=[f"{len(members)} people are level. Their order decides {few} there."],
                acts=[Act("tie", "Settle this order", form, main=True)]),
        *(Section(each.worker.name, f"person-{each.pk}", says=[part.says[0]], links=[
              Link("What each scorer wrote, and what the person would like", reverse("selection:person", args=[each.pk]))])
          for each in members for part in scores_of_member(each)[:1]),
    ]  # fmt: skip
    return shown(
        request, actor, title=f"Question {place + 1} of run {found.number}", heading="People who are level", sections=parts,
        what="tie", about=[each.worker_id for each in members], refused=refused, back=reverse("selection:run", args=[number]),
    )  # fmt: skip
