"""Keeping the record true: a note, a visit, a correction, a withdrawal, a doubt, an excuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from rightplace.domain.practice.entries import KINDS, Nature
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import actions
from rightplace.foundation.journal.projections import Doubt, Timescale
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Person, Relation
from rightplace.overview.desk import forms as asked
from rightplace.overview.desk.correcting import CorrectionForm
from rightplace.overview.desk.opening import OpenedChild, of_a_child, record_family, shown_page
from rightplace.overview.desk.presenters import due, entries
from rightplace.overview.desk.presenters.story import StoryPage, doubt_words
from rightplace.overview.desk.story import Story, story_now
from rightplace.overview.desk.telling import one_entry

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def _answer(
    request: HttpRequest,
    child: OpenedChild,
    form: forms.Form,
    sign: Callable[[], object],
    *,
    heading: str,
    button: str,
    done: str,
    told: Story | None = None,
    **more: Any,
) -> HttpResponse:
    """Show the form; sign what was typed; a refusal stands first and nothing typed is lost."""
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            sign()
        except Refused as why_not:
            refused = why_not
        else:
            messages.success(request, done)
            return HttpResponseRedirect(child.address)
    page = StoryPage(told or story_now(child))
    return shown_page(
        request,
        "desk/keep.jinja",
        files=child.files,
        what="desk:keep",
        title=f"{heading}: {page.title}",
        identity=page.identity,
        back=child.address,
        form=form,
        refused=refused,
        heading=heading,
        button=button,
        **({"beside": (), "words": ""} | more),
    )


@GET_OR_POST
@of_a_child
def note(request: HttpRequest, child: OpenedChild) -> HttpResponse:
    """Write a note in a child's file."""
    form = asked.NoteForm(request.POST or None, initial={"day": clock.today()})

    def sign() -> object:
        said = form.cleaned_data
        return actions.write_note(
            file=child.file,
            text=said["text"],
            purpose=said["purpose"],
            by=child.actor,
            happened=form.happened,
        )

    return _answer(
        request,
        child,
        form,
        sign,
        heading="Write a note",
        button="Sign the note",
        done="The note was signed.",
    )


@GET_OR_POST
@of_a_child
def visit(request: HttpRequest, child: OpenedChild) -> HttpResponse:
    """Record one visit, in the file of each child who was there."""
    family = family_of(child)
    record_family(request, child, [file for file, _ in family if file != child.file])
    initial = {"day": clock.today(), "children": [child.file], "statutory": True}
    form = asked.VisitForm(request.POST or None, family=family, initial=initial)

    def sign() -> object:
        files = tuple(form.cleaned_data["children"])
        return actions.record_visit(files=files, visit=form.visit, by=child.actor, happened=form.happened)

    return _answer(
        request, child, form, sign, heading="Record a visit", button="Sign the visit",
        done="The visit was signed in the file of each child who was there.",
    )  # fmt: skip


def family_of(child: OpenedChild) -> list[tuple[int, str]]:
    """The child, and the brothers, sisters and others with files whom the reader may find."""
    others = Relation.objects.filter(person=child.person.person, label__in=child.actor.labels).exclude(
        other=0
    )
    found = (
        scope(child.actor, Person).filter(Q(person__in=others.values("other"))).order_by("given", "person")
    )
    family = [(child.file, child.person.name)]
    return family + [(each.person, each.name) for each in found if each.person != child.person.person]


