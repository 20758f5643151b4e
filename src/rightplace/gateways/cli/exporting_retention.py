"""`rightplace export retention`: leaving, time to fill and agency, as the capacity model takes them. Nobody is named."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import typer

from rightplace.gateways.cli.directories import exports
from rightplace.gateways.cli.room import AsJson, answer, open_room

SCHEMA = "rightplace/retention/1"


def register(app: typer.Typer) -> None:
    """Add `rightplace export retention`."""
    exports.command("retention")(retention)


def retention(as_json: AsJson = False) -> None:
    """Leaving by grade and experience with its range, time to fill by step, agency's share; the schema is in its README."""
    with open_room():
        from rightplace.foundation.organisation import clock
        from rightplace.services.recruitment.queries import retention as read

        told = read(clock.today())
    plain: dict[str, Any] = {"schema": SCHEMA, **asdict(told)}
    plain["as_of"], plain["since"] = told.as_of.isoformat(), told.since.isoformat()
    agency = "not known" if told.agency_share is None else f"{told.agency_share:.1%}"
    days = "not known" if told.days_to_fill is None else f"{told.days_to_fill:.0f}"
    lines = [
        (
            f"Retention on {told.as_of}: {told.filled} vacancies filled since {told.since}, "
            f"days to fill in the middle: {days}; agency {agency}."
        ),
        *(
            f"  {each.grade}, {each.experience}: "
            + (
                "not known"
                if each.rate is None
                else f"{each.rate:.2f} leave a year ({each.low:.2f} to {each.high or 0:.2f})"
            )
            for each in told.hazards
        ),
    ]
    answer(plain, as_json, "\n".join(lines))
