"""Saving a draft while somebody types."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from rightplace.common.questions import drafts
from rightplace.common.questions.models import Draft
from rightplace.common.web.words import clock_time
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock

TOO_LONG = "This is more than can be kept. Shorten it; what was saved before is safe."
IS_SENT = "This has been sent already."


def token_cookie() -> str:
    """The cookie that holds a visitor's token: forgotten when the browser is closed, or on leaving quickly."""
    return "__Host-draft" if settings.IS_HTTPS else "draft"


def set_token(response: HttpResponse, token: str) -> HttpResponse:
    """Give the browser the token of a visitor's draft, for as long as it is open."""
    response.set_cookie(token_cookie(), token, httponly=True, secure=settings.IS_HTTPS, samesite="Lax")
    return response


def token_in(request: HttpRequest) -> str:
    """The visitor's token that came with a request."""
    return request.COOKIES.get(token_cookie(), "")


def posted_fields(request: HttpRequest) -> dict[str, list[str]]:
    """What was posted, by field name."""
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}


@require_POST
def save(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Save the fields that were posted: `{"saved": "10:21"}`, or `{"said": …}` when that cannot be."""
    actor = getattr(request, "actor", None)
    found = Draft.objects.filter(pk=draft, expires__gt=clock.now()).first()
    by = actor if isinstance(actor, Actor) else None
    if found is None or not drafts.belongs_to(found, by=by, token=token_in(request)):
        raise Http404
    if found.sent is not None:
        return JsonResponse({"said": IS_SENT}, status=409)
    posted = posted_fields(request)
    try:
        kept = drafts.save_typed(found, posted, only=" ".join(posted.get("asked", [])).split())
    except drafts.DraftTooLong:
        return JsonResponse({"said": TOO_LONG}, status=413)
    return JsonResponse({"saved": clock_time(kept.saved)})
