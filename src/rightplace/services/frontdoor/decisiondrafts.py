"""What somebody has typed of a decision and not signed: saved on the server while they type, theirs alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import QueryDict

from rightplace.common.questions import drafts
from rightplace.common.questions.models import Draft
from rightplace.foundation.access.actor import Actor

SET = "decision"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "do", "warned"})


def draft_of(by: Actor, concern: int) -> Draft | None:
    """The worker's own draft about a contact."""
    return next(
        (each for each in drafts.unsent(by, SET) if drafts.typed_of(each).get("concern") == [str(concern)]),
        None,
    )


def keep(by: Actor, concern: int, posted: QueryDict) -> Draft:
    """Keep what is typed now, in place of what was typed before: a box that is no longer ticked is gone."""
    typed: dict[str, list[str]] = {
        name: [str(value) for value in values] for name, values in posted.lists() if name not in NOT_KEPT
    }
    typed["concern"] = [str(concern)]
    if sum(len(value) for values in typed.values() for value in values) > drafts.MOST_WORDS:
        raise drafts.DraftTooLong
    draft = draft_of(by, concern)
    return drafts.replace_typed(draft, typed) if draft else drafts.begin(SET, by=by, typed=typed)[0]


def forget(by: Actor, concern: int) -> None:
    """It was signed: the entry is the record now."""
    draft = draft_of(by, concern)
    if draft is not None:
        drafts.discard(draft)


def as_posted(typed: Mapping[str, Sequence[str]]) -> QueryDict:
    """What was kept, in the shape in which a form is posted."""
    found = QueryDict(mutable=True)
    for name, values in typed.items():
        found.setlist(name, list(values))
    return found
