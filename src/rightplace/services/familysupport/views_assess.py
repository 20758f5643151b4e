"""Write the whole-family assessment: a draft that is saved while somebody types, signed when it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from rightplace.common.questions import drafts
from rightplace.common.questions.asking import Asked, Typed
from rightplace.common.questions.models import Draft
from rightplace.common.questions.sets import Choice, Question, question_set
from rightplace.common.questions.views import posted_fields
from rightplace.common.web.words import clock_time
from rightplace.domain.practice.entries.familysupport import Agreement, Finding, Measure, WholeFamilyAssessed
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.outcomes import Framework, framework, frameworks
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.services.familysupport import actions, queries
from rightplace.services.familysupport.family import Family
from rightplace.services.familysupport.opening import of_a_family, shown_family
from rightplace.services.familysupport.views import GET_OR_POST

SET = "whole-family"
GROUP = "findings"
HIDDEN = ("family", "framework")


@GET_OR_POST
@of_a_family("familysupport.write")
def begin(request: HttpRequest, found: Family) -> HttpResponse:
    """Go on with the own draft for this family, or begin one in the framework that is chosen."""
    actor = actor_in(request)
    for draft in drafts.unsent(actor, SET):
        if drafts.typed_of(draft).get("family") == [str(found.number)]:
            return _to_form(found, draft)
    chosen = framework(request.POST.get("framework", ""))
    if chosen is None:
        return shown_family(
            request, "frameworks", found, title="Write the assessment", frameworks=list(frameworks().values()),
            today=clock.today(),
        )  # fmt: skip
    typed = {"family": [str(found.number)], "framework": [chosen.id]}
    return _to_form(found, drafts.begin(SET, by=actor, typed=typed)[0])


def _to_form(found: Family, draft: Draft) -> HttpResponse:
    return HttpResponseRedirect(reverse("familysupport:assessment", args=[found.number, draft.pk]))


@GET_OR_POST
@of_a_family("familysupport.write")
def form(request: HttpRequest, found: Family, draft: UUID) -> HttpResponse:
    """The whole assessment on one page; saved while it is typed, signed with one button."""
    kept = drafts.of_worker(actor_in(request), draft, set_id=SET)
    typed = drafts.typed_of(kept)
    used = framework(_one(typed, "framework"))
    if kept.sent is not None or _one(typed, "family") != str(found.number) or used is None:
        raise NotAllowed
    people = queries.people_of(found)
    if request.method != "POST":
        return _page(request, found, kept, used, people, typed)
    posted = {name: values for name, values in posted_fields(request).items() if name not in HIDDEN}
    kept = drafts.save_typed(kept, posted)
    typed = drafts.typed_of(kept)
    do = (posted.get("do") or [""])[-1]
    if do == "throw-away":
        drafts.discard(kept)
        return HttpResponseRedirect(reverse("familysupport:family", args=[found.number]))
    if do == "add" or do.startswith("remove-"):
        typed = with_one_more(typed) if do == "add" else without(typed, do.rpartition("-")[2])
        kept = drafts.replace_typed(kept, typed)
        return _page(request, found, kept, used, people, typed)
    return _signed(request, found, kept, used, people, typed)


def _signed(
    request: HttpRequest,
    found: Family,
    kept: Draft,
    used: Framework,
    people: Sequence[Agreement],
    typed: Typed,
) -> HttpResponse:
    asked = Asked(questions(used, people), typed, bound=True)
    if not asked.is_valid():
        return _page(request, found, kept, used, people, typed, bound=True)
    try:
        actions.assess(family=found, assessed=assessed_from(asked, used, people), by=actor_in(request))
    except Refused as why:
        return _page(request, found, kept, used, people, typed, refused=why)
    drafts.finish(kept, {})
    messages.success(request, "The assessment was signed. It is the baseline; the plan is due next.")
    return HttpResponseRedirect(reverse("familysupport:family", args=[found.number]))


def _page(
    request: HttpRequest,
    found: Family,
    kept: Draft,
    used: Framework,
    people: Sequence[Agreement],
    typed: Typed,
    *,
    bound: bool = False,
    refused: Refused | None = None,
) -> HttpResponse:
    asked = Asked(questions(used, people), typed, bound=bound)
    if bound:
        asked.is_valid()
    return shown_family(
        request, "assess", found, title="Write the assessment", asked=asked, draft=kept, used=used,
        own=[q for q in asked.questions if q.key not in HIDDEN and q.key != GROUP], saved=clock_time(kept.saved),
        problems=asked.problems() if bound else [], refused=refused,
    )  # fmt: skip


def questions(used: Framework, people: Sequence[Agreement]) -> list[Question]:
    """The set with this framework's headlines and points and this family's people filled in."""
    choices = {
        "about": tuple(Choice(value=str(n), words=each.who) for n, each in enumerate(people)),
        "headline": tuple(Choice(value=h.id, words=h.title, hint=h.asks) for h in used.headlines),
        "now": (
            *(Choice(value=p.value, words=p.words) for p in used.points),
            Choice(value="not known", words="Not known"),
        ),
    }
    replace = msgspec.structs.replace
    return [
        replace(q, ask=tuple(replace(each, choices=choices.get(each.key, ())) for each in q.ask))
        if q.ask
        else q
        for q in question_set(SET).question
    ]


def assessed_from(asked: Asked, used: Framework, people: Sequence[Agreement]) -> WholeFamilyAssessed:
    """The assessment that was typed; a point that was not chosen is a measure that is not known."""
    said = asked.answers()
    found, measures = [], []
    for one in asked.children_answers():
        who = people[int(one["about"])]
        headline = one["headline"]
        if not headline:
            continue
        found.append(
            Finding(
                headline=headline, who=who.who, child=who.child, needs=one["needs"], strengths=one["strengths"],
                words=one["words"],
            )
        )  # fmt: skip
        value = one["now"] if used.place(one["now"]) is not None else ""
        measures.append(Measure(headline=headline, who=who.who, child=who.child, value=value))
    return WholeFamilyAssessed(
        support=0, summary=said["summary"], framework=used.id, family_words=said["family_words"],
        child_words=said["child_words"], strengths=said["strengths"],
        needs=tuple(dict.fromkeys(each.headline for each in found if each.needs)), found=tuple(found),
        measures=tuple(measures),
    )  # fmt: skip


def _one(typed: Typed, name: str) -> str:
    return (typed.get(name) or [""])[-1]


def _count(typed: Typed) -> int:
    said = _one(typed, f"{GROUP}-count")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 3 else 1


def with_one_more(typed: Typed) -> dict[str, list[str]]:
    """The same with room for one more need or strength."""
    return {name: list(values) for name, values in typed.items()} | {
        f"{GROUP}-count": [str(_count(typed) + 1)]
    }


def without(typed: Typed, place: str) -> dict[str, list[str]]:
    """The same without the one at a place; those after it move up."""
    gone = int(place) if place.isascii() and place.isdigit() and len(place) < 3 else -1
    kept: dict[str, list[str]] = {}
    for name, values in typed.items():
        group, _, rest = name.partition("-")
        number, _, own = rest.partition("-")
        if group != GROUP or not number.isdigit() or gone < 0:
            kept[name] = list(values)
        elif int(number) != gone:
            kept[f"{GROUP}-{int(number) - (int(number) > gone)}-{own}"] = list(values)
    return kept | {f"{GROUP}-count": [str(max(1, _count(typed) - (gone >= 0)))]}
