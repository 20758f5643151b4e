"""Signing in: no sign-up, a second factor for staff, idle accounts closed, and the demo's door shut elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.views import (
    AccountInactiveView,
    LoginView,
    LogoutView,
    PasswordChangeView,
    ReauthenticateView,
)
from allauth.mfa.adapter import get_adapter as second_factors
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateMfaView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ListWebAuthnView
from django.test import Client, RequestFactory

from rightplace.foundation.access import signin
from rightplace.foundation.access.models import DemoMarker, User
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.access.tests import people
from rightplace.foundation.access.tests.people import MORNING
from rightplace.foundation.access.tests.test_routes import ACTORS, SITE
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.rolecodes import RoleCode

PASSWORD = "correct horse, invented battery"
VIEWS = (
    AccountInactiveView,
    LoginView, LogoutView, PasswordChangeView, ReauthenticateView, AuthenticateView, IndexView, ReauthenticateMfaView,
    GenerateRecoveryCodesView, ViewRecoveryCodesView, ActivateTOTPView, DeactivateTOTPView, AddWebAuthnView,
    ListWebAuthnView,
)  # fmt: skip


@pytest.fixture(autouse=True)
def site(settings, monkeypatch):
    """The settings of signing in; a view of allauth reads its template's name once, when it is imported."""
    settings.ROOT_URLCONF = SITE
    settings.ACCOUNT_ADAPTER = "rightplace.foundation.access.signin.Adapter"
    settings.MFA_ADAPTER = "rightplace.foundation.access.signin.SecondFactor"
    settings.ACCOUNT_RATE_LIMITS = False
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    if ACTORS not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, ACTORS]
    for view in VIEWS:
        monkeypatch.setattr(view, "template_name", view.template_name.replace(".html", ".jinja"))


@pytest.fixture
def worker(db):
    return people.actor(RoleCode.SOCIAL_WORKER)


@pytest.fixture
def user(worker):
    return people.account(worker, PASSWORD)


def sign_in(client, user, password=PASSWORD, **more):
    return client.post("/account/login/", {"login": user.email, "password": password, **more})


def confirmed(client, address):
    """A page that asks first whether it is you, after the password was given once more."""
    asked = client.get(address)
    assert "Is it you?" in client.get(asked["Location"]).content.decode()
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == address
    return client.get(address).content.decode()


