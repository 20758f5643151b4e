"""Writing down the time that was given to a family, and which school each of its children goes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from rightplace.common.web import forms as web_forms
from rightplace.common.web.frame import story_address
from rightplace.foundation.access import reach
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import shown
from rightplace.foundation.access.reach import Opening
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.journal.reading import files_with
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation import queries as organisation
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.people.projections import Person, Relation
from rightplace.foundation.people.schooling import record_school
from rightplace.services.funding import actions, forms
from rightplace.services.funding.trying import NOTHING_ASKED, Attempt, asked, tried, typed
from rightplace.services.funding.views import GET_OR_POST


@dataclass(frozen=True)
class Household:
    """A child whose file is open to the reader, with the brothers and sisters whom the reader may see."""

    file: int
    child: Person
    others: Sequence[Person]

    @property
    def everybody(self) -> list[Person]:
        return [self.child, *self.others]

    @property
    def choices(self) -> list[tuple[int, str]]:
        return [(each.person, each.name) for each in self.everybody]


@GET_OR_POST
def time(request: HttpRequest, file: int) -> HttpResponse:
    """Two forms about one family: time given, and schools. Signed, they are facts in each child's file."""
    actor = actor_in(request)
    found = household(actor, file)
    if found is None:
        return redirect(
            f"{reverse('access:reason', args=[file])}?{urlencode({'next': request.get_full_path()})}"
        )
    given = forms.TimeForm(typed(request, "time"), prefix="time", children=found.choices)
    schools = organisation.on_day(Agency.objects.filter(school__isnull=False), clock.today()).order_by("name")
    named = list(schools.values_list("pk", "name"))
    school = forms.SchoolForm(
        typed(request, "school"), prefix="school", children=found.choices, schools=named
    )
    attempt = _write(request, actor, given, school)
    if attempt.done:
        return redirect(request.path)
    return _page(request, found, given, school, attempt)


def household(actor: Actor, file: int) -> Household | None:
    """The family as far as the actor may see it; None where a reason is asked first. Raises NotAllowed."""
    files = files_with(file)
    child = scope(actor, Person).filter(person__in={row.person for row in files.values()}).first()
    how = reach.opening(actor, list(files)) if child is not None else Opening.NOT_THERE
    if child is None or how is Opening.NOT_THERE:
        raise NotAllowed
    if how is Opening.ASK_REASON:
        return None
    others = scope(actor, Relation).filter(person=child.person, same_household=True).exclude(other=0)
    rows = scope(actor, Person).filter(person__in=others.values("other")).exclude(person=child.person)
    return Household(file, child, list(rows.order_by("born", "person")))


def _write(request: HttpRequest, actor: Actor, given: forms.TimeForm, school: forms.SchoolForm) -> Attempt:
    wanted = asked(request)
    if wanted == "time":

        def act(said: dict[str, Any]) -> None:
            actions.record_time(
                files=said["children"], lasted=said["lasted"], doing=said["doing"], at_grade=said["at_grade"],
                day=said["on"], by=actor,
            )  # fmt: skip

        return tried(request, given, act, "The time is written down, in the file of each child.")
    if wanted == "school":
        return tried(
            request, school,
            lambda said: record_school(
                files=said["children"], school=said["school"], since=said["since"], by=actor, source="worker"
            ),
            "The school is written down.",
        )  # fmt: skip
    return NOTHING_ASKED


def _page(
    request: HttpRequest, found: Household, given: forms.TimeForm, school: forms.SchoolForm, attempt: Attempt
) -> HttpResponse:
    wrong = web_forms.problems(*_sent(given, school))
    title = f"Time and school, {found.child.initials}"
    context = {
        "title": f"Error: {title}" if wrong or attempt.refused else title,
        "name": found.child.name,
        "back": story_address(found.file),
        "given": given,
        "school": school,
        "refused": attempt.refused,
        "problems": wrong,
        "now": clock.now(),
    }
    return shown(
        request, "funding/time.jinja", context, files=[each.person for each in found.everybody], what="funding:time",
        status=422 if wrong or attempt.refused else 200,
    )  # fmt: skip


def _sent(*both: django_forms.Form) -> list[django_forms.Form]:
    return [form for form in both if form.is_bound]
