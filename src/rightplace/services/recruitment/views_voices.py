"""One’s own interview; reading and coding; what staff say, as themes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.domain.practice.recruiting import local_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.services.recruitment import forms, voices
from rightplace.services.recruitment.models import Voice
from rightplace.services.recruitment.presenters import people as shown
from rightplace.services.recruitment.presenters.sheets import Asked, Sheet
from rightplace.services.recruitment.trying import TEMPLATE, Act, about_people, sent, there, tried
from rightplace.services.recruitment.views_people import staff_named

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
MOST = 200
OWN_WORDS = (
    "What you say is sealed. It is read by one person, who is named before you answer, and by you.",
    "Others see themes alone, when a half-year is over and at least five people named the same one.",
    "You may leave any question, say no without a reason, and take your words back at any time.",
)


@require_safe
def my_interviews(request: HttpRequest) -> HttpResponse:
    """One's own interviews: offered, answered, taken back."""
    actor = actor_in(request)
    rows = Voice.objects.filter(worker=actor.worker).select_related("reader").order_by("-recorded_at")
    part = Sheet(
        key="own",
        heading="Offered to you",
        sentences=OWN_WORDS,
        columns=shown.OWN_COLUMNS,
        rows=[shown.voice_row(each, own=True) for each in rows],
        none="No interview was offered to you.",
    )
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
    return about_people(
        request,
        actor,
        what="own interview",
        found=1,
        title=kind,
        heading=kind,
        sheets=parts,
        refused=refused,
        more_forms=[each.form for each in acts.values()],
        back=reverse("recruitment:my-interviews"),
    )


def _own_acts(request: HttpRequest, found: Voice, actor: Actor) -> dict[str, Act]:
    if found.taken_back_on or found.declined_on:
        return {}
    if found.answered_on:
        form = forms.Nothing(sent(request, "back"))
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
            forms.Nothing(sent(request, "no")),
            lambda said: voices.decline_interview(voice=found, by=actor),
            "That is all. Nobody asks why.",
        ),
    }


@GET_OR_POST
def interviews(request: HttpRequest) -> HttpResponseBase:
    """Interviews that the reader offered and is the one to read; offering one."""
    actor, today = actor_in(request), clock.today()
    form = forms.OfferForm(
        sent(request, "offer"),
        choices={"worker": staff_named(actor)},
        initial={"answer_by": voices.usual_answer_by(today), "kind": "stay"},
    )
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
        Sheet(
            key="list",
            heading="For you to read",
            columns=shown.VOICE_COLUMNS,
            rows=[shown.voice_row(each, own=False) for each in rows],
            none="You have offered no interview.",
        ),
        Sheet(
            key="offer",
            heading="Offer an interview",
            asked=[Asked(form, "Offer the interview", "offer", main=True)],
        ),
    ]
    return about_people(
        request,
        actor,
        what="interviews of staff",
        found=len(rows),
        title="Interviews of staff",
        heading="Interviews of staff",
        sheets=parts,
        refused=refused,
        more_forms=[form],
        back=reverse("recruitment:leavers"),
    )


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
        *(
            Sheet(
                key="code",
                heading="Themes",
                asked=[Asked(act.form, "These are its themes", "code", main=True)],
            )
            for act in acts.values()
        ),
    ]
    return about_people(
        request,
        actor,
        what="an interview of staff",
        found=1,
        title=f"Interview {found.pk}",
        heading=found.worker.name,
        sheets=parts,
        refused=refused,
        more_forms=[each.form for each in acts.values()],
        back=reverse("recruitment:interviews"),
    )


@require_safe
def themes(request: HttpRequest) -> HttpResponseBase:
    """What staff say, as themes of half-years that are over."""
    actor = actor_in(request)
    told, local = voices.themes_told(actor), local_on(clock.today())
    parts = [
        Sheet(
            key=f"half-{half}",
            heading=name,
            columns=shown.THEME_COLUMNS,
            rows=shown.theme_rows(told, half, local),
            quotes=shown.quotes_of(told, half),
        )
        for half, name in shown.halves(told)
    ]
    rule = Sheet(
        key="rule",
        heading="How it is counted",
        sentences=[
            (
                f"A theme is shown when at least {voices.FEWEST} people named it and the half-year is over. "
                "A person read each answer."
            ),
            "Quotes are shown with leave only, and go when their author takes them back.",
            *([] if told else ["No half-year has such a theme yet."]),
        ],
    )
    return about_people(
        request,
        actor,
        what="themes of staff",
        found=len(told),
        title="What staff say",
        heading="What staff say",
        sheets=[*parts, rule],
        back=reverse("recruitment:retention"),
    )
