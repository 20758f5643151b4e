"""Several forms on one page: only the one that was sent is bound, and what it asks for is tried once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation.programme.tables import Programme

Act = Callable[[dict[str, Any]], object]


def seen(actor: Actor, number: int) -> Programme:
    """A programme that the reader may see; otherwise there is nothing there."""
    return get_object_or_404(scope(actor, Programme).select_related("lead"), pk=number)


def sent(request: HttpRequest, name: str) -> Mapping[str, Any] | None:
    """What was sent for one form of a page, by its button."""
    return request.POST if request.POST.get("act") == name else None


def tried(form: forms.Form, act: Act) -> Refused | None:
    """Do what a valid form asks; a refusal is given back. A form with errors says so itself."""
    if not form.is_valid():
        return None
    try:
        act(form.cleaned_data)
    except Refused as why:
        return why
    return None


def done(made: Mapping[str, forms.Form], refused: Refused | None) -> bool:
    """Whether what was sent is written down: nothing refused, nothing wrong in the form that was sent."""
    return refused is None and any(form.is_bound and not form.errors for form in made.values())
