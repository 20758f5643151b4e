"""One candidate: steps, panel, checks as seen, the loss with its reason; and the panels in which the reader sits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.domain.practice.recruiting import local_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Occupancy
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.services.recruitment import candidates as way
from rightplace.services.recruitment import forms, queries, sealing
from rightplace.services.recruitment.models import Candidate, PanelWord, Vacancy
from rightplace.services.recruitment.presenters import pipeline as shown
from rightplace.services.recruitment.presenters.sheets import Asked, Sheet
from rightplace.services.recruitment.trying import Act, about_people, sent, there, tried

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
PANEL_LIST = (Column("Candidate"), Column("Post"), Column("Interview on"))


@GET_OR_POST
def candidate(request: HttpRequest, number: int) -> HttpResponseBase:
    """One candidate's way: the next step, the panel, checks as seen, or the loss with its reason."""
    actor = actor_in(request)
    found = get_object_or_404(queries.candidates(actor), pk=number)
    panel = list(found.panel.select_related("worker").order_by("worker__name"))
    acts = _candidate_acts(request, found, panel, actor)
    done, refused = tried(request, acts)
    if done:
        return there("candidate", number)
    given = way.particulars(found)
    seen = {row.code: (row.on, row.recorded_by.name) for row in found.checks.select_related("recorded_by")}
    local = local_on(found.vacancy.opened_on)
    told = shown.CandidatePage(
        candidate=found,
        name=given.name if given else None,
        contact=given.contact if given else "",
        now=clock.now(),
        local=local,
        panel=[(word, _reasons(found, word)) for word in panel],
        seen=seen,
        asked=[(check.code, check.title) for check in way.checks_for(found)],
    )
    parts = [
        Sheet(
            key="steps",
            heading="Steps",
            sentences=told.sentences,
            columns=shown.STEP_COLUMNS,
            rows=told.step_rows,
            asked=_asked(
                acts,
                ("step", "begin"),
                upcoming.title if (upcoming := local.step(found.next_step)) else "",
            ),
        ),
        Sheet(
            key="panel",
            heading="The panel",
            columns=shown.PANEL_COLUMNS,
            rows=told.panel_rows,
            none="Nobody has interviewed yet.",
            asked=_asked(acts, ("panel", "word")),
        ),
        Sheet(
            key="checks",
            heading="Checks, as seen",
            columns=shown.CHECK_COLUMNS,
            rows=told.check_rows,
            asked=_asked(acts, ("check",)),
        ),
    ]
    if "lost" in acts:
        parts.append(
            Sheet(key="lost", heading="The candidate goes no further", asked=_asked(acts, ("lost",)))
        )
    return about_people(
        request,
        actor,
        what="a candidate",
        found=1,
        title=f"Candidate {found.pk}",
        heading=told.heading,
        sheets=parts,
        refused=refused,
        more_forms=[each.form for each in acts.values()],
        back=reverse("recruitment:vacancy", args=[found.vacancy_id])
        if scope(actor, Vacancy).filter(pk=found.vacancy_id).exists()
        else reverse("recruitment:panels"),
    )


def _asked(acts: dict[str, Act], names: tuple[str, ...], step: str = "") -> list[Asked]:
    button = {
        "step": f"Record: {step}",
        "begin": "Record the first day",
        "panel": "Name the panel",
        "word": "Say this as one of the panel",
        "check": "Record that it was seen",
        "lost": "Record the loss",
    }
    main = ("step", "begin", "panel", "word", "check")
    return [Asked(acts[name].form, button[name], name, main=name in main) for name in names if name in acts]


def _reasons(found: Candidate, word: PanelWord) -> str:
    if word.sealed is None or way.particulars(found) is None or found.salt is None:
        return ""
    return sealing.text(bytes(found.salt), sealing.REASONS, bytes(word.sealed))


def _candidate_acts(
    request: HttpRequest, found: Candidate, panel: list[PanelWord], actor: Actor
) -> dict[str, Act]:
    acts: dict[str, Act] = {}
    if found.ended_on:
        return acts
    today = clock.today()
    own = next((word for word in panel if word.worker_id == actor.worker), None)
    if own is not None and own.appointable is None and own.on <= today:
        acts["word"] = Act(
            forms.WordForm(sent(request, "word")),
            lambda said: way.say_word(
                candidate=found, appointable=said["appointable"] == "yes", reasons=said["reasons"], by=actor
            ),
        )
    if may(actor, "recruitment.keep"):
        acts |= _personnel_acts(request, found, panel, actor)
    return acts


