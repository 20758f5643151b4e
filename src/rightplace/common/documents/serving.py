"""An attachment as it leaves: to be saved, under its number alone, and never shown as a page of ours."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from rightplace.common.documents import attachments
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import record_reading


def sent_to_be_saved(request: HttpRequest, actor: Actor, file: int, number: int) -> HttpResponse:
    """One attachment of a journal file. Whether this reader may have it was asked before; the reading is recorded."""
    found = attachments.opened(file, number)
    if found is None:
        raise Http404
    told, content = found
    record_reading(actor, [file], "attachment", request_id=str(getattr(request, "request_id", "")))
    response = HttpResponse(content, content_type=told.kind.media)
    response["Content-Disposition"] = f'attachment; filename="{number}.{told.kind.ending}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
