"""How these pages take what is typed: which form was sent, what it asks the actions to do, and the refusal if there is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import NoAudit, disclose, not_now

TEMPLATE = "recruitment/page.jinja"
Does = Callable[[dict[str, Any]], object]


@dataclass(frozen=True)
class Act:
    """A form that may be sent, what is done with it, and what is said then."""

    form: forms.Form
    does: Does
    said: str = "Written down."


def sent(request: HttpRequest, act: str) -> Mapping[str, Any] | None:
    """What was typed, for the one form that was sent."""
    return request.POST if request.method == "POST" and request.POST.get("act") == act else None


def tried(request: HttpRequest, acts: Mapping[str, Act]) -> tuple[bool, Refused | None]:
    """Do what was asked: whether it is done, and the refusal if there is one."""
    for name, each in acts.items():
        each.form.auto_id = f"{name}-%s"  # several forms on a page ask for a day: each has ids of its own
    if request.method != "POST":
        return False, None
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        return False, Refused("There is no such act.", "Choose one of the buttons.")
    if not act.form.is_valid():
        return False, None
    try:
        act.does(act.form.cleaned_data)
    except Refused as why:
        return False, why
    messages.success(request, act.said)
    return True, None


def there(name: str, *numbers: int) -> HttpResponseBase:
    return redirect(f"recruitment:{name}", *numbers)


def about_people(
    request: HttpRequest, actor: Actor, *, what: str, found: int, **context: Any
) -> HttpResponseBase:
    """A page that names candidates or shows what staff said: who reads it is recorded before a byte leaves."""
    try:
        return disclose(actor, lambda: page(request, TEMPLATE, **context), files=[], what=what, found=found)
    except NoAudit:
        return not_now()
