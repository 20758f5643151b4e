"""What is mailed to an agency's desk: that something waits for it, by when, and where to look. No name, no word of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail

from rightplace.common.web import words
from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.queries import holding, on_day

SUBJECT = "Something waits for your agency"


def may_answer(permission: str, agencies: Iterable[int] | None = None) -> dict[int, list[str]]:
    """Agencies with somebody who may answer today, each with the addresses of those; of these agencies alone."""
    roles = [code for code, role in ROLES.items() if permission in role.permissions]
    rows = on_day(Membership.objects.filter(role__in=roles, team__agency__isnull=False), clock.today())
    rows = rows.filter(holding(clock.today(), "worker__"))
    if agencies is not None:
        rows = rows.filter(team__agency__in=list(agencies))
    found: dict[int, list[str]] = {}
    for agency, email in rows.order_by("worker__email").values_list("team__agency", "worker__email"):
        there = found.setdefault(agency, [])
        if email and email not in there:
            there.append(email)
    return found


def tell_desks(agencies: Iterable[int], permission: str, *, by: datetime | None = None) -> int:
    """Write to each colleague of these agencies who may answer. Returns to how many."""
    lines = [f"Answer by: {words.when(by)}"] if by else []
    text = "\n".join(
        [*lines, "", "Sign in to Rightplace and open “Our page”: it stands under “What waits for you”."]
    )
    addresses = {email for each in may_answer(permission, agencies).values() for email in each}
    for address in sorted(addresses):
        send_mail(SUBJECT, text.strip(), settings.DEFAULT_FROM_EMAIL, [address])
    return len(addresses)
