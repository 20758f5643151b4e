"""Leavers and what they hand over; one's own interview; reading and coding; what staff say, as themes."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.caseflow.handover import to_hand_over
from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Link
from rightplace.domain.practice.recruiting import local_on
from rightplace.domain.practice.vocabulary.codes import code_list, collection_year
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.services.recruitment import forms, leavings, queries, voices
from rightplace.services.recruitment.models import Notice, Voice
from rightplace.services.recruitment.presenters import people as shown
from rightplace.services.recruitment.presenters.sheets import Asked, Sheet
from rightplace.services.recruitment.trying import TEMPLATE, Act, about_people, sent, there, tried

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
MOST = 200
OWN_WORDS = (
    "What you say is sealed. It is read by one person, who is named before you answer, and by you.",
    "Others see themes alone, when a half-year is over and at least five people named the same one.",
    "You may leave any question, say no without a reason, and take your words back at any time.",
)


def staff_named(actor: Actor) -> list[tuple[int, str]]:
    """Staff who may be asked or may leave, by name; never the reader."""
    able = [role.code for role in ROLES.values() if "recruitment.interview" in role.permissions]
    rows = Membership.objects.filter(holding(clock.today()), holding(clock.today(), "worker__"), role__in=able,
                                     worker__kind=Worker.Kind.STAFF).exclude(worker=actor.worker)  # fmt: skip
    return list(rows.order_by("worker__name").values_list("worker_id", "worker__name").distinct())


@GET_OR_POST
def leavers(request: HttpRequest) -> HttpResponseBase:
    """Who gave notice, the last days, what became of it; human resources writes a notice down."""
    actor, today = actor_in(request), clock.today()
    acts: dict[str, Act] = {}
    if may(actor, "recruitment.keep"):
        reasons = [
            (code.code, code.label)
            for code in code_list("leaving_reason").in_year(collection_year(today))
            if code.code != "7"
        ]
        form = forms.NoticeForm(sent(request, "notice"), choices={"worker": staff_named(actor), "reason": reasons},
                                initial={"given_on": today, "last_day": today + timedelta(days=28)})  # fmt: skip
        acts["notice"] = Act(
            form,
            lambda said: leavings.take_notice(
                worker=Worker.objects.get(pk=said["worker"]), given_on=said["given_on"], last_day=said["last_day"],
                reason=said["reason"], by=actor,
            ),
        )  # fmt: skip
    done, refused = tried(request, acts)
    if done:
        return there("leavers")
    rows, now = list(queries.notices(actor)[:MOST]), clock.now()
    going = [each for each in rows if not each.taken_back_on and not each.leaver_id]
    gone = [each for each in rows if each.taken_back_on or each.leaver_id]
    links = [Link("Interviews for you to read", reverse("recruitment:interviews"))] if acts else []
    parts = [
        Sheet(key="going", heading="Those who are going", columns=shown.NOTICE_COLUMNS,
              rows=[shown.notice_row(each, now) for each in going], none="Nobody has given notice.", links=links),
        Sheet(key="gone", heading="Those who left, or stayed after all", columns=shown.NOTICE_COLUMNS,
              rows=[shown.notice_row(each, now) for each in gone], none="Nobody has left since notices are kept here."),
    ]  # fmt: skip
    if acts:
        parts.append(Sheet(key="notice", heading="Somebody gave notice",
                           asked=[Asked(acts["notice"].form, "Write the notice down", "notice", main=True)]))  # fmt: skip
    return about_people(request, actor, what="notices of staff", found=len(rows), title="Leavers", heading="Leavers",
                        sheets=parts, refused=refused, more_forms=[each.form for each in acts.values()])  # fmt: skip


@GET_OR_POST
def leaver(request: HttpRequest, number: int) -> HttpResponseBase:
    """One leaver: what is handed over and to whom, the last day, an exit interview."""
    actor, today = actor_in(request), clock.today()
    found = get_object_or_404(queries.notices(actor), pk=number)
    acts, button = _notice_acts(request, found, actor), {
        "back": "Stays after all", "last": "Record that the last day has passed", "exit": "Offer an exit interview"
    }  # fmt: skip
    done, refused = tried(request, acts)
    if done:
        return there("leaver", number)
    settled = found.taken_back_on or found.leaver_id
    hands = [] if settled else to_hand_over(found.worker_id, today)
    said = [f"Notice on {words.plain_day(found.given_on)}, last day {words.day_words(found.last_day, clock.now())}. "
            f"{shown.reason_words(found.reason, found.last_day)}."]  # fmt: skip
    if settled:
        said.append(
            "Stays after all." if found.taken_back_on else "The last day is recorded; the seat is free."
        )
    asked = [Asked(act.form, button[name], name, main=name == "last") for name, act in acts.items()]
    parts = [
        Sheet(key="leaves", heading="Notice and last day", sentences=said, asked=asked),
        Sheet(key="hand", heading="What is handed over", columns=shown.HAND_COLUMNS, rows=shown.hand_rows(hands),
              none="It was handed over." if settled else "There is nothing to hand over."),
    ]  # fmt: skip
    return about_people(request, actor, what="a notice of staff", found=1, title=f"Leaver {found.pk}", heading=found.worker.name,
                        sheets=parts, refused=refused, more_forms=[each.form for each in acts.values()],
                        back=reverse("recruitment:leavers"))  # fmt: skip


def _notice_acts(request: HttpRequest, found: Notice, actor: Actor) -> dict[str, Act]:
    if not may(actor, "recruitment.keep") or found.taken_back_on or found.leaver_id:
        return {}
    today = clock.today()
    acts: dict[str, Act] = {}
    if found.last_day <= today:
        acts["last"] = Act(
            forms.forms.Form(sent(request, "last")),
            lambda said: leavings.record_last_day(notice=found, by=actor),
        )
    if (
        found.worker_id != actor.worker
        and not Voice.objects.filter(worker=found.worker_id, kind="exit").exists()
    ):
        acts["exit"] = Act(
            forms.forms.Form(sent(request, "exit")),
            lambda said: voices.offer_interview(
                worker=found.worker, kind="exit", answer_by=max(found.last_day, today), by=actor
            ),
            "Offered. You are the one who will read it, and that is said.",
        )
    acts["back"] = Act(
        forms.DayForm(sent(request, "back"), initial={"on": today}),
        lambda said: leavings.take_notice_back(notice=found, on=said["on"], by=actor),
    )
    return acts


@require_safe
def my_interviews(request: HttpRequest) -> HttpResponse:
    """One's own interviews: offered, answered, taken back."""
    actor = actor_in(request)
    rows = Voice.objects.filter(worker=actor.worker).select_related("reader").order_by("-recorded_at")
    part = Sheet(key="own", heading="Offered to you", sentences=OWN_WORDS, columns=shown.OWN_COLUMNS,
                 rows=[shown.voice_row(each, own=True) for each in rows], none="No interview was offered to you.")  # fmt: skip
    return page(request, TEMPLATE, title="My interview", heading="My interview", sheets=[part])


