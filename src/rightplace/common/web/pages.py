"""Answer a request with a page: one way for every app, so that titles, errors and refusals behave alike."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.common.web import forms
from rightplace.common.web.pieces import Identity
from rightplace.common.web.refusals import RefusedLike
from rightplace.foundation.organisation import clock


def page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    code: int = 200,
    form: BaseForm | None = None,
    refused: RefusedLike | None = None,
    identity: Identity | None = None,
    **context: Any,
) -> HttpResponse:
    """Render a page. A form with errors and a refusal answer 422, stand first, and say so in the title.

    Titles stay in browser histories, so a name in one is a fault (promise 8).
    """
    if identity is not None and identity.name.lower() in title.lower():
        raise ValueError("A page title carries initials only.")
    asked = [each for each in (form, *context.pop("more_forms", ())) if each is not None]
    wrong = forms.problems(*asked) + list(context.pop("problems", ()))
    wrong_now = bool(wrong or refused)
    filled = {
        "title": f"{_error_word(refused)}: {title}" if wrong_now else title,
        "form": form,
        "refused": refused,
        "identity": identity,
        "problems": wrong,
        "now": clock.now(),
    }
    return render(request, template, filled | context, status=422 if wrong_now and code == 200 else code)


def _error_word(refused: RefusedLike | None) -> str:
    return "Not done" if refused else "Error"


def is_htmx(request: HttpRequest) -> bool:
    """Whether a part of a page is asked for, not the page."""
    return request.headers.get("HX-Request") == "true"
