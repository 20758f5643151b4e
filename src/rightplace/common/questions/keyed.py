"""One draft for each thing that a worker writes about: an assessment, the minutes of a talk. Theirs alone, not record.

The form is a page of its own; the question set only names the draft. Its one question, `about`, says what it is about.
"""

from __future__ import annotations

from django.http import QueryDict

from rightplace.common.questions import drafts
from rightplace.common.questions.models import Draft
from rightplace.foundation.access.actor import Actor

ABOUT = "about"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "do"})


def draft_about(by: Actor, set_id: str, about: int) -> Draft | None:
    """The worker's own draft about this."""
    own = drafts.unsent(by, set_id)
    return next((each for each in own if drafts.typed_of(each).get(ABOUT) == [str(about)]), None)


def keep(by: Actor, set_id: str, about: int, posted: QueryDict) -> Draft:
    """Keep what is typed now in place of what was typed before: a box that is no longer ticked is gone."""
    typed: dict[str, list[str]] = {
        name: [str(value) for value in values] for name, values in posted.lists() if name not in NOT_KEPT
    }
    typed[ABOUT] = [str(about)]
    if sum(len(value) for values in typed.values() for value in values) > drafts.MOST_WORDS:
        raise drafts.DraftTooLong
    draft = draft_about(by, set_id, about)
    return drafts.replace_typed(draft, typed) if draft else drafts.begin(set_id, by=by, typed=typed)[0]


def forget(by: Actor, set_id: str, about: int) -> None:
    """It was signed: the entry is the record now."""
    draft = draft_about(by, set_id, about)
    if draft is not None:
        drafts.discard(draft)


def typed_about(by: Actor, set_id: str, about: int) -> QueryDict | None:
    """What was typed and not signed, in the shape in which a form is posted; None where nothing was."""
    draft = draft_about(by, set_id, about)
    if draft is None:
        return None
    found = QueryDict(mutable=True)
    for name, values in drafts.typed_of(draft).items():
        found.setlist(name, list(values))
    return found
