"""Who may take a return in, and see what came of it. Registered in apps.py."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest

from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_scope
from rightplace.gateways.exchange.models import Import, ImportedChild

RUN = "import.run"


def register() -> None:
    """Declare the permission, the two scopes and the place in the navigation."""
    declare("exchange", RUN)
    register_scope(Import, who_runs_imports)
    register_scope(ImportedChild, who_runs_imports)
    register_links(links)


def who_runs_imports(actor: Actor) -> Q:
    """All of it or nothing: the rows hold lines of a file and what was odd there, no name and no number of a child."""
    return EVERYTHING if may(actor, RUN) else NOTHING


def links(request: HttpRequest) -> list[NavLink]:
    """The page of imports, for whoever may see it."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor) or not may(actor, RUN):
        return []
    from django.urls import reverse

    return [NavLink("Imports", reverse("exchange:imports"), order=80)]
