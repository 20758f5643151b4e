"""Opening a child's file: the same gate for every page about a child.

What cannot be found cannot be opened; outside one's own work a reason is asked first; all else is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from rightplace.common.web.pages import page
from rightplace.foundation.access import reach
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose, record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, scope
from rightplace.foundation.journal.reading import FileRow, files_with
from rightplace.foundation.people.projections import Person


@dataclass(frozen=True, slots=True)
class OpenedChild:
    """A child whose file the reader may read: the person, every file of the person, and who reads."""

    file: int
    person: Person
    files: Mapping[int, FileRow]
    actor: Actor

    @property
    def address(self) -> str:
        """Where the child's story is."""
        return reverse("desk:story", args=[self.file])


OWN_WORK = "own work"
View = Callable[..., HttpResponse]


def of_a_child(view: View) -> View:
    """A view about one child: it takes an OpenedChild in place of the file's number."""

    @wraps(view)
    def opened(request: HttpRequest, file: int, **more: Any) -> HttpResponse:
        actor = actor_in(request)
        files = files_with(file)
        person = scope(actor, Person).filter(person__in={row.person for row in files.values()}).first()
        if person is None:
            raise NotAllowed
        why = reason_to_open(actor, list(files))
        if why is None:
            asked = reverse("access:reason", args=[file])
            return HttpResponseRedirect(f"{asked}?{urlencode({'next': request.get_full_path()})}")
        request.opened_because = why  # type: ignore[attr-defined]
        return view(request, OpenedChild(file, person, files, actor), **more)

    return opened


def reason_to_open(actor: Actor, files: Collection[int]) -> str | None:
    """Why an actor may open these files now, as the audit keeps it; None where a reason is asked first.

    The same steps as `reach.opening`, for the files of a person whom the actor's scope holds: it holds nobody with a
    file that is hidden from the actor. Raises NotAllowed.
    """
    if not may(actor, "child.open"):
        raise NotAllowed
    if reach.is_own_work(actor, files):
        return OWN_WORK
    given = reach.reason_today(actor, files)
    if given is not None:
        return f"{given.get_why_display()}: {given.words}" if given.words else given.get_why_display()
    return "In an emergency" if reach.open_glass(actor, files) else None


def record_family(request: HttpRequest, child: OpenedChild, related: Collection[int]) -> None:
    """Record the names of brothers, sisters and others on a page about a child: seen, though not opened."""
    if related:
        record_reading(child.actor, related, "desk:family", request_id=getattr(request, "request_id", ""))


def shown_page(
    request: HttpRequest, template: str, *, files: Any, what: str, found: int | None = None, **context: Any
) -> HttpResponse:
    """Answer with a page about these files: audit, commit, then render with the database shut."""
    actor = actor_in(request)
    return disclose(
        actor,
        lambda: page(request, template, **context),
        files=list(files),
        what=what,
        found=found,
        reason=getattr(request, "opened_because", ""),
        request_id=getattr(request, "request_id", ""),
    )
