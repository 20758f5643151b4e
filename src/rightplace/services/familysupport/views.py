"""The families of a team and one family's page, and the small things that are kept on it. Thin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.caseflow.children import children_at_hand
from rightplace.common.caseflow.onpages import family_links
from rightplace.common.caseflow.queries import open_spans
from rightplace.common.caseflow.siblings import family_with_the_team
from rightplace.common.caseflow.views_step import step_page
from rightplace.common.web.frame import story_address
from rightplace.common.web.pages import page
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, scope
from rightplace.foundation.journal import reading
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.people.projections import Person
from rightplace.foundation.people.queries import age_of
from rightplace.services.familysupport import actions, queries
from rightplace.services.familysupport import presenters as told
from rightplace.services.familysupport.family import Family
from rightplace.services.familysupport.forms import AnswerForm, BeginForm, LeadForm, MeetForm, MemberForm
from rightplace.services.familysupport.opening import asked, of_a_family, shown_family, tried
from rightplace.services.familysupport.projections import Support

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
STAYS_OPEN = "The child stays open with your team until the manager closes or hands over."


@require_safe
def families(request: HttpRequest) -> HttpResponse:
    """The families with whom the team works, next due first, and the children for whom nothing has begun."""
    actor = actor_in(request)
    lines = queries.families(actor, actor.team)
    works_with_families = actor.team_kind == Team.Kind.FAMILY_SUPPORT
    begin = queries.to_begin(actor, actor.team, lines) if works_with_families else []
    named = queries.workers_named({line.first.lead for line in lines} | {span.worker for span, _ in begin})
    found = told.FamiliesPage(actor, clock.now(), lines, begin, named)
    return disclose(
        actor,
        lambda: page(request, "familysupport/families.jinja", title="Families", found=found, columns=told),
        files=sorted(found.files),
        what="familysupport:families",
        request_id=getattr(request, "request_id", ""),
    )


@require_safe
@of_a_family("familysupport.see")
def family(request: HttpRequest, found: Family) -> HttpResponse:
    """One family: where things stand, what is due, the plan, the way so far, who is around it."""
    actor = actor_in(request)
    going = found.going_on
    record = found.record
    others = {act.author for act in record.acts} | ({record.lead.worker} if record.lead else set())
    children, named = children_at_hand(found.persons, others)
    answers = {child.number for child in children if child.span and child.span.team == actor.team}
    ours = may(actor, "familysupport.write") and any(each.person in answers for each in going)
    shown = told.FamilyPage(
        family=found,
        children=children,
        due=list(queries.waiting(actor, [each.person for each in found.supports])),
        workers=named,
        now=clock.now(),
        ours=ours,
        may_end=ours and may(actor, "familysupport.end"),
        onward=queries.onward(actor, found),
        found_for=family_links(actor, [each.file for each in going]),
    )
    return shown_family(
        request, "family", found, title="Family", shown=shown, columns=told,
        back=reverse("familysupport:families"), member_links=_member_links(found) if ours else (),
    )  # fmt: skip


def _member_links(family: Family) -> list[tuple[str, str]]:
    return [
        (member.name, reverse("familysupport:left", args=[family.number, place]))
        for place, member in enumerate(family.record.members, 1)
    ]


@require_safe
def of_child(request: HttpRequest, file: int) -> HttpResponse:
    """From a child to the family's page; where nothing has begun yet, to its beginning."""
    actor, now = actor_in(request), clock.now()
    last = (
        scope(actor, Support)
        .filter(person=reading.person_of(file) or 0, began__lte=now)
        .order_by("-began", "-id")
    )
    support = last.first()
    if support is not None and (support.ended is None or support.ended > now):
        return HttpResponseRedirect(reverse("familysupport:family", args=[support.family]))
    if not open_spans(actor).filter(person=reading.person_of(file) or 0, team=actor.team).exists():
        raise NotAllowed
    return HttpResponseRedirect(reverse("familysupport:begin", args=[file]))


@GET_OR_POST
def begin(request: HttpRequest, file: int) -> HttpResponse:
    """Begin with a family: for which children, who agreed to what, who leads."""
    actor = actor_in(request)
    person = reading.person_of(file) or 0
    files = family_with_the_team(actor, person)
    begun = set(queries.going_on(actor, actor.team).values_list("person", flat=True))
    persons = {
        p.person: p for p in scope(actor, Person).filter(person__in=[f for f in files if f not in begun])
    }
    ours = open_spans(actor).filter(team=actor.team, person__in=persons)
    held = dict(ours.values_list("person", "worker"))
    if person not in held:
        raise NotAllowed
    children = {
        p: (persons[p].given or persons[p].name, age_of(persons[p], clock.today()))
        for p in files
        if p in held
    }
    known = queries.before(actor, list(children))
    form = BeginForm(
        request.POST or None, children=children, adults=known.adults, workers=queries.workers_of(actor.team),
        initial={"lead": held[person] or actor.worker},
    )  # fmt: skip

    def act() -> None:
        actions.begin(
            files=form.chosen, agreements=form.agreements(clock.today()), purpose=form.cleaned_data["purpose"],
            lead=int(form.cleaned_data["lead"]), by=actor, concern=known.concern,
        )  # fmt: skip

    done, refused = tried(request, form, act, "Begun. The whole-family assessment is due next.")
    if done:
        started = queries.going_on(actor, actor.team).filter(person=form.chosen[0]).order_by("-began").first()
        return HttpResponseRedirect(reverse("familysupport:family", args=[started.family if started else 0]))
    initials = ", ".join(persons[p].initials for p in children)
    return disclose(
        actor,
        lambda: page(
            request, "familysupport/begin.jinja", title=f"Begin with the family: {initials}", form=form, refused=refused,
            names=[persons[p].name for p in children], carried=known.carried, back=story_address(file),
        ),
        files=sorted(children),
        what="familysupport:begin",
        request_id=getattr(request, "request_id", ""),
    )  # fmt: skip


