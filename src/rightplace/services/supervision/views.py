"""My supervision, whom I supervise, and one session. Thin: what is opened is recorded before it is shown."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.caseflow.children import children_of, identity_of
from rightplace.common.caseflow.load import loads
from rightplace.common.web import tags
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Lines, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.supervision import cadence_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.people.projections import Person
from rightplace.services.supervision import actions, assuring, forms, personal, queries
from rightplace.services.supervision.actions import Agreed
from rightplace.services.supervision.lines import Chart, Supervised, chart
from rightplace.services.supervision.models import Opened, Release, Session
from rightplace.services.supervision.presenters import own as shown
from rightplace.services.supervision.presenters import session as told
from rightplace.services.supervision.presenters.assuring import SUPERVISOR_COLUMNS, supervisor_cells
from rightplace.services.supervision.releasing import reason_of, take_note

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
LISTED = 30


def _id(request: HttpRequest) -> str:
    return str(getattr(request, "request_id", ""))


@GET_OR_POST
def mine(request: HttpRequest) -> HttpResponse:
    """The worker's own page: when, with whom, what to sign, and who read what was said."""
    actor, now = actor_in(request), clock.now()
    if request.method == "POST":
        release = get_object_or_404(
            scope(actor, Release).filter(session__supervisee=actor.worker), pk=_number(request, "release")
        )
        take_note(release=release, by=actor)
        messages.success(request, "You have read that somebody was let in.")
        return redirect("supervision:mine")
    known = chart(clock.today())
    me = known.people.get(actor.worker)
    standing = queries.standings([me], clock.today())[actor.worker] if me else None
    sessions = list(queries.sessions(actor).filter(supervisee=actor.worker)[:LISTED])
    openings = Opened.objects.filter(session__supervisee=actor.worker).exclude(reader=actor.worker)
    releases = scope(actor, Release).filter(session__supervisee=actor.worker, confirmed_at__isnull=False)
    mine = shown.Mine(
        now, known, me, standing, sessions,
        list(openings.select_related("session", "reader").order_by("-at")[:LISTED]),
        list(releases.select_related("session", "recorded_by", "answered_by").order_by("-confirmed_at")[:LISTED]),
    )  # fmt: skip
    cadence = cadence_on(clock.today())
    return page(
        request, "supervision/mine.jinja", title="My supervision", told=mine, columns=shown, cadence=cadence,
        reasons={each.pk: reason_of(each) for each in mine.releases},
        seen=assuring.observations_of(actor, actor.worker) if may(actor, "supervision.hold") else [],
        supervising=_as_supervisor(known, me), supervisor_columns=SUPERVISOR_COLUMNS,
    )  # fmt: skip


def _as_supervisor(known: Chart, me: Supervised | None) -> Row | None:
    """The line that one's own manager reads on the page of assurance, for whoever supervises somebody."""
    if me is None or not known.supervisees_of(me.worker):
        return None
    told = assuring.own_line(known, me, clock.today())
    return Row((Lines(me.name, me.team_name), *supervisor_cells(told)))


