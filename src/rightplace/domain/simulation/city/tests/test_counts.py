"""What the model counts of a figure where work goes from team to team, held against its log read plainly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rightplace.domain.simulation import Change, Structure, Team, parameters, structure_of, synthetic_census
from rightplace.domain.simulation.city.counts import FIGURES, Counts, Moment
from rightplace.domain.simulation.city.tests.town import BEGINS, simulated
from rightplace.domain.simulation.names import ENTRIES, SAID_TOOK_OVER
from rightplace.domain.simulation.teams import KINDS

GOES, FOLLOWS = date(2024, 6, 3), date(2024, 6, 17)
CALM = ("leaving.newly", "leaving.early", "leaving.experienced", "leaving.agency", "absence.spells")


def rejoined():
    """The front door of two areas gives one of them to the South, where nobody has room; its people come a fortnight later."""
    usual = structure_of([("North", 5000), ("South", 3000), ("East", 5000)])
    own = tuple(team for team in usual.teams if team.kind != "door" or team.areas == ("South",))
    shared = Team("shared", ("North", "East"), KINDS["door"], 4, 1, "shared", "door")
    given = parameters(Structure(usual.children, (*own, shared)), BEGINS)
    given = given.having(dict.fromkeys(CALM, 0.0)).in_place("South front door", {"load.ceiling": 0.05})
    looks = given.tables["screening"]
    slow = replace(looks, knots=tuple((share, 40 * days) for share, days in looks.knots))
    given = replace(given, tables={**given.tables, "screening": slow})
    asked = (
        Change(GOES, "work", "shared", 0, to="South front door", area="North"),
        Change(FOLLOWS, "work", "shared", to="South front door"),
    )
    return simulated(given, synthetic_census(given), asked, 140)


def nobody_has(city, team: int, tick: int) -> int:
    """Children of whom a team was told and whom nobody took up before a tick; nobody leaves here."""
    waits: dict[int, tuple[int, int]] = {}
    for line in city.log[(city.log["case"] >= 0) & (city.log["tick"] < tick)].tolist():
        kind, children, case, at = ENTRIES[line[1]], line[2], line[3], line[6]
        if kind == "contact.received" or (kind == "team.took_over" and case in waits):
            waits[case] = at, children
        elif kind in ("worker.allocated", "case.closed", "team.accepted"):
            waits.pop(case, None)
    return sum(children for at, children in waits.values() if at == team)


def test_at_the_door_nobody_counts_as_waiting_who_has_kept_or_found_a_worker():
    city, found = rejoined()
    counts, names = Counts(city, found), [team.name for team in city.given.structure.teams]
    kept = city.log[(city.log["kind"] == SAID_TOOK_OVER) & (city.log["worker"] >= 0)]
    assert len(kept) >= 5
    south = names.index("South front door")
    for week in range(8, 14):
        moment = Moment(week, city.moments.week_ends(week), 0, 0)
        seen = FIGURES["unallocated"](counts, moment, south).n
        assert seen == nobody_has(city, south, city.moments.next_week(week)), week
        still = [each for each in counts.standing(moment) if each.worker >= 0 and each.team == south]
        assert still or week != 11, "after the people came some are still with whoever had them"