@GET_OR_POST
@of_a_family("familysupport.write")
def answer(request: HttpRequest, found: Family) -> HttpResponse:
    """Keep what somebody of the family answers now; an agreement may be taken back at any time."""
    form = AnswerForm(request.POST or None, people=queries.people_of(found))
    return asked(
        request, found, form,
        lambda: actions.answer(family=found, agreement=form.agreement(clock.today()), by=actor_in(request)),
        heading="Keep an answer", button="Keep the answer", done="The answer was kept.",
        explain="Family support is by agreement. Whoever agreed may take it back, and nothing is held against them.",
    )  # fmt: skip


@GET_OR_POST
@of_a_family("familysupport.write")
def lead(request: HttpRequest, found: Family) -> HttpResponse:
    """Say who leads the work with the family from now on."""
    actor = actor_in(request)
    form = LeadForm(request.POST or None, workers=queries.workers_of(actor.team))

    def act() -> None:
        said = form.cleaned_data
        actions.name_lead(family=found, worker=int(said["worker"]), reasons=said["reasons"], by=actor)

    return asked(
        request, found, form, act, heading="Name who leads the work", button="Name this person",
        done="The family has a lead practitioner.", explain="Somebody always leads, or the page says since when nobody does.",
    )  # fmt: skip


def people_around(family: Family) -> list[str]:
    """Everybody who may come to a meeting, by name."""
    return list(
        dict.fromkeys([a.who for a in family.record.agreements] + [m.name for m in family.record.members])
    )


@GET_OR_POST
@of_a_family("familysupport.write")
def meet(request: HttpRequest, found: Family) -> HttpResponse:
    """Keep a meeting of the team around the family."""
    form = MeetForm(request.POST or None, people=people_around(found))

    def act() -> None:
        said = form.cleaned_data
        actions.meet(
            family=found, came=said["came"], missed=form.missed, summary=said["summary"], words=said["words"],
            by=actor_in(request),
        )  # fmt: skip

    return asked(
        request, found, form, act, heading="Keep a meeting", button="Sign the meeting", done="The meeting was signed.",
        explain="",
    )  # fmt: skip


@GET_OR_POST
@of_a_family("familysupport.write")
def joined(request: HttpRequest, found: Family) -> HttpResponse:
    """Take somebody into the team around the family, with what is shared, on what basis and what for."""
    actor = actor_in(request)
    partners = queries.partners(actor)
    form = MemberForm(request.POST or None, partners=partners, goals=found.record.goals)
    return asked(
        request, found, form,
        lambda: actions.invite(family=found, member=form.member(_known(form.cleaned_data["worker"])), by=actor),
        heading="Who joins the team around the family?", button="Take them in",
        done="They are in the team around the family. What was shared is kept.",
        explain="A colleague with an account sees what you tick, and can say what they did.",
    )  # fmt: skip


def _known(worker: str) -> dict[str, Any]:
    """What we know of a colleague with an account."""
    row = Worker.objects.select_related("agency").filter(pk=worker or 0).first()
    if row is None:
        return {}
    agency = row.agency
    return {
        "name": row.name, "worker": row.pk, "agency": agency.pk if agency else 0,
        "agency_name": agency.name if agency else "", "contact": row.phone or row.email,
    }  # fmt: skip


@GET_OR_POST
@of_a_family("familysupport.write")
def left(request: HttpRequest, found: Family, place: int) -> HttpResponse:
    """Somebody leaves the team around the family, and sees nothing of it from now on."""
    members = found.record.members
    if not 1 <= place <= len(members):
        raise NotAllowed
    member = members[place - 1]
    form = forms.Form(request.POST if request.method == "POST" else None)
    return asked(
        request, found, form,
        lambda: actions.leave(family=found, member=member, by=actor_in(request)),
        heading=f"{member.name} leaves the team around the family?", button="They leave",
        done="They are no longer in the team around the family, and see nothing of it.",
        explain="From now on nothing of this family is shown to them. What was shared before stays written down.",
    )  # fmt: skip


@of_a_family("familysupport.write")
def step(request: HttpRequest, found: Family) -> HttpResponse:
    """Step the family's children up to an assessment team, in one conversation with it."""
    going = found.going_on
    if not going:
        raise NotAllowed
    named = {p.person: p.name for p in found.persons}
    page_of = reverse("familysupport:family", args=[found.number])
    return step_page(
        request, going[0].file, "family support", may="familysupport.write", up=True, kinds=(Team.Kind.ASSESSMENT,),
        together={each.file: named.get(each.person, "a child") for each in going}, concern=going[0].concern,
        carried=[goal.want for goal in found.record.goals if goal.state == "open"], back=page_of, then=page_of,
    )  # fmt: skip
