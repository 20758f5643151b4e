"""Doing what a form asks: it is done and said, refused with what to do instead, or not yet asked rightly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from rightplace.domain.practice.journey.refusals import Refused


@dataclass(frozen=True)
class Attempt:
    """What came of a form."""

    done: bool = False
    refused: Refused | None = None


NOTHING_ASKED = Attempt()


def asked(request: HttpRequest) -> str:
    """Which of a page's forms was sent: the name on its button."""
    return request.POST.get("act", "") if request.method == "POST" else ""


def typed(request: HttpRequest, act: str) -> Any:
    """What was typed into one of a page's forms, if that one was sent."""
    return request.POST if asked(request) == act else None


def tried(
    request: HttpRequest, form: forms.Form, act: Callable[[dict[str, Any]], object], done: str
) -> Attempt:
    """Do what a sent form asks, and say so."""
    if request.method != "POST" or not form.is_valid():
        return NOTHING_ASKED
    try:
        act(form.cleaned_data)
    except Refused as why_not:
        return Attempt(refused=why_not)
    messages.success(request, done)
    return Attempt(done=True)
