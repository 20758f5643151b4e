"""What this app and the organisation permit, and where the organisation asks. Registered in apps.py."""

from __future__ import annotations

from typing import cast

from rightplace.foundation.access.permissions import declare
from rightplace.foundation.organisation import hooks


def register() -> None:
    """Claim the permissions, and be the organisation's gate."""
    declare("organisation", "organisation.manage", "organisation.absence", "organisation.rota")
    declare("organisation", "programme.keep", "programme.evidence")
    declare(
        "access",
        "child.open",
        "restriction.set",
        "breakglass.use",
        "breakglass.confirm",
        "breakglass.review",
        "audit.read",
        "withdrawn.read",
    )
    hooks.register_gate(_gate)


def _gate(by: hooks.Author, permission: str) -> None:
    from rightplace.foundation.access.actor import Actor
    from rightplace.foundation.access.scope import require

    require(cast(Actor, by), permission)
