"""How many places a service has left: said by its provider, one fewer for each place given, one more for each given back."""

from __future__ import annotations

from django.db import transaction

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.services.directory.models import Places, Service

Why = Places.Why


@transaction.atomic
def say_places(service: Service, left: int | None, *, by: Actor) -> None:
    """The provider says how many places are left; None says that it is not known."""
    _keep(Service.objects.select_for_update().get(pk=service.pk), left, Why.SAID, 0, by)


def move_places(service: int, by_how_many: int, *, request: int, by: Actor) -> None:
    """A place was given or came back. Where nobody said how many there are, it stays not known; never under none."""
    row = Service.objects.select_for_update().filter(pk=service).first()
    if row is None or row.places is None:
        return
    why = Why.TAKEN if by_how_many < 0 else Why.BACK
    _keep(row, max(0, row.places + by_how_many), why, request, by)


def _keep(row: Service, left: int | None, why: Places.Why, request: int, by: Actor) -> None:
    Places.objects.create(
        service=row, left=left, why=why, request=request, recorded_at=clock.now(), recorded_by_id=by.worker
    )
    Service.objects.filter(pk=row.pk).update(places=left, places_said=clock.today())
