"""When something goes wrong: what happened, that nothing was lost, and what to do, in plain sentences.

`urls.py` of the project names these as its handlers; a page that may not be seen is the page that is not there.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token


@dataclass(frozen=True)
class Wrong:
    """The sentences of one such page."""

    heading: str
    happened: str
    kept: str
    instead: str
    number: str = ""


NOT_THERE = Wrong(
    heading="There is nothing here to see",
    happened="The address may be mistyped or out of date, or it leads to something that is not yours to open.",
    kept="Nothing was changed or lost.",
    instead="Go back, or begin again from the front page. If you need this for your work, ask your manager.",
)
NOT_UNDERSTOOD = Wrong(
    heading="We could not read what was sent",
    happened="Your browser or another program sent something that this page does not take.",
    kept="Nothing was changed, and nothing that was saved before is lost.",
    instead="Go back and try again. If you were sending a file, it may be too large or of a kind that is not taken.",
)
PAGE_TOO_OLD = Wrong(
    heading="Please send that once more",
    happened="The page was open for a long time, or you signed in or out in another window, so this was not taken.",
    kept="Nothing was changed. What you typed is still on the page before.",
    instead="Go back, load the page again if it asks you to, and send it once more.",
)
TOO_MANY = Wrong(
    heading="Please wait a little",
    happened="Too much was asked for in a short time from where you are.",
    kept="Nothing was lost, and what you sent before is safe.",
    instead="Wait a minute and try again. If a child is in danger now, call 999.",
)
OUR_FAULT = Wrong(
    heading="Something went wrong on our side",
    happened="This page could not be made. The people who run this system have been told.",
    kept="What was saved before is safe. What you were just sending may not have been taken.",
    instead="Go back and try again. If a child is in danger now, call 999; if it is urgent, telephone.",
)


def wrong_page(request: HttpRequest | None, wrong: Wrong, code: int) -> HttpResponse:
    """The page for something that went wrong."""
    context = {"wrong": wrong, "title": wrong.heading}
    return HttpResponse(render_to_string("web/wrong.jinja", context, request=request), status=code)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return wrong_page(request, NOT_THERE, 404)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What may not be seen looks exactly like what is not there."""
    return wrong_page(request, NOT_THERE, 404)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return wrong_page(request, NOT_UNDERSTOOD, 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Made without asking who is there: the database may be what failed."""
    return wrong_page(None, OUR_FAULT, 500)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return wrong_page(request, PAGE_TOO_OLD, 403)


def too_many(request: HttpRequest, *, wait_seconds: int = 60) -> HttpResponse:
    """For a view or middleware that limits how much may be asked for."""
    response = wrong_page(request, TOO_MANY, 429)
    response["Retry-After"] = str(wait_seconds)
    return response
