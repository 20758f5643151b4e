"""Whole pages: titles without names, refusals first, nothing stored, the way out, and pages for what went wrong."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.http import HttpResponse

from rightplace.common.web import frame, middleware, views, wrong
from rightplace.common.web.frame import NavLink, Who
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Identity, Progress
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation.rolecodes import RoleCode

pytestmark = pytest.mark.usefixtures("now")
MAYA = Identity("Maya Lind", "7 years", "Front door", "East", "Joan", "Mon 2 Mar")


class Reasons(forms.Form):
    reasons = forms.CharField(error_messages={"required": "Write why."})


def body(response: HttpResponse) -> str:
    return response.content.decode()


def test_a_page_names_itself_and_the_program(request_):
    assert "<title>Inbox – Rightplace</title>" in body(page(request_, "web/staff.jinja", title="Inbox"))


def test_a_childs_name_in_a_title_is_a_fault(request_):
    with pytest.raises(ValueError, match="initials"):
        page(request_, "web/staff.jinja", title="The story of Maya Lind", identity=MAYA)
    html = body(page(request_, "web/staff.jinja", title="The story of M.L.", identity=MAYA))
    assert html.index("rp-identity") < html.index('<main class="rp-main"')


def test_a_form_with_errors_answers_422_and_says_so_first(request_):
    response = page(request_, "web/question.jinja", title="Why?", form=Reasons({}))
    assert response.status_code == 422
    assert "<title>Error: Why?" in body(response)
    assert body(response).count("Write why.") == 2


def test_a_refusal_answers_422_and_keeps_what_was_typed(request_):
    refused = SimpleNamespace(because="a check is open", instead="wait", source="")
    response = page(
        request_, "web/question.jinja", title="Decide", form=Reasons({"reasons": "mine"}), refused=refused
    )
    assert response.status_code == 422
    assert "<title>Not done: Decide" in body(response)
    assert "A check is open." in body(response)
    assert 'value="mine"' in body(response)


def test_what_was_just_done_is_said_first_on_the_next_page(request_):
    request_._messages = ["Offered to South family support."]
    html = body(page(request_, "web/staff.jinja", title="Inbox"))
    assert '<p class="rp-done" role="status">Offered to South family support.</p>' in html


def test_apps_add_their_places_to_the_navigation_in_order(request_):
    frame.register_links(
        lambda request: [NavLink("Later", "/later/", 9), NavLink("Style", "/style/", 1, count=3)]
    )
    frame.register_who(lambda request: Who("Tom Eyre", "front door worker"))
    frame.register_search(lambda request: "/find/")
    html = body(page(request_, "web/staff.jinja", title="Style"))
    assert html.index("Style (3)") < html.index("Later")
    assert html.count('aria-current="page"') == 1
    assert 'role="search" action="/find/" method="post"' in html
    assert "Tom Eyre" in html


def test_whoever_has_many_places_finds_the_rest_under_more_and_the_one_where_they_are_in_the_row(request_):
    many = [NavLink(f"Place {n}", f"/place-{n}/", n) for n in range(10)]
    frame.register_links(lambda request: many)
    html = body(page(request_, "web/staff.jinja", title="Style"))
    row, _, more = html.partition('<summary class="rp-further__open">')
    assert "Place 5" in row and "Place 6" not in row
    assert "Place 6" in more and "Place 9" in more
    assert [link.text for link in frame.in_the_row(many, "/place-8/")[0]][-1] == "Place 8"
    assert frame.in_the_row(many[:7], "") == (many[:7], [])


def test_the_header_says_who_acts_and_in_which_role(request_):
    request_.actor = Actor(worker=7, name="Tom Eyre", role=RoleCode.FRONT_DOOR_WORKER, team_name="Front door")
    html = " ".join(body(page(request_, "web/staff.jinja", title="Any")).split())
    assert "<strong>Tom Eyre</strong>, front door worker, Front door" in html
    assert "Sign out" in html
    request_.actor = None
    assert "Sign out" not in body(page(request_, "web/staff.jinja", title="Any"))


def test_the_place_that_a_page_is_in_is_the_longest_that_its_address_begins_with(rf):
    found = [NavLink("All", "/"), NavLink("Team", "/team/"), NavLink("Load", "/team/load/")]
    assert frame.current(rf.get("/team/load/4/"), found) == "/team/load/"
    assert frame.current(rf.get("/teamwork/"), found) == ""
    assert frame.current(rf.get("/"), found) == "/"


def test_a_slot_is_filled_by_whoever_registered_it_and_is_escaped(request_):
    frame.register_slot("strip", lambda request: "<b>demo</b>")
    frame.register_slot("strip", lambda request: "")
    assert "&lt;b&gt;demo&lt;/b&gt;" in body(page(request_, "web/public.jinja", title="Any"))


def test_public_pages_say_what_to_do_in_danger_and_offer_a_way_out(request_):
    html = body(page(request_, "web/public.jinja", title="Any"))
    assert "If a child is in danger now, call" in html
    assert 'href="/leave/"' in html


def test_leaving_forgets_everything_that_the_browser_was_given(rf):
    request = rf.get("/leave/")
    request.COOKIES = {"draft": "x", "session": "y"}
    response = views.leave(request)
    assert response.status_code == 302
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert {name for name, morsel in response.cookies.items() if morsel["max-age"] == 0} == {
        "draft",
        "session",
    }


def test_the_slash_key_can_be_switched_off(rf):
    request = rf.post("/keyboard/", {"slash": "off"})
    response = views.keys(request)
    assert response.cookies["slash"].value == "off"
    after = rf.get("/keyboard/")
    after.COOKIES = {"slash": "off"}
    assert 'data-slash="off"' in body(views.keys(after))
    assert 'data-slash="on"' in body(views.keys(rf.get("/keyboard/")))


def test_no_page_is_stored_and_each_says_little_about_where_it_came_from(rf):
    response = middleware.SecurityHeaders(lambda request: HttpResponse("x"))(rf.get("/"))
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_view_may_set_a_header_itself(rf):
    def view(request):
        return HttpResponse("x", headers={"Cache-Control": "max-age=60"})

    assert middleware.SecurityHeaders(view)(rf.get("/"))["Cache-Control"] == "max-age=60"


def test_what_may_not_be_seen_looks_exactly_like_what_is_not_there(request_):
    missing, hidden = wrong.not_found(request_), wrong.forbidden(request_)
    assert missing.status_code == hidden.status_code == 404
    assert missing.content == hidden.content


@pytest.mark.parametrize(
    ("made", "code"),
    [(wrong.bad_request, 400), (wrong.csrf_failure, 403), (wrong.too_many, 429), (wrong.server_error, 500)],
)
def test_when_something_goes_wrong_the_page_says_what_is_safe_and_what_to_do(request_, made, code):
    response = made(request_)
    assert response.status_code == code
    html = body(response)
    assert "lost" in html or "safe" in html or "What you typed" in html
    assert html.count('<p class="govuk-body">') == 3


def test_the_page_for_our_own_fault_asks_nobody_who_is_there(request_):
    frame.register_who(lambda request: pytest.fail("asked"))
    assert wrong.server_error(request_).status_code == 500


def test_long_work_asks_again_without_script_until_it_has_finished(request_, now):
    going = page(request_, "web/progress.jinja", title="Reading", work=Progress("Reading", 1, 9, "/w/"))
    assert 'http-equiv="refresh"' in body(going)
    done = page(
        request_, "web/progress.jinja", title="Reading", work=Progress("See it", 9, 9, "/w/", href="/r/")
    )
    assert 'http-equiv="refresh"' not in body(done)
    assert now.tzinfo is not None
    assert now.utcoffset() == timedelta(0)


def test_the_style_guide_shows_every_component_and_is_never_in_production(request_, settings):
    settings.MODE = "demo"
    html = body(views.style_guide(request_))
    for css in (
        "rp-identity",
        "rp-timeline",
        "rp-rows",
        "rp-days",
        "rp-figures",
        "rp-progress",
        "rp-map",
        "rp-ribbon",
    ):
        assert f'class="{css}' in html or f" {css}" in html, css
    settings.MODE = "production"
    with pytest.raises(views.Http404):
        views.style_guide(request_)
