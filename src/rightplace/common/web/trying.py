"""What every page with a form does: read what was typed, do what was asked if it is right, and say why not otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from rightplace.domain.practice.journey.refusals import Refused


def typed(request: HttpRequest) -> Any:
    """What was posted, or nothing where the page is only shown."""
    return request.POST if request.method == "POST" else None


def tried(
    request: HttpRequest, form: forms.BaseForm, act: Callable[[], object], done: str
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
