"""A provider's own entries in the directory: which there are, and each written whole by the provider's own system."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Body, Schema, Status
from pydantic import WithJsonSchema

from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import scope
from rightplace.gateways.api.mounting import Needs, mount
from rightplace.gateways.api.schema import WRONG_ASKED, WRONG_SENT, Wrong
from rightplace.gateways.exchange.directory.jsonreading import rows_of_service
from rightplace.services.directory import sending
from rightplace.services.directory import standard as std
from rightplace.services.directory.mending import known_as
from rightplace.services.directory.models import Service

LARGEST = 256 * 1024
MOST = 500
SERVICE = {
    "type": "object",
    "description": "A service as Open Referral UK 3.0 has it, with everything that belongs to it inside it.",
    "properties": {
        **{name: {"type": "number" if form == std.NUMBER else "string"} for name, form in std.TABLES["service"].fields.items()},
        **{name: {"type": "array", "items": {"type": "object"}} for name in std.TABLES["service"].lists},
    },
    "required": list(std.TABLES["service"].required),
}  # fmt: skip
Sent = Annotated[dict[str, Any], WithJsonSchema(SERVICE)]

router = mount(
    "directory",
    {
        "own-services": Needs("directory.keep_own", get="directory:write"),
        "own-service": Needs("directory.keep_own", put="directory:write", largest=LARGEST),
    },
)


class Own(Schema):
    """One entry of one's own organisation."""

    id: str
    name: str
    last_checked: str
    places: int | None


class Written(Schema):
    """What became of an entry: created, changed, or the same as it stood."""

    id: str
    outcome: Literal["created", "changed", "same"]


@router.get("/own/services", url_name="own-services", response={200: list[Own], **WRONG_ASKED},
            operation_id="own_services", summary="The entries of your own organisation")  # fmt: skip
def own(request: HttpRequest) -> list[Own]:
    """Each with the id under which it is written. Fetch the whole of it, without a token, from /services/{id}."""
    actor = actor_in(request)
    rows = scope(actor, Service).filter(organisation__agency=actor.agency, missing_since__isnull=True)
    return [
        Own(
            id=known_as("service", row.ident), name=row.name, places=row.places,
            last_checked=row.assured.isoformat() if row.assured else "",
        )
        for row in rows.order_by("name", "pk")[:MOST]
    ]  # fmt: skip


@router.put(
    "/own/services/{ident}", url_name="own-service", response={200: Written, 201: Written, **WRONG_SENT},
    operation_id="write_own_service", summary="Write an entry of your own organisation",
)  # fmt: skip
def write(request: HttpRequest, ident: str, sent: Annotated[Sent, Body()]) -> Any:
    """Write the service of this id, whole: what you send stands, what you send no more is gone.

    It is held against the profile, and nothing is written unless all of it fits. The same again is the same, so after
    no answer send it again. Your organisation need not be in it. What hangs on another's service cannot be written.
    """
    rows = rows_of_service(sent)
    try:
        outcome = sending.put_service(ident=ident, rows=rows, by=actor_in(request))
    except sending.NotAsTheProfile as why:
        problems = [
            {"where": each.where.lstrip("/") or "service", "said": each.said} for each in why.problems
        ]
        return Status(422, Wrong(said=str(why), problems=problems))
    code = 201 if outcome is sending.Sent.CREATED else 200
    return Status(code, Written(id=ident, outcome=outcome.value))