def code_of(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_the_way_in_is_ours_and_offers_no_sign_up(db, client):
    page = client.get("/account/login/").content.decode()
    assert "For people who work with children in this city" in page
    assert "Sign in with a passkey" in page
    assert "sign up" not in page.lower()
    assert client.get("/account/signup/").status_code == 404
    assert not signin.Adapter().is_open_for_signup(RequestFactory().get("/"))


def test_passwords_are_kept_by_argon2(user):
    assert User.objects.get(pk=user.pk).password.startswith("argon2$argon2id$")


def test_a_wrong_password_is_said_in_a_sentence_and_lets_nobody_in(client, user):
    answer = sign_in(client, user, "something else")
    assert answer.status_code == 200 and "not correct" in answer.content.decode()
    assert client.get("/in/").status_code == 302


def test_staff_set_up_a_second_factor_and_then_sign_in_with_both(client, user):
    before = client.session.session_key
    assert sign_in(client, user).status_code == 302
    assert client.session.session_key != before
    assert client.get("/in/")["Location"] == "/account/2fa/"
    assert "Set up an authenticator app" in client.get("/account/2fa/").content.decode()
    page = confirmed(client, "/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    assert secret in page
    assert client.post("/account/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/in/").status_code == 200
    assert "Recovery codes" in client.get("/account/2fa/recovery-codes/").content.decode()

    again = Client()
    assert sign_in(again, user)["Location"] == "/account/2fa/authenticate/"
    assert again.get("/in/")["Location"].startswith("/account/login/")
    assert "Second step" in again.get("/account/2fa/authenticate/").content.decode()
    assert again.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert again.get("/in/").status_code == 302


def test_a_second_factor_lets_in(client, user):
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    assert sign_in(client, user)["Location"] == "/account/2fa/authenticate/"
    answer = client.post("/account/2fa/authenticate/", {"code": code_of("JBSWY3DPEHPK3PXP")})
    assert answer.status_code == 302
    assert client.get("/in/").status_code == 200
    assert "Take the authenticator app off" in confirmed(client, "/account/2fa/totp/deactivate/")


def test_secrets_of_second_factors_are_not_readable_in_the_database(user):
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    kept = Authenticator.objects.get(user=user).data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in kept
    assert second_factors().decrypt(kept) == "JBSWY3DPEHPK3PXP"


def test_the_last_second_factor_of_staff_stays_and_a_partners_may_go(user):
    one = TOTP.activate(user, "JBSWY3DPEHPK3PXP").instance
    assert not second_factors().can_delete_authenticator(one)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    assert second_factors().can_delete_authenticator(one)
    partner = people.account(people.actor(RoleCode.PROFESSIONAL_REFERRER, kind="partner"), PASSWORD)
    assert second_factors().can_delete_authenticator(TOTP.activate(partner, "JBSWY3DPEHPK3PXP").instance)


def test_the_page_for_a_passkey_has_no_script_of_its_own(client, user):
    sign_in(client, user)
    page = confirmed(client, "/account/2fa/webauthn/add/")
    assert "mfa_webauthn_add" in page and "creation_options" in page
    scripts = [part.split(">")[0] for part in page.split("<script")[1:]]
    assert all("src=" in part or 'type="application/json"' in part for part in scripts)
    assert "You have none yet" in client.get("/account/2fa/webauthn/").content.decode()


def test_an_account_that_nobody_used_for_thirty_days_is_closed_at_sign_in(client, user):
    User.objects.filter(pk=user.pk).update(last_seen=MORNING - timedelta(days=30, seconds=1))
    answer = sign_in(client, user)
    assert answer["Location"] == "/account/inactive/"
    assert "This account is closed" in client.get("/account/inactive/").content.decode()
    user.refresh_from_db()
    assert not user.is_active
    assert client.get("/in/").status_code == 302


def test_an_account_used_thirty_days_ago_is_open(client, user):
    User.objects.filter(pk=user.pk).update(last_seen=MORNING - timedelta(days=30))
    assert sign_in(client, user)["Location"] == "/"
    user.refresh_from_db()
    assert user.last_seen == MORNING


def test_a_new_account_that_nobody_ever_used_is_closed_after_thirty_days(client, user):
    with clock.clock_at(MORNING + timedelta(days=31)):
        assert sign_in(client, user)["Location"] == "/account/inactive/"


def test_being_there_is_written_down_at_most_every_half_hour(client, user):
    sign_in(client, user)
    client.get("/in/")
    user.refresh_from_db()
    assert user.last_seen == MORNING
    with clock.clock_at(MORNING + timedelta(minutes=31)):
        client.get("/in/")
    user.refresh_from_db()
    assert user.last_seen == MORNING + timedelta(minutes=31)


class TestTheDemosDoor:
    """Becoming somebody without a password."""

    @pytest.fixture
    def door(self, settings, user):
        settings.DEMO = True
        DemoMarker.objects.create(seeded_at=MORNING)

    @pytest.fixture
    def membership(self, worker):
        return Membership.objects.get(pk=worker.membership)

    def request(self, address="127.0.0.1", host="127.0.0.1:8000", **headers):
        from django.contrib.sessions.backends.db import SessionStore

        request = RequestFactory().post("/become/", REMOTE_ADDR=address, HTTP_HOST=host, **headers)
        request.session = SessionStore()
        return request

    def test_opens_from_this_machine_and_needs_no_second_factor(self, door, membership, client):
        request = self.request()
        signin.sign_in_as(request, membership)
        request.session.save()
        client.cookies["session"] = request.session.session_key
        assert client.get("/in/").content.decode().split()[0] == str(membership.worker_id)

    @pytest.mark.parametrize(
        "asked",
        [
            {"address": "192.0.2.7"},
            {"host": "rightplace.example.invalid"},
            {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
            {"HTTP_FORWARDED": "for=127.0.0.1"},
            {"address": ""},
        ],
    )
    def test_is_shut_for_anybody_from_elsewhere(self, door, membership, settings, asked):
        settings.ALLOWED_HOSTS = ["*"]
        request = self.request(**asked)
        with pytest.raises(NotAllowed):
            signin.sign_in_as(request, membership)
        assert "_auth_user_id" not in request.session

    def test_is_shut_without_the_marker_that_the_seeding_writes(self, door, membership):
        DemoMarker.objects.all().delete()
        with pytest.raises(NotAllowed):
            signin.sign_in_as(self.request(), membership)

    def test_is_shut_outside_demo_mode(self, door, membership, settings):
        settings.DEMO = False
        with pytest.raises(NotAllowed):
            signin.sign_in_as(self.request(), membership)

    def test_a_session_from_the_demo_needs_a_second_factor_once_it_is_no_demo(
        self, door, membership, client, settings
    ):
        request = self.request()
        signin.sign_in_as(request, membership)
        request.session.save()
        client.cookies["session"] = request.session.session_key
        settings.DEMO = False
        assert client.get("/in/")["Location"] == "/account/2fa/"

    def test_ipv6_and_localhost_are_this_machine(self, door):
        assert signin.demo_door_is_open(self.request("::1", "[::1]:8000"))
        assert signin.demo_door_is_open(self.request("127.0.0.1", "localhost"))
