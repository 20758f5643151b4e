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
from rightplace.domain.practice.entries.caseflow import CaseClosed
from rightplace.domain.practice.entries.keeping import (
    DoubtSettled,
    EntryCorrected,
    EntryWithdrawn,
    NoteWritten,
)
from rightplace.domain.practice.workdays import to_datetime
from rightplace.foundation.organisation.rolecodes import RoleCode

CORRECTED, WITHDRAWN, SEEN_AFTER = 0.05, 0.008, 0.03
"""Shares of files in which a visit is corrected, a note withdrawn, and the child seen after the closing."""


def keep(scene: Scene) -> None:
    """Correct and withdraw, in some of the family's files."""
    rng = scene.rng
    for child in scene.family.children:
        made = [d for d in child.file.drafts if isinstance(d.body, VisitMade)]
        if made and rng.random() < CORRECTED:
            correct(scene, child.file, rng.choice(made), child.words.draw("correction.because", rng))
        if made and rng.random() < WITHDRAWN:
            withdraw(scene, child.file, rng.choice(made))
        closed = max(
            (d for d in child.file.drafts if isinstance(d.body, CaseClosed)), key=_recorded, default=None
        )
        late = made and closed is not None and rng.random() < SEEN_AFTER and closed.at is not None
        if late and closed is not None and all(d.recorded <= closed.recorded for d in child.file.drafts):
            see_after(scene, child.file, made[-1], closed)


def _recorded(draft: Draft) -> int:
    return draft.recorded


def see_after(scene: Scene, file: File, visit: Draft, closed: Draft) -> None:
    """A worker looks in after the closing: a fact is taken, a doubt is made, and somebody may settle it."""
    rng = scene.rng
    at = closed.recorded + rng.randint(3, 9) * DAY
    hand = Hand(visit.author, visit.role, visit.team)
    note = "I brought back the drawing book. All well, and glad to be left in peace."
    body = VisitMade(seen=True, alone=False, where="home", statutory=False, note=note)
    number = _append(scene, file, body, at, hand)
    if rng.random() < 0.6:
        reasons = "A goodbye after the closing. Nobody has taken the case up again."
        settled = DoubtSettled(entry=number, code="fact_while_closed", reasons=reasons)
        _append(scene, file, settled, at + rng.randint(1, 12) * DAY, rng.choice(scene.house.heads).hand)


def correct(scene: Scene, file: File, visit: Draft, reasons: str) -> None:
    """The worker says what the visit should have said; the first saying stays and can be read."""
    body = visit.body
    assert isinstance(body, VisitMade)
    said = msgspec.structs.replace(
        body, note=f"{body.note} Written down later: this was at the grandmother's."
    )
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
