"""A school asks its link person: each question has an owner, a clock and an answer. It stands in a file of its own."""

from enum import StrEnum
from typing import Any, ClassVar

from rightplace.domain.practice.entries.base import Body, kind, upcast


class Topic(StrEnum):
    """What a school asks about, so that the link person can tell at a glance."""

    FAMILY = "support for a family"
    PUPIL = "a pupil we worry about"
    ATTENDANCE = "attendance"
    SERVICES = "what there is in the area"
    OTHER = "something else"


class ComesNext(StrEnum):
    """What the answer leads to."""

    NOTHING = "nothing more is needed"
    RAISE = "please raise a concern"
    RING = "we ring each other"
    VISIT = "the link person comes to the school"


@kind
class SchoolAsked(Body, frozen=True):
    """A school asked its link person. `link` is who was there to be asked at that moment.

    Version 2 says on which basis and for what the school tells what it tells (promise 7).
    """

    kind: ClassVar[str] = "question.asked"
    number: ClassVar[int] = 177
    version: ClassVar[int] = 2
    rank: ClassVar[int] = 20
    school: int
    team: int
    link: int
    topic: Topic
    question: str
    about_pupil: bool = False
    pupil: str = ""
    basis: str = ""
    purpose: str = ""


@kind
class SchoolQuestionRead(Body, frozen=True):
    """Somebody of the link person's team opened the question; the school is told."""

    kind: ClassVar[str] = "question.read"
    number: ClassVar[int] = 178
    rank: ClassVar[int] = 21
    naming: ClassVar[tuple[str, ...]] = ("question",)
    question: int


@kind
class SchoolAnswered(Body, frozen=True):
    """The school was answered. `known_because` says why the school may know what is said of a child's case.

    Version 2 says on which basis and for what (promise 7).
    """

    kind: ClassVar[str] = "question.answered"
    number: ClassVar[int] = 179
    version: ClassVar[int] = 2
    rank: ClassVar[int] = 22
    naming: ClassVar[tuple[str, ...]] = ("question",)
    question: int
    answer: str
    comes_next: ComesNext
    known_because: str = ""
    basis: str = ""
    purpose: str = ""


def _as_it_was(fields: dict[str, Any]) -> dict[str, Any]:
    return fields


for _lifted in (SchoolAsked, SchoolAnswered):
    upcast(_lifted, 1)(_as_it_was)
