"""What passed about a child, for staff; what an agency was given and gave, for the agency. Thin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.caseflow.children import ChildKnown, children_of, identity_of
from rightplace.common.disclosure import actions, presenters, queries
from rightplace.common.disclosure.forms import RefuseForm, ShareForm
from rightplace.common.disclosure.projections import GIVEN, Sharing
from rightplace.common.disclosure.saying import Said
from rightplace.common.disclosure.words import words_of
from rightplace.common.documents.serving import sent_to_be_saved
from rightplace.common.web.frame import story_address
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Pages
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access import reach
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal.models import File
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.queries import on_day

POSTS = require_http_methods(["GET", "HEAD", "POST"])
ON_A_PAGE = 20


def _opened(actor: Actor, file: int) -> tuple[ChildKnown, list[int]] | None:
    """The child whose file is opened, and its files; None where a reason is asked first. Raises NotAllowed."""
    same = File.objects.filter(id=file, kind=1).values("person")
    files = list(File.objects.filter(person__in=same).values_list("id", flat=True))
    found = reach.opening(actor, files) if files else reach.Opening.NOT_THERE
    if found is reach.Opening.NOT_THERE:
        raise NotAllowed
    child = children_of(actor, [file])[0]
    if child.person is None:
        raise NotAllowed
    return (child, files) if found is reach.Opening.OPEN else None


def _ask_reason(request: HttpRequest, file: int) -> HttpResponse:
    asked = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('access:reason', args=[file])}?{asked}")


@require_safe
def of_child(request: HttpRequest, file: int) -> HttpResponse:
    """What was given, received and refused about one child, the newest first."""
    actor = actor_in(request)
    opened = _opened(actor, file)
    if opened is None:
        return _ask_reason(request, file)
    child, files = opened
    found = Paginator(queries.about_child(actor, child.number), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = list(found)
    links = presenters.child_links(
        file, reverse("disclosure:share", args=[file]), reverse("disclosure:refuse", args=[file])
    )
    return _shown(
        request, "of_child", [*files, *(row.file for row in rows)], title=f"What was shared: {_initials(child)}",
        identity=identity_of(child), back=story_address(file), passed=presenters.passed(rows, words_of(actor, rows)),
        pages=Pages(found.number, found.paginator.num_pages, "?page={page}"), links=links,
    )  # fmt: skip


@POSTS
def share(request: HttpRequest, file: int) -> HttpResponse:
    """Record what was sent to whom."""
    return _recorded(request, file, ShareForm, "share", "Record a sharing")


@POSTS
def refuse(request: HttpRequest, file: int) -> HttpResponse:
    """Record what was not shared, and why."""
    return _recorded(request, file, RefuseForm, "refuse", "Record that something is not shared")


def _recorded(
    request: HttpRequest, file: int, kind: type[ShareForm] | type[RefuseForm], act: str, title: str
) -> HttpResponse:
    actor = actor_in(request)
    opened = _opened(actor, file)
    if opened is None:
        return _ask_reason(request, file)
    child, files = opened
    agencies = on_day(Agency.objects.exclude(kind=Agency.Kind.AUTHORITY), clock.today()).order_by("name")
    form = kind(request.POST if request.method == "POST" else None, agencies=agencies)
    refused = None
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said.pop("somebody")
        try:
            getattr(actions, act)(file=file, with_whom=form.with_whom, by=actor, **said)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "It stands in the child’s file.")
            return redirect("disclosure:of-child", file)
    back = reverse("disclosure:of-child", args=[file])
    rules = presenters.ground_rows() if act == "refuse" else []
    return _shown(
        request, "record", files, title=f"{title}: {_initials(child)}", heading=title, identity=identity_of(child),
        back=back, form=form, refused=refused, grounds=rules, ground_columns=presenters.RULE_COLUMNS,
    )  # fmt: skip


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What the reader's agency was given, and what it gave."""
    actor = actor_in(request)
    if not (actor.is_partner and actor.agency):
        raise NotAllowed
    gave = request.GET.get("gave") == "1"
    rows = (queries.given_by if gave else queries.given_to)(actor, actor.agency)
    found = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(found)
    href = "?gave=1&page={page}" if gave else "?page={page}"
    return _shown(
        request, "own", [row.file for row in shown], title="Given and received",
        agency=Agency.objects.get(pk=actor.agency), gave=gave,
        passed=presenters.passed(shown, words_of(actor, shown), theirs=True),
        pages=Pages(found.number, found.paginator.num_pages, href),
    )  # fmt: skip


def _sharing(request: HttpRequest, actor: Actor, number: int) -> tuple[Sharing, Said] | HttpResponse:
    """One sharing with its words; a page that asks for the reason first. Raises NotAllowed."""
    row = queries.one(actor, number)
    if row is None:
        raise NotAllowed
    if not actor.is_partner and not row.of_concern and _opened(actor, row.file) is None:
        return _ask_reason(request, row.file)
    said = words_of(actor, [row]).get(row.pk)
    if said is None:
        raise NotAllowed
    return row, said


@require_safe
def exactly(request: HttpRequest, number: int) -> HttpResponse:
    """The very words of one sharing, with what tells two copies apart, and the way back."""
    actor = actor_in(request)
    found = _sharing(request, actor, number)
    if isinstance(found, HttpResponse):
        return found
    row, said = found
    if not said.sent:
        raise NotAllowed
    own = "-own" if actor.is_partner else ""
    back = reverse("disclosure:own") + ("" if row.way == GIVEN else "?gave=1")
    if not actor.is_partner:
        back = reverse("disclosure:of-child", args=[row.file]) if not row.of_concern else None
    return _shown(
        request, "exactly", [row.file], title="Exactly what was sent", back=back,
        one=presenters.passed([row], {row.pk: said}, theirs=actor.is_partner)[0],
        text=reverse(f"disclosure:exactly{own}-text", args=[number]), attached_address=f"disclosure:attached{own}",
    )  # fmt: skip


@require_safe
def exactly_text(request: HttpRequest, number: int) -> HttpResponse:
    """The very bytes of one sharing, to be saved: the same each time."""
    actor = actor_in(request)
    found = _sharing(request, actor, number)
    if isinstance(found, HttpResponse):
        return found
    row, said = found
    if not said.sent:
        raise NotAllowed
    return disclose(
        actor, lambda: _text(said.exactly, said.digest, number), files=[row.file], what="what was sent",
        request_id=getattr(request, "request_id", ""),
    )  # fmt: skip


def _text(sent: bytes, digest: str, number: int) -> HttpResponse:
    answer = HttpResponse(sent, content_type="text/plain; charset=utf-8")
    answer["Content-Digest"] = f"sha-256={digest}"
    answer["Content-Disposition"] = f'attachment; filename="{number}.txt"'
    return answer


@require_safe
def attached(request: HttpRequest, number: int, attached: int) -> HttpResponse:
    """A file that went with one sharing: for whoever may read its words."""
    actor = actor_in(request)
    found = _sharing(request, actor, number)
    if isinstance(found, HttpResponse):
        return found
    row, said = found
    if attached not in said.attachments:
        raise NotAllowed
    return sent_to_be_saved(request, actor, row.file, attached)


def _initials(child: ChildKnown) -> str:
    return child.person.initials if child.person else "?"


def _shown(request: HttpRequest, template: str, files: list[int], *, title: str, **more: Any) -> HttpResponse:
    return disclose(
        actor_in(request),
        lambda: page(request, f"disclosure/{template}.jinja", title=title, **more),
        files=files,
        what=f"disclosure:{template}",
        request_id=getattr(request, "request_id", ""),
    )
