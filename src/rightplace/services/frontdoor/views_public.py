"""A member of the public tells: one question at a time, no sign-in, nothing left on the phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rightplace.common.questions import drafts
from rightplace.common.questions.asking import Asked, Typed, is_asked
from rightplace.common.questions.checking import sections
from rightplace.common.questions.models import Draft
from rightplace.common.questions.sets import Question, question_set
from rightplace.common.questions.views import set_token, token_cookie, token_in
from rightplace.common.web import frame, wrong
from rightplace.common.web.pages import page
from rightplace.common.web.steady import same_time_for_all
from rightplace.common.web.words import clock_time
from rightplace.foundation.access.actor import ONLINE_FORM, Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.services.frontdoor import following, telling
from rightplace.services.frontdoor.answering import Answered, Part, parts, shown, stays, take_post
from rightplace.services.frontdoor.examples import example_for
from rightplace.services.frontdoor.first import first_page_for
from rightplace.services.frontdoor.hours import NobodyReceives, receiving_team
from rightplace.services.frontdoor.limits import too_often
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.told import told_by_visitor

SET = "concern-public"
TITLE = "Tell us you are worried about a child"
WRONG_BOTH = "There is no such number with this word. Check both; they stand on your receipt."
BEGIN_A_MINUTE, GUESS_A_MINUTE = 60, 10


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """The first page: another app's for whom it has one, a worker's own place, or the public's."""
    answer = first_page_for(request)
    if answer is not None:
        return answer
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor):
        if may(actor, "follow.own_contact"):
            return HttpResponseRedirect(reverse("frontdoor:concerns"))
        places = [link.href for link in frame.links(request) if link.href != "/"]
        if places:
            return HttpResponseRedirect(places[0])
    return start_page(request)


def start_page(request: HttpRequest) -> HttpResponse:
    """Where the public begins."""
    return page(
        request,
        "frontdoor/telling/first.jinja",
        title=TITLE,
        team=team_now(),
        goes_on=_draft(request) is not None,
    )


def team_now() -> Team | None:
    """The team that would take a concern in now, for its telephone number."""
    try:
        return receiving_team(clock.now())
    except NobodyReceives:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Begin to tell."""
    if request.method != "POST":
        return start_page(request)
    if too_often(request, "begin", BEGIN_A_MINUTE):
        return wrong.too_many(request)
    _, token = drafts.begin(SET, typed=example_for(request, SET))
    return set_token(HttpResponseRedirect(reverse("frontdoor:tell-step", args=[1])), token)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, number: int) -> HttpResponse:
    """One question, or two that belong together."""
    draft, pages = _draft(request), parts(SET)
    if draft is None or draft.sent is not None or not 1 <= number <= len(pages):
        return _begin_again(draft)
    if request.method != "POST":
        answered = Answered(draft, drafts.typed_of(draft))
        return _step_page(request, number, answered, bound=bool(request.GET.get("look")))
    if request.POST.get("asked") != pages[number - 1].keys:
        return HttpResponseRedirect(request.path)
    answered = take_post(request, draft)
    if stays(answered):
        return _step_page(request, number, answered, bound=False)
    asked = Asked(_with_conditions(pages[number - 1]), answered.typed, bound=True)
    if not asked.is_valid():
        return _step_page(request, number, answered, bound=True)
    return HttpResponseRedirect(_after(number, pages, answered.typed))


def _step_page(request: HttpRequest, number: int, answered: Answered, *, bound: bool) -> HttpResponse:
    pages = parts(SET)
    part = pages[number - 1]
    asked = Asked(_with_conditions(part), answered.typed, bound=bound)
    if bound:
        asked.is_valid()
    danger = (answered.typed.get("danger") or [""])[-1] == "yes" and number > 1
    more = shown(
        asked, answered, part=part, of=f"Question {number} of {len(pages)}", danger=danger, team=team_now(),
        saved=clock_time(answered.draft.saved), back=_before(number, pages, answered.typed),
    )  # fmt: skip
    return page(request, "frontdoor/telling/step.jinja", title=part.questions[0].words, **more)


def _after(number: int, pages: list[Part], typed: Typed) -> str:
    for later in range(number + 1, len(pages) + 1):
        if _is_asked(pages[later - 1], typed):
            return reverse("frontdoor:tell-step", args=[later])
    return reverse("frontdoor:tell-check")


def _before(number: int, pages: list[Part], typed: Typed) -> str:
    for earlier in range(number - 1, 0, -1):
        if _is_asked(pages[earlier - 1], typed):
            return reverse("frontdoor:tell-step", args=[earlier])
    return reverse("frontdoor:tell")


def _is_asked(part: Part, typed: Typed) -> bool:
    said = {name: (values or [""])[-1] for name, values in typed.items()}
    return any(is_asked(question, said) for question in part.questions)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check what was answered, and send it."""
    draft = _draft(request)
    if draft is None:
        return _begin_again(draft)
    if draft.sent is not None:
        return HttpResponseRedirect(reverse("frontdoor:tell-received"))
    answered = Answered(draft, drafts.typed_of(draft))
    asked = Asked(question_set(SET).question, answered.typed, bound=True)
    if not asked.is_valid():
        return HttpResponseRedirect(f"{_first_wrong(answered.typed)}?look=1")
    if request.method == "POST":
        with same_time_for_all():
            telling.send(draft, lambda files: told_by_visitor(asked, files), ONLINE_FORM)
        return HttpResponseRedirect(reverse("frontdoor:tell-received"))
    pages = parts(SET)
    lines = sections(asked, _where, together="What you told us")
    more = shown(asked, answered, sections=lines, back=_before(len(pages) + 1, pages, answered.typed))
    return page(
        request, "frontdoor/telling/check_public.jinja", title="Check what you are telling us", **more
    )


