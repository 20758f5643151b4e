"""What an hour costs and what a team may spend, each with its source; what is assumed says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from rightplace.common.web.pages import page
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation import queries as organisation
from rightplace.foundation.organisation.models import Team
from rightplace.services.funding import actions, forms, queries
from rightplace.services.funding.models import UnitCost
from rightplace.services.funding.presenters import pages as shown
from rightplace.services.funding.trying import NOTHING_ASKED, Attempt, asked, tried, typed
from rightplace.services.funding.views import GET_OR_POST, asked_year, year_links
from rightplace.services.funding.years import year_words


@GET_OR_POST
def costs(request: HttpRequest) -> HttpResponse:
    """Unit costs and the budgets of a year; beside them the form that was asked for, if one was."""
    actor, year = actor_in(request), asked_year(request)
    teams = list(organisation.teams(clock.today(), [Team.Kind.FAMILY_SUPPORT]).order_by("name"))
    price, budget = _forms(request, teams)
    attempt = _set(request, actor, year, price, budget, teams)
    if attempt.done:
        return redirect(f"{request.path}?year={year}")
    prices = scope(actor, UnitCost).select_related("recorded_by").order_by("-begins", "grade", "-recorded_at")
    held = queries.budgets(actor, year)
    return page(
        request,
        "funding/costs.jinja",
        title="Unit costs and budgets",
        back=reverse("funding:funding"),
        prices=shown.price_rows(list(prices)),
        columns=shown.PRICE_COLUMNS,
        budgets=shown.budget_rows(list(held.values())),
        budget_columns=shown.BUDGET_COLUMNS,
        without=[team.name for team in teams if team.pk not in held],
        year=year_words(year),
        first_year=year,
        years=year_links(request, year),
        price=price,
        budget=budget,
        more_forms=[form for form in (price, budget) if form],
        refused=attempt.refused,
        may_agree=may(actor, "funding.agree"),
    )


def _forms(
    request: HttpRequest, teams: Sequence[Team]
) -> tuple[forms.UnitCostForm | None, forms.BudgetForm | None]:
    """The form that is asked for or was sent; a page that is only read carries none."""
    wanted = asked(request) or request.GET.get("set", "")
    if wanted == "price":
        return forms.UnitCostForm(typed(request, "price"), prefix="price"), None
    if wanted == "budget":
        choices = [(team.pk, team.name) for team in teams]
        return None, forms.BudgetForm(typed(request, "budget"), prefix="budget", teams=choices)
    return None, None


def _set(
    request: HttpRequest,
    actor: Actor,
    year: int,
    price: forms.UnitCostForm | None,
    budget: forms.BudgetForm | None,
    teams: Sequence[Team],
) -> Attempt:
    wanted = asked(request)
    if wanted:
        require(actor, "funding.agree")
    if wanted == "price" and price:
        return tried(
            request, price, lambda said: actions.set_unit_cost(by=actor, **said), "The cost holds from that day."
        )  # fmt: skip
    if wanted == "budget" and budget:

        def act(said: dict[str, Any]) -> None:
            team = next(each for each in teams if each.pk == said["team"])
            actions.set_budget(year=year, by=actor, **(said | {"team": team}))

        return tried(request, budget, act, "The budget was written down.")
    return NOTHING_ASKED