def _number(request: HttpRequest, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 19 else 0


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Whom one supervises, the most urgent first; whom one covers today."""
    actor, now = actor_in(request), clock.now()
    known = chart(clock.today())
    people, covered = known.supervisees_of(actor.worker), known.covered_by(actor.worker)
    found = queries.standings([*people, *covered], clock.today())
    held = queries.sessions(actor).filter(supervisor=actor.worker).exclude(held_on=None, put_off_at=None)
    return page(
        request, "supervision/team.jinja", title="Whom you supervise", columns=shown,
        told=shown.Supervising(now, known, people, covered, found), cadence=cadence_on(clock.today()),
        held=[shown.SessionLine(each, now, False).row() for each in held[:LISTED]],
    )  # fmt: skip


@GET_OR_POST
def plan(request: HttpRequest, worker: int) -> HttpResponse:
    """Plan a session with somebody whom one supervises or covers."""
    actor, refused = actor_in(request), None
    known = chart(clock.today())
    person = known.people.get(worker)
    covers = {each.worker for each in known.covered_by(actor.worker)}
    if person is None or (person.supervisor != actor.worker and worker not in covers):
        raise NotAllowed
    form = forms.PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan_session(worker=worker, on=form.cleaned_data["on"], by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Planned. The worker sees it on My day in the week before.")
            return redirect("supervision:session", made.pk)
    standing = queries.standings([person], clock.today())[worker]
    return page(
        request, "supervision/plan.jinja", title="Plan a session", form=form, refused=refused, person=person,
        tag=shown.due_tag(standing.due, clock.now()), due=standing.due, last=shown.last_words(standing.due),
        back=reverse("supervision:team"),
    )  # fmt: skip


def session_of(actor: Actor, number: int) -> Session:
    """A session of which the reader may know. Raises NotAllowed."""
    found = queries.sessions(actor).filter(pk=number).first()
    if found is None:
        raise NotAllowed
    return found


@GET_OR_POST
def session(request: HttpRequest, number: int) -> HttpResponse:
    """One session: prepare, hold, sign, and read again."""
    actor, refused = actor_in(request), None
    row = session_of(actor, number)
    asked = _forms(request, actor, row)
    if request.method == "POST":
        try:
            done = _done(request, actor, row, asked)
        except Refused as why:
            refused = why
        else:
            if done:
                messages.success(request, done)
                return redirect("supervision:session", number)
    found = _told(request, actor, row)
    files = {each.person.person for each in found.agenda.children} if found.agenda else set()
    files |= {each.file for each in (*found.decided, *found.before)}
    kept = personal.drafted_at(actor, row)
    form = asked.get(request.POST.get("act", "")) if request.method == "POST" else None
    return disclose(
        actor,
        lambda: page(
            request, "supervision/session.jinja", title="A session of supervision", told=found, columns=told,
            asked=asked, sealed=tags.sealed("sealed"),
            form=form, refused=refused, kept=kept, back=reverse("supervision:mine" if found.own else "supervision:team"),
        ),
        files=sorted(files),
        what="supervision:session",
        request_id=_id(request),
    )  # fmt: skip


def _forms(request: HttpRequest, actor: Actor, row: Session) -> dict[str, Any]:
    """What this reader may still write here, each under the name of its act."""
    act, posted = request.POST.get("act", ""), request.POST or None
    asked: dict[str, Any] = {}
    if row.put_off_at is not None:
        return asked
    if actor.worker == row.supervisee_id:
        if row.supervisee_signed_at is None and row.supervisor_signed_at is None:
            mine = act in ("share", "keep")
            asked["share"] = forms.PointsForm(posted if mine else None, initial=personal.draft_of(actor, row))
        elif row.supervisee_signed_at is None:
            asked["sign"] = forms.SignForm(posted if act == "sign" else None)
        else:
            asked["account"] = forms.AccountForm(posted if act == "account" else None)
    if actor.worker == row.supervisor_id and row.supervisor_signed_at is None:
        initial = {"held_on": clock.today(), "minutes": None} | personal.draft_of(actor, row)
        asked["hold"] = forms.HoldForm(posted if act in ("hold", "keep") else None, initial=initial)
    return asked


def _done(request: HttpRequest, actor: Actor, row: Session, asked: dict[str, Any]) -> str:
    """Do what was asked, and say so; nothing for what is typed wrongly."""
    act = request.POST.get("act", "")
    if act == "keep" and ({"share", "hold"} & set(asked)):
        personal.keep_draft(actor, row, {name: str(value) for name, value in request.POST.items()})
        return "Kept. Nobody but you reads it until you sign."
    form = asked.get(act)
    if form is None or not form.is_valid():
        return ""
    said = form.cleaned_data
    if act == "share":
        actions.share_points(session=row, words=said["points"], by=actor)
        return "Shared with your supervisor."
    if act == "hold":
        actions.sign_as_supervisor(
            session=row, held_on=said["held_on"], minutes=said["minutes"], words=said, by=actor
        )
        return "Signed. The worker reads it and signs too."
    if act == "sign":
        actions.sign_as_worker(session=row, by=actor, account=said["account"], themes=said["themes"])
        return "Signed by both."
    actions.add_account(session=row, words=said["account"], by=actor)
    return "Your account stands beside it."


def _told(request: HttpRequest, actor: Actor, row: Session) -> told.SessionPage:
    """What the page says. The personal part is opened for the two at once, for the manager above when asked."""
    now, over = clock.now(), actor.worker not in (row.supervisee_id, row.supervisor_id)
    wanted = not over or request.GET.get("personal") == "read"
    said = personal.opened(actor, row, request_id=_id(request)) if wanted else None
    open_now = row.supervisor_signed_at is None and row.put_off_at is None and not over
    decided = queries.decisions(actor, [row.pk])
    before = queries.decisions(actor, queries.last_sessions(row)) if open_now else []
    files = {each.file for each in (*decided, *before)}
    workers = {each.by for entry in (*decided, *before) for each in entry.actions if each.by}
    return told.SessionPage(
        now=now,
        session=row,
        reader=actor.worker,
        agenda=queries.agenda(actor, row.supervisee_id, now) if open_now else None,
        load=loads([row.supervisee_id], now)[row.supervisee_id] if open_now else None,
        decided=decided,
        before=before,
        said=said,
        names={p.person: p.name for p in scope(actor, Person).filter(person__in=files)} if files else {},
        people=dict(Worker.objects.filter(pk__in=workers).values_list("pk", "name")) if workers else {},
    )


@GET_OR_POST
def put_off(request: HttpRequest, number: int) -> HttpResponse:
    """A session does not take place."""
    actor, refused = actor_in(request), None
    row = session_of(actor, number)
    require(actor, "supervision.hold", row)
    form = forms.PutOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_off(session=row, because=form.cleaned_data["because"], by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Put off. Plan the next one soon: it counts as late from its day.")
            return redirect("supervision:plan", row.supervisee_id)
    return page(
        request, "supervision/ask.jinja", title="Put the session off", form=form, refused=refused, main="Put it off",
        heading="Put the session off", lede="Why is counted, and nothing is written about it in words.",
        back=reverse("supervision:session", args=[number]),
    )  # fmt: skip


@GET_OR_POST
def decide(request: HttpRequest, number: int, file: int) -> HttpResponse:
    """A decision about one child of the worker, into the child's file."""
    actor, refused = actor_in(request), None
    row = session_of(actor, number)
    require(actor, "supervision.hold", row)
    if file not in actions.children_of(row, actor):
        raise NotAllowed
    people = [(row.supervisee_id, row.supervisee.name), (row.supervisor_id, row.supervisor.name)]
    form = forms.DecideForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        agreed = [
            Agreed(said[f"what_{n}"], said[f"due_{n}"], int(said[f"by_{n}"] or row.supervisee_id))
            for n in range(1, forms.ROWS_OF_ACTIONS + 1)
            if said[f"what_{n}"]
        ]
        try:
            actions.decide(
                session=row,
                file=file,
                decision=said["decision"],
                reasons=said["reasons"],
                agreed=agreed,
                by=actor,
            )
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Signed, in the child’s file.")
            return redirect("supervision:session", number)
    child = children_of(actor, [file])[0]
    return disclose(
        actor,
        lambda: page(
            request, "supervision/decide.jinja", title="A decision in supervision", identity=identity_of(child), form=form,
            refused=refused, child=child, back=reverse("supervision:session", args=[number]),
        ),
        files=[file],
        what="supervision:decide",
        request_id=_id(request),
    )  # fmt: skip


@GET_OR_POST
def action(request: HttpRequest, number: int, entry: int, place: int) -> HttpResponse:
    """What became of an agreed action."""
    actor, refused = actor_in(request), None
    row = session_of(actor, number)
    known = queries.decisions(actor, [row.pk, *queries.last_sessions(row)])
    decision = next((each for each in known if each.entry == entry), None)
    if (
        decision is None
        or place >= len(decision.actions)
        or actor.worker not in (row.supervisee_id, row.supervisor_id)
    ):
        raise NotAllowed
    agreed = decision.actions[place]
    form = forms.ActionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.say_what_became(
                session=row,
                entry=entry,
                action=agreed.what,
                done=said["done"] == "yes",
                words=said["words"],
                by=actor,
            )
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Written down, in the child’s file.")
            return redirect("supervision:session", number)
    child = children_of(actor, [decision.file])[0]
    return disclose(
        actor,
        lambda: page(
            request, "supervision/action.jinja", title="What became of an action", identity=identity_of(child), form=form,
            refused=refused, agreed=agreed, decision=decision, back=reverse("supervision:session", args=[number]),
        ),
        files=[decision.file],
        what="supervision:action",
        request_id=_id(request),
    )  # fmt: skip


@GET_OR_POST
def correct(request: HttpRequest, number: int, word: int) -> HttpResponse:
    """Say something otherwise; what stood first stays."""
    actor, refused = actor_in(request), None
    row = session_of(actor, number)
    said = next(
        (each for each in personal.opened(actor, row, request_id=_id(request)) if each.number == word), None
    )
    if said is None or said.author != actor.worker:
        raise NotAllowed
    form = forms.CorrectForm(request.POST or None, initial={"words": said.words})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(session=row, word=word, words=form.cleaned_data["words"], by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Corrected. What stood first stays under it.")
            return redirect("supervision:session", number)
    return page(
        request, "supervision/ask.jinja", title="Correct what you wrote", form=form, refused=refused,
        heading="Correct what you wrote", lede=said.kind.label, main="Write it so",
        back=reverse("supervision:session", args=[number]),
    )  # fmt: skip
