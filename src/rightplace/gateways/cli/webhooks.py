"""`rightplace webhooks`: addresses of agencies' systems that are told when something moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rightplace.gateways.cli.room import AsJson, DoesNotHold, UsedWrongly, answer, open_room
from rightplace.gateways.cli.tokens import AgencyNamed, agency_named

if TYPE_CHECKING:
    from rightplace.gateways.api.models import Webhook

group = typer.Typer(
    help="Addresses of agencies' systems that are told when something moves.", no_args_is_help=True
)
Number = Annotated[int, typer.Argument(help="The number of the webhook.")]
Events = Annotated[
    list[str] | None, typer.Option("--on", help="An event, such as check.asked; give it once for each.")
]


def register(app: typer.Typer) -> None:
    """Add `rightplace webhooks`."""
    app.add_typer(group, name="webhooks")


@group.command()
def add(agency: AgencyNamed, address: str, events: Events = None, as_json: AsJson = False) -> None:
    """Register an https address; its key is shown once. Without --on it is told of every event."""
    with open_room():
        from rightplace.domain.practice.journey.refusals import Refused
        from rightplace.foundation.access.actor import RULES
        from rightplace.gateways.api.webhooks.events import EVENTS
        from rightplace.gateways.api.webhooks.keeping import register_webhook

        found = agency_named(agency)
        try:
            row, key = register_webhook(
                agency=found, address=address, events=events or list(EVENTS), by=RULES
            )
        except Refused as why_not:
            raise DoesNotHold(f"{why_not.because} {why_not.instead}") from why_not
        told = {"id": row.pk, "agency": found.pk, "events": row.events, "key": key}
        answer(told, as_json, f"Webhook {row.pk} of {found.name}; its key, shown this once:\n{key}")


@group.command("list")
def webhooks(as_json: AsJson = False) -> None:
    """List the webhooks and what waits for each."""
    with open_room():
        from django.db.models import Count, Q

        from rightplace.gateways.api.models import Webhook

        counted = Webhook.objects.select_related("agency").annotate(
            waiting=Count("deliveries", filter=Q(deliveries__next_try__isnull=False)),
            given_up=Count("deliveries", filter=Q(deliveries__given_up__isnull=False)),
        )
        told = [
            {
                "id": row.pk, "agency": row.agency.name, "address": row.address, "events": row.events,
                "ends": row.ends, "waiting": row.waiting, "given_up": row.given_up,
            }
            for row in counted.order_by("id")
        ]  # fmt: skip
        lines = "\n".join(
            f"{row['id']:>6}  {row['agency']}: {row['address']}; waiting {row['waiting']}, given up {row['given_up']}"
            f"{', ended' if row['ends'] else ''}"
            for row in told
        )
        answer({"webhooks": told}, as_json, lines or "There is no webhook yet.")


@group.command()
def rotate(number: Number, as_json: AsJson = False) -> None:
    """Make the key that follows; for seven days messages carry both signatures."""
    with open_room():
        from rightplace.foundation.access.actor import RULES
        from rightplace.gateways.api.webhooks.keeping import rotate_key

        key = rotate_key(webhook=_webhook(number), by=RULES)
        answer(
            {"id": number, "key": key}, as_json, f"The new key of webhook {number}, shown this once:\n{key}"
        )


@group.command()
def end(number: Number, as_json: AsJson = False) -> None:
    """End a webhook at once: what still waits for it is not sent."""
    with open_room():
        from rightplace.foundation.access.actor import RULES
        from rightplace.gateways.api.webhooks.keeping import end_webhook

        end_webhook(webhook=_webhook(number), by=RULES)
        answer({"id": number, "ended": True}, as_json, f"Webhook {number} has ended.")


def _webhook(number: int) -> Webhook:
    from rightplace.gateways.api.models import Webhook

    row = Webhook.objects.filter(pk=number).first()
    if row is None:
        raise UsedWrongly("There is no such webhook. `rightplace webhooks list` lists them.")
    return row
