"""Children of invented returns as entries of their files, without a database."""

from collections.abc import Iterable, Sequence

from rightplace.domain.practice.entries import Draft, Entry
from rightplace.domain.practice.entries.base import IMPORT_ROLE
from rightplace.gateways.exchange.cin import CinReturn, ReadChild, read
from rightplace.gateways.exchange.cin.continuing import Continued, continued
from rightplace.gateways.exchange.cin.mapping import Return, taken, told_of
from rightplace.gateways.exchange.cin.tests.returns import IDENTITY, around, of

IMPORT, SOMEBODY, TEAM = 3, 1001, 77
NOW = 1_800_000_000_000_000


def return_of(sound: CinReturn, team: int = TEAM) -> Return:
    header = sound.header
    assert header.last_day
    return Return(
        authority=header.lea,
        year=header.census_year,
        reference=header.last_day,
        first_day=header.first_day,
        team=team,
    )


def one(details: str, year: int = 2026, identity: str = IDENTITY) -> tuple[ReadChild, Return]:
    """The only child of an invented return."""
    sound = read(of(around(f"<Child>{identity}{details}</Child>", year)))
    (child,) = sound.children()
    return child, return_of(sound)


def file_of(child: ReadChild, of: Return) -> list[Entry]:
    """What a first import writes."""
    told = [taken(child, of), *told_of(child, of)]
    drafts = [Draft(file=of.numbers(child).file, body=t.body, day=t.day, id=t.id) for t in told]
    return signed([], drafts)


def signed(before: Sequence[Entry], drafts: Iterable[Draft], author: int = IMPORT) -> list[Entry]:
    """The file with these drafts signed after what stands in it."""
    found = list(before)
    for draft in drafts:
        seq = len(found) + 1
        body = draft.body
        role = IMPORT_ROLE if author == IMPORT else 20
        found.append(
            Entry(
                draft.file, seq, draft.id or 900_000 + seq, body.number, body.version, draft.day, draft.at,
                1_000 + seq, author, role, TEAM, 0, 0, int(body.label), body.named(), body,
            )
        )  # fmt: skip
    return found


def next_return(before: Sequence[Entry], child: ReadChild, of: Return) -> Continued:
    return continued(child, of, before, IMPORT, NOW)
