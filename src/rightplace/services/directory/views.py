"""Looking up services, for anybody who may and for a family; one service; and keeping its entry. Thin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import words
from rightplace.common.web.frame import story_address
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column, Lines, Link, Row
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.places.places import square_of
from rightplace.services.directory import owning, prefilled
from rightplace.services.directory.families import Family, ReasonFirst, family_of
from rightplace.services.directory.finding import find, services_by_square
from rightplace.services.directory.forms import FindForm, KeepForm, PlacesForm
from rightplace.services.directory.models import Service
from rightplace.services.directory.presenters.found import found_page, map_of
from rightplace.services.directory.presenters.one import STALE_DAYS, service_page, state_tag

POSTS = require_http_methods(["GET", "POST"])
OWN_COLUMNS = (
    Column("Service"),
    Column("Organisation"),
    Column("Offered"),
    Column("Places left", number=True),
    Column("Last checked"),
)


def opened(request: HttpRequest, file: int) -> Family | HttpResponse:
    """The family of an address; outside one's own work a reason is asked first."""
    try:
        return family_of(actor_in(request), file)
    except ReasonFirst:
        asked = reverse("access:reason", args=[file])
        return redirect(f"{asked}?{urlencode({'next': request.get_full_path()})}")


def service_of(actor: Actor, number: int) -> Service:
    """The service of an address."""
    found = scope(actor, Service).select_related("organisation", "source").filter(pk=number).first()
    if found is None:
        raise NotAllowed
    return found


@require_safe
def lookup(request: HttpRequest) -> HttpResponse:
    """What there is, for whoever asks."""
    said = _found(request, None)
    return page(request, "directory/find.jinja", title="Services", **said)


@require_safe
def for_family(request: HttpRequest, file: int) -> HttpResponse:
    """What there is for this family, near, open, free."""
    family = opened(request, file)
    if isinstance(family, HttpResponse):
        return family
    said = _found(request, family)
    return disclose(
        actor_in(request),
        lambda: page(request, "directory/find.jinja", title="Services for a family", **said),
        files=family.files, what="services for a family", request_id=getattr(request, "request_id", ""),
    )  # fmt: skip


def _found(request: HttpRequest, family: Family | None) -> dict[str, Any]:
    """What was asked and found; the family's own ages and square stand in for what is not asked of it."""
    actor = actor_in(request)
    form = FindForm(request.GET if request.GET else {}, for_family=family is not None)
    form.is_valid()
    asked = form.asked()
    if family is not None:
        asked = asked.without(ages=family.ages, square=family.square)
    number = request.GET.get("page", "1")
    back = story_address(family.file) if family else ""
    said: dict[str, Any] = {"back": back, "form": form, "family": family, "map": None, "keeps": may(actor, "directory.keep"),
                            "keeps_own": may(actor, "directory.keep_own")}  # fmt: skip
    if request.GET.get("view") == "map":
        squares = services_by_square(actor, asked)
        said["map"] = map_of(squares, sum(squares.values()))
    found = find(actor, asked, int(number) if number.isdecimal() and len(number) < 6 else 1)
    address = reverse("directory:family", args=[family.file]) if family else reverse("directory:find")
    query = {name: request.GET.getlist(name) for name in request.GET}
    return said | {"found": found_page(asked, found, address, query, family)}


def _keeping(actor: Actor, row: Service) -> str:
    """The address at which the actor keeps this entry; empty for whoever does not."""
    if may(actor, "directory.keep", row):
        return "directory:keep"
    return "directory:keep_own" if may(actor, "directory.keep_own", row) else ""


@require_safe
def service(request: HttpRequest, number: int) -> HttpResponse:
    """One service."""
    actor = actor_in(request)
    row = service_of(actor, number)
    return page(
        request, "directory/service.jinja", title=f"Service {row.pk}", said=service_page(row), family=None,
        may_keep=_keeping(actor, row), back=reverse("directory:find"),
    )  # fmt: skip


@require_safe
def service_for(request: HttpRequest, file: int, number: int) -> HttpResponse:
    """One service, for a family: a place can be asked for here."""
    actor = actor_in(request)
    row = service_of(actor, number)
    family = opened(request, file)
    if isinstance(family, HttpResponse):
        return family
    said, keeps = service_page(row), _keeping(actor, row)
    return disclose(
        actor,
        lambda: page(
            request, "directory/service.jinja", title=f"Service {row.pk}", said=said, family=family, may_keep=keeps,
            back=reverse("directory:family", args=[file]),
        ),
        files=family.files, what="a service for a family", request_id=getattr(request, "request_id", ""),
    )  # fmt: skip


