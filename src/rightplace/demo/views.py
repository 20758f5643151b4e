"""The demonstration's own pages: whom to be, the strip's buttons, what to break. Anywhere else they are not there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from rightplace.common.web.pages import page
from rightplace.demo import choosing, guiding
from rightplace.demo.material.strip import strip
from rightplace.demo.middleware import CLOSED
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.access.signin import demo_door_is_open, sign_in_as
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Membership

View = Callable[[HttpRequest], HttpResponse]


def in_the_demo(view: View) -> View:
    """Only where the people are invented and the visitor sits at this machine."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not demo_door_is_open(request):
            raise NotAllowed
        return view(request)

    return guarded


@require_GET
@in_the_demo
def first(request: HttpRequest) -> HttpResponse:
    """Follow one child through the city, or be anybody."""
    return page(
        request,
        "demo/first.jinja",
        title="Follow one child through the city",
        people=choosing.people_of_the_story(),
        others=choosing.people_around(),
        begin=strip().steps[0],
        begin_at=reverse("frontdoor:raise"),
        closed=request.COOKIES.get(CLOSED) == "closed",
    )


@require_GET
@in_the_demo
def roles(request: HttpRequest) -> HttpResponse:
    """Anybody else, by role."""
    return page(request, "demo/roles.jinja", title="Be anybody", choices=choosing.one_of_each_role())


@require_POST
@in_the_demo
def be(request: HttpRequest) -> HttpResponse:
    """Become somebody and go to their first page, or to the page that is named."""
    number = request.POST.get("membership", "")
    found = Membership.objects.filter(
        queries.holding(clock.today()), pk=int(number) if number.isdecimal() else 0
    )
    chosen = found.select_related("worker", "team").first()
    if chosen is None:
        raise NotAllowed
    sign_in_as(request, chosen)
    return HttpResponseRedirect(safe_address(request, request.POST.get("next", "/")))


def safe_address(request: HttpRequest, wanted: str) -> str:
    """An address of this site, whatever was asked for."""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"


@require_POST
@in_the_demo
def strip_closed(request: HttpRequest) -> HttpResponse:
    """Close the strip in this browser, or show it again."""
    response = HttpResponseRedirect(safe_address(request, request.POST.get("next", "/")))
    if request.POST.get("strip") == "closed":
        response.set_cookie(CLOSED, "closed", samesite="Lax", httponly=True)
    else:
        response.delete_cookie(CLOSED)
    return response


NEWEST = "(SELECT max(id) FROM journal_entry)"


@require_GET
@in_the_demo
def after(request: HttpRequest) -> HttpResponse:
    """What was seen, and what to try to break, with the very commands."""
    found = guiding.story()
    entry = found.contact.entry if found.contact else 0
    change = (
        "SET session_replication_role = replica;\n"
        f"UPDATE journal_entry SET author = author + 1 WHERE id = {entry or NEWEST};"
    )
    bin_folder = Path(sys.executable).parent
    return page(
        request, "demo/after.jinja", title=strip().last.title, last=strip().last, entry=entry,
        child=strip().children[0].given, change=change, psql=f'psql "$({bin_folder}/rightplace db url)"',
        verify=f"{bin_folder}/rightplace verify", rebuild=f"{bin_folder}/rightplace rebuild --check",
    )  # fmt: skip


def first_page(request: HttpRequest) -> HttpResponse | None:
    """What `/` answers to whoever is nobody yet: whom one can be."""
    if request.user.is_authenticated or not settings.DEMO or not demo_door_is_open(request):
        return None
    return HttpResponseRedirect(reverse("demo:first"))
