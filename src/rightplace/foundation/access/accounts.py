"""Making, closing and opening accounts: an administrator's actions."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.models import User
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker


@transaction.atomic
def make_account(*, worker: Worker, username: str, by: Actor, password: str | None = None) -> User:
    """Make a worker's account. What it may do comes from the worker's memberships."""
    require(by, "organisation.manage")
    if worker.kind not in (Worker.Kind.STAFF, Worker.Kind.PARTNER):
        raise Refused("Only people have accounts.", "Choose a member of staff or a partner's colleague.")
    if User.objects.filter(worker=worker).exists():
        raise Refused("This worker has an account already.", "Open that account again if it was closed.")
    return User.objects.create_user(username, password, email=worker.email, worker=worker)


@transaction.atomic
def give_password(*, user: User, password: str, by: Actor) -> None:
    """Give somebody a password to begin with. They change it before they see anything; their sessions end."""
    require(by, "organisation.manage")
    user.set_password(password)
    user.password_is_first = True
    user.save(update_fields=["password", "password_is_first"])
    end_sessions(user)


@transaction.atomic
def close_account(*, user: User, by: Actor) -> None:
    """Close an account. Each of its sessions ends with it, at its next request."""
    require(by, "organisation.manage")
    User.objects.filter(pk=user.pk).update(is_active=False)
    end_sessions(user)


@transaction.atomic
def reopen_account(*, user: User, by: Actor) -> None:
    """Open a closed account again; the thirty days begin anew."""
    require(by, "organisation.manage")
    User.objects.filter(pk=user.pk).update(is_active=True, last_seen=clock.now())


def end_sessions(user: User) -> int:
    """Remove an account's sessions from the database. Returns how many there were."""
    ended = 0
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
            ended += 1
    return ended
