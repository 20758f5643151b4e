"""Making, rotating and ending an agency's token, and whose it is. A token is shown once, when it is made."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.sealing import derived
from rightplace.foundation.organisation import actions, clock, queries
from rightplace.foundation.organisation.models import Agency, Membership, Team, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.gateways.api.models import ApiToken
from rightplace.gateways.api.purposes import OF_CONTACTS, checked, role_for

BEGINS = "rp_"
OVERLAP = timedelta(days=7)
"""How long the token before goes on after a rotation, unless told otherwise."""


@transaction.atomic
def make_token(
    *,
    agency: Agency,
    name: str,
    by: Actor,
    purposes: Iterable[str] = OF_CONTACTS,
    ends: datetime | None = None,
) -> tuple[ApiToken, str]:
    """Make a token for an agency's system. Returns its row and the token itself, which is kept nowhere."""
    require(by, "organisation.manage")
    if agency.kind == Agency.Kind.AUTHORITY:
        raise Refused("The authority's own systems raise no concerns here.", "Choose the partner's agency.")
    wanted = checked(purposes)
    if ends is not None and ends <= clock.now():
        raise Refused("A token that has ended already opens nothing.", "Choose a day that is to come.")
    token = BEGINS + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        agency=agency,
        name=name.strip()[:80] or "System",
        digest=_digest(token),
        purposes=wanted,
        membership=_membership(agency, role_for(wanted), by),
        begins=clock.now(),
        ends=ends,
        made_by_id=by.worker,
    )
    return row, token


@transaction.atomic
def rotate_token(*, token: ApiToken, by: Actor, overlap: timedelta = OVERLAP) -> tuple[ApiToken, str]:
    """Make the token that follows: same agency, name and purposes. The one before ends when the overlap is over."""
    require(by, "organisation.manage")
    kept = ApiToken.objects.select_for_update().select_related("agency").get(pk=token.pk)
    now = clock.now()
    if kept.ends is not None and kept.ends <= now:
        raise Refused("This token has ended.", "Make a new one.")
    lasts = kept.ends - kept.begins if kept.ends is not None else None
    row, shown = make_token(
        agency=kept.agency, name=kept.name, by=by, purposes=kept.purposes, ends=now + lasts if lasts else None
    )
    row.follows = kept
    row.save(update_fields=["follows"])
    until = now + max(timedelta(), min(overlap, timedelta(days=90)))
    if kept.ends is None or kept.ends > until:
        kept.ends, kept.ended_by_id = until, by.worker
        kept.save(update_fields=["ends", "ended_by"])
    return row, shown


@transaction.atomic
def end_token(*, token: ApiToken, by: Actor) -> None:
    """End a token at once: from now on it opens nothing."""
    require(by, "organisation.manage")
    now = clock.now()
    still = ApiToken.objects.filter(pk=token.pk).filter(Q(ends__isnull=True) | Q(ends__gt=now))
    still.update(ends=now, ended_by=by.worker)


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


def _membership(agency: Agency, role: RoleCode, by: Actor) -> Membership:
    """The worker as whom an agency's systems act: made once, at its desk, so that colleagues follow too."""
    name = f"{agency.name}: system"[:120]
    today = clock.today()
    worker = Worker.objects.filter(agency=agency, kind=Worker.Kind.PARTNER, name=name).first()
    if worker is not None:
        there = queries.memberships_of(worker.pk, today).filter(role=role).first()
        if there is not None:
            return there
    worker = worker or actions.add_worker(name=name, kind="partner", begins=today, agency=agency, by=by)
    desk = queries.teams(today, [Team.Kind.PARTNER_DESK]).filter(agency=agency).first()
    desk = desk or actions.open_team(
        agency=agency, name=f"{agency.name} desk"[:120], kind="partner_desk", begins=today, by=by
    )
    return actions.join_team(worker=worker, team=desk, role=role, begins=today, by=by)


def _digest(token: str) -> bytes:
    return hmac.digest(derived("rightplace api token"), hashlib.sha256(token.encode()).digest(), "sha256")
