"""How every page of the selection is answered: what is tried, and each reading of somebody recorded before it is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import NoAudit, disclose, not_now
from rightplace.services.selection.presenters.sections import Section

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
TEMPLATE = "selection/page.jinja"


def sent(request: HttpRequest, act: str) -> Mapping[str, Any] | None:
    """What was typed into one of a page's forms, if that one was sent."""
    return request.POST if request.method == "POST" and request.POST.get("act") == act else None


def tried(
    request: HttpRequest, form: forms.Form | None, act: str, do: Callable[[dict[str, Any]], object], done: str
) -> tuple[bool, Refused | None]:
    """Do what one form of a page asks, if that one was sent and is right; whether it was done, and why it was not."""
    if sent(request, act) is None or (form is not None and not form.is_valid()):
        return False, None
    try:
        do(form.cleaned_data if form is not None else {})
    except Refused as why:
        return False, why
    messages.success(request, done)
    return True, None


def _told_apart(sections: Sequence[Section]) -> None:
    """Fields of one name in several forms of a page each have an id of their own, so that a label leads to its field."""
    for part in sections:
        for act in part.acts:
            if act.form is not None:
                act.form.auto_id = f"{act.name}_%s"


def shown(
    request: HttpRequest,
    actor: Actor,
    *,
    title: str,
    sections: Sequence[Section],
    what: str,
    about: Collection[int] = (),
    purpose: str = "",
    heading: str = "",
    **more: Any,
) -> HttpResponse:
    """Answer with a page about people: audit, commit, render. `about` are workers' numbers; own pages are read too."""
    _told_apart(sections)
    asked = [act.form for part in sections for act in part.acts if act.form is not None and act.form.is_bound]
    numbers = ", ".join(str(each) for each in sorted(about)[:8])
    said = purpose or (f"staff {numbers}" if numbers else "a list without people")
    try:
        return disclose(
            actor,
            lambda: page(
                request, TEMPLATE, title=title, heading=heading or title, sections=sections, more_forms=asked, **more
            ),
            files=(), what=f"selection:{what}", found=len(about), purpose=said,
            request_id=getattr(request, "request_id", ""),
        )  # fmt: skip
    except NoAudit:
        return not_now()