def _where(field: str) -> str:
    """The page on which a field stands."""
    name = field.removeprefix("id_")
    for number, part in enumerate(parts(SET), 1):
        if any(name == q.key or name.startswith((f"{q.key}_", f"{q.key}-")) for q in part.questions):
            return f"{reverse('frontdoor:tell-step', args=[number])}#{field}"
    return reverse("frontdoor:tell-step", args=[1])


def _first_wrong(typed: Typed) -> str:
    """The first page on which something is missing or wrong."""
    for number, part in enumerate(parts(SET), 1):
        if _is_asked(part, typed) and not Asked(_with_conditions(part), typed, bound=True).is_valid():
            return reverse("frontdoor:tell-step", args=[number])
    return reverse("frontdoor:tell-step", args=[1])


def _with_conditions(part: Part) -> list[Question]:
    """The questions of a page, with those on which they hang."""
    keys = {key for question in part.questions for key in question.show_if}
    return [q for q in question_set(SET).question if q in part.questions or q.key in keys]


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """The receipt: a number, who has it, and what happens now."""
    draft = _draft(request)
    sent = telling.sent_as(draft) if draft else None
    if sent is None:
        return _begin_again(draft)
    contact = Contact.objects.get(concern=sent.concern)
    return page(
        request, "frontdoor/telling/received.jinja", title="We have received it", number=sent.number,
        word=telling.follow_word(sent.number), received=contact.received,
        team=Team.objects.filter(pk=contact.team).first(), decided_by=following.answer_by(sent.concern),
        danger=contact.danger_now == "yes",
    )  # fmt: skip


@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """Clear this browser: the draft is gone, and with it the receipt."""
    draft = _draft(request)
    if draft is not None:
        drafts.discard(draft)
    response = HttpResponseRedirect(reverse("frontdoor:tell"))
    response.delete_cookie(token_cookie())
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Whether it was received and read, for the number and the word together. The number alone opens nothing."""
    if request.method != "POST":
        return _follow_page(request)
    if too_often(request, "follow", GUESS_A_MINUTE):
        return wrong.too_many(request)
    number, word = request.POST.get("number", "")[:40], request.POST.get("word", "")[:40]
    with same_time_for_all():
        plain = telling.plain_code(number)
        right = telling.is_follow_word(plain, word)
        found = Contact.objects.filter(receipt=plain, professional=False).first()
    if found is None or not right:
        return _follow_page(request, typed=(number, word), problems=[{"text": WRONG_BOTH, "href": "#number"}])
    return _follow_page(request, found=found, team=Team.objects.filter(pk=found.team).first())


def _follow_page(request: HttpRequest, **more: Any) -> HttpResponse:
    filled = {"found": None, "team": team_now(), "typed": ("", ""), "problems": []} | more
    return page(request, "frontdoor/telling/follow_public.jinja", title="Has it been read?", **filled)


def _draft(request: HttpRequest) -> Draft | None:
    return drafts.of_visitor(token_in(request), SET)


def _begin_again(draft: Draft | None) -> HttpResponse:
    where = "frontdoor:tell-received" if draft and draft.sent else "frontdoor:tell"
    return HttpResponseRedirect(reverse(where))
