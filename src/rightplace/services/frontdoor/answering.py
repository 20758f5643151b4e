"""What all forms of intake share: take what was posted into the draft, add and take away, and show it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from rightplace.common.documents import attachments
from rightplace.common.documents.attachments import Attached
from rightplace.common.documents.refusing import NotTaken
from rightplace.common.questions import drafts
from rightplace.common.questions.asking import Asked, Typed
from rightplace.common.questions.models import Draft
from rightplace.common.questions.sets import Question, question_set
from rightplace.common.questions.views import posted_fields

FILES = "files"
TOO_LONG = "Together this is more than can be kept. Shorten the longest answer; nothing that was saved before is lost."


@dataclass
class Answered:
    """A draft after something was posted to it: what to do next, and what is wrong."""

    draft: Draft
    typed: Typed
    do: str = ""
    file_problems: list[str] = field(default_factory=list)
    too_long: bool = False

    @property
    def problems(self) -> list[dict[str, str]]:
        """What is wrong beside the answers themselves."""
        found = [{"text": said, "href": f"#{FILES}"} for said in self.file_problems]
        return [{"text": TOO_LONG}, *found] if self.too_long else found


@dataclass(frozen=True)
class Part:
    """Questions that stand together under a heading."""

    heading: str
    questions: Sequence[Question]

    @property
    def keys(self) -> str:
        """The keys of its questions, for the form to say which page was posted."""
        return " ".join(question.key for question in self.questions)


def parts(set_id: str) -> list[Part]:
    """The questions of a set by section, in order."""
    found: list[tuple[str, list[Question]]] = []
    for question in question_set(set_id).question:
        if not found or found[-1][0] != question.section:
            found.append((question.section, []))
        found[-1][1].append(question)
    return [Part(heading, questions) for heading, questions in found]


def take_post(request: HttpRequest, draft: Draft) -> Answered:
    """Save what was typed, add the files that are taken, and do the small things that a form's buttons ask for."""
    posted = posted_fields(request)
    do = (posted.get("do") or [""])[-1]
    try:
        kept = drafts.save_typed(draft, posted, only=" ".join(posted.get("asked", [])).split())
    except drafts.DraftTooLong:
        return Answered(draft, {**drafts.typed_of(draft), **posted}, "", [], too_long=True)
    problems = [sentence for upload in request.FILES.getlist(FILES) if (sentence := _add(kept, upload))]
    if do.startswith("remove-file-"):
        attachments.remove_from_draft(kept, _number(do))
    elif do == "add-child":
        kept = drafts.replace_typed(kept, with_a_child(drafts.typed_of(kept)))
    elif do.startswith("remove-child-"):
        kept = drafts.replace_typed(kept, without_child(drafts.typed_of(kept), _number(do)))
    return Answered(kept, drafts.typed_of(kept), do, problems)


def stays(answered: Answered) -> bool:
    """Whether the same page is shown again: something small was asked for, or a file was not taken."""
    return answered.do.startswith(("add-", "remove-")) or bool(answered.problems)


def _add(draft: Draft, upload: UploadedFile[Any]) -> str:
    try:
        attachments.add_to_draft(draft, upload)
    except NotTaken as why_not:
        return f"“{shortened(upload.name or 'This file')}”: {why_not}"
    return ""


def shortened(name: str) -> str:
    """A file's name, short enough to stand in a sentence."""
    return name if len(name) <= 40 else f"{name[:25]}…{name[-10:]}"


def _number(do: str) -> int:
    last = do.rpartition("-")[2]
    return int(last) if last.isascii() and last.isdigit() and len(last) < 20 else -1


def count_of(typed: Typed) -> int:
    """How many children there are on the form."""
    said = (typed.get("children-count") or ["1"])[-1]
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 3 else 1


def with_a_child(typed: Typed) -> dict[str, list[str]]:
    """The same with room for one more child."""
    return {name: list(values) for name, values in typed.items()} | {
        "children-count": [str(count_of(typed) + 1)]
    }


def without_child(typed: Typed, place: int) -> dict[str, list[str]]:
    """The same without the child at a place; those after it move up."""
    count = count_of(typed)
    if not 0 <= place < count:
        return {name: list(values) for name, values in typed.items()}
    found: dict[str, list[str]] = {}
    for name, values in typed.items():
        head, _, rest = name.partition("-")
        number, _, own = rest.partition("-")
        if head != "children" or not number.isdigit():
            found[name] = list(values)
        elif int(number) != place:
            found[f"children-{int(number) - (int(number) > place)}-{own}"] = list(values)
    return found | {"children-count": [str(max(1, count - 1))]}


def shown(asked: Asked, answered: Answered, **more: Any) -> dict[str, Any]:
    """What the templates of a form need."""
    attached: list[Attached] = attachments.of_draft(answered.draft)
    judged = asked.problems() if asked.bound else []
    known = {q.key for q in asked.questions}
    if "parts" in more:
        more["parts"] = [Part(p.heading, [q for q in p.questions if q.key in known]) for p in more["parts"]]
    return {
        "asked": asked,
        "draft": answered.draft,
        "attached": attached,
        "most_files": attachments.MOST,
        "file_problems": answered.file_problems,
        "problems": [*judged, *answered.problems],
    } | more
