"""What a matching must keep besides: the skill mix of the four professions, and people who share a place."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.foundation.access.scope import NotAllowed, may
from rightplace.foundation.organisation.establishment.tables import Profession
from rightplace.foundation.organisation.models import Team
from rightplace.services.selection import forms_panels, mixing, preferring, queries
from rightplace.services.selection.models import Decision, Exercise, Job, Member, Share
from rightplace.services.selection.policy import KEEP
from rightplace.services.selection.presenters.sections import Act, Section
from rightplace.services.selection.showing import GET_OR_POST, sent, shown, tried
from rightplace.services.selection.views_keep import exercise_of

MIX_COLUMNS = (
    Column("Team"), Column("Profession"), Column("At least", number=True), Column("At most", number=True),
    Column("Places", number=True), Column("Wish to go there", number=True), Column("Can it be"),
)  # fmt: skip
SHARE_COLUMNS = (
    Column("Together"),
    Column("Hours together", number=True),
    Column("Wishes"),
    Column("Said in"),
)


@GET_OR_POST
def mix(request: HttpRequest, number: int) -> HttpResponse:
    """How many of each profession each team needs and takes; what cannot be filled is seen before anybody is matched."""
    actor, found = exercise_of(request, number)
    keeps = may(actor, KEEP)
    if request.method == "POST" and not keeps:
        raise NotAllowed
    teams = {
        each.pk: each
        for each in Team.objects.filter(pk__in=Job.objects.filter(exercise=found).values("team"))
    }
    lines = mixing.asked(found)
    form = forms_panels.MixForm(
        sent(request, "mix"),
        teams=sorted(((pk, each.name) for pk, each in teams.items()), key=lambda each: each[1]),
    )
    drop = forms_panels.OneOfForm(sent(request, "drop"), lines=[(each.mix.pk, _says(each)) for each in lines])
    mixes = {str(each.mix.pk): each.mix for each in lines}

    def say(typed: dict[str, Any]) -> None:
        chosen = {name: typed[name] for name in ("profession", "least", "most")}
        mixing.say_mix(exercise=found, team=teams[int(typed["team"])], by=actor, **chosen)

    done, refused = tried(
        request, form, "mix", say, "Written down. The next matching keeps it, or says why it cannot."
    )
    if not done and refused is None:
        done, refused = tried(
            request, drop, "drop", lambda typed: mixing.drop_mix(mix=mixes[typed["line"]], by=actor),
            "It is not asked for any more.",
        )  # fmt: skip
    if done:
        return redirect("selection:mix", number)
    rows = [
        Row((each.mix.team.name, Profession(each.mix.profession).label, each.mix.least, each.mix.most, each.places,
             each.wish, tags.due_soon("too few wish to") if each.short else tags.met("yes, as far as wishes go")))
        for each in lines
    ]  # fmt: skip
    says = [
        "The stable result knows no mix: it may be outside, and then cannot be taken forward.",
        "The other results keep the mix. Where none can, the matching says which team and profession is short.",
    ]
    parts = [Section("What each team needs", "mix", says=says, columns=MIX_COLUMNS, rows=rows,
                     empty="No mix is asked for: any of the four professions may fill a place open to it.")]  # fmt: skip
    if keeps and not _placed(found):
        acts = [Act("mix", "Ask for this mix", form, main=True)]
        parts.append(
            Section(
                "Ask for a mix",
                "say",
                acts=acts,
                says=["Asking for the same team and profession again replaces the line."],
            )
        )
        if lines:
            parts.append(
                Section("Ask for it no more", "end", acts=[Act("drop", "Take this line away", drop)])
            )
    return shown(
        request, actor, title="Skill mix", sections=parts, what="mix", purpose=f"selection {number}", refused=refused,
        back=reverse("selection:exercise", args=[number]),
    )  # fmt: skip


def _says(line: mixing.Asked) -> str:
    mix = line.mix
    return f"{mix.team.name}: {Profession(mix.profession).label}, {mix.least} to {mix.most}"


def _placed(exercise: Exercise) -> bool:
    return Decision.objects.filter(run__exercise=exercise, confirmed_at__isnull=False).exists()


@GET_OR_POST
def shares(request: HttpRequest, number: int) -> HttpResponse:
    """Who asks for one place together. Neither is placed without the other."""
    actor, found = exercise_of(request, number)
    keeps = may(actor, KEEP)
    if request.method == "POST" and not keeps:
        raise NotAllowed
    rows = list(
        Share.objects.filter(exercise=found)
        .select_related("first__worker", "second__worker")
        .order_by("first__worker__name")
    )
    part_time = queries.may_share(found) if keeps else []
    form = forms_panels.ShareForm(
        sent(request, "share"), people=[(each.pk, _part_time(each)) for each in part_time]
    )
    end = forms_panels.OneOfForm(sent(request, "end"), lines=[(each.pk, _names(each)) for each in rows])
    members, lines = {str(each.pk): each for each in part_time}, {str(each.pk): each for each in rows}
    done, refused = tried(
        request, form, "share",
        lambda typed: preferring.share_place(
            first=members[typed["first"]], second=members[typed["second"]], reference=typed["reference"], by=actor
        ),
        "Recorded. They are one applicant with one list from now on.",
    )  # fmt: skip
    if not done and refused is None:
        done, refused = tried(
            request, end, "end", lambda typed: preferring.end_share(share=lines[typed["line"]], by=actor),
            "Each asks for a place alone again.",
        )  # fmt: skip
    if done:
        return redirect("selection:shares", number)
    parts = _shares(found, rows)
    if keeps and not found.runs.exists():
        parts.append(_sharing(form, part_time))
        if rows:
            parts.append(Section("End one", "end", acts=[Act("end", "They ask alone again", end)]))
    about = [each for row in rows for each in (row.first.worker_id, row.second.worker_id)]
    return shown(
        request, actor, title="Job shares", sections=parts, what="shares", about=about, purpose=f"selection {number}",
        refused=refused, back=reverse("selection:exercise", args=[number]),
    )  # fmt: skip


def _shares(found: Exercise, rows: list[Share]) -> list[Section]:
    wishes = preferring.wishes_of(found.pk)
    named = {row.pk: len(wishes[row.first_id].jobs) for row in rows if row.first_id in wishes}
    listed = [
        Row((
            Link(_names(row), reverse("selection:person", args=[row.first_id])),
            f"{(row.first.minutes + row.second.minutes) / 60:g}",
            words.count_words(named[row.pk], "place") if row.pk in named else tags.due_soon("none named"),
            row.reference or None,
        ))
        for row in rows
    ]  # fmt: skip
    says = [
        "A pair is one applicant: the list of the first, the weaker claim of the two, and both scores weighted by hours.",
        "Both are placed together or not at all, in a place that has their hours together.",
    ]
    return [Section("Who asks for one place together", "shares", says=says, columns=SHARE_COLUMNS, rows=listed,
                    empty="Nobody asks to share a place.")]  # fmt: skip


def _sharing(form: forms_panels.ShareForm, part_time: list[Member]) -> Section:
    if len(part_time) < 2:
        return Section(
            "Record one",
            "record",
            empty="Fewer than two people under review work part-time and share with nobody.",
        )
    says = ["People who work part-time are listed. Who asks for shorter hours agrees them first."]
    return Section(
        "Record one", "record", says=says, acts=[Act("share", "Record this job share", form, main=True)]
    )


def _names(share: Share) -> str:
    return f"{share.first.worker.name} and {share.second.worker.name}"


def _part_time(member: Member) -> str:
    return f"{member.worker.name}, {Profession(member.profession).label}, {member.minutes / 60:g} hours"
