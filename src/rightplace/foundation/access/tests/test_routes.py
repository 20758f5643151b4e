"""Every address says who may open it; whoever may not sees what is seen where nothing is."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, path
from django.urls.resolvers import RegexPattern

from rightplace.foundation.access import reach
from rightplace.foundation.access.permissions import PERMISSIONS, Undeclared
from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.access.routes import PUBLIC, declared_routes, mounted, route, undeclared_routes
from rightplace.foundation.access.tests import people
from rightplace.foundation.organisation import actions, clock
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.rolecodes import RoleCode

SITE = "rightplace.foundation.access.tests.urlsfortests"
ACTORS = "rightplace.foundation.access.middleware.ActorMiddleware"


@pytest.fixture(autouse=True)
def site(settings, monkeypatch):
    monkeypatch.setattr(reach, "_existing", [])
    settings.ROOT_URLCONF = SITE
    if ACTORS not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, ACTORS]


def signed_in(actor, second_factor=True):
    client = Client()
    user = people.account(actor)
    if second_factor:
        from allauth.mfa.models import Authenticator

        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def answer(request):
    return HttpResponse("here")


def test_a_walk_of_the_router_finds_an_address_that_says_nothing():
    ours = [route("a/", answer, name="a", may=PUBLIC), path("b/<int:n>/", answer, name="b")]
    inside = URLResolver(RegexPattern(r"^deep/"), [path("c/", answer)])
    resolver = URLResolver(RegexPattern(r"^/"), [*ours, inside])
    assert [found.name for found in undeclared_routes(resolver)] == ["b", ""]
    assert len(list(declared_routes(resolver))) == 3


def test_every_address_of_access_says_who_may_open_it():
    from rightplace.foundation.access import urls

    resolver = URLResolver(RegexPattern(r"^/"), urls.urlpatterns)
    assert undeclared_routes(resolver) == []
    names = {found.name for found in declared_routes(resolver)}
    assert {"account_login", "mfa_authenticate", "mfa_activate_totp", "role", "glass"} <= names
    assert not {"account_signup", "account_email", "account_reset_password", "account_set_password"} & names


def test_an_address_cannot_ask_for_a_permission_that_is_not_there():
    with pytest.raises(Undeclared):
        route("a/", answer, name="a", may="everything")


def test_of_a_library_only_the_named_addresses_are_mounted():
    kept = mounted([path("a/", answer, name="a"), path("b/", answer, name="b")], may={"a": PUBLIC})
    assert [url.name for url in kept] == ["a"]


def test_whoever_is_not_signed_in_is_sent_to_sign_in(db, client):
    answer = client.get("/children/?x=1")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=%2Fchildren%2F%3Fx%3D1")
    assert client.get("/").content == b"nobody"


@pytest.mark.parametrize("code", sorted(ROLES))
def test_an_address_opens_for_the_roles_that_hold_its_permission(db, code):
    client = signed_in(people.actor(RoleCode(code)))
    for address, permission in (("/children/", "child.find"), ("/figures/", "figures.see")):
        expected = 200 if permission in ROLES[code].permissions else 404
        assert client.get(address).status_code == expected, (code, permission)
    assert permission in PERMISSIONS


def test_what_one_may_not_open_looks_like_what_is_not_there(db):
    client = signed_in(people.actor(RoleCode.LEAD_MEMBER))
    refused, nothing = client.get("/children/"), client.get("/no-such-page/")
    assert refused.status_code == nothing.status_code == 404
    assert refused.content == nothing.content
    assert dict(refused.headers.items()) == dict(nothing.headers.items())


def test_somebody_signed_in_costs_one_query_for_who_they_are(db, django_assert_num_queries):
    client = signed_in(people.actor(RoleCode.SOCIAL_WORKER))
    client.get("/children/")
    with django_assert_num_queries(3):  # the session, the account, the memberships
        client.get("/children/")
    with django_assert_num_queries(0):
        Client().get("/")


def test_staff_without_a_second_factor_set_one_up_before_anything_else(db):
    client = signed_in(people.actor(RoleCode.SOCIAL_WORKER), second_factor=False)
    for address in ("/children/", "/in/", "/figures/"):
        assert client.get(address)["Location"] == "/account/2fa/"
    assert client.get("/account-only/").status_code == 200


def test_a_partner_may_sign_in_with_a_password_alone(db):
    client = signed_in(
        people.actor(RoleCode.PROFESSIONAL_REFERRER, people.team("partner_desk"), kind="partner"),
        second_factor=False,
    )
    assert client.get("/in/").status_code == 200


def test_somebody_in_two_roles_chooses_and_the_session_gets_a_new_key(db):
    front_door = people.team("front_door")
    first = people.actor(RoleCode.SOCIAL_WORKER)
    membership = Membership.objects.get(pk=first.membership)
    second = people.actor(RoleCode.FRONT_DOOR_MANAGER, front_door, worker=membership.worker)
    client = signed_in(first)
    assert client.get("/in/")["Location"] == "/role/"
    page = client.get("/role/").content.decode()
    assert "social worker, Team assessment" in page and "front door manager, Team front_door" in page
    before = client.session.session_key
    assert client.post("/role/", {"membership": second.membership, "next": "/in/"})["Location"] == "/in/"
    assert client.session.session_key != before
    assert client.get("/in/").content.decode() == f"{second.worker} {second.role} {second.team}"


def test_nobody_chooses_a_role_that_is_not_theirs(db):
    other = people.actor(RoleCode.DIRECTOR)
    client = signed_in(people.actor(RoleCode.SOCIAL_WORKER))
    assert client.post("/role/", {"membership": other.membership}).status_code == 404
    session = client.session
    session["membership"] = other.membership
    session.save()
    assert client.get("/in/").content.decode().split()[1] == str(RoleCode.SOCIAL_WORKER.value)


def test_choosing_a_role_never_leads_to_another_site(db):
    actor = people.actor(RoleCode.SOCIAL_WORKER)
    answer = signed_in(actor).post(
        "/role/", {"membership": actor.membership, "next": "https://evil.invalid/"}
    )
    assert answer["Location"] == "/"


def test_a_membership_that_ended_gives_no_access_from_that_moment(db):
    actor = people.actor(RoleCode.SOCIAL_WORKER)
    client = signed_in(actor)
    assert client.get("/children/").status_code == 200
    membership = Membership.objects.get(pk=actor.membership)
    actions.leave_team(membership=membership, on=clock.today(), by=people.RULES)
    assert client.get("/children/")["Location"] == "/role/"
    assert "no role at the moment" in client.get("/role/").content.decode()


def test_a_closed_account_loses_its_sessions_at_once(db):
    from rightplace.foundation.access import accounts
    from rightplace.foundation.access.models import User

    actor = people.actor(RoleCode.SOCIAL_WORKER)
    client = signed_in(actor)
    assert client.get("/children/").status_code == 200
    user = User.objects.get(worker_id=actor.worker)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/children/").status_code == 302
    accounts.reopen_account(user=user, by=people.RULES)
    assert client.get("/children/").status_code == 200
    accounts.close_account(user=user, by=people.RULES)
    accounts.reopen_account(user=user, by=people.RULES)
    assert client.get("/children/").status_code == 302


def test_a_file_outside_ones_own_work_is_opened_after_one_tap(db):
    client = signed_in(people.actor(RoleCode.SOCIAL_WORKER))
    assert "A brother, sister or parent" in client.get("/files/77/reason/?next=/in/").content.decode()
    assert client.post("/files/77/reason/", {"next": "/in/"}).status_code == 422
    assert client.post("/files/77/reason/", {"why": "other", "next": "/in/"}).status_code == 422
    assert client.post("/files/77/reason/", {"why": "cover", "next": "/in/"})["Location"] == "/in/"


def test_glass_is_broken_seconded_and_reviewed_on_pages(db):
    from rightplace.foundation.access.models import ReadAudit

    head = people.actor(RoleCode.HEAD_OF_SERVICE)
    reach.restrict(file=77, kind=2, reason="invented", may_open=[head.worker], by=head)
    client, second = signed_in(people.actor(RoleCode.SOCIAL_WORKER)), signed_in(head)
    officer = signed_in(people.actor(RoleCode.INFORMATION_GOVERNANCE))
    assert client.post("/glass/", {"file": "seven", "reason": "x"}).status_code == 422
    answer = client.post("/glass/", {"file": "77", "reason": "A court asks today."})
    assert answer.status_code == 200 and "second person" in answer.content.decode()
    page = second.get("/glass/second/").content.decode()
    assert "A court asks today." in page
    number = page.split('name="broken" value="')[1].split('"')[0]
    assert second.post("/glass/second/", {"broken": number}).status_code == 302
    assert "A court asks today." in officer.get("/glass/review/").content.decode()
    sent = officer.post(f"/glass/review/{number}/", {"outcome": "right", "words": "The order was there."})
    assert sent.status_code == 302
    assert "No broken glass" in officer.get("/glass/review/").content.decode()
    assert ReadAudit.objects.filter(what="access:review", files=[77]).exists()


def test_the_whole_site_says_of_every_address_who_may_open_it(settings):
    settings.ROOT_URLCONF = "rightplace.urls"
    assert [f"{found.address} ({found.name})" for found in undeclared_routes(get_resolver())] == []
