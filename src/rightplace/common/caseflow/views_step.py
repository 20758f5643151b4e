"""The page on which a worker or manager steps children up or down. A service mounts it under its own permission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rightplace.common.caseflow import actions
from rightplace.common.caseflow.forms_step import StepForm
from rightplace.common.caseflow.presenters import hand_over
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import ELDEST_FIRST, SIBLING, open_spans
from rightplace.common.caseflow.views import POSTS, TAKES_CHILDREN, _child, _shown, _tried
from rightplace.common.web.frame import story_address
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.people.projections import Person, Relation


@POSTS
def step(request: HttpRequest, file: int) -> HttpResponse:
    """Step a child, with brothers and sisters of the same team, up or down."""
    actor = actor_in(request)
    span = _child(actor, file)
    return step_page(
        request, file, span.part, may="offer.place", together=family_of(actor, span), back=story_address(file)
    )


def step_page(
    request: HttpRequest,
    file: int,
    from_part: str,
    *,
    may: str,
    together: Mapping[int, str],
    back: str,
    up: bool | None = None,
    kinds: Sequence[str] = TAKES_CHILDREN,
    carried: Sequence[str] = (),
    concern: int = 0,
    then: str = "/",
) -> HttpResponse:
    """Ask for the step and its conversation, and write it. `up` None: the page asks which way; `then`: the page after."""
    actor = actor_in(request)
    concern = concern or _concern_of(actor, file)
    teams = [team for team in queries.teams(clock.today(), kinds) if team.pk != actor.team]
    near = next((team.pk for team in teams if actor.area and team.area_id == actor.area), None)
    first = {
        "children": list(together), "ours": actor.name, "spoke_on": clock.today(), "carried": "\n".join(carried),
        "team": near if up is not None else None,
    }  # fmt: skip
    form = StepForm(request.POST or None, teams=teams, children=together, up=up, initial=first)
    named = {team.pk: team for team in teams}

    def act() -> None:
        to_part = Team.Kind(named[form.cleaned_data["team"]].kind).label
        actions.step_children(
            files=form.chosen,
            step=form.step(str(from_part), str(to_part)),
            by=actor,
            may=may,
            concern=concern,
        )

    done, refused = _tried(
        request, form, act, "Offered. Your team answers for the child until the other accepts."
    )
    if done:
        return redirect(then)
    said = hand_over(actor, file)
    return _shown(
        request,
        "step",
        said,
        "Step up or down",
        form=form,
        refused=refused,
        back=back,
        up=up,
        also=list(together),
    )


def _concern_of(actor: Actor, file: int) -> int:
    """The concern of the last hand-over: what keeps brothers and sisters together in the next."""
    last = scope(actor, Offer).filter(file=file).order_by("-offered", "-id").first()
    return last.concern if last is not None else 0


def family_of(actor: Actor, span: Span) -> dict[int, str]:
    """The child, and the brothers and sisters for whom the same team answers now, by file, with their names."""
    others = Relation.objects.filter(person=span.person, relation__iregex=SIBLING, label__in=actor.labels)
    files = {span.person, *others.exclude(other=0).values_list("other", flat=True)}
    held = open_spans(actor).filter(person__in=files, team=span.team)
    named = scope(actor, Person).filter(person__in=held.values("person")).order_by(*ELDEST_FIRST)
    found = {each.person: each.name for each in named}
    return {span.person: found.pop(span.person)} | found if span.person in found else found