@GET_OR_POST
def my_interview(request: HttpRequest, number: int) -> HttpResponseBase:
    """Answering, declining, reading again and taking back what one said."""
    actor = actor_in(request)
    rows = scope(actor, Voice).filter(worker=actor.worker).select_related("reader")
    found = get_object_or_404(rows, pk=number)
    acts = _own_acts(request, found, actor)
    done, refused = tried(request, acts)
    if done:
        return there("my-interview", number)
    button = {"answer": "Give this to the reader", "no": "I do not want to", "back": "Take my words back"}
    asked = [Asked(act.form, button[name], name, main=name == "answer") for name, act in acts.items()]
    kind = words.capitalised(Voice.Kind(found.kind).label)
    with reading_as(actor, purpose="own interview"):
        said = voices.words_of(found)
    own = [f"{ask} {words_said}" for ask, words_said in said.answers]
    quote = [f"May be quoted: “{said.quote}”"] if said.quote else []
    state = "You took your words back; they are deleted." if found.taken_back_on else ""
    state = state or ("You said that you do not want to." if found.declined_on else "")
    parts = [
        Sheet(
            key="read",
            heading="Who reads it",
            sentences=[f"{found.reader.name} reads it, and nobody else.", *OWN_WORDS],
        ),
        Sheet(
            key="say",
            heading="What you say",
            sentences=[*own, *quote, *([state] if state else [])],
            asked=asked,
        ),
    ]
    return about_people(request, actor, what="own interview", found=1, title=kind, heading=kind, sheets=parts, refused=refused,
                        more_forms=[each.form for each in acts.values()], back=reverse("recruitment:my-interviews"))  # fmt: skip


def _own_acts(request: HttpRequest, found: Voice, actor: Actor) -> dict[str, Act]:
    if found.taken_back_on or found.declined_on:
        return {}
    if found.answered_on:
        form = forms.forms.Form(sent(request, "back"))
        return {
            "back": Act(
                form, lambda said: voices.take_back_answer(voice=found, by=actor), "Your words are deleted."
            )
        }
    local = local_on(clock.today())
    answer = forms.AnswerForm(
        sent(request, "answer"), asks=local.exit_asks if found.kind == "exit" else local.stay_asks
    )
    return {
        "answer": Act(
            answer,
            lambda said: voices.answer_interview(
                voice=found, answers=answer.answers, quote=said["quote"], by=actor
            ),
            "Thank you. It is sealed.",
        ),
        "no": Act(
            forms.forms.Form(sent(request, "no")),
            lambda said: voices.decline_interview(voice=found, by=actor),
            "That is all. Nobody asks why.",
        ),
    }


