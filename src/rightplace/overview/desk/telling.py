"""Pages that tell of one child: the story, one entry, and why something is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.caseflow.onpages import child_links
from rightplace.common.web import pieces, tags
from rightplace.common.web.forms import DayField
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation import clock
from rightplace.overview.desk import explaining
from rightplace.overview.desk.opening import OpenedChild, of_a_child, record_family, shown_page
from rightplace.overview.desk.presenters import due, entries
from rightplace.overview.desk.presenters.story import DOUBT_COLUMNS, FAMILY_COLUMNS, StoryPage
from rightplace.overview.desk.presenters.why import HOURS_COLUMNS, LAYER_COLUMNS, WhyPage
from rightplace.overview.desk.story import AsAt, Story, Told, story_as_at, story_now

LONDON: Final = ZoneInfo("Europe/London")


class AsAtForm(forms.Form):
    """A past day to look at, as it was known then or as it is known now."""

    on = DayField(label="As at", required=False)
    known = forms.ChoiceField(
        label="With what was known",
        choices=[("then", "on that day"), ("now", "today")],
        initial="then",
        required=False,
        widget=forms.RadioSelect,
    )

    def as_at(self) -> AsAt | None:
        """The end of that day; None for today and for days to come."""
        day = self.cleaned_data["on"]
        if day is None or day >= clock.today():
            return None
        moment = datetime.combine(day, time(23, 59, 59, 999999), LONDON)
        return AsAt(moment, None if self.cleaned_data["known"] == "now" else moment, past=True)


@require_safe
@of_a_child
def story(request: HttpRequest, child: OpenedChild) -> HttpResponse:
    """Where things stand, what is due, what happened, who belongs to the child, who looked. Now or as at a day."""
    form = AsAtForm(request.GET if "on_day" in request.GET else None)
    as_at = form.as_at() if form.is_bound and form.is_valid() else None
    told = story_as_at(child, as_at) if as_at else story_now(child)
    page = StoryPage(told, role_of(child.actor.role).permissions)
    record_family(request, child, told.related)
    return shown_page(
        request,
        "desk/story.jinja",
        files=child.files,
        what="desk:story",
        title=page.title,
        identity=page.identity,
        form=form,
        story=page,
        actions=actions(child, page) if as_at is None else (),
        due_columns=due.COLUMNS,
        doubt_columns=DOUBT_COLUMNS,
        family_columns=FAMILY_COLUMNS,
    )


ACTIONS: Final = (
    ("visit.record", "desk:visit", "Record a visit"),
    ("note.write", "desk:note", "Write a note"),
    ("disclosure.record", "disclosure:of-child", "What was shared"),
    ("worker.allocate", "caseflow:worker", "Allocate a worker"),
    ("offer.place", "caseflow:step", "Step up or down"),
    ("assessment.write", "assessment:of-child", "Assessment"),
    ("strategy.call", "protection:of-child", "Strategy discussion"),
    ("request.make", "directory:family", "Find a service"),
    ("case.close", "caseflow:close", "Close"),
)
OF_THE_TEAM: Final = frozenset(
    {"caseflow:worker", "caseflow:step", "caseflow:close", "assessment:of-child", "protection:of-child"}
)
"""What only the team that answers for the child does."""


def actions(child: OpenedChild, page: StoryPage) -> list[pieces.Link]:
    """What the reader may do for this child, by what the role permits and who answers."""
    span = page.story.span
    ours = span is not None and span.open and span.team == child.actor.team
    return [
        pieces.Link(words, reverse(name, args=[child.file]))
        for permission, name, words in ACTIONS
        if permission in page.may and (ours or name not in OF_THE_TEAM)
    ] + child_links(child.actor, child.file, span)


@require_safe
@of_a_child
def why(request: HttpRequest, child: OpenedChild, number: int) -> HttpResponse:
    """Why something is due: the rule in plain words, the days counted one by one, its source, its layers."""
    told = story_now(child)
    scale = next((s for s in told.timescales if s.pk == number and s.label in child.actor.labels), None)
    if scale is None:
        raise Http404
    page = WhyPage(told, scale, explaining.explanation(child, scale), role_of(child.actor.role).permissions)
    return shown_page(
        request,
        "desk/why.jinja",
        files=child.files,
        what="desk:why",
        title=page.title,
        identity=StoryPage(told).identity,
        back=child.address,
        why=page,
        checked=tags.met("checked") if page.told and page.told.checked else tags.not_known("not checked"),
        hours_columns=HOURS_COLUMNS,
        layer_columns=LAYER_COLUMNS,
    )


@require_safe
@of_a_child
def entry(request: HttpRequest, child: OpenedChild, number: int) -> HttpResponse:
    """One entry: all its words, what it said before, and what may be done about it."""
    told = story_now(child)
    found = one_entry(told, number)
    teller = entries.Teller(child.file, told.names)
    return shown_page(
        request,
        "desk/entry.jinja",
        files=child.files,
        what="desk:entry",
        title=f"{StoryPage(told).title}: one entry",
        identity=StoryPage(told).identity,
        back=child.address,
        line=teller.happening(found),
        saying=teller.said(found),
        by=teller.by(found),
        versions=versions(told, found, teller),
        actions=entry_actions(child, found),
    )


def one_entry(told: Story, number: int) -> Told:
    """An entry that this reader may read. Raises Http404."""
    found = next((each for each in told.told if each.entry.id == number and each.readable), None)
    if found is None:
        raise Http404
    return found


def versions(told: Story, found: Told, teller: entries.Teller) -> Sequence[pieces.Happening]:
    """The corrections of an entry, each with who wrote it and why."""
    changes = [each for each in told.told if each.readable and found.entry.id in each.entry.names]
    return [teller.happening(each) for each in changes if each.kind in entries.KEEPING]


def entry_actions(child: OpenedChild, found: Told) -> list[pieces.Link]:
    """Correct and withdraw, where the role permits."""
    may = role_of(child.actor.role).permissions
    if found.kind in entries.KEEPING:
        return []
    pairs = (
        ("entry.correct", "desk:correct", "Correct this entry"),
        ("entry.withdraw", "desk:withdraw", "Withdraw it: another family’s"),
    )
    return [
        pieces.Link(words, reverse(name, args=[child.file, found.entry.id]))
        for permission, name, words in pairs
        if permission in may
    ]
