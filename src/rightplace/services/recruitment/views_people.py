"""Leavers: notice, what is handed over, the last day."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rightplace.common.caseflow.handover import to_hand_over
from rightplace.common.web import words
from rightplace.common.web.pieces import Link
from rightplace.domain.practice.vocabulary.codes import code_list, collection_year
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.services.recruitment import forms, leavings, queries, voices
from rightplace.services.recruitment.models import Notice, Voice
from rightplace.services.recruitment.presenters import people as shown
from rightplace.services.recruitment.presenters.sheets import Asked, Sheet
from rightplace.services.recruitment.trying import Act, about_people, sent, there, tried

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
MOST = 200


def staff_named(actor: Actor) -> list[tuple[int, str]]:
    """Staff who may be asked or may leave, by name; never the reader."""
    able = [role.code for role in ROLES.values() if "recruitment.interview" in role.permissions]
    rows = Membership.objects.filter(
        holding(clock.today()),
        holding(clock.today(), "worker__"),
        role__in=able,
        worker__kind=Worker.Kind.STAFF,
    ).exclude(worker=actor.worker)
    return list(rows.order_by("worker__name").values_list("worker_id", "worker__name").distinct())


@GET_OR_POST
def leavers(request: HttpRequest) -> HttpResponseBase:
    """Who gave notice, the last days, what became of it; human resources writes a notice down."""
    actor, today = actor_in(request), clock.today()
    acts: dict[str, Act] = {}
    if may(actor, "recruitment.keep"):
        reasons = [
            (code.code, code.label)
            for code in code_list("leaving_reason").in_year(collection_year(today))
            if code.code != "7"
        ]
        form = forms.NoticeForm(
            sent(request, "notice"),
            choices={"worker": staff_named(actor), "reason": reasons},
            initial={"given_on": today, "last_day": today + timedelta(days=28)},
        )
        acts["notice"] = Act(
            form,
            lambda said: leavings.take_notice(
                worker=Worker.objects.get(pk=said["worker"]),
                given_on=said["given_on"],
                last_day=said["last_day"],
                reason=said["reason"],
                by=actor,
            ),
        )
    done, refused = tried(request, acts)
    if done:
        return there("leavers")
    rows, now = list(queries.notices(actor)[:MOST]), clock.now()
    going = [each for each in rows if not each.taken_back_on and not each.leaver_id]
    gone = [each for each in rows if each.taken_back_on or each.leaver_id]
    links = [Link("Interviews for you to read", reverse("recruitment:interviews"))] if acts else []
    parts = [
        Sheet(
            key="going",
            heading="Those who are going",
            columns=shown.NOTICE_COLUMNS,
            rows=[shown.notice_row(each, now) for each in going],
            none="Nobody has given notice.",
            links=links,
        ),
        Sheet(
            key="gone",
            heading="Those who left, or stayed after all",
            columns=shown.NOTICE_COLUMNS,
            rows=[shown.notice_row(each, now) for each in gone],
            none="Nobody has left since notices are kept here.",
        ),
    ]
    if acts:
        parts.append(
            Sheet(
                key="notice",
                heading="Somebody gave notice",
                asked=[Asked(acts["notice"].form, "Write the notice down", "notice", main=True)],
            )
        )
    return about_people(
        request,
        actor,
        what="notices of staff",
        found=len(rows),
        title="Leavers",
        heading="Leavers",
        sheets=parts,
        refused=refused,
        more_forms=[each.form for each in acts.values()],
    )


@GET_OR_POST
def leaver(request: HttpRequest, number: int) -> HttpResponseBase:
    """One leaver: what is handed over and to whom, the last day, an exit interview."""
    actor, today = actor_in(request), clock.today()
    found = get_object_or_404(queries.notices(actor), pk=number)
    acts, button = (
        _notice_acts(request, found, actor),
        {
            "back": "Stays after all",
            "last": "Record that the last day has passed",
            "exit": "Offer an exit interview",
        },
    )
    done, refused = tried(request, acts)
    if done:
        return there("leaver", number)
    settled = found.taken_back_on or found.leaver_id
    hands = [] if settled else to_hand_over(found.worker_id, today)
    said = [
        (
            f"Notice on {words.plain_day(found.given_on)}, last day {words.day_words(found.last_day, clock.now())}. "
            f"{shown.reason_words(found.reason, found.last_day)}."
        )
    ]
    if settled:
        said.append(
            "Stays after all." if found.taken_back_on else "The last day is recorded; the seat is free."
        )
    asked = [Asked(act.form, button[name], name, main=name == "last") for name, act in acts.items()]
    parts = [
        Sheet(key="leaves", heading="Notice and last day", sentences=said, asked=asked),
        Sheet(
            key="hand",
            heading="What is handed over",
            columns=shown.HAND_COLUMNS,
            rows=shown.hand_rows(hands),
            none="It was handed over." if settled else "There is nothing to hand over.",
        ),
    ]
    return about_people(
        request,
        actor,
        what="a notice of staff",
        found=1,
        title=f"Leaver {found.pk}",
        heading=found.worker.name,
        sheets=parts,
        refused=refused,
        more_forms=[each.form for each in acts.values()],
        back=reverse("recruitment:leavers"),
    )


def _notice_acts(request: HttpRequest, found: Notice, actor: Actor) -> dict[str, Act]:
    if not may(actor, "recruitment.keep") or found.taken_back_on or found.leaver_id:
        return {}
    today = clock.today()
    acts: dict[str, Act] = {}
    if found.last_day <= today:
        acts["last"] = Act(
            forms.Nothing(sent(request, "last")),
            lambda said: leavings.record_last_day(notice=found, by=actor),
        )
    if (
        found.worker_id != actor.worker
        and not Voice.objects.filter(worker=found.worker_id, kind="exit").exists()
    ):
        acts["exit"] = Act(
            forms.Nothing(sent(request, "exit")),
            lambda said: voices.offer_interview(
                worker=found.worker, kind="exit", answer_by=max(found.last_day, today), by=actor
            ),
            "Offered. You are the one who will read it, and that is said.",
        )
    acts["back"] = Act(
        forms.DayForm(sent(request, "back"), initial={"on": today}),
        lambda said: leavings.take_notice_back(notice=found, on=said["on"], by=actor),
    )
    return acts
