"""Taking back: who gave a signal says that it was wrong, and nobody acts on it any more.

What nobody took up goes at once (under a legal hold: when the hold is lifted). What was taken up stands in children's
files; there the journal's correction says who took it back and why, and the team that acted on it reads it. It needs no
agreement in force: a mistake may always be put right. The answer is the same either way, so it tells nobody which.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db import connection, transaction

from rightplace.common.web import words as said
from rightplace.domain.practice.entries import Body
from rightplace.domain.practice.entries.signals import SignalTakenUp
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, require, scope
from rightplace.foundation.journal.actions import correct_where_told
from rightplace.foundation.journal.writing import new_id
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.services.signals import holding, sealing
from rightplace.services.signals.deciding import What, hold, note
from rightplace.services.signals.models import Family, GivenSignal, Signal, SignalKey, TakenBack, TakenUpAs
from rightplace.services.signals.taking import TAKERS
from rightplace.services.signals.takingup import told_by
from rightplace.services.signals.tallies import count

BECAUSE = {
    "not so": "It was not so",
    "another child": "It is about another child or another family",
    "a fact": "Something in it is wrong, and it is given again put right",
    "twice": "It was given twice",
    "not to share": "It should not have been shared",
}
"""Why something is taken back."""


@transaction.atomic
def take_back(*, signals: Sequence[int], because: str, words: str, by: Actor) -> int:
    """Take back signals that the actor's agency gave. Returns how many were there to be taken back.

    Raises NotAllowed for what is not the agency's own, as for nothing there.
    """
    require(by, "signal.give")
    if because not in BECAUSE:
        raise Refused("Taking back needs its reason.", "Choose what was wrong.")
    if not words.strip():
        raise Refused("Taking back needs its reason.", "Write what was wrong, and how you know.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TAKERS])
    own = list(scope(by, GivenSignal).filter(pk__in=signals).order_by("family_id", "pk"))
    if len(own) != len(set(signals)):
        raise NotAllowed
    return sum(_take_one_back(each.pk, each.family_id, because, words.strip(), by) for each in own)


def _take_one_back(number: int, family: int, because: str, words: str, by: Actor) -> bool:
    kept = hold(family)
    row = Signal.objects.select_for_update().filter(pk=number, taken_back__isnull=True).first()
    if row is None:
        return False
    if row.family_id != kept.pk:
        kept = hold(row.family_id)
    row.taken_back = clock.now()
    if row.taken_up:
        _correct_the_files(row, because, words, by)
    elif holding.hold_of(kept.pk) is None:
        row.sealed = row.salt = None
    row.save(update_fields=["taken_back", "sealed", "salt"])
    SignalKey.objects.filter(signal=row).delete()
    noted = note(kept, What.TAKEN_BACK, by, [row.kind], because=because, words=words)
    noted.agency = row.agency
    noted.save(update_fields=["agency"])
    # what was taken up and is taken back is no longer counted as taken up, so that the numbers add up
    counted = {(row.kind, "taken back"): 1} | ({(row.kind, "taken up"): -1} if row.taken_up else {})
    count(row.agency, clock.today(), counted)
    return True


def _correct_the_files(row: Signal, because: str, words: str, by: Actor) -> None:
    """Each file in which it was told says now that it was taken back; and the team of the area has it to read."""
    told = dict(TakenUpAs.objects.filter(signal=row).order_by("file").values_list("file", "entry"))
    agency = Agency.objects.get(pk=row.agency)
    begins = told_by(row, agency.name)
    now = (
        f"{begins}taken back by {agency.name} on {said.plain_day(clock.today())}. {BECAUSE[because]}: {words}"
    )

    def as_it_is(body: Body) -> Body:
        assert isinstance(body, SignalTakenUp), "it was taken up by such an entry"
        place = next((n for n, line in enumerate(body.told) if line.startswith(begins)), len(body.told))
        return msgspec.structs.replace(body, told=(*body.told[:place], now, *body.told[place + 1 :]))

    reasons = f"Taken back by {agency.name}. {BECAUSE[because]}: {words}"
    correct_where_told(told=told, said=as_it_is, reasons=reasons, by=by, may="signal.give")
    number, salt = new_id(), sealing.new_salt()
    TakenBack.objects.create(
        id=number, at=clock.now(), agency=row.agency, kind=row.kind, noticed=row.noticed, family=row.family_id,
        area=row.family.area, files=list(told), because=because, salt=salt,
        sealed=sealing.seal_words(number, salt, words),
    )  # fmt: skip


@transaction.atomic
def read_it(*, taken_back: int, by: Actor) -> None:
    """Somebody of the team that acted on it has read it. The words stand in the correction, and go from here."""
    row = scope(by, TakenBack).select_for_update().filter(pk=taken_back).first()
    if row is None:
        raise NotAllowed
    require(by, "signal.decide", row)
    if row.read is not None:
        return
    row.read, row.read_by, row.salt, row.sealed = clock.now(), by.worker, None, None
    row.save()
    family = Family.objects.filter(pk=row.family).first()
    if family is not None:
        note(family, What.READ, by, [row.kind], because=row.because)


def words_of(row: TakenBack) -> str:
    """What was said when it was taken back; nothing once it was read."""
    if row.salt is None or row.sealed is None:
        return ""
    return sealing.words_of(row.pk, bytes(row.salt), bytes(row.sealed))
