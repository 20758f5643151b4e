"""Signing in: no sign-up, a second factor that staff keep, accounts that close when idle, and the demo's door.

django-allauth does the rest: argon2, TOTP, passkeys, recovery codes, limits on attempts, a fresh session key.
"""

from __future__ import annotations

import base64
import hmac
import ipaddress
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, login
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from rightplace.foundation.access.models import DemoMarker, User
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Worker

IDLE = timedelta(days=30)
DEMO_SESSION = "signed in by the demo"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What allauth asks us: nobody signs up, and an account that nobody used for 30 days is closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator."""
        return False

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> HttpResponse | None:
        """Close an idle account before it is used again."""
        close_if_idle(cast(User, user))
        response: HttpResponse | None = super().pre_login(request, user, **more)
        return response

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """A first password is known to whoever gave it: the next is another one."""
        found: str = super().clean_password(password, user=user)
        if user is not None and cast(User, user).password_is_first and user.check_password(found):
            raise ValidationError("Choose another password than the one that you were given.")
        return found

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set a password that its owner chose: it is no first one any more."""
        cast(User, user).password_is_first = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On to what one came for."""
        return str(settings.LOGIN_REDIRECT_URL)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and say when."""
        super().login(request, user)
        User.objects.filter(pk=user.pk).update(last_seen=clock.now())


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are encrypted, and staff keep at least one."""

    def encrypt(self, text: str) -> str:
        """A secret as the database keeps it."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor of a member of staff stays."""
        user = authenticator.user
        if user.worker is None or user.worker.kind != Worker.Kind.STAFF:
            return True
        strong = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user=user, type__in=strong).exclude(pk=authenticator.pk)
        return authenticator.type not in strong or others.exists()


def _cipher() -> Fernet:
    words = Path(settings.RIGHTPLACE_KEY_FILE).read_bytes()
    return Fernet(base64.urlsafe_b64encode(hmac.digest(words, b"rightplace second factors", "sha256")))


def close_if_idle(user: User) -> bool:
    """Close an account that nobody used for 30 days. An administrator opens it again."""
    since = user.last_seen or user.made_at
    if clock.now() - since > IDLE and user.is_active:
        user.is_active = False
        user.save(update_fields=["is_active"])
    return not user.is_active


def demo_door_is_open(request: HttpRequest) -> bool:
    """Whether anybody may choose whom to be: demo mode, invented people only, and reached from this machine alone."""
    return settings.DEMO and _is_loopback(request) and DemoMarker.objects.exists()


def sign_in_as(request: HttpRequest, membership: Membership) -> None:
    """Become somebody in the demonstration. Anywhere else this raises NotAllowed."""
    if not demo_door_is_open(request):
        raise NotAllowed
    user = User.objects.filter(worker_id=membership.worker_id, is_active=True).first()
    if user is None:
        raise NotAllowed
    request.session.flush()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["membership"] = membership.pk
    request.session[DEMO_SESSION] = True


def is_demo_session(request: HttpRequest) -> bool:
    """Whether this session came through the demo's door, where no second factor is asked for."""
    return bool(
        settings.DEMO and request.session.get(DEMO_SESSION) and BACKEND_SESSION_KEY in request.session
    )


def _is_loopback(request: HttpRequest) -> bool:
    """Whether the request comes from this machine, to this machine, and through no proxy."""
    if any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")):
        return False
    host, _ = split_domain_port(request.get_host())
    return _is_this_machine(request.META.get("REMOTE_ADDR", "")) and (
        host == "localhost" or _is_this_machine(host.strip("[]"))
    )


def _is_this_machine(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
