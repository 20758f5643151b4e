"""What is due and paid, making an agreement, and what each pound bought, for those who answer for funding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Pages
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation import queries as organisation
from rightplace.foundation.organisation.models import Agency
from rightplace.services.funding import actions, forms, queries
from rightplace.services.funding.models import Agreement
from rightplace.services.funding.presenters import pages as shown
from rightplace.services.funding.trying import tried
from rightplace.services.funding.working import year_of_work
from rightplace.services.funding.years import year_of, year_words

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
YEARS_BACK, FIRST, LAST = 4, 2000, 2100
LINES_A_PAGE = 50
T = TypeVar("T")


def asked_year(request: HttpRequest) -> int:
    """The year in the address, or the one that today lies in."""
    typed = request.GET.get("year", "")
    if not typed.isdecimal():
        return year_of(clock.today())
    if not FIRST <= int(typed) <= LAST:
        raise Http404
    return int(typed)


def year_links(request: HttpRequest, year: int) -> list[tuple[str, str, bool]]:
    """The years beside this one."""
    now = year_of(clock.today())
    years = sorted({year, *range(now - YEARS_BACK + 1, now + 2)})
    return [(year_words(each), f"{request.path}?year={each}", each == year) for each in years]


@require_safe
def funding(request: HttpRequest) -> HttpResponse:
    """What is due and paid in a year: what is still owed, late first."""
    actor, year = actor_in(request), asked_year(request)
    return page(
        request,
        "funding/funding.jinja",
        title="Partner funding",
        told=shown.DuePage(year, queries.due_and_paid(actor, year), clock.now()),
        columns=shown.DUE_COLUMNS,
        years=year_links(request, year),
        year=year_words(year),
        may_agree=may(actor, "funding.agree"),
    )


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement, those that run first, with its share of this year."""
    actor, year = actor_in(request), year_of(clock.today())
    found, pages = one_page(request, queries.agreements(actor), "agreement")
    shares = queries.shares_of([each.pk for each in found])
    return page(
        request,
        "funding/agreements.jinja",
        title="Agreements",
        back=reverse("funding:funding"),
        columns=shown.AGREEMENT_COLUMNS,
        rows=shown.agreement_rows(found, shares, year, clock.now()),
        pages=pages,
        may_agree=may(actor, "funding.agree"),
    )


def one_page(request: HttpRequest, lines: Sequence[T], what: str) -> tuple[list[T], Pages]:
    """The page of a long list that is asked for; the year in the address stays."""
    here = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    kept = f"year={asked_year(request)}&" if "year" in request.GET else ""
    href = f"{request.path}?{kept}page={{page}}"
    said = f"{words.count_words(len(lines), what)} in all."
    return list(here.object_list), Pages(here.number, here.paginator.num_pages, href, said)


@GET_OR_POST
def agree(request: HttpRequest) -> HttpResponse:
    """Make an agreement with a partner."""
    actor, today = actor_in(request), clock.today()
    partners = organisation.on_day(Agency.objects.exclude(kind=Agency.Kind.AUTHORITY), today)
    chosen = [(each.pk, each.name) for each in partners.order_by("name")]
    form = forms.AgreementForm(request.POST or None, agencies=chosen, year=year_of(today))
    made: list[Agreement] = []

    def act(said: dict[str, Any]) -> None:
        made.append(
            actions.make_agreement(
                agency=Agency.objects.get(pk=said["agency"]), what_for=said["what_for"], begins=said["begins"],
                shares=form.shares(), yearly=form.yearly(), because=said["because"], by=actor,
            )
        )  # fmt: skip

    attempt = tried(request, form, act, "Agreed. Its contributions are due as below.")
    if attempt.done:
        return redirect("funding:agreement", made[0].pk)
    return page(
        request, "funding/form.jinja", title="Make an agreement", form=form, refused=attempt.refused,
        heading="Make an agreement", button="Make the agreement", back=reverse("funding:funding"),
    )  # fmt: skip


@require_safe
def bought(request: HttpRequest) -> HttpResponse:
    """What each pound bought in a year: hours by team, and by school with its children and its share."""
    actor, year = actor_in(request), asked_year(request)
    work = year_of_work(year)
    teams, schools = queries.names_of_teams_and_schools()
    told = shown.BoughtPage(
        work=work,
        budgets=queries.budgets(actor, year),
        teams=teams,
        schools=schools,
        children=queries.children_by_school(year),
        shares=queries.shares_owed(actor, work),
        due=queries.due_by_agency(actor, year),
    )
    listed, pages = one_page(request, told.known_schools, "school")
    return page(
        request,
        "funding/bought.jinja",
        title="What each pound bought",
        back=reverse("funding:funding"),
        told=replace(told, page_of_schools=listed),
        pages=pages,
        team_columns=shown.TEAM_COLUMNS,
        school_columns=shown.SCHOOL_COLUMNS,
        year=year_words(year),
        years=year_links(request, year),
    )
