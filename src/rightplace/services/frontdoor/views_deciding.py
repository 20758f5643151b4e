"""Deciding a contact: the form, what it says back before it is signed, and what to do where it is refused."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from rightplace.common.caseflow.children import ChildKnown
from rightplace.common.questions.drafts import DraftTooLong, typed_of
from rightplace.common.web.pieces import Link
from rightplace.common.web.words import clock_time
from rightplace.domain.practice.entries.contact import Route
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Agency, Team
from rightplace.services.frontdoor import decisiondrafts
from rightplace.services.frontdoor.deciding import TEAM_OF_ROUTE, decide_contact
from rightplace.services.frontdoor.decisionform import (
    ALL,
    LEAST,
    ChildPart,
    Typed,
    WholePart,
    apart,
    together,
    typed_so_far,
)
from rightplace.services.frontdoor.presenters.contact import ContactPage, contact_page
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.views_staff import contact_of, of_contact

DECIDED = {
    True: "Decided. Each child who is offered stays with you until a team accepts.",
    False: "Decided. Whoever told us can read what comes of it.",
}
KINDS = (Team.Kind.FAMILY_SUPPORT, Team.Kind.ASSESSMENT)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, concern: int) -> HttpResponse:
    """Decide a contact. What is refused says why and where to go; nothing typed is lost."""
    actor = actor_in(request)
    row = contact_of(actor, concern)
    require(actor, "contact.decide", row)
    if row.decided is not None:
        return redirect("frontdoor:contact", concern)
    said = contact_page(actor, row)
    bodies = [body for each in said.words.answers.values() for _, body in each]
    answers = [part for body in bodies for part in (body.answer, *body.answers.values()) if part]
    did = request.POST.get("do", "")
    typed = _typed(request, row, said, did)
    refused, warned = None, typed.whole.warnings(answers)
    if did == "decide":
        seen = request.POST.get("warned") == "yes"
        if typed.is_valid() and (seen or not (warned or _differs(typed))):
            try:
                decide_contact(contact=row, decision=typed.decision(row, answers), by=actor)
            except Refused as why:
                refused = why
            else:
                decisiondrafts.forget(actor, concern)
                messages.success(request, DECIDED[any(part.offers for part in typed.parts)])
                return redirect("frontdoor:contact", concern)
    return of_contact(
        request,
        "frontdoor/decide.jinja",
        said,
        title=said.title.replace("Contact", "Decide the contact"),
        form=typed.whole if did == "decide" else None,
        more_forms=typed.parts if did == "decide" else (),
        typed=typed,
        refused=refused,
        warned=warned,
        looked_for=request.POST.get("find", "")[:60],
        explained=bool(did),
        instead=_instead(said, typed) if refused else (),
        least=LEAST,
        ask_again=did == "decide" and bool(warned or _differs(typed)) and not refused,
        code=422 if refused else 200,
        back=reverse("frontdoor:contact", args=[concern]),
    )


def _typed(request: HttpRequest, row: Contact, said: ContactPage, did: str) -> Typed:
    """The forms as they were typed, or empty; one part for all children, or one each."""
    given = request.POST if request.method == "POST" else _kept(actor_in(request), row)
    separately = given is not None and given.get("separately") == "yes" and len(row.children) > 1
    if given and did == "apart":
        given, separately = apart(given, len(row.children)), True
    elif given and did == "together":
        given, separately = together(given), False
    teams = list(queries.teams(clock.today(), KINDS))
    agencies = list(Agency.objects.exclude(kind=Agency.Kind.AUTHORITY).order_by("kind", "name"))

    signs = given if did == "decide" else None

    def part(prefix: str, children: Sequence[ChildKnown]) -> ChildPart:
        return ChildPart(
            signs,
            prefix=prefix,
            initial=typed_so_far(given, prefix),
            teams=teams,
            agencies=agencies,
            suggested=_suggested(children, teams),
        )

    one_each = [part(f"c{n}", [child]) for n, child in enumerate(said.children)] if separately else []
    received = said.words.received
    told = {"yes": "told and agrees", "no": "not told"}.get(received.family_told if received else "", "")
    whole = WholePart(signs, contact=row, initial={"family_told": told} | typed_so_far(given))
    return Typed(whole, one_each or [part(ALL, said.children)], separately)


def _kept(actor: Actor, row: Contact) -> QueryDict | None:
    """What the worker typed of this decision before and did not sign."""
    draft = decisiondrafts.draft_of(actor, row.concern)
    return decisiondrafts.as_posted(typed_of(draft)) if draft else None


@require_POST
def keep(request: HttpRequest, concern: int) -> HttpResponse:
    """Keep what is typed, field by field, until it is signed."""
    actor = actor_in(request)
    row = contact_of(actor, concern)
    require(actor, "contact.decide", row)
    if row.decided is not None:
        return JsonResponse({"said": "This contact has been decided."}, status=409)
    try:
        draft = decisiondrafts.keep(actor, concern, request.POST)
    except DraftTooLong:
        return JsonResponse(
            {"said": "This is more than can be kept. What was saved before is safe."}, status=413
        )
    return JsonResponse({"saved": clock_time(draft.saved)})


def _suggested(children: Sequence[ChildKnown], teams: Sequence[Team]) -> str:
    """Which team each route would offer the child to, in a sentence that can be overruled."""
    found = []
    for child in children:
        area = child.person.area if child.person else 0
        named = [
            f"{Team.Kind(kind).label}: {team.name}"
            for kind in dict.fromkeys(TEAM_OF_ROUTE.values())
            if area and (team := queries.team_among(teams, area, kind)) is not None
        ]
        found.append("; ".join(named) or "the child’s area is not known, so choose a team")
    return "By the child’s area – " + " / ".join(dict.fromkeys(found)) + "."


def _differs(typed: Typed) -> bool:
    return any(part.difference for part in typed.parts)


def _instead(said: ContactPage, typed: Typed) -> list[Link]:
    """Where to do what a refusal asks for instead of closing."""
    concern = said.contact.concern
    found = [
        Link(
            f"Write down what {check.agency} answered",
            f"{check.href}",
            f"Ring {check.phone}" if check.phone else "",
        )
        for check in said.unanswered
    ]
    found += [
        Link(
            f"Compare {child.name} with the child who may be the same",
            reverse("frontdoor:same", args=[concern, entry]),
        )
        for child, entry in said.undecided_same
    ]
    for part in typed.parts:
        ends = part["route"].value() in (Route.NO_FURTHER_ACTION, Route.ADVICE, Route.ANOTHER_AGENCY)
        if said.unseen and ends and not str(part["unseen_reason"].value() or "").strip():
            found.append(Link("Say why the child need not be seen", f"#{part['unseen_reason'].auto_id}"))
    return found
