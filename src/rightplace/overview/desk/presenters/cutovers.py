"""A cut-over in a child's story: what was signed in one act is told as one sentence. Each entry keeps its own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rightplace.common.caseflow.moving import IN_A_CUT_OVER
from rightplace.domain.practice.entries import caseflow as said
from rightplace.domain.practice.entries.familysupport import LeadNamed
from rightplace.overview.desk.naming import Names
from rightplace.overview.desk.story import Told

TOLD_TOGETHER = (said.OfferWithdrawn, said.TeamOffered, said.TeamAccepted, said.WorkerAllocated, LeadNamed)


@dataclass(frozen=True, slots=True)
class CutOver:
    """What was signed in one child's file as it moved with its team: its heading, its sentence, and who accepted."""

    heading: str
    text: str
    accepted: Told


@dataclass(slots=True)
class _Signed:
    """The entries of one occasion of a cut-over."""

    entries: dict[type, Told] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether it is a whole move that this reader may read, and nothing of it was changed later."""
        wanted = {said.TeamOffered, said.TeamAccepted, said.WorkerAllocated}
        clear = all(each.readable and each.before is None for each in self.entries.values())
        return wanted <= self.entries.keys() and clear


def cut_overs(found: Sequence[Told], names: Names) -> dict[int, CutOver | None]:
    """By entry: the cut-over that is told in its place; None for those that it tells of with it."""
    asked = {
        each.entry.occasion
        for each in found
        if each.readable
        and isinstance(each.entry.body, said.TeamOffered)
        and each.entry.body.reasons == IN_A_CUT_OVER
        and each.entry.occasion
    }
    signed: dict[int, _Signed] = {}
    for each in found:
        if each.entry.occasion in asked and isinstance(each.entry.body, TOLD_TOGETHER):
            signed.setdefault(each.entry.occasion, _Signed()).entries[type(each.entry.body)] = each
    told: dict[int, CutOver | None] = {}
    for whole in (each for each in signed.values() if each.whole):
        told |= dict.fromkeys(each.entry.id for each in whole.entries.values())
        accepted = whole.entries[said.TeamAccepted]
        told[accepted.entry.id] = _told(whole, accepted, names)
    return told


def _told(whole: _Signed, accepted: Told, names: Names) -> CutOver:
    offered, given = whole.entries[said.TeamOffered], whole.entries[said.WorkerAllocated]
    assert isinstance(offered.entry.body, said.TeamOffered)
    assert isinstance(given.entry.body, said.WorkerAllocated)
    worker = names.worker(given.entry.body.worker)
    stays = (
        "who stays the child’s worker"
        if not given.entry.body.change_reason
        else "who is the child’s worker now"
    )
    leads = " and leads the work with the family" if LeadNamed in whole.entries else ""
    return CutOver(
        heading=f"{names.team(offered.entry.body.team)} answers now: services were reorganised",
        text=(
            f"Offered by {names.worker(offered.entry.author)} and accepted with {worker}, {stays}{leads}. "
            "What was due stays due."
        ),
        accepted=accepted,
    )
