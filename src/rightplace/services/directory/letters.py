"""What is mailed about a place: that something waits, and where to look. No name, no service, no word of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail

from rightplace.common.web import words
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.directory.projections import ServiceRequest

ASKED, ANSWERED, TAKEN_BACK = "service.requested", "service.answered", "service.takenback"
SUBJECTS = {
    ASKED: "You are asked for a place",
    ANSWERED: "There is an answer to a place you asked for",
    TAKEN_BACK: "A place you were asked for is not needed any more",
}
Payload = Mapping[str, Any]


def written_for(task: str) -> Callable[[Payload], None]:
    """What is done for one kind of news."""
    return partial(write, task)


def write(task: str, payload: Payload) -> None:
    """Write to the provider's desk when it is asked or asked no more, and to whoever asked when it is answered."""
    request = ServiceRequest.objects.filter(entry=int(payload["request"])).first()
    if request is None:
        return
    told = [_asker(request)] if task == ANSWERED else _desk(request.agency)
    for address in dict.fromkeys(each.email for each in told if each and each.email):
        send_mail(SUBJECTS[task], _text(task, request), settings.DEFAULT_FROM_EMAIL, [address])


def _desk(agency: int) -> Iterable[Worker]:
    """Everybody who answers for the provider today."""
    rows = Membership.objects.filter(team__agency=agency, role=RoleCode.PROVIDER).select_related("worker")
    return [row.worker for row in queries.on_day(rows, clock.today()).order_by("pk")]


def _asker(request: ServiceRequest) -> Worker | None:
    """Whoever asked; whoever covers while that worker is away; the team's manager once the worker has left."""
    today = clock.today()
    if queries.has_left(request.asked_by, today):
        return queries.manager_of(request.team, today)
    covers = queries.cover_for(request.asked_by, today)
    return covers or Worker.objects.filter(pk=request.asked_by).first()


def _text(task: str, request: ServiceRequest) -> str:
    lines = [f"Asked: {words.when(request.asked)}"]
    if task == ASKED and not request.answer and request.due is not None:
        lines.append(f"Answer by: {words.plain_day(request.due)}")
    where = "Places asked for" if task == ANSWERED else "Places asked of you"
    return "\n".join([*lines, "", f"Sign in to Rightplace to read it, under “{where}”."])
