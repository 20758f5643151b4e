"""The administrator's first page: what waits, and where one works. No child stands on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from rightplace.common.caseflow import waits
from rightplace.common.web.frame import links
from rightplace.common.web.pages import page
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.organisation import clock


@require_safe
def what_waits(request: HttpRequest) -> HttpResponse:
    """What wants somebody who keeps the organisation, whatever service it comes from."""
    now = clock.now()
    return page(
        request, "desk/what_waits.jinja", title="What waits for you", columns=waits.COLUMNS,
        rows=[each.row(now) for each in waits.waits_for(actor_in(request))],
        places=[each for each in links(request) if each.href != request.path],
    )  # fmt: skip