@GET_OR_POST
def interviews(request: HttpRequest) -> HttpResponseBase:
    """Interviews that the reader offered and is the one to read; offering one."""
    actor, today = actor_in(request), clock.today()
    form = forms.OfferForm(sent(request, "offer"), choices={"worker": staff_named(actor)},
                           initial={"answer_by": voices.usual_answer_by(today), "kind": "stay"})  # fmt: skip
    act = Act(
        form,
        lambda said: voices.offer_interview(
            worker=Worker.objects.get(pk=said["worker"]),
            kind=said["kind"],
            answer_by=said["answer_by"],
            by=actor,
        ),
        "Offered. You are the one who will read it, and that is said.",
    )
    done, refused = tried(request, {"offer": act})
    if done:
        return there("interviews")
    rows = list(
        scope(actor, Voice)
        .filter(reader=actor.worker)
        .select_related("worker")
        .order_by("coded_on", "-recorded_at")[:MOST]
    )
    parts = [
        Sheet(key="list", heading="For you to read", columns=shown.VOICE_COLUMNS,
              rows=[shown.voice_row(each, own=False) for each in rows], none="You have offered no interview."),
        Sheet(key="offer", heading="Offer an interview", asked=[Asked(form, "Offer the interview", "offer", main=True)]),
    ]  # fmt: skip
    return about_people(request, actor, what="interviews of staff", found=len(rows), title="Interviews of staff",
                        heading="Interviews of staff", sheets=parts, refused=refused, more_forms=[form],
                        back=reverse("recruitment:leavers"))  # fmt: skip


@GET_OR_POST
def interview(request: HttpRequest, number: int) -> HttpResponseBase:
    """Reading one interview and saying which themes it names."""
    actor = actor_in(request)
    rows = scope(actor, Voice).filter(reader=actor.worker).select_related("worker")
    found, local = get_object_or_404(rows, pk=number), local_on(clock.today())
    acts: dict[str, Act] = {}
    with reading_as(actor, purpose="interview"):
        said = voices.words_of(found)
    if found.answered_on and not found.coded_on and not found.taken_back_on:
        themes = [(each.code, each.title) for each in local.themes]
        form = forms.CodeForm(
            sent(request, "code"), choices={"themes": themes, "quote_under": themes if said.quote else []}
        )
        acts["code"] = Act(
            form,
            lambda done: voices.code_themes(
                voice=found, themes=done["themes"], quote_under=done["quote_under"], by=actor
            ),
        )
    done, refused = tried(request, acts)
    if done:
        return there("interviews")
    lines = [f"{ask} {words_said}" for ask, words_said in said.answers]
    lines += [f"May be quoted without the name: “{said.quote}”"] if said.quote else []
    parts = [
        Sheet(key="said", heading="What was said", sentences=lines or ["There is nothing to read."]),
        *(Sheet(key="code", heading="Themes", asked=[Asked(act.form, "These are its themes", "code", main=True)])
          for act in acts.values()),
    ]  # fmt: skip
    return about_people(request, actor, what="an interview of staff", found=1, title=f"Interview {found.pk}",
                        heading=found.worker.name, sheets=parts, refused=refused,
                        more_forms=[each.form for each in acts.values()], back=reverse("recruitment:interviews"))  # fmt: skip


@require_safe
def themes(request: HttpRequest) -> HttpResponseBase:
    """What staff say, as themes of half-years that are over."""
    actor = actor_in(request)
    told, local = voices.themes_told(actor), local_on(clock.today())
    parts = [
        Sheet(key=f"half-{half}", heading=name, columns=shown.THEME_COLUMNS, rows=shown.theme_rows(told, half, local),
              quotes=shown.quotes_of(told, half))
        for half, name in shown.halves(told)
    ]  # fmt: skip
    rule = Sheet(key="rule", heading="How it is counted", sentences=[
        f"A theme is shown when at least {voices.FEWEST} people named it and the half-year is over; a person read each answer.",
        "Quotes are shown with leave only, and go when their author takes them back.",
        *([] if told else ["No half-year has such a theme yet."]),
    ])  # fmt: skip
    return about_people(request, actor, what="themes of staff", found=len(told), title="What staff say",
                        heading="What staff say", sheets=[*parts, rule], back=reverse("recruitment:retention"))  # fmt: skip
