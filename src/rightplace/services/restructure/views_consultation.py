"""Consultation: whom, the law's clocks, what was asked and answered, and the papers that the law asks for."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.services.restructure import consulting, papers, printing, queries
from rightplace.services.restructure.acting import done, seen, sent, tried
from rightplace.services.restructure.forms import AnswerForm, AskedForm, BodyForm, MeetingForm, TermsForm
from rightplace.services.restructure.models import Asked, Body, Paper
from rightplace.services.restructure.presenters import consultation as shown
from rightplace.services.restructure.proposing import latest_terms, proposal

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
def consultation(request: HttpRequest, number: int) -> HttpResponse:
    """Whom we consult and until when, what was asked, and the papers; human resources writes here."""
    actor = actor_in(request)
    found, refused = seen(actor, number), None
    keeps = may(actor, "restructure.keep")
    bodies = list(Body.objects.filter(programme=found).order_by("id"))
    made = {
        "body": BodyForm(sent(request, "body"), auto_id="body_%s"),
        "meeting": MeetingForm(sent(request, "meeting"), auto_id="meeting_%s"),
        "asked": AskedForm(
            sent(request, "asked"), bodies=[(each.pk, each.name) for each in bodies], auto_id="asked_%s"
        ),
    }
    if request.method == "POST":
        require(actor, "restructure.keep")
        kind = request.POST.get("paper", "")
        refused = _paper(found, kind, actor) if kind else _written(found, made, request, actor, bodies)
        if (kind and refused is None) or done(made, refused):
            messages.success(request, "Written down.")
            return redirect("restructure:consultation", number)
    terms = latest_terms(found.pk)
    told = proposal(found, terms) if terms else None
    return page(
        request, "restructure/consultation.jinja", title=f"Consultation: {found.title}", programme=found,
        law=shown.LawPage(told=told, now=clock.now()),
        told=queries.consulted(found, bodies, keeps=keeps), columns=shown, asked=made, more_forms=tuple(made.values()),
        refused=refused, keeps=keeps, terms=terms, back=reverse("restructure:programme", args=[number]),
        missing=[(kind.value, kind.label, papers.missing_in(told, kind)) for kind in Paper.Kind] if keeps else [],
    )  # fmt: skip


@require_safe
def clock_of(request: HttpRequest, number: int) -> HttpResponse:
    """Each clock of the law, every day of it, with calendar days and working days side by side."""
    actor = actor_in(request)
    found = seen(actor, number)
    terms = latest_terms(found.pk)
    law = shown.LawPage(told=proposal(found, terms) if terms else None, now=clock.now())
    return page(
        request, "restructure/clock.jinja", title=f"Clocks: {found.title}", law=law, told=shown.day_by_day(law),
        columns=shown, back=reverse("restructure:consultation", args=[number]),
    )  # fmt: skip


def _paper(programme: Programme, kind: str, actor: Actor) -> Refused | None:
    if kind not in Paper.Kind.values:
        return Refused("There is no such paper.", "Choose one of the buttons.")
    try:
        papers.make_paper(programme=programme, kind=kind, by=actor)
    except Refused as why:
        return why
    return None


def _written(
    programme: Programme, made: Mapping[str, object], request: HttpRequest, actor: Actor, bodies: list[Body]
) -> Refused | None:
    act = request.POST.get("act", "")
    form = made.get(act)
    if isinstance(form, BodyForm):
        return tried(form, lambda said: consulting.add_body(programme=programme, by=actor, **said))
    if isinstance(form, MeetingForm):
        return tried(
            form, lambda said: consulting.record_meeting(programme=programme, bodies=bodies, by=actor, **said)
        )
    if isinstance(form, AskedForm):
        owner, known = Worker.objects.get(pk=actor.worker), {str(each.pk): each for each in bodies}
        return tried(form, lambda said: consulting.record_asked(
            programme=programme, kind=said["kind"], on=said["on"], words=said["words"], owner=owner, by=actor,
            body=known.get(said["body"]),
        ))  # fmt: skip
    return Refused("There is no such act.", "Choose one of the buttons.")


@GET_OR_POST
def terms(request: HttpRequest, number: int) -> HttpResponse:
    """What is proposed, as the law's papers ask for it; what was said before stays."""
    actor, refused = actor_in(request), None
    found = seen(actor, number)
    known = latest_terms(found.pk)
    first = {name: getattr(known, name) for name in TermsForm().fields} if known else {}
    form = TermsForm(request.POST or None, initial=first)
    if request.method == "POST":
        refused = tried(form, lambda said: consulting.say_terms(
            programme=found, by=actor, **(said | {"agency_number": said["agency_number"] or 0}),
        ))  # fmt: skip
        if done({"terms": form}, refused):
            messages.success(request, "Written down.")
            return redirect("restructure:consultation", number)
    return page(
        request, "restructure/terms.jinja", title=f"What is proposed: {found.title}", form=form, refused=refused,
        back=reverse("restructure:consultation", args=[number]),
    )  # fmt: skip


@GET_OR_POST
def asked(request: HttpRequest, number: int, asked: int) -> HttpResponse:
    """Answering a question or counter-proposal."""
    actor, refused = actor_in(request), None
    programme = seen(actor, number)
    found = get_object_or_404(
        scope(actor, Asked).select_related("body", "owner"), pk=asked, programme=programme
    )
    form = AnswerForm(request.POST or None, kind=found.kind)
    if request.method == "POST":
        refused = tried(form, lambda said: consulting.answer_asked(asked=found, by=actor, **said))
        if done({"answer": form}, refused):
            messages.success(request, "Answered.")
            return redirect("restructure:consultation", number)
    return page(
        request, "restructure/asked.jinja", title="Answer", form=form, found=found, refused=refused,
        kind=Asked.Kind(found.kind).label, back=reverse("restructure:consultation", args=[number]),
    )  # fmt: skip


def _kept(actor: Actor, number: int, paper: int) -> Paper:
    found = scope(actor, Paper).select_related("recorded_by", "programme")
    return get_object_or_404(found, pk=paper, programme=seen(actor, number))


@require_safe
def paper(request: HttpRequest, number: int, paper: int) -> HttpResponse:
    """One version of a paper, as it was made."""
    found = _kept(actor_in(request), number, paper)
    return page(
        request, "restructure/paper.jinja", title=printing.title_of(found), found=found, parts=printing.parts_of(found),
        pdf=reverse("restructure:paper-pdf", args=[number, paper]), source=printing.source_of(found),
        back=reverse("restructure:consultation", args=[number]),
    )  # fmt: skip


@require_safe
def paper_pdf(request: HttpRequest, number: int, paper: int) -> HttpResponse:
    """The same as PDF, under a name of numbers."""
    found = _kept(actor_in(request), number, paper)
    answer = HttpResponse(printing.as_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = (
        f'attachment; filename="{found.programme_id}-{found.kind}-{found.version}.pdf"'
    )
    answer["Cache-Control"] = "no-store"
    return answer
