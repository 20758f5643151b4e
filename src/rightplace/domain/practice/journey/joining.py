"""The files of one person, each folded by itself, put together: one line of states, everything else side by side."""

from __future__ import annotations

from collections.abc import Mapping

from rightplace.domain.practice.journey.journey import Journey
from rightplace.domain.practice.journey.state import NOWHERE, Doubt, State, same


def join(journeys: Mapping[int, Journey]) -> Journey:
    """One journey of several files. At each instant one open file's team answers: first, the one that holds the link.

    Two open files with different teams are a doubt that stands with both until somebody settles it.
    """
    joined = Journey()
    ordered = sorted(journeys, key=lambda file: (not journeys[file].links, file))
    parts = [journeys[file] for file in ordered]
    joined.states = _states(parts)
    joined.at = max(part.at for part in parts)
    for part in parts:
        joined.events.extend(part.events)
        joined.happenings.extend(part.happenings)
        joined.doubts.extend(part.doubts)
        joined.breaches.extend(part.breaches)
        joined.closings.extend(part.closings)
        joined.processes |= part.processes
        joined.offers |= part.offers
        joined.duplicates |= part.duplicates
        joined.excused |= part.excused
        joined.carried |= part.carried
        joined.reference_day = max(filter(None, (joined.reference_day, part.reference_day)), default=None)
        joined.carried_since = min(filter(None, (joined.carried_since, part.carried_since)), default=None)
        joined.care_periods.extend(part.care_periods)
        joined.links.extend(part.links)
        joined.born = joined.born or part.born
        joined.expected = joined.expected or part.expected
        joined.died = joined.died or part.died
    joined.events.sort(key=lambda event: event.at)
    _two_teams(joined, parts)
    last = joined.state_at(joined.at)
    joined.open, joined.team, joined.worker, joined.legal = last.open, last.team, last.worker, last.legal
    joined.seen, joined.seen_alone, joined.opened = last.seen, last.seen_alone, last.opened
    joined.unallocated_since = last.unallocated_since
    return joined


def _states(parts: list[Journey]) -> list[State]:
    moments = sorted({state.begins for part in parts for state in part.states})
    found: list[State] = []
    for at in moments:
        state = _together(at, [part.state_at(at) for part in parts])
        if not (found and same(found[-1], state)):
            found.append(state)
    return found


def _together(at: int, states: list[State]) -> State:
    open_ones = [s for s in states if s.open] or [s for s in states if s is not NOWHERE]
    lead = open_ones[0]
    newest = max(states, key=lambda s: s.begins)
    seen = [s.seen for s in open_ones if s.seen is not None]
    alone = [s.seen_alone for s in open_ones if s.seen_alone is not None]
    opened = [s.opened for s in open_ones if s.opened is not None]
    processes = {kind for s in open_ones for kind in s.processes}
    if len(processes) > 1:
        processes.discard("plan_pending")
    return State(
        begins=at,
        entry=newest.entry,
        legal=next((s.legal for s in open_ones if s.legal), ""),
        processes=tuple(sorted(processes)),
        team=lead.team,
        worker=lead.worker,
        open=lead.open,
        opened=min(opened, default=None),
        unallocated_since=lead.unallocated_since,
        seen=max(seen, default=None),
        seen_alone=max(alone, default=None),
        label=newest.label,
    )


def _two_teams(joined: Journey, parts: list[Journey]) -> None:
    """Asked of what was last told, not of a birthday years from now that ends both."""
    then = [part.state_at(joined.at) for part in parts]
    if len({state.team for state in then if state.open}) > 1:
        link = max((entry for part in parts for entry in _link_entries(part)), default=0)
        settled = any((link, "two_teams") in part.settled for part in parts)
        joined.doubts.append(Doubt("two_teams", link, joined.at, settled=settled))


def _link_entries(part: Journey) -> list[int]:
    return [event.entry for event in part.events if event.name == "person.linked"]
