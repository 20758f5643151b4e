"""One agreement with its shares and terms, and one term with its payments: read, and said anew."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from rightplace.common.web.pages import page
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require, scope
from rightplace.foundation.organisation import clock
from rightplace.services.funding import actions, forms, queries
from rightplace.services.funding.models import Agreement, Contribution, Payment, Share
from rightplace.services.funding.presenters import pages as shown
from rightplace.services.funding.presenters.statement import state_of
from rightplace.services.funding.queries import DueOf
from rightplace.services.funding.trying import NOTHING_ASKED, Attempt, asked, tried, typed
from rightplace.services.funding.views import GET_OR_POST
from rightplace.services.funding.years import pounds, year_of, year_words


@GET_OR_POST
def agreement(request: HttpRequest, agreement: int) -> HttpResponse:
    """One agreement: its terms, its shares with their reasons, and how it changes."""
    actor, today = actor_in(request), clock.today()
    rows = scope(actor, Agreement).select_related("agency", "recorded_by")
    found = get_object_or_404(rows, pk=agreement)
    first = year_of(found.begins)
    years = list(range(first, max(first + forms.YEARS_AHEAD, year_of(today) + 2)))
    share = forms.ShareForm(typed(request, "share"), years=years, prefix="share")
    end = forms.EndForm(typed(request, "end"), prefix="end")
    attempt = _change_agreement(request, actor, found, share, end)
    if attempt.done:
        return redirect("funding:agreement", found.pk)
    shares = scope(actor, Share).filter(agreement=found).select_related("recorded_by")
    return page(
        request,
        "funding/agreement.jinja",
        title=f"Agreement {found.pk}",
        back=reverse("funding:agreements"),
        agreement=found,
        share_rows=shown.share_rows(list(shares.order_by("-year", "-recorded_at", "-id"))),
        share_columns=shown.SHARE_COLUMNS,
        term_rows=shown.term_rows(_terms(actor, found), clock.now()),
        term_columns=shown.TERM_COLUMNS,
        share=share,
        end=end,
        more_forms=(share, end),
        refused=attempt.refused,
        may_agree=may(actor, "funding.agree"),
        statement=reverse("funding:statement", args=[found.agency_id, year_of(today)]),
    )


def _terms(actor: Actor, found: Agreement) -> list[DueOf]:
    paid = queries.paid_for(actor, Q(agreement=found))
    rows = queries.in_force(actor).filter(agreement=found).order_by("due")
    return [DueOf(row, paid.get((found.pk, row.year, row.term), 0)) for row in rows]


def _change_agreement(
    request: HttpRequest, actor: Actor, found: Agreement, share: forms.ShareForm, end: forms.EndForm
) -> Attempt:
    wanted = asked(request)
    if wanted:
        require(actor, "funding.agree")
    if wanted == "share":
        return tried(
            request, share,
            lambda said: actions.set_share(
                agreement=found, year=said["year"], hundredths=said["share"], because=said["because"], by=actor
            ),
            "The share was said anew.",
        )  # fmt: skip
    if wanted == "end":
        return tried(
            request, end,
            lambda said: actions.end_agreement(agreement=found, on=said["on"], because=said["because"], by=actor),
            "The agreement ends on that day.",
        )  # fmt: skip
    return NOTHING_ASKED


@GET_OR_POST
def contribution(request: HttpRequest, contribution: int) -> HttpResponse:
    """One term of one agency: write down a payment, take one back, or say anew what is due."""
    actor = actor_in(request)
    rows = scope(actor, Contribution).select_related("agreement__agency", "recorded_by")
    found = get_object_or_404(rows, pk=contribution, replaced_by__isnull=True)
    payments = _payments(actor, found)
    taken_back = {each.reverses_id for each in payments}
    standing = [each for each in payments if each.reverses_id is None and each.pk not in taken_back]
    told = _Forms(request, found, standing)
    attempt = told.attempt(actor)
    if attempt.done:
        return redirect("funding:contribution", told.found.pk)
    paid = sum(each.pence for each in payments)
    return page(
        request,
        "funding/contribution.jinja",
        title=f"Contribution {found.pk}",
        back=reverse("funding:agreement", args=[found.agreement_id]),
        contribution=found,
        term=shown.term_of(found),
        year=year_words(found.year),
        state=state_of(found.pence, paid, found.due, clock.now()),
        due=pounds(found.pence),
        paid=pounds(paid),
        left=pounds(max(found.pence - paid, 0)),
        rows=shown.payment_rows(payments),
        columns=shown.PAYMENT_COLUMNS,
        last=pounds(standing[0].pence) if standing else "",
        forms=told,
        more_forms=(told.pay, told.change, told.back),
        refused=attempt.refused,
        may_agree=may(actor, "funding.agree"),
    )


def _payments(actor: Actor, found: Contribution) -> list[Payment]:
    """Every payment and reversal of a term, the last first."""
    rows = scope(actor, Payment).filter(agreement=found.agreement, year=found.year, term=found.term)
    return list(rows.select_related("recorded_by").order_by("-recorded_at", "-id"))


class _Forms:
    """The three things that can be written down about a term."""

    def __init__(self, request: HttpRequest, found: Contribution, standing: Sequence[Payment]) -> None:
        self.request, self.found, self.standing = request, found, standing
        self.pay = forms.PaymentForm(typed(request, "pay"), prefix="pay")
        now = {"due": found.due, "pence": f"{found.pence / 100:.2f}"}
        self.change = forms.ContributionForm(typed(request, "change"), prefix="change", initial=now)
        self.back = forms.BecauseForm(typed(request, "reverse"), prefix="reverse")

    def attempt(self, actor: Actor) -> Attempt:
        """Do the one that was sent."""
        wanted = asked(self.request)
        if not wanted:
            return NOTHING_ASKED
        require(actor, "funding.agree")
        if wanted == "pay":
            return tried(
                self.request, self.pay,
                lambda said: actions.record_payment(contribution=self.found, by=actor, **said),
                "The payment is written down.",
            )  # fmt: skip
        if wanted == "reverse" and self.standing:
            return tried(
                self.request, self.back,
                lambda said: actions.reverse_payment(payment=self.standing[0], because=said["because"], by=actor),
                "The payment was taken back. Both stay readable.",
            )  # fmt: skip
        if wanted == "change":
            return tried(self.request, self.change, lambda said: self._say_anew(said, actor), "Said anew.")
        return NOTHING_ASKED

    def _say_anew(self, said: dict[str, object], actor: Actor) -> None:
        self.found = actions.change_contribution(contribution=self.found, by=actor, **said)  # type: ignore[arg-type]
