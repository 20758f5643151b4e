"""What the API takes and answers. Unknown fields are refused: what is misspelt would else be lost in silence."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, model_validator

from rightplace.foundation.organisation import clock

Yes = Literal["yes", "no", "not known"]
FamilyTold = Literal["told and agrees", "told and does not agree", "not told", "not known"]
Basis = Literal[
    "public task", "legal obligation", "vital interests", "legitimate interests", "consent", "not known"
]  # fmt: skip
OLDEST = 25


def plain(words: str) -> str:
    """Words as letters: no NUL, no other sign that is none, nothing that arrived unreadable."""
    if any((ord(letter) < 32 and letter not in "\n\r\t") or letter == "\x7f" for letter in words):
        raise ValueError("holds signs that are no letters")
    if any("\ud800" <= letter <= "\udfff" for letter in words):
        raise ValueError("holds half of a letter")
    return words.strip()


def _some(words: str) -> str:
    """Not blanks alone."""
    if not words:
        raise ValueError("needs words")
    return words


def number_in(told: str) -> int:
    """A number of ours as it stands in an address; 0, which nothing has, for anything else."""
    plain_number = told.isascii() and told.isdecimal() and len(told) < 20
    return min(int(told), 2**63 - 1) if plain_number else 0


Line = Annotated[str, Field(max_length=200), AfterValidator(plain)]
Name = Annotated[str, Field(max_length=120), AfterValidator(plain)]
Code = Annotated[str, Field(max_length=40), AfterValidator(plain)]
Number = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,18}$")]
SenderId = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(plain), AfterValidator(_some)]


class Strict(Schema):
    """Nothing unknown, nothing guessed."""

    model_config = ConfigDict(extra="forbid")


class Identity(Strict):
    """A number that another body gave the child."""

    kind: Literal["nhs", "upn", "other"]
    number: Code
    issuer: Name = ""


class Where(Strict):
    """An address, as far as it is known."""

    line: Line = ""
    postcode: Code = ""


class Child(Strict):
    """One child: a name, or a description of one whose name nobody knows."""

    given: Name = ""
    family: Name = ""
    also_known_as: Annotated[list[Name], Field(max_length=5)] = []
    born: date | None = None
    expected: date | None = Field(None, description="for a baby not born yet, the day when it is expected")
    age_about: Annotated[int, Field(ge=0, le=OLDEST)] | None = None
    sex: Literal["F", "M", "U"] = "U"
    described: Annotated[str, Field(max_length=190), AfterValidator(plain)] = ""
    identifiers: Annotated[list[Identity], Field(max_length=5)] = []
    address: Where | None = None
    relation: Annotated[str, Field(max_length=60), AfterValidator(plain)] = Field(
        "", description="to the other children; empty: brother or sister, as told"
    )

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> Child:
        if not (self.given or self.family or self.described):
            raise ValueError("a child needs given, family or described")
        today = clock.today()
        if self.born and not today - timedelta(days=366 * OLDEST) <= self.born <= today:
            raise ValueError("born is to come, or too long ago for a child")
        if self.expected and not today - timedelta(days=60) <= self.expected <= today + timedelta(days=310):
            raise ValueError("expected is not within ten months")
        return self


class Referrer(Strict):
    """Who at the agency tells it, so that the front door can ask back."""

    name: Name
    role: Name = ""
    phone: Code = ""
    email: Line = ""


class ContactIn(Strict):
    """One concern, about one or more children."""

    sender_id: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(plain)] = Field(
        description="an id of your own, unique in your agency: the same id is taken in once"
    )
    children: Annotated[list[Child], Field(min_length=1, max_length=12)]
    saw: Annotated[str, Field(min_length=1, max_length=20_000), AfterValidator(plain)]
    wants: Annotated[str, Field(max_length=10_000), AfterValidator(plain)] = ""
    danger_now: Yes = "not known"
    address: Where | None = Field(
        None, description="where the children live who have no address of their own"
    )
    referrer: Referrer
    family_told: FamilyTold = "not known"
    family_told_reason: Annotated[str, Field(max_length=2_000), AfterValidator(plain)] = ""
    lawful_basis: Basis
    attachments: Annotated[list[Number], Field(max_length=6)] = Field(
        [], description="numbers that POST /attachments gave for your files"
    )

    @model_validator(mode="after")
    def _says_why_not(self) -> ContactIn:
        if not self.sender_id or not self.saw:
            raise ValueError("sender_id and saw need words")
        if self.family_told == "not told" and not self.family_told_reason:
            raise ValueError("family_told_reason says why the family was not told")
        return self


class AttachmentIn(Strict):
    """A file that a concern will name."""

    sender_id: SenderId = Field(description="an id of your own, unique in your agency")
    name: Annotated[str, Field(min_length=1, max_length=120), AfterValidator(plain)]
    content: str = Field(description="the file's bytes, base64", json_schema_extra={"format": "byte"})


class AttachmentKept(Schema):
    """The number by which a concern names the file, and until when it waits for one."""

    attachment: str
    kind: str
    size: int
    until: datetime


class InTurn(Schema):
    """A concern that is kept and waits for its turn."""

    sender_id: str
    came: datetime
    said: str


class Taken(Schema):
    """The receipt. The number alone opens nothing."""

    receipt: str
    received: datetime
    team: str
    team_phone: str
    hear_by: datetime | None
    state: str


class Outcome(Schema):
    """What the front door tells its referrer; never its internal reasons."""

    outcome: str
    text: str
    next_steps: str
    to_do: str
    told: datetime


class ContactState(Schema):
    """Where a concern stands."""

    receipt: str
    received: datetime
    read: datetime | None
    not_yet_opened: str | None = Field(None, description="how far an unread concern has climbed")
    hear_by: datetime | None
    outcome: Outcome | None


class Problem(Schema):
    """One thing that is not right, and where."""

    where: str
    said: str


class Wrong(Schema):
    """Why nothing was written."""

    said: str
    problems: list[Problem] = []


WRONG_ASKED: dict[int, type[Wrong]] = dict.fromkeys((401, 403, 404, 429, 503), Wrong)
WRONG_SENT: dict[int, type[Wrong]] = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 429, 503), Wrong)
"""The refusals that an operation may answer with: of one that asks, and of one that sends."""