@POSTS
def own(request: HttpRequest) -> HttpResponse:
    """The provider's own entries, those that were not looked at for longest first; and the places of all of them."""
    actor = actor_in(request)
    found = scope(actor, Service).filter(organisation__agency=actor.agency, missing_since__isnull=True)
    rows = list(found.select_related("organisation").order_by("assured", "name")[:200])
    form = PlacesForm(request.POST or None, services=rows)
    if request.method == "POST" and form.is_valid():
        owning.say_how_many(said=form.said, by=actor)
        messages.success(request, _places_kept(len(form.said)))
        return redirect("directory:own")
    lines = [
        Row([Link(row.name, reverse("directory:keep_own", args=[row.pk])), row.organisation.name if row.organisation
             else None, state_tag(row), row.places, _checked(row)])
        for row in rows
    ]  # fmt: skip
    return page(
        request, "directory/own.jinja", title="Your services", lines=lines, columns=OWN_COLUMNS, form=form
    )


def _places_kept(changed: int) -> str:
    if not changed:
        return "Nothing was changed."
    return (
        f"The places of {words.count_words(changed, 'service')} are as you say. Whoever looks sees them now."
    )


def _checked(row: Service) -> Lines | str | None:
    """When the provider last looked at the entry; too long ago is said."""
    if row.assured is None:
        return None
    day = words.plain_day(row.assured)
    return (
        Lines(day, "over a year ago: look again") if (clock.today() - row.assured).days > STALE_DAYS else day
    )


@POSTS
def add(request: HttpRequest) -> HttpResponse:
    """A provider adds a service."""
    form = KeepForm(request.POST or None, initial={"state": "active"})
    if request.method == "POST" and form.is_valid():
        made = owning.add_service(said=form.cleaned_data, by=actor_in(request))
        found = (
            "Whoever looks for it finds it now."
            if form.cleaned_data["state"] == "active"
            else _not_found(made)
        )
        messages.success(request, f"Added. {found}{_far(form)}")
        return redirect("directory:service", made.pk)
    return page(
        request, "directory/keep.jinja", title="Add a service", form=form, heading="Add a service", kept="",
        button="Add the service", back=reverse("directory:own"),
    )  # fmt: skip


@POSTS
def keep_own(request: HttpRequest, number: int) -> HttpResponse:
    """A provider keeps an entry of its own."""
    actor = actor_in(request)
    row = service_of(actor, number)
    require(actor, "directory.keep_own", row)
    return _keep(request, row, reverse("directory:own"))


@POSTS
def keep(request: HttpRequest, number: int) -> HttpResponse:
    """Whoever keeps the directory keeps any entry of it."""
    actor = actor_in(request)
    row = service_of(actor, number)
    require(actor, "directory.keep", row)
    return _keep(request, row, reverse("directory:service", args=[number]))


def _far(form: KeepForm) -> str:
    """Said to whoever gives a postcode that is none of the city's."""
    postcode = str(form.cleaned_data.get("postcode") or "")
    if not postcode or square_of(postcode):
        return ""
    return " Its postcode is none of this city’s, so how far it is cannot be told."


def _not_found(row: Service) -> str:
    """What follows from its not being offered."""
    row.refresh_from_db()
    if row.state in ("", "active"):
        return ""
    return "Nobody finds it while it is not offered; what you were asked before still waits for your answer."


def _keep(request: HttpRequest, row: Service, back: str) -> HttpResponse:
    form = KeepForm(request.POST or None, initial=prefilled.kept(row))
    if request.method == "POST" and form.is_valid():
        owning.keep_service(service=row, said=form.cleaned_data, by=actor_in(request))
        messages.success(
            request, f"Kept, and marked as checked today. {_not_found(row)}{_far(form)}".rstrip()
        )
        return redirect("directory:service", row.pk)
    return page(
        request, "directory/keep.jinja", title=f"Keep service {row.pk}", form=form, heading=f"{row.name}: check and change",
        kept=owning.source_words(row.source), button="Keep it, checked today", back=back,
    )  # fmt: skip
