"""What the desk permits, whose work a child is, and where the desk stands in the navigation. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web import frame
from rightplace.domain.practice.entries import FileKind
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.reach import register_existing, register_own_work
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.journal.models import File
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.people.projections import Person
from rightplace.overview.desk.home import first_page
from rightplace.services.frontdoor.first import register_first_page

AT_THE_FRONT_DOOR = (Team.Kind.FRONT_DOOR, Team.Kind.OUT_OF_HOURS)


def register() -> None:
    """Claim the permissions; say whose work a child is; stand in the navigation and behind the search box."""
    declare("desk", "story.see", "timescale.see", "timescale.excuse", "team.see")
    register_existing(files_there)
    register_own_work(is_own_child)
    frame.register_links(links)
    frame.register_search(search)
    frame.register_story(story)
    register_first_page(first_page, 20)


def files_there(actor: Actor, files: Collection[int]) -> set[int]:
    """Those of these files that are about a person whom the actor may find."""
    found = File.objects.filter(
        id__in=list(files), kind=FileKind.PERSON, person__in=scope(actor, Person).values("person")
    )
    return set(found.values_list("id", flat=True))


OWN = """
SELECT EXISTS (
    SELECT 1 FROM journal_file f JOIN journal_span s ON s.person = f.person
    WHERE f.id = ANY(%(files)s) AND s.begins <= %(now)s AND (s.ends IS NULL OR s.ends > %(now)s)
      AND s.open AND (s.team = %(team)s OR s.worker = %(worker)s)
) OR EXISTS (
    SELECT 1 FROM journal_file f JOIN caseflow_offer o ON o.person = f.person
    WHERE f.id = ANY(%(files)s) AND o.state = 'open' AND o.team = %(team)s
) OR (%(door)s AND EXISTS (
    SELECT 1 FROM journal_file f JOIN frontdoor_contact c ON c.children && ARRAY[f.id]
    WHERE f.id = ANY(%(files)s) AND c.decided IS NULL
))
"""


def is_own_child(actor: Actor, files: Collection[int]) -> bool:
    """Allocated, of the own team, offered to it, or told about in a contact that the front door has still to decide."""
    values: dict[str, Any] = {
        "files": list(files),
        "now": clock.now(),
        "team": actor.team,
        "worker": actor.worker,
        "door": actor.team_kind in AT_THE_FRONT_DOOR,
    }
    with connection.cursor() as cursor:
        cursor.execute(OWN, values)
        return bool(cursor.fetchone()[0])


def links(request: HttpRequest) -> Iterable[frame.NavLink]:
    """My day and the team, for whoever may see them."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "story.see"):
        yield frame.NavLink("My day", reverse("desk:my-day"), 10)
    if may(actor, "organisation.manage"):
        yield frame.NavLink("What waits", reverse("desk:what-waits"), 5)
    if may(actor, "team.see"):
        yield frame.NavLink("Teams", reverse("desk:teams"), 40)


def story(file: int) -> str:
    """Where a child's story is."""
    return reverse("desk:story", args=[file])


def search(request: HttpRequest) -> str:
    """Where the search box sends its words; hidden for whoever may not find a child."""
    actor = getattr(request, "actor", None)
    return reverse("desk:find") if isinstance(actor, Actor) and may(actor, "child.find") else ""