@GET_OR_POST
@of_a_child
def correct(request: HttpRequest, child: OpenedChild, number: int) -> HttpResponse:
    """Say what an entry should have said. The first saying stays and can be read."""
    told = story_now(child)
    wrong = one_entry(told, number)
    if wrong.kind in entries.KEEPING:
        raise Http404
    last = wrong.correction.id if wrong.correction else wrong.entry.id
    form = CorrectionForm(request.POST or None, entry=wrong.entry)
    seen = request.POST.get("seen", "")

    def sign() -> object:
        happened = form.happened
        at = from_datetime(happened) if hasattr(happened, "hour") else None  # type: ignore[arg-type]
        return actions.correct_entry(
            file=wrong.entry.file,
            entry=wrong.entry.id,
            seen=int(seen) if seen.isdecimal() else 0,
            said=form.said,
            day=day_of(at) if at is not None else happened.toordinal(),
            at=at,
            reasons=form.cleaned_data["reasons"],
            by=child.actor,
        )

    teller = entries.Teller(child.file, told.names, links=False)
    words = "A decision is corrected only where it was written down wrongly." if _decides(wrong.kind) else ""
    others = actions.files_of_occasion(wrong.entry.file, wrong.entry.id)
    if others:
        words += f" This stands in {len(others) + 1} files, and is corrected in each that says the same."
    return _answer(
        request, child, form, sign, heading="Correct an entry", button="Sign the correction", told=told,
        done="The correction was signed. What was said first can still be read.",
        beside=(teller.happening(wrong),), seen=seen or str(last), words=words.strip(),
    )  # fmt: skip


def _decides(kind: int) -> bool:
    return KINDS[kind].nature is Nature.DECISION


@GET_OR_POST
@of_a_child
def withdraw(request: HttpRequest, child: OpenedChild, number: int) -> HttpResponse:
    """Strike an entry that is another family's, and write it where it belongs in the same moment."""
    told = story_now(child)
    wrong = one_entry(told, number)
    form = asked.WithdrawForm(request.POST or None)

    def sign() -> object:
        belongs_in = form.cleaned_data["belongs_in"] or 0
        if belongs_in and not scope(child.actor, Person).filter(person=belongs_in).exists():
            raise Refused(
                "There is no such file.", "Find the child first and take the number from the address."
            )
        return actions.withdraw_entry(
            file=wrong.entry.file,
            entry=number,
            belongs_in=belongs_in,
            reasons=form.cleaned_data["reasons"],
            by=child.actor,
        )

    teller = entries.Teller(child.file, told.names, links=False)
    return _answer(
        request, child, form, sign, heading="Withdraw an entry", button="Withdraw it from this file", told=told,
        done="The entry was withdrawn. Two information governance officers can still read it.",
        beside=(teller.happening(wrong),),
    )  # fmt: skip


@GET_OR_POST
@of_a_child
def settle(request: HttpRequest, child: OpenedChild, number: int) -> HttpResponse:
    """Look at a doubt and say how it is."""
    doubt = get_object_or_404(scope(child.actor, Doubt), pk=number, person=child.person.person)
    form = asked.ReasonsForm(request.POST or None)

    def sign() -> object:
        return actions.settle_doubt(
            file=child.file,
            entry=doubt.entry,
            code=doubt.code,
            reasons=form.cleaned_data["reasons"],
            by=child.actor,
        )

    told = story_now(child)
    about = [each for each in told.told if each.entry.id == doubt.entry]
    teller = entries.Teller(child.file, told.names, links=False)
    return _answer(
        request, child, form, sign, heading="Settle a doubt", button="Say how it is", done="The doubt was settled.",
        told=told, words=doubt_words(doubt), beside=tuple(teller.happening(each) for each in about),
    )  # fmt: skip


@GET_OR_POST
@of_a_child
def excuse(request: HttpRequest, child: OpenedChild, number: int) -> HttpResponse:
    """Say that something due is not required, or could not be done, with the reason."""
    scale = get_object_or_404(
        scope(child.actor, Timescale), pk=number, person=child.person.person, label__in=child.actor.labels
    )
    form = asked.ExcuseForm(request.POST or None)

    def sign() -> object:
        said = form.cleaned_data
        return actions.excuse_timescale(
            file=child.file,
            rule=scale.rule,
            trigger=scale.trigger,
            outcome=said["outcome"],
            reasons=said["reasons"],
            by=child.actor,
        )

    return _answer(
        request, child, form, sign, heading="Say that it is not required", button="Say that it is not required",
        done="It is no longer required; the reasons stand in the file.",
        words=f"{due.title_of(scale.rule)}, by {due.by_words(scale)}.",
    )  # fmt: skip
