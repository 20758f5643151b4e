"""Making and ending an agency's token, and whose it is. A token is shown once, when it is made."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.sealing import derived
from rightplace.foundation.organisation import actions, clock, queries
from rightplace.foundation.organisation.models import Agency, Membership, Team, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.gateways.api.models import ApiToken

BEGINS = "rp_"
A_MINUTE = 3_000
"""Requests of one token in a minute: a force sends some hundreds of notices a day, and must be able to catch up."""

COUNT = """
INSERT INTO api_use (token_id, minute, count) VALUES (%s, %s, 1)
ON CONFLICT (token_id, minute) DO UPDATE SET count = api_use.count + 1 RETURNING count
"""


@transaction.atomic
def make_token(*, agency: Agency, name: str, by: Actor) -> tuple[ApiToken, str]:
    """Make a token for an agency's system. Returns its row and the token itself, which is kept nowhere."""
    require(by, "organisation.manage")
    if agency.kind == Agency.Kind.AUTHORITY:
        raise Refused("The authority's own systems raise no concerns here.", "Choose the partner's agency.")
    token = BEGINS + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        agency=agency,
        name=name.strip() or "System",
        digest=_digest(token),
        membership=_membership(agency, by),
        begins=clock.now(),
        made_by_id=by.worker,
    )
    return row, token


@transaction.atomic
def end_token(*, token: ApiToken, by: Actor) -> None:
    """End a token: from now on it opens nothing."""
    require(by, "organisation.manage")
    ApiToken.objects.filter(pk=token.pk, ends__isnull=True).update(ends=clock.now(), ended_by=by.worker)


def bearer_of(typed: str) -> tuple[ApiToken, Actor] | None:
    """The token and the actor behind what was sent; None for anything that opens nothing today."""
    if not typed.startswith(BEGINS) or len(typed) > 100:
        return None
    now = clock.now()
    found = ApiToken.objects.filter(digest=_digest(typed), begins__lte=now).filter(
        Q(ends__isnull=True) | Q(ends__gt=now)
    )
    row = found.select_related("membership__worker", "membership__team").first()
    if row is None or not _holds(row.membership):
        return None
    return row, actor_of(row.membership)


def _holds(membership: Membership) -> bool:
    today = clock.today()
    return queries.memberships_of(membership.worker_id, today).filter(pk=membership.pk).exists()


def used_too_often(token: ApiToken, now: datetime) -> bool:
    """Count one request in this minute, and say whether it is one too many."""
    minute = int(now.timestamp()) // 60
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [token.pk, minute])
        count = int(cursor.fetchone()[0])
        if count == 1:
            cursor.execute("DELETE FROM api_use WHERE token_id = %s AND minute < %s", [token.pk, minute - 60])
    return count > A_MINUTE


def _membership(agency: Agency, by: Actor) -> Membership:
    """The worker as whom an agency's systems act: made once, at its desk, so that colleagues follow too."""
    name = f"{agency.name}: system"[:120]
    today = clock.today()
    worker = Worker.objects.filter(agency=agency, kind=Worker.Kind.PARTNER, name=name).first()
    if worker is not None and (there := queries.memberships_of(worker.pk, today).first()) is not None:
        return there
    worker = worker or actions.add_worker(name=name, kind="partner", begins=today, agency=agency, by=by)
    desk = queries.teams(today, [Team.Kind.PARTNER_DESK]).filter(agency=agency).first()
    desk = desk or actions.open_team(
        agency=agency, name=f"{agency.name} desk"[:120], kind="partner_desk", begins=today, by=by
    )
    return actions.join_team(
        worker=worker, team=desk, role=RoleCode.PROFESSIONAL_REFERRER, begins=today, by=by
    )


def _digest(token: str) -> bytes:
    return hmac.digest(derived("rightplace api token"), hashlib.sha256(token.encode()).digest(), "sha256")
