"""What is mailed about a strategy discussion to the agencies that are called: that something waits, and by when."""

from __future__ import annotations

from collections.abc import Mapping

from rightplace.common.disclosure.letters import tell_desks
from rightplace.services.protection.projections import Called

Payload = Mapping[str, int | str]


def tell_called(payload: Payload) -> None:
    """Write to the desks that were called to a discussion and have not answered; called in later: to that one alone."""
    rows = Called.objects.filter(number=int(payload["number"]), answered__isnull=True, held__isnull=True)
    if agency := int(payload.get("agency", 0)):
        rows = rows.filter(agency=agency)
    for each, due in dict(rows.values_list("agency", "due")).items():
        tell_desks([each], "strategy.attend", by=due)
