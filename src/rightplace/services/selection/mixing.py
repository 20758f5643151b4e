"""The skill mix: how many of each of the four professions a new team needs and takes, and whether that can be filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation.establishment.tables import Profession
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.selection.models import Decision, Exercise, Job, Member, Mix, PreferenceList
from rightplace.services.selection.policy import KEEP


@transaction.atomic
def say_mix(*, exercise: Exercise, team: Team, profession: str, least: int, most: int, by: Actor) -> Mix:
    """Say how many people of a profession a new team needs at least, and takes at most."""
    require(by, KEEP)
    _in_time(exercise)
    if not 0 <= least <= most:
        raise Refused("The least is not more than the most.", "Correct the numbers.")
    places = places_of(exercise).get(team.pk, 0)
    if not places:
        raise Refused("This team has no new place.", "Choose a team of the new structure.")
    if least > places:
        raise Refused(f"{team.name} has {places} places and would need {least}.", "Ask for fewer.")
    others = Mix.objects.filter(exercise=exercise, team=team).exclude(profession=profession)
    together = least + sum(others.values_list("least", flat=True))
    if together > places:
        raise Refused(
            f"With the other professions {together} people would be needed for {places} places.",
            "Ask for fewer.",
        )
    made, _ = Mix.objects.update_or_create(
        exercise=exercise, team=team, profession=Profession(profession),
        defaults={"least": least, "most": most, **recorded(by)},
    )  # fmt: skip
    return made


@transaction.atomic
def drop_mix(*, mix: Mix, by: Actor) -> None:
    """Ask for no mix of this profession in this team any more."""
    require(by, KEEP)
    _in_time(mix.exercise)
    mix.delete()


def _in_time(exercise: Exercise) -> None:
    """What is asked for is said before anybody is placed by it."""
    if Decision.objects.filter(run__exercise=exercise, confirmed_at__isnull=False).exists():
        raise Refused("People were placed by this mix.", "It stays as it was, also for appeals.")


def places_of(exercise: Exercise) -> dict[int, int]:
    """How many new places each team has."""
    rows = Job.objects.filter(exercise=exercise).values("team").annotate(places=Count("posts"))
    found: Counter[int] = Counter()
    for row in rows:
        found[row["team"]] += row["places"]
    return dict(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the mix: what is asked for, the team's places, and how many named a place there."""

    mix: Mix
    places: int
    wish: int

    @property
    def short(self) -> bool:
        return self.wish < self.mix.least


def asked(exercise: Exercise) -> Sequence[Asked]:
    """The mix team by team, beside how many people of each profession wish to go there."""
    places = places_of(exercise)
    teams = dict(Job.objects.filter(exercise=exercise).values_list("pk", "team"))
    professions = dict(Member.objects.filter(exercise=exercise).values_list("pk", "profession"))
    last = PreferenceList.objects.filter(member__exercise=exercise).order_by("recorded_at", "id")
    wishes = dict(last.values_list("member", "jobs"))
    wish = Counter(
        (team, professions[member])
        for member, jobs in wishes.items()
        for team in {teams[job] for job in jobs if job in teams}
    )
    rows = Mix.objects.filter(exercise=exercise).select_related("team").order_by("team__name", "profession")
    return [Asked(row, places.get(row.team_id, 0), wish[row.team_id, row.profession]) for row in rows]
