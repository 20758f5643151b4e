"""Opening a family's page: the same gate for every page about one, and the reading recorded before a byte leaves."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access import reach
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, require
from rightplace.services.familysupport.family import Family, family_of

View = Callable[..., HttpResponse]


def of_a_family(permission: str) -> Callable[[View], View]:
    """A view about one family, for whoever holds the permission for it; it takes a Family in place of its number."""

    def behind(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, family: int, **more: Any) -> HttpResponse:
            actor = actor_in(request)
            found = family_of(actor, family)
            require(actor, permission, found.supports[0])
            if not may(actor, "child.open"):
                raise NotAllowed
            if not _is_open_to(actor, found.files):
                asked = reverse("access:reason", args=[found.supports[0].person])
                return HttpResponseRedirect(f"{asked}?{urlencode({'next': request.get_full_path()})}")
            return view(request, found, **more)

        return opened

    return behind


def _is_open_to(actor: Actor, files: Collection[int]) -> bool:
    """The steps of `reach.opening`, for children whom the actor's scope holds: it holds nobody who is hidden."""
    if reach.is_own_work(actor, files) or reach.reason_today(actor, files):
        return True
    return reach.open_glass(actor, files) is not None


def shown_family(
    request: HttpRequest, template: str, family: Family, *, title: str, **context: Any
) -> HttpResponse:
    """Answer with a page about a family: audit, commit, then render with the database shut."""
    context.setdefault("back", reverse("familysupport:family", args=[family.number]))
    return disclose(
        actor_in(request),
        lambda: page(
            request, f"familysupport/{template}.jinja", title=f"{title}: {family.initials}", family=family, **context
        ),
        files=sorted(family.files),
        what=f"familysupport:{template}",
        request_id=getattr(request, "request_id", ""),
    )  # fmt: skip


def tried(
    request: HttpRequest, form: forms.Form, act: Callable[[], object], done: str
) -> tuple[bool, Refused | None]:
    """Do what was asked when the form is right; whether it was done, and why not where it was refused."""
    if request.method != "POST" or not form.is_valid():
        return False, None
    try:
        act()
    except Refused as why:
        return False, why
    messages.success(request, done)
    return True, None


def asked(
    request: HttpRequest,
    family: Family,
    form: forms.Form,
    act: Callable[[], object],
    *,
    heading: str,
    button: str,
    done: str,
    template: str = "form",
    **context: Any,
) -> HttpResponse:
    """Ask something about a family; sign it and go back to its page. A refusal stands first and loses nothing."""
    finished, refused = tried(request, form, act, done)
    if finished:
        return HttpResponseRedirect(reverse("familysupport:family", args=[family.number]))
    return shown_family(
        request, template, family, title=heading, heading=heading, form=form, refused=refused, button=button, **context
    )  # fmt: skip
