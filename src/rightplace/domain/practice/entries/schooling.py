"""Which school a child goes to, and the time that is given to a family: what a school's share is worked out from."""

from typing import ClassVar

from rightplace.domain.practice.entries.base import Body, kind


@kind
class SchoolRecorded(Body, frozen=True):
    """From this day the child goes to this school, the number of an agency; 0: to none, or to none of the city."""

    kind: ClassVar[str] = "school.recorded"
    number: ClassVar[int] = 10
    rank: ClassVar[int] = 12
    school: int = 0
    source: str = ""


@kind
class TimeGiven(Body, frozen=True):
    """A worker gave a family time: how long in all, doing what, in which grade, among how many of its children.

    It stands in the file of each of these children as one occasion; `lasted` is the whole of it in minutes in each, so
    that a child's part is `lasted` divided by `among`.
    """

    kind: ClassVar[str] = "time.given"
    number: ClassVar[int] = 52
    rank: ClassVar[int] = 51
    lasted: int
    doing: str = "visit"
    at_grade: str = "family_support_worker"
    among: int = 1
