"""Days on which nobody would serve an area, once a team that serves it ends or gives it up.

A day counts on which the team would have served it, today or later: a team may end because another takes its area from
a day on, and then it is that one which may not go before anybody else is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from rightplace.foundation.organisation.models import Team, TeamArea


@dataclass(frozen=True, slots=True)
class Days:
    """From a day until another; without an end, for good."""

    begins: date
    ends: date | None = None

    def have(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day < self.ends)

    def within(self, other: Days) -> Days:
        """The days that are in both; none, where they do not meet."""
        begins = max(self.begins, other.begins)
        ends = min((each for each in (self.ends, other.ends) if each is not None), default=None)
        return Days(begins, ends if ends is None else max(begins, ends))


def first_gap(lost: Iterable[Days], kept: Sequence[Days]) -> date | None:
    """The first day among those lost on which nothing that is kept holds."""
    gaps = []
    for spell in lost:
        starts = {spell.begins, *(each.ends for each in kept if each.ends is not None)}
        gaps += [
            day for day in starts if spell.have(day) and not any(each.have(day) for each in kept)
        ]  # fmt: skip
    return min(gaps, default=None)


def days_of(row: Team | TeamArea) -> Days:
    """When a team is there, or serves an area that it took: only while it is there itself."""
    days = Days(row.begins, row.ends)
    return days.within(days_of(row.team)) if isinstance(row, TeamArea) else days


class Serving:
    """Who serves which area when, of some kinds of team, without those that go."""

    def __init__(self, kinds: Iterable[str], *, teams: Collection[int] = (), rows: Collection[int] = ()):
        kinds = sorted(set(kinds))
        self._whole: Mapping[str, list[Days]] = defaultdict(list)
        self._of: Mapping[tuple[str, int], list[Days]] = defaultdict(list)
        for team in Team.objects.filter(kind__in=kinds).exclude(pk__in=teams):
            days = days_of(team)
            if team.area_id is None:
                self._whole[team.kind].append(days)
            else:
                self._of[team.kind, team.area_id].append(days)
        taken = TeamArea.objects.filter(team__kind__in=kinds).exclude(Q(team__in=teams) | Q(pk__in=rows))
        for row in taken.select_related("team"):
            self._of[row.team.kind, row.area_id].append(days_of(row))

    def first_gap(self, kind: str, area: int, lost: Days) -> date | None:
        """The first of these days on which no team of the kind serves the area."""
        return first_gap([lost], [*self._whole[kind], *self._of[kind, area]])
