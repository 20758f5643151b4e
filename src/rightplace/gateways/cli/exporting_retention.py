"""`rightplace export retention`: leaving, time to fill and agency, as the capacity model takes them. Nobody is named."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from rightplace.gateways.cli.directories import exports
from rightplace.gateways.cli.room import AsJson, answer, open_room

if TYPE_CHECKING:
    from rightplace.domain.practice.retention import Hazard, TimeHazard

SCHEMA = "rightplace/retention/1"


def register(app: typer.Typer) -> None:
    """Add `rightplace export retention`."""
    exports.command("retention")(retention)


def retention(as_json: AsJson = False) -> None:
    """Leaving by grade and experience with its range, time to fill by step, agency's share; the schema is in its README."""
    with open_room():
        from rightplace.domain.practice.retention.retention import FEWEST
        from rightplace.foundation.organisation import clock
        from rightplace.services.recruitment.queries import retention as read

        told = read(clock.today())
    plain: dict[str, Any] = {"schema": SCHEMA, **asdict(told)}
    plain["suppression"] = f"no cell tells of fewer than {FEWEST} people: small ones are put together"
    plain["range"] = "19 times of 20, exact for a count of leavers in years of work (Poisson)"
    plain["as_of"], plain["since"] = told.as_of.isoformat(), told.since.isoformat()
    agency = "not known" if told.agency_share is None else f"{told.agency_share:.1%}"
    days = "not known" if told.days_to_fill is None else f"{told.days_to_fill:.0f}"
    lines: list[str] = [
        (
            f"Retention on {told.as_of}: {told.filled} vacancies filled since {told.since}, "
            f"days to fill in the middle: {days}; agency {agency}."
        ),
        *(f"  {each.grade}, {each.experience}: {_rate(each)}" for each in told.hazards),
        *(f"  {each.experience}, {_here(each)}: {_rate(each)}" for each in told.over_time),
    ]
    answer(plain, as_json, "\n".join(lines))


def _here(each: TimeHazard) -> str:
    """How long somebody has been here."""
    return (
        f"{each.after:g} to {each.until:g} years here"
        if each.until is not None
        else f"{each.after:g} years here or more"
    )


def _rate(each: Hazard | TimeHazard) -> str:
    """How many leave in a year, and of how many that is said."""
    if each.rate is None:
        return "not known"
    told = f"{each.leavers} of {each.people} people left in {each.years:.1f} years of work"
    return f"{each.rate:.2f} leave a year ({each.low:.2f} to {each.high or 0:.2f}); {told}"
