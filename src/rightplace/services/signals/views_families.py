"""The pages of those who look: families by the day, one family, taking up, deciding otherwise, parting, the log. Thin."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Pages
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.need.noticing import noticing
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.people import queries as people
from rightplace.foundation.people.queries import FoundPerson
from rightplace.services.signals import deciding, queries
from rightplace.services.signals.families import ChildNoticed, FamilyNoticed
from rightplace.services.signals.forms import LEAVE_OUT, NEW, DecideForm, PartForm, TakeUpForm
from rightplace.services.signals.models import Family
from rightplace.services.signals.presenters import families as shown
from rightplace.services.signals.takingup import ChildChosen, TakingUp, take_up

POSTS = require_http_methods(["GET", "POST"])
A_PAGE = 50
LOG_DAYS = timedelta(days=30)


def _page(
    request: HttpRequest, template: str, *, files: Collection[int], what: str, title: str, **more: Any
) -> HttpResponse:
    """Answer with a page about families, its reading recorded first."""
    return disclose(
        actor_in(request),
        lambda: page(request, f"signals/{template}.jinja", title=title, **more),
        files=files,
        what=what,
        request_id=getattr(request, "request_id", ""),
    )


def family_of(actor: Actor, number: int, permission: str = "signal.see") -> FamilyNoticed:
    """A family that the actor may see, opened. Raises NotAllowed, as for nothing there."""
    row = scope(actor, Family).filter(pk=number).first()
    if row is None:
        raise NotAllowed
    require(actor, permission, row)
    found = queries.opened_families(actor, [row])[0]
    if not found.signals and not found.shells:
        raise NotAllowed
    return found


@require_safe
def families(request: HttpRequest) -> HttpResponse:
    """Families to be looked at, by area and by the day by which somebody must look."""
    actor, now = actor_in(request), clock.now()
    later = request.GET.get("put-off") == "yes"
    rows = queries.put_off(actor) if later else queries.waiting(actor)
    here = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    found = queries.opened_families(actor, list(here))
    count = here.paginator.count
    first = min((each.by for each in found if each.by), default=None)
    address = reverse("signals:families") + ("?put-off=yes&" if later else "?")
    return _page(
        request,
        "families",
        files=[each.row.pk for each in found],
        what="families noticed early",
        title="Noticed early",
        groups=shown.by_area(found, now),
        columns=shown.COLUMNS,
        order=shown.ORDER,
        later=later,
        says=shown.waiting_words(count, first, shown.team_words(actor)) if not later else "",
        pages=Pages(here.number, here.paginator.num_pages, f"{address}page={{page}}"),
    )


@require_safe
def family(request: HttpRequest, family: int) -> HttpResponse:
    """One family: what was noticed, what it can show, what may be said first, what is not known."""
    actor = actor_in(request)
    found = family_of(actor, family)
    deciding.note_seen(family=found.row, by=actor)
    noted = list(queries.noted_of(actor, family)[:30])
    said = shown.family_page(actor, found, noted, clock.now())
    return _page(
        request,
        "family",
        files=[found.row.pk],
        what="family noticed early",
        title=f"Noticed early: {said.initials}",
        said=said,
        back=reverse("signals:families"),
    )


def _tried(
    request: HttpRequest, form: forms.Form, act: Callable[[], object], done: str
) -> tuple[bool, Refused | None]:
    if request.method != "POST" or not form.is_valid():
        return False, None
    try:
        act()
    except Refused as why:
        return False, why
    messages.success(request, done)
    return True, None


@POSTS
def decide(request: HttpRequest, family: int) -> HttpResponse:
    """Talk to the school first, not now, or not: each with its reason."""
    actor = actor_in(request)
    found = family_of(actor, family, "signal.decide")
    form = DecideForm(request.POST or None)

    def act() -> None:
        said = form.cleaned_data
        why = {"because": said["because"], "words": said["words"], "by": actor, "family": family}
        if said["what"] == "not":
            deciding.decline(**why)
        else:
            school = said["what"] == "school first"
            deciding.put_off(school_first=school, look_on=said["look_on"], **why)

    done, refused = _tried(
        request, form, act, "Noted, with your reason. What was told stays sealed until its day."
    )
    if done:
        return redirect("signals:families")
    return _of_family(request, "decide", found, "Decide otherwise", form=form, refused=refused)


@POSTS
def part(request: HttpRequest, family: int) -> HttpResponse:
    """Say that some of the signals are about another family."""
    actor = actor_in(request)
    found = family_of(actor, family, "signal.decide")
    said = shown.family_page(actor, found, [], clock.now())
    choices = [(each.number, f"{each.kind}, {each.whose}, from {each.agency}") for each in said.signals]
    form = PartForm(request.POST or None, signals=choices)
    done, refused = _tried(
        request,
        form,
        lambda: deciding.part(
            family=family, signals=form.cleaned_data["signals"], words=form.cleaned_data["words"], by=actor
        ),
        "Parted: they are two families now.",
    )
    if done:
        return redirect("signals:families")
    return _of_family(request, "part", found, "Part", form=form, refused=refused)


def _of_family(
    request: HttpRequest,
    template: str,
    found: FamilyNoticed,
    what: str,
    *,
    also: Collection[int] = (),
    **more: Any,
) -> HttpResponse:
    said = shown.family_page(actor_in(request), found, [], clock.now())
    return _page(
        request,
        template,
        files=[found.row.pk, *also],
        what=what.lower(),
        title=f"{what}: {said.initials}",
        said=said,
        back=reverse("signals:family", args=[found.row.pk]),
        **more,
    )


@POSTS
@transaction.non_atomic_requests
def take(request: HttpRequest, family: int) -> HttpResponse:
    """Take it up: search each child first, decide who each is, say why and what will be talked about."""
    actor = actor_in(request)
    found = family_of(actor, family, "signal.decide")
    if not found.signals:
        raise NotAllowed
    searched = [(child, _search(actor, child)) for child in found.children]
    indicators = [one for one, _ in noticing().shown_by(found.kinds)]
    talk = next(iter(noticing().suggested(found.kinds)), None)
    form = TakeUpForm(
        request.POST or None,
        children=[(child.number, child.name, [_match(hit) for hit in hits]) for child, hits in searched],
        indicators=indicators,
        initial={"conversation": talk.opens if talk else ""},
    )
    done, refused = _tried(
        request,
        form,
        lambda: take_up(family=family, decision=_decision(form, found), by=actor),
        _taken_words(actor),
    )
    if done:
        return redirect("signals:families")
    seen = [hit.person.person for _, hits in searched for hit in hits]
    return _of_family(request, "take_up", found, "Take up", also=seen, form=form, refused=refused)


def _taken_words(actor: Actor) -> str:
    if may(actor, "offer.answer"):
        return f"Taken up. {actor.team_name} answers from now on; allocate a worker."
    return f"Taken up, and offered to the manager of {actor.team_name}, who accepts or says what instead."


def _search(actor: Actor, child: ChildNoticed) -> list[FoundPerson]:
    """Search before create: whom the actor may find and this child may be."""
    born = f"{child.born:%d/%m/%Y}" if child.born else ""
    text = " ".join(filter(None, (child.given.given, child.given.family, born, child.said("postcode"))))
    return people.find(actor, text)[:5]


def _match(hit: FoundPerson) -> tuple[str, str]:
    age = f", {hit.age}" if hit.age is not None else ""
    team = f", open with {hit.team.name}" if hit.team else ", not open"
    return str(hit.person.person), f"{hit.person.name}{age}{team}: {hit.why}"


def _decision(form: TakeUpForm, found: FamilyNoticed) -> TakingUp:
    said = form.cleaned_data
    children = [
        ChildChosen(child.number, 0 if (chosen := said[f"child-{child.number}"]) == NEW else int(chosen))
        for child in found.children
        if said[f"child-{child.number}"] != LEAVE_OUT
    ]
    if said["another_given"]:
        children.append(
            ChildChosen(0, 0, said["another_given"], said["another_family"], said["another_born"])
        )  # named by the worker, whom no signal names
    return TakingUp(
        children=children, indicators=said["indicators"], reasons=said["reasons"], conversation=said["conversation"],
        family_told=said["family_told"], family_told_reason=said["family_told_reason"],
    )  # fmt: skip


@require_safe
def noted(request: HttpRequest) -> HttpResponse:
    """What was seen, decided and deleted in the last thirty days, without what any signal said."""
    actor = actor_in(request)
    rows = queries.noted_since(actor, clock.today() - LOG_DAYS)
    here = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "signals/noted.jinja",
        title="Seen and decided",
        columns=shown.NOTED_COLUMNS,
        rows=shown.noted_rows(list(here)),
        pages=Pages(here.number, here.paginator.num_pages, f"{reverse('signals:noted')}?page={{page}}"),
        back=reverse("signals:families"),
    )
