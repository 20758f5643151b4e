"""The record kept true: a visit corrected, a note in the wrong family's file withdrawn, what was due excused."""

from __future__ import annotations

from datetime import date

import msgspec

from rightplace.demo.city.house import Hand
from rightplace.demo.city.pen import File
from rightplace.demo.city.scene import Scene
from rightplace.demo.city.times import DAY, MINUTE, day_of
from rightplace.domain.practice.entries import Body, Draft, body_bytes
from rightplace.domain.practice.entries.assessment import VisitMade
from rightplace.domain.practice.entries.keeping import EntryCorrected, EntryWithdrawn, NoteWritten
from rightplace.domain.practice.workdays import to_datetime
from rightplace.foundation.organisation.rolecodes import RoleCode

CORRECTED, WITHDRAWN = 0.05, 0.008
"""Shares of files with visits in which something is corrected, and of files with notes in which one is withdrawn."""


def keep(scene: Scene) -> None:
    """Correct and withdraw, in some of the family's files."""
    rng = scene.rng
    for child in scene.family.children:
        made = [d for d in child.file.drafts if isinstance(d.body, VisitMade)]
        if made and rng.random() < CORRECTED:
            correct(scene, child.file, rng.choice(made), child.words.draw("correction.because", rng))
        if made and rng.random() < WITHDRAWN:
            withdraw(scene, child.file, rng.choice(made))


def correct(scene: Scene, file: File, visit: Draft, reasons: str) -> None:
    """The worker says what the visit should have said; the first saying stays and can be read."""
    body = visit.body
    assert isinstance(body, VisitMade)
    said = msgspec.structs.replace(body, note=f"{body.note} Written down later: this was at the grandmother's.")
    _append(
        scene,
        file,
        EntryCorrected(
            entry=visit.id, last=visit.id, day=date.fromordinal(visit.day),
            at=to_datetime(visit.at) if visit.at is not None else None,
            said=msgspec.json.decode(body_bytes(said)), reasons=reasons,
        ),
        visit.recorded + scene.rng.randint(60, 60 * 24 * 6) * MINUTE,
        Hand(visit.author, visit.role, visit.team),
    )  # fmt: skip


def withdraw(scene: Scene, file: File, visit: Draft) -> None:
    """A note about another family, struck the next day by a manager."""
    rng = scene.rng
    at = visit.recorded + rng.randint(30, 400) * MINUTE
    text = "The support worker rang about the appointment on Thursday. The family will bring the letter."
    hand = Hand(visit.author, visit.role, visit.team)
    number = _append(scene, file, NoteWritten(text=text, purpose="case note"), at, hand)
    manager = rng.choice(scene.house.heads).hand
    reasons = "This note is about another family. It was written again in the right file."
    _append(scene, file, EntryWithdrawn(entry=number, reasons=reasons), at + DAY, manager)


def _append(scene: Scene, file: File, body: Body, at: int, hand: Hand) -> int:
    number = scene.pen.new_id()
    if at < scene.pen.now and hand.role != RoleCode.RULE:
        draft = Draft(
            file=file.id, body=body, day=day_of(at), at=at, id=number, author=hand.worker, role=hand.role,
            team=hand.team, recorded=at, filekind=file.kind,
        )  # fmt: skip
        file.drafts.append(draft)
    return number
