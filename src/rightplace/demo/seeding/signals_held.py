"""Legal holds in the demonstration: one past its day and kept for a claim, one to confirm, one that was lifted."""

from __future__ import annotations

from datetime import timedelta

from rightplace.demo.finishing import someone
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.signals import holding
from rightplace.services.signals.models import Hold, Signal

CLAIM = "A solicitor wrote on behalf of the family: they say that the letters never came. Claim 2026/17 of legal services."
REQUEST = (
    "The mother asks what schools told us about her. Information governance has until the end of the month."
)
COURT = "The court asked for what was known before Christmas."
SENT = "The court has the papers; the hearing was on Friday and nothing more is asked for."


def hold_some(worker: Actor, manager: Actor) -> None:
    """Asked for by the story's team, confirmed and lifted by somebody else. Each in its days, before anything is deleted."""
    today, officer = clock.today(), someone(RoleCode.INFORMATION_GOVERNANCE)
    own = Signal.objects.filter(family__area=_area_of(worker), taken_up=False)
    due = own.filter(delete_on__lte=today).order_by("delete_on", "pk").first()
    if due is not None:
        before = clock.now() - timedelta(days=(today - due.delete_on).days + 3)
        with clock.clock_at(before):
            kept = holding.ask_hold(family=due.family_id, why=Hold.Why.CLAIM, words=CLAIM, by=manager)
        with clock.clock_at(before + timedelta(hours=5)):
            holding.confirm_hold(hold=kept, by=officer)
    now = clock.now()
    later = own.filter(delete_on__gt=today + timedelta(days=5), received__lt=now - timedelta(days=16))
    families = later.exclude(family=due.family_id if due else 0).order_by("-family__begun", "-family")
    numbers = list(dict.fromkeys(families.values_list("family", flat=True)))[:2]
    for place, number in enumerate(numbers):
        if place:
            with clock.clock_at(now - timedelta(days=14)):
                lifted = holding.ask_hold(family=number, why=Hold.Why.COURT, words=COURT, by=manager)
            with clock.clock_at(now - timedelta(days=13, hours=20)):
                holding.confirm_hold(hold=lifted, by=officer)
            with clock.clock_at(now - timedelta(days=1)):
                holding.lift_hold(hold=lifted, words=SENT, by=officer)
        else:
            with clock.clock_at(now - timedelta(hours=19)):
                holding.ask_hold(family=number, why=Hold.Why.REQUEST, words=REQUEST, by=worker)


def _area_of(worker: Actor) -> int:
    """The area whose families the team decides of."""
    return Team.objects.values_list("area", flat=True).get(pk=worker.team) or 0