def _personnel_acts(
    request: HttpRequest, found: Candidate, panel: list[PanelWord], actor: Actor
) -> dict[str, Act]:
    today, acts = {"on": clock.today()}, dict[str, Act]()
    if found.next_step in way.BY_A_PERSON:
        acts["step"] = Act(
            forms.DayForm(sent(request, "step"), initial=today),
            lambda said: way.record_step(candidate=found, code=found.next_step, on=said["on"], by=actor),
        )
    if found.next_step == "interviewed" and not panel:
        acts["panel"] = Act(
            forms.PanelForm(sent(request, "panel"), choices={"workers": _may_sit(found)}, initial=today),
            lambda said: way.name_panel(
                candidate=found,
                workers=list(Worker.objects.filter(pk__in=said["workers"])),
                on=said["on"],
                by=actor,
            ),
        )
    if found.next_step == "checked":
        seen = set(found.checks.values_list("code", flat=True))
        left = [(check.code, check.title) for check in way.checks_for(found) if check.code not in seen]
        acts["check"] = Act(
            forms.CheckForm(sent(request, "check"), choices={"code": left}, initial=today),
            lambda said: way.see_check(candidate=found, code=said["code"], on=said["on"], by=actor),
        )
    if found.next_step == "started":
        acts["begin"] = Act(
            forms.BeginForm(sent(request, "begin"), choices={"worker": without_seat()}, initial=today),
            lambda said: way.begin(
                candidate=found,
                on=said["on"],
                by=actor,
                worker=Worker.objects.get(pk=said["worker"]) if said["worker"] else None,
            ),
        )
    reasons = [(each.code, each.title) for each in local_on(found.vacancy.opened_on).lost]
    acts["lost"] = Act(
        forms.LostForm(sent(request, "lost"), choices={"because": reasons}, initial=today),
        lambda said: way.lose_candidate(candidate=found, because=said["because"], on=said["on"], by=actor),
    )
    return acts


def _may_sit(found: Candidate) -> list[tuple[int, str]]:
    """Who may sit on a panel: the team's own managers first, then the others."""
    able = [role.code for role in ROLES.values() if "recruitment.see" in role.permissions]
    rows = Membership.objects.filter(holding(clock.today()), role__in=able).select_related("worker", "team")
    team = found.vacancy.seat.post.team_id
    held = {row.worker_id: (row.team_id != team, row.worker.name, row.team.name) for row in rows}
    ordered = sorted(held.items(), key=lambda each: each[1])
    return [(worker, f"{name}, {where}") for worker, (_, name, where) in ordered[:40]]


def without_seat() -> list[tuple[int, str]]:
    """Staff of the directory who sit in no seat: somebody taken in already, or an agency worker who stays."""
    today = clock.today()
    sits = Occupancy.objects.filter(holding(today)).exclude(kind=Occupancy.Kind.AGENCY).values("worker")
    rows = Worker.objects.filter(holding(today), kind=Worker.Kind.STAFF).exclude(pk__in=sits)
    return list(rows.order_by("name").values_list("pk", "name")[:200])


@require_safe
def panels(request: HttpRequest) -> HttpResponseBase:
    """Interviews in which the reader sits and has not spoken."""
    actor = actor_in(request)
    words_due = PanelWord.objects.filter(worker=actor.worker, appointable=None, candidate__ended_on=None)
    rows = list(words_due.select_related("candidate__vacancy__seat__post__team").order_by("on", "id"))
    lines = [
        Row(
            (
                Link(
                    given.name
                    if (given := way.particulars(each.candidate))
                    else f"Candidate {each.candidate_id}",
                    reverse("recruitment:candidate", args=[each.candidate_id]),
                ),
                each.candidate.vacancy.seat.post.title,
                words.plain_day(each.on),
            )
        )
        for each in rows
    ]
    part = Sheet(
        key="panels",
        heading="Where you have not said what you think",
        columns=PANEL_LIST,
        rows=lines,
        none="No panel waits for your word.",
    )
    return about_people(
        request,
        actor,
        what="interviews of a panel",
        found=len(rows),
        title="My panels",
        heading="Interviews in which I sit",
        sheets=[part],
        back=reverse("recruitment:pipeline"),
    )
