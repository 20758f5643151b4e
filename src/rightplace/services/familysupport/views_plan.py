"""Make a plan, act on it, review it, end with what changed. Thin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from rightplace.foundation.access.routes import actor_in
from rightplace.services.familysupport import actions, queries
from rightplace.services.familysupport.family import Family
from rightplace.services.familysupport.forms import ActForm
from rightplace.services.familysupport.opening import asked, of_a_family, shown_family
from rightplace.services.familysupport.planforms import MOST_GOALS, EndForm, PlanForm, ReviewForm
from rightplace.services.familysupport.views import GET_OR_POST, STAYS_OPEN, people_around


def _count(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0


@GET_OR_POST
@of_a_family("familysupport.write")
def plan(request: HttpRequest, found: Family) -> HttpResponse:
    """The plan: what should be different, who does what by when. “Another goal” keeps what was typed."""
    actor = actor_in(request)
    adds = request.POST.get("do") == "add"
    made: dict[str, Any] = {
        "goals": queries.carried_goals(actor, found),
        "doers": queries.doers(found, actor.team),
        "used": found.record.framework,
        "count": min(_count(request.POST.get("count", "")) + adds, MOST_GOALS),
    }
    heading = "Change the plan" if found.record.goals else "Make the plan"
    if adds:
        # shown again as it was typed, and not judged: a line more is no answer
        form = PlanForm(initial=request.POST.dict(), **made)
        _shown_again(form, request)
        return shown_family(
            request,
            "plan",
            found,
            title=heading,
            heading=heading,
            form=form,
            button="Sign the plan",
            refused=None,
        )
    form = PlanForm(request.POST or None, **made)

    def act() -> None:
        actions.plan(
            family=found, goals=form.made(), family_words=form.cleaned_data["family_words"], by=actor
        )

    return asked(
        request, found, form, act, heading=heading, button="Sign the plan", template="plan",
        done="The plan was signed. Its review is due in six weeks.",
    )  # fmt: skip


def _shown_again(form: PlanForm, request: HttpRequest) -> None:
    for name, field in form.fields.items():
        if name.startswith("by_"):
            field.initial = [request.POST.get(f"{name}_{part}", "") for part in ("day", "month", "year")]
        else:
            field.initial = request.POST.get(name, field.initial)


@GET_OR_POST
@of_a_family("familysupport.write")
def act(request: HttpRequest, found: Family, goal: int) -> HttpResponse:
    """Say what was done of one goal."""
    form = ActForm(request.POST or None)
    of = next((each for each in found.record.goals if each.number == goal), None)

    def done() -> None:
        said = form.cleaned_data
        actions.say_done(
            family=found, goal=goal, done=said["done"] == "yes", words=said["words"], by=actor_in(request)
        )

    return asked(
        request, found, form, done, heading="What was done of the plan?", button="Keep this", done="It was kept.",
        explain=of.want if of else "That goal is no longer in the plan.",
    )  # fmt: skip


@GET_OR_POST
@of_a_family("familysupport.write")
def review(request: HttpRequest, found: Family) -> HttpResponse:
    """Look at the plan again with whoever came, and measure again."""
    form = ReviewForm(request.POST or None, record=found.record, people=people_around(found))
    return asked(
        request, found, form,
        lambda: actions.review(family=found, reviewed=form.reviewed(), by=actor_in(request)),
        heading="Review the plan", button="Sign the review", template="review", done="The review was signed.",
    )  # fmt: skip


@GET_OR_POST
@of_a_family("familysupport.end")
def end(request: HttpRequest, found: Family) -> HttpResponse:
    """End family support with what changed."""
    form = EndForm(request.POST or None, record=found.record)
    return asked(
        request, found, form,
        lambda: actions.end(family=found, ended=form.ended(), by=actor_in(request)),
        heading="End with what changed", button="End family support", template="end", explain=STAYS_OPEN,
        done=f"Family support has ended. {STAYS_OPEN}",
    )  # fmt: skip
