"""What an hour costs by grade, through an agency and employed: seen, and said from a day on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rightplace.common.web.pages import page
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.services.recruitment import forms
from rightplace.services.recruitment.models import AgencyRate
from rightplace.services.recruitment.presenters import rates as shown
from rightplace.services.recruitment.presenters.sheets import Asked, Sheet
from rightplace.services.recruitment.rates import KEEP, rates_on, say_rate
from rightplace.services.recruitment.trying import TEMPLATE, Act, sent, there, tried


@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: HttpRequest) -> HttpResponseBase:
    """The rates of today, those before, and for human resources the next one."""
    actor, today = actor_in(request), clock.today()
    acts: dict[str, Act] = {}
    if may(actor, KEEP):

        def does(said: dict[str, Any]) -> None:
            say_rate(
                grade=said["grade"], agency=int(said["agency"] * 100), employed=int(said["employed"] * 100),
                begins=said["begins"], source=said["source"], by=actor,
            )  # fmt: skip

        form = forms.RateForm(sent(request, "rate"), initial={"begins": today})
        acts["rate"] = Act(form, does, "The rate is written down.")
    done, refused = tried(request, acts)
    if done:
        return there("rates")
    found = rates_on(today)
    rows = scope(actor, AgencyRate).select_related("recorded_by")
    parts = [
        Sheet(
            key="rates", heading="What an hour costs today", sentences=shown.sentences(found),
            columns=shown.RATE_COLUMNS, rows=shown.rate_rows(found), none="No grade has a rate.",
        ),
        *(
            [Sheet(key="rate", heading="Say a new rate", asked=[Asked(acts["rate"].form, "Say this rate", "rate", main=True)])]
            if acts
            else []
        ),
        Sheet(
            key="before", heading="Said before, and said ahead", columns=shown.SAID_COLUMNS,
            rows=[shown.said_row(each) for each in rows.order_by("grade", "-begins") if found.own.get(each.grade) != each],
            none="Nothing else was said.",
        ),
    ]  # fmt: skip
    return page(
        request, TEMPLATE, title="What an hour costs", heading="What an hour costs, by grade", sheets=parts,
        refused=refused, more_forms=[each.form for each in acts.values()], back=reverse("recruitment:pipeline"),
    )  # fmt: skip
