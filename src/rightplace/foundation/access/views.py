"""Pages of access itself: choosing a role, giving a reason, breaking the glass and reviewing it."""

from __future__ import annotations

from typing import cast

from allauth.account import views as allauth_views
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access import breakglass, reach
from rightplace.foundation.access.audit import shown
from rightplace.foundation.access.forms import BreakGlassForm, ReasonForm, ReviewForm
from rightplace.foundation.access.middleware import CHOSEN
from rightplace.foundation.access.models import BreakGlass, User
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def next_address(request: HttpRequest, otherwise: str = "/") -> str:
    """Where to go on to: an address of this site, or another that is safe."""
    wanted = request.POST.get("next") or request.GET.get("next") or otherwise
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else otherwise


@GET_OR_POST
def role(request: HttpRequest) -> HttpResponse:
    """Choose in which role and team to act; who has none reads what to do."""
    rows = request.memberships  # type: ignore[attr-defined]
    if request.method == "POST":
        chosen = [row for row in rows if str(row.pk) == request.POST.get("membership")]
        if not chosen:
            raise NotAllowed
        request.session.cycle_key()
        request.session[CHOSEN] = chosen[0].pk
        return HttpResponseRedirect(next_address(request))
    choices = [
        {
            "number": row.pk,
            "role": role_of(row.role).name,
            "team": row.team.name,
            "now": row.pk == _now(request),
        }
        for row in rows
    ]
    context = {"title": "Your roles", "choices": choices, "next": next_address(request)}
    return render(request, "access/role.jinja", context)


def change_password(request: HttpRequest) -> HttpResponseBase:
    """Change one's password. Who signs in with a passkey alone, or by the council's directory, has none to change."""
    if not isinstance(request.user, User) or not request.user.has_usable_password():
        return HttpResponseRedirect(reverse("mfa_index"))
    return cast(HttpResponseBase, allauth_views.password_change(request))


@GET_OR_POST
def reason(request: HttpRequest, file: int) -> HttpResponse:
    """Say why one opens a file outside one's own work, then go on to it."""
    actor = actor_in(request)
    if reach.opening(actor, [file]) is reach.Opening.NOT_THERE:
        raise NotAllowed
    form = ReasonForm(request.POST or None)
    refused = None
    if form.is_valid():
        try:
            reach.give_reason(
                file=file, why=form.cleaned_data["why"], words=form.cleaned_data["words"], by=actor
            )
            return HttpResponseRedirect(next_address(request))
        except Refused as why_not:
            refused = why_not
    context = {
        "title": "Why do you open this file?",
        "form": form,
        "refused": refused,
        "next": next_address(request),
    }
    return render(request, "access/reason.jinja", context, status=_status(form, refused))


@GET_OR_POST
def break_glass(request: HttpRequest) -> HttpResponse:
    """Open a restricted file in an emergency. The answer is the same whether or not there is such a file."""
    actor = actor_in(request)
    form = BreakGlassForm(request.POST or None)
    refused, broken = None, None
    if form.is_valid():
        try:
            broken = breakglass.break_glass(by=actor, **form.cleaned_data)
        except Refused as why_not:
            refused = why_not
    context = {"title": "Break the glass", "form": form, "refused": refused, "broken": broken}
    return render(request, "access/glass.jinja", context, status=_status(form, refused))


@GET_OR_POST
def second(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and agreeing to it."""
    actor = actor_in(request)
    refused = None
    if request.method == "POST":
        broken = get_object_or_404(BreakGlass, pk=_number(request.POST.get("broken")))
        try:
            breakglass.be_second(broken=broken, by=actor)
            return HttpResponseRedirect(reverse("access:second"))
        except Refused as why_not:
            refused = why_not
    waiting = list(breakglass.unreviewed().filter(opens__isnull=True, kind=BreakGlass.Kind.SEALED))
    context = {"title": "A second person is wanted", "waiting": waiting, "refused": refused}
    status = 422 if refused else 200
    files = [each.file for each in waiting]
    return shown(request, "access/second.jinja", context, files=files, what="access:second", status=status)


@GET_OR_POST
def review(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Each breaking of glass that waits for its review."""
    actor = actor_in(request)
    form, refused = ReviewForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        broken = get_object_or_404(BreakGlass, pk=number)
        try:
            breakglass.review(broken=broken, by=actor, **form.cleaned_data)
            return HttpResponseRedirect(reverse("access:review"))
        except Refused as why_not:
            refused = why_not
    waiting = list(breakglass.unreviewed())
    for alert in breakglass.unseen_alerts():
        breakglass.see_alert(alert=alert, by=actor)
    now = [each for each in waiting if each.pk == number] or waiting[:1]
    context = {
        "title": "Broken glass to review",
        "waiting": waiting,
        "now_reviewing": now[0] if now else None,
        "form": form,
        "refused": refused,
    }
    files = [each.file for each in waiting]
    status = _status(form, refused)
    return shown(request, "access/review.jinja", context, files=files, what="access:review", status=status)


def _status(form: BreakGlassForm | ReasonForm | ReviewForm, refused: Refused | None) -> int:
    return 422 if refused is not None or (form.is_bound and form.errors) else 200


def _now(request: HttpRequest) -> int:
    actor = getattr(request, "actor", None)
    return actor.membership if actor else 0


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 19 else 0
