"""What our own record says of the model's strengths, and how well the model would have known us: worked out once a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from rightplace.domain.simulation.parameters import parameters
from rightplace.overview.capacity import ownrecord
from rightplace.overview.capacity.lookingback import LookedBack, looked_back
from rightplace.overview.capacity.models import OwnStrengths
from rightplace.overview.capacity.reading import Whole

if TYPE_CHECKING:
    from rightplace.domain.simulation.published.own import OwnFit


@dataclass(frozen=True)
class Kept:
    """What was learnt, and what the model would have said of today half a year ago."""

    fit: OwnFit
    back: LookedBack | None


def kept(whole: Whole, version: str) -> Kept:
    """Of a service that was read: as it was worked out today by this version of the model, else worked out now.

    A city's record is long, and a person waits. What was worked out on other days is thrown away.
    """
    from rightplace.domain.simulation.published.own import OwnFit

    on = whole.own.on
    row = OwnStrengths.objects.filter(day=on, version=version).first()
    if row is not None:
        return Kept(
            msgspec.convert(row.told["fit"], OwnFit), msgspec.convert(row.told["back"], LookedBack | None)
        )
    came = parameters(whole.structure, on)
    made = Kept(ownrecord.learnt_of(whole.own, came, whole.census), looked_back(whole))
    OwnStrengths.objects.filter(day__lt=on).delete()
    told = {"fit": msgspec.to_builtins(made.fit), "back": msgspec.to_builtins(made.back)}
    OwnStrengths.objects.update_or_create(day=on, version=version, defaults={"told": told})
    return made
