"""Human resources' pages of panels: who sits on one, who is invited when and where, and how each assessment stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column, Link, Pages, Row
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, may
from rightplace.foundation.organisation.models import Worker
from rightplace.services.selection import forms_panels, interviews, queries, scoring
from rightplace.services.selection.models import Assessment, Exercise, Job, Member, Panel
from rightplace.services.selection.policy import KEEP
from rightplace.services.selection.presenters import keeping
from rightplace.services.selection.presenters.sections import Act, Section
from rightplace.services.selection.scoring import Weighed
from rightplace.services.selection.showing import GET_OR_POST, sent, shown, tried
from rightplace.services.selection.views_keep import exercise_of, keeper

MOST = 100
CRITERIA_COLUMNS = (
    Column("Criterion"), Column("Weight", number=True), Column("Most", number=True), Column("Allowed apart", number=True),
)  # fmt: skip


@GET_OR_POST
def panel_new(request: HttpRequest, number: int) -> HttpResponse:
    """Making a panel of trained scorers, and recording who was trained."""
    actor, found = exercise_of(request, number)
    if not may(actor, KEEP):
        raise NotAllowed
    trained = {each.pk: each for each in queries.trained_workers()}
    staff = {each.pk: each for each in queries.who_may_score()}
    titles = sorted(set(Job.objects.filter(exercise=found).values_list("title", flat=True)))
    form = forms_panels.PanelForm(
        sent(request, "panel"), jobs=[(each, each) for each in titles],
        people=[(pk, each.name) for pk, each in trained.items()],
    )  # fmt: skip
    training = forms_panels.TrainingForm(
        sent(request, "training"), people=[(pk, each.name) for pk, each in staff.items()]
    )

    def make(typed: dict[str, Any]) -> None:
        criteria = [
            Weighed(f"c{place}", said, weight) for place, (weight, said) in enumerate(typed["criteria"], 1)
        ]
        scoring.make_panel(
            exercise=found, title=typed["title"], jobs=list(Job.objects.filter(exercise=found, title__in=typed["jobs"])),
            criteria=criteria, scorers=[trained[int(pk)] for pk in typed["scorers"]], by=actor,
        )  # fmt: skip

    marks = forms_panels.MarksForm(
        sent(request, "marks"), initial={"highest": found.highest_mark, "apart": found.most_apart}
    )
    done, refused = tried(request, form, "panel", make, "The panel is made.")
    if not done and refused is None:
        done, refused = tried(
            request, marks, "marks", lambda typed: scoring.say_marks(exercise=found, by=actor, **typed),
            "All panels of this programme mark so.",
        )  # fmt: skip
    if not done and refused is None:
        done, refused = tried(
            request, training, "training",
            lambda typed: scoring.record_training(
                worker=staff[int(typed["worker"])], on=typed["on"], what=typed["what"], by=actor
            ),
            "The training is recorded.",
        )  # fmt: skip
    if done:
        return redirect("selection:panel-new", number)
    parts = [
        Section("A panel", "panel", acts=[Act("panel", "Make this panel", form, main=True)],
                says=["At least two scorers, each trained. Nobody scores who competes for one of the jobs."]),
        _marks(found, marks),
        Section("Training", "training", acts=[Act("training", "Record this training", training)]),
    ]  # fmt: skip
    return page(
        request, "selection/page.jinja", title="Make a panel", heading="Make a panel", sections=parts, refused=refused,
        more_forms=[each for each in (form, marks, training) if each.is_bound],
        back=reverse("selection:exercise", args=[number]),
    )  # fmt: skip


def _marks(found: Exercise, form: forms_panels.MarksForm) -> Section:
    """How every panel of the programme marks; agreed before the first panel is made."""
    apart = words.count_words(found.most_apart, "point", "points", none="no point")
    says = [
        f"Every panel of this programme marks each criterion from 0 to {found.highest_mark}.",
        f"Where two scorers are more than {apart} apart, a third settles the mark with reasons.",
    ]
    if found.panels.exists():
        return Section("Marks", "marks", says=[*says, "It stays so: whoever is compared is marked alike."])
    return Section("Marks", "marks", says=says, acts=[Act("marks", "Let all panels mark so", form)])


@GET_OR_POST
def panel(request: HttpRequest, number: int) -> HttpResponse:
    """One panel: criteria, scorers, who is invited when, how each assessment stands. Marks are on their own pages."""
    actor = keeper(request)
    found = get_object_or_404(Panel.objects.select_related("exercise"), pk=number)
    if request.method == "POST" and not may(actor, KEEP):
        raise NotAllowed
    over = found.exercise.published_at is not None
    waiting = queries.to_invite(found) if may(actor, KEEP) and not over else []
    scorers = list(Worker.objects.filter(pk__in=found.scorers.values("worker")).order_by("name"))
    form = forms_panels.InviteForm(
        sent(request, "invite"), people=[(each.pk, each.worker.name) for each in waiting],
        scorers=[(each.pk, each.name) for each in scorers],
    )  # fmt: skip
    done, refused = tried(
        request, form, "invite", lambda typed: _invite(found, waiting, {each.pk: each for each in scorers}, typed, actor),
        "Invited. Each reads day, time and place on the own page, and the scorers on theirs.",
    )  # fmt: skip
    if done:
        return redirect("selection:panel", number)
    total = found.assessments.count()
    last = max(1, -(-total // MOST))
    asked = request.GET.get("page", "1")
    here = min(max(1, int(asked)) if asked.isdecimal() else 1, last)
    listed = queries.assessments_of(number, (here - 1) * MOST, MOST)
    criteria = [
        Row((each.title, str(each.weight), str(each.most), str(each.apart))) for each in found.criteria.all()
    ]
    says = [
        f"Scorers: {words.listed(each.name for each in scorers)}. Two of them score each person, each alone."
    ]
    parts = [
        Section("Who has an interview", "assessments", columns=keeping.ASSESSMENT_COLUMNS,
                rows=[_assessed(row) for row in listed], empty="Nobody is before this panel yet."),
        Section("Criteria", "criteria", says=says, columns=CRITERIA_COLUMNS, rows=criteria),
    ]  # fmt: skip
    if waiting:
        parts.insert(0, _inviting(waiting, form))
    return shown(
        request, actor, title=f"Panel {number}", heading=found.title, sections=parts, what="panel",
        about=[row.member.worker_id for row in listed], purpose=f"panel {number}", refused=refused,
        pages=Pages(here, last, f"{request.path}?page={{page}}", f"{total} people") if last > 1 else None,
        back=reverse("selection:exercise", args=[found.exercise_id]),
    )  # fmt: skip


def _inviting(waiting: list[Member], form: forms_panels.InviteForm) -> Section:
    count = words.count_words(len(waiting), "person", "people")
    verb = "has" if len(waiting) == 1 else "have"
    return Section(
        "Invite to interviews", "invite", tags.due_soon(f"{count} to invite"),
        says=[f"{count} named a place that this panel assesses for and {verb} no interview yet.",
              "They are invited one after another in order of name; after 17:00 it goes on the next working day."],
        acts=[Act("invite", "Invite them", form, main=True)],
    )  # fmt: skip


def _invite(
    panel: Panel, waiting: list[Member], scorers: Mapping[int, Worker], typed: dict[str, Any], by: Actor
) -> list[Assessment]:
    chosen = set() if typed["everybody"] else {int(each) for each in typed["people"]}
    return interviews.invite(
        panel=panel, by=by, members=[each for each in waiting if typed["everybody"] or each.pk in chosen],
        scorers=[scorers[int(typed[name])] for name in ("first", "second")],
        slots=interviews.Slots(typed["on"], typed["at"], typed["minutes"], typed["place"]),
    )  # fmt: skip


def _assessed(row: Assessment) -> Row:
    of = scoring.counting(row)
    signed = [sheet for sheet in of if sheet.signed_at]
    settled = next((each for each in row.results.all() if each.turn == row.turn), None)
    tag = tags.still_open(f"{len(signed)} of {len(of)} signed")
    if settled is not None:
        tag = tags.met("settled by a third" if settled.moderated else "settled")
    elif of and len(signed) == len(of):
        tag = tags.due_soon("to moderate")
    elif any(each.conflict_at for each in of):
        tag = tags.due_soon("name another scorer")
    link = Link(
        row.member.worker.name,
        reverse("selection:assessment", args=[row.pk]),
        "scored anew" if row.turn > 1 else "",
    )
    names = words.listed(sorted(each.scorer.name for each in of))
    return Row((link, keeping.interview_cell(row), names, tag))
