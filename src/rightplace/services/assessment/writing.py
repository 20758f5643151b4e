"""Writing an assessment: kept as it is typed, signed as written, then it waits for somebody else's name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from rightplace.common.questions import keyed
from rightplace.common.questions.drafts import DraftTooLong
from rightplace.common.web.words import clock_time
from rightplace.domain.practice.entries.assessment import AssessmentWritten
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.routes import actor_in
from rightplace.services.assessment import actions
from rightplace.services.assessment.forms import SENT, Typed
from rightplace.services.assessment.presenters import AssessmentPage, assessment_page
from rightplace.services.assessment.views import POSTS, assessment_of, shown

SET = "assessment"
TOO_LONG = "This is more than can be kept. What was saved before is safe."


@POSTS
def write(request: HttpRequest, assessment: int) -> HttpResponse:
    """Write the assessment. Only signing judges it; until then it is kept, and nobody else reads it."""
    actor = actor_in(request)
    row = assessment_of(actor, assessment, "assessment.write")
    said = assessment_page(actor, row)
    if not said.may_write:
        return redirect("assessment:one", row.id)
    did = request.POST.get("do", "")
    if request.method == "POST" and did != "sign":
        try:
            keyed.keep(actor, SET, row.occasion, request.POST)
        except DraftTooLong:
            messages.error(request, TOO_LONG)
        else:
            messages.success(request, "Kept. Nobody but you reads it until you sign.")
        return redirect("assessment:write", row.id)
    given = request.POST if did else keyed.typed_about(actor, SET, row.occasion)
    rows = [each.row for each in said.children]
    typed = Typed.of(given or _as_it_was(said), rows, signs=did == "sign")
    refused = None
    if did == "sign" and typed.is_valid():
        try:
            actions.sign_assessment(written=typed.written, by=actor)
        except Refused as why:
            refused = why
        else:
            keyed.forget(actor, SET, row.occasion)
            messages.success(
                request, "Signed as written. Now somebody else reads it and puts a name under it."
            )
            return redirect("assessment:one", row.id)
    return shown(
        request, "write", said.files, "write an assessment", title=f"Write the assessment: {said.initials}", said=said,
        identity=said.identity, typed=typed, form=typed.whole if did else None,
        more_forms=typed.parts if did else (), refused=refused, back=reverse("assessment:one", args=[row.id]),
    )  # fmt: skip


@require_POST
def keep(request: HttpRequest, assessment: int) -> HttpResponse:
    """Keep what is typed, field by field, until it is signed."""
    actor = actor_in(request)
    row = assessment_of(actor, assessment, "assessment.write")
    if not row.is_open or row.is_waiting:
        return JsonResponse({"said": "This assessment is signed already."}, status=409)
    try:
        draft = keyed.keep(actor, SET, row.occasion, request.POST)
    except DraftTooLong:
        return JsonResponse({"said": TOO_LONG}, status=413)
    return JsonResponse({"saved": clock_time(draft.saved)})


WHOLE = ("parenting", "environment", "family_view", "analysis", *SENT)
OWN = (
    "development", "child_words", "child_wishes", "level", "indicators", "factors", "proposes", "visit_every",
    "reasons", "dissent",
)  # fmt: skip


def _as_it_was(said: AssessmentPage) -> QueryDict | None:
    """What was signed before it was sent back, to go on from; None where nothing was written yet."""
    written = [(each.row.file, each.said) for each in said.children if each.said is not None]
    if not written:
        return None
    found = QueryDict(mutable=True)
    for name in WHOLE:
        found.setlist(name, [str(getattr(written[0][1], name) or "")])
    for file, body in written:
        for name, values in _own_words(body).items():
            found.setlist(f"c{file}-{name}", values)
    return found


def _own_words(body: AssessmentWritten) -> dict[str, list[str]]:
    found = {}
    for name in OWN:
        value = getattr(body, name)
        found[name] = list(value) if isinstance(value, tuple) else [value]
    return found | {"goals": ["\n".join(body.goals)]}
