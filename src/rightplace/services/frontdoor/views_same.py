"""Possible same child: compare, decide, and where both are open a manager links them; and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access import reach
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, require, scope
from rightplace.foundation.journal import linking
from rightplace.foundation.people.projections import Duplicate
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.forms import LinkForm, SameForm, UnlinkForm
from rightplace.services.frontdoor.presenters.same import compare_page, link_choices, parted_entries
from rightplace.services.frontdoor.views_staff import contact_of

POSTS = require_http_methods(["GET", "POST"])


@POSTS
def same(request: HttpRequest, concern: int, duplicate: int) -> HttpResponse:
    """Two files side by side, with what speaks for their being one child; a person decides."""
    actor = actor_in(request)
    row = contact_of(actor, concern)
    require(actor, "contact.see", row)
    flagged = scope(actor, Duplicate).filter(entry=duplicate).first()
    if flagged is None or flagged.file not in row.children:
        raise NotAllowed
    back = reverse("frontdoor:contact", args=[concern])
    form, refused = SameForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        one = form.cleaned_data["same"] == "yes"
        try:
            linked = actions.settle_possible_same_child(
                file=flagged.file,
                other=flagged.other,
                duplicate=flagged.entry,
                same_child=one,
                reasons=form.cleaned_data["reasons"],
                by=actor,
            )
        except Refused as why:
            refused = why
        else:
            if one and not linked:
                return _to_manager(request, flagged, back)
            messages.success(
                request, "They are one child now, with both histories." if one else "They stay two children."
            )
            return redirect(back)
    found = compare_page(actor, flagged)
    may_part = may(actor, "person.link")
    return disclose(
        actor,
        lambda: page(
            request,
            "frontdoor/same.jinja",
            title="Possible same child",
            form=form,
            refused=refused,
            found=found,
            settled=flagged.settled,
            may_part=may_part,
            back=back,
        ),
        files=[row.concern, flagged.file, flagged.other],
        what="possible same child",
        request_id=getattr(request, "request_id", ""),
    )


def _to_manager(request: HttpRequest, flagged: Duplicate, back: str) -> HttpResponse:
    """Both are open with different teams: no open child moves silently."""
    if may(actor_in(request), "person.link"):
        messages.success(request, "One child, open with two teams. Name the team that answers from now on.")
        return redirect("frontdoor:link", flagged.file, flagged.other)
    messages.success(
        request,
        "Written down: one child. Both files are open with a team, so a manager links them and names the team.",
    )
    return redirect(back)


@POSTS
def link(request: HttpRequest, file: int, other: int) -> HttpResponse:
    """A manager joins two files and says which team and worker answer from now on."""
    actor = actor_in(request)
    if len(reach.visible_files(actor, [file, other])) < 2:
        raise NotAllowed
    found = compare_page(actor, None, (file, other))
    form = LinkForm(request.POST or None, **link_choices(found))
    refused = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            linking.link(
                file=file,
                other=other,
                reasons=said["reasons"],
                by=actor,
                team=said["team"],
                worker=said["worker"] or 0,
                continuing=tuple(said.get("continuing", ())),
            )
        except Refused as why:
            refused = why
        else:
            messages.success(
                request, "The two files are one child now. Both managers see it on the child's story."
            )
            return redirect("frontdoor:inbox")
    return disclose(
        actor,
        lambda: page(
            request, "frontdoor/link.jinja", title="Link two files", form=form, refused=refused, found=found
        ),
        files=[file, other],
        what="link two files",
        request_id=getattr(request, "request_id", ""),
    )


@POSTS
def unlink(request: HttpRequest, file: int, leaving: int) -> HttpResponse:
    """A manager parts two files again; what was written while they were one is shown entry by entry."""
    actor = actor_in(request)
    if len(reach.visible_files(actor, [file, leaving])) < 2:
        raise NotAllowed
    entries = parted_entries(actor, file, leaving)
    form = UnlinkForm(request.POST or None, entries=entries)
    refused = None
    if request.method == "POST" and form.is_valid():
        goes = list(form.cleaned_data.get("goes", []))
        stays = [number for number, _ in entries if number not in goes]
        try:
            linking.unlink(
                file=file,
                leaving=leaving,
                reasons=form.cleaned_data["reasons"],
                stays=stays,
                goes=goes,
                by=actor,
            )
        except Refused as why:
            refused = why
        else:
            messages.success(request, "They are two children again.")
            return redirect("frontdoor:inbox")
    found = compare_page(actor, None, (file, leaving))
    return disclose(
        actor,
        lambda: page(
            request, "frontdoor/unlink.jinja", title="Part two files", form=form, refused=refused, found=found
        ),
        files=[file, leaving],
        what="part two files",
        request_id=getattr(request, "request_id", ""),
    )
