"""`rightplace tokens`: keys of agencies' systems for the API, each for some purposes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rightplace.gateways.cli.room import AsJson, DoesNotHold, UsedWrongly, answer, open_room

if TYPE_CHECKING:
    from rightplace.foundation.organisation.models import Agency
    from rightplace.gateways.api.models import ApiToken

group = typer.Typer(help="Keys of agencies' systems for the API.", no_args_is_help=True)
AgencyNamed = Annotated[str, typer.Argument(help="The agency: its number, or its name.")]
Number = Annotated[int, typer.Argument(help="The number of the token.")]
Purposes = Annotated[
    list[str] | None, typer.Option("--for", help="A purpose, such as signals:write; give it once for each.")
]


def register(app: typer.Typer) -> None:
    """Add `rightplace tokens`."""
    app.add_typer(group, name="tokens")


@group.command("add")
def add(
    agency: AgencyNamed,
    purposes: Purposes = None,
    name: Annotated[str, typer.Option(help="Which system uses it.")] = "System",
    days: Annotated[int, typer.Option(min=0, help="How many days it lasts; 0: until it is ended.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Make a token; it is shown once and kept nowhere. Without --for it tells concerns and follows them."""
    with open_room():
        from rightplace.domain.practice.journey.refusals import Refused
        from rightplace.foundation.access.actor import RULES
        from rightplace.foundation.organisation import clock
        from rightplace.gateways.api.purposes import OF_CONTACTS
        from rightplace.gateways.api.tokens import make_token

        found = agency_named(agency)
        try:
            row, token = make_token(
                agency=found, name=name, by=RULES, purposes=purposes or OF_CONTACTS,
                ends=clock.now() + timedelta(days=days) if days else None,
            )  # fmt: skip
        except Refused as why_not:
            raise DoesNotHold(f"{why_not.because} {why_not.instead}") from why_not
        _answer_made(row, token, found.name, as_json)


@group.command("make", hidden=True)
def make(
    agency: AgencyNamed,
    name: Annotated[str, typer.Option(help="Which system uses it.")] = "System",
    as_json: AsJson = False,
) -> None:
    """The same as `add`, as it was called before."""
    add(agency, None, name, 0, as_json)


@group.command()
def rotate(
    number: Number,
    overlap: Annotated[int, typer.Option(min=0, max=90, help="Days that the one before goes on.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Make the token that follows, for the same purposes; both open until the overlap is over."""
    with open_room():
        from rightplace.domain.practice.journey.refusals import Refused
        from rightplace.foundation.access.actor import RULES
        from rightplace.gateways.api.tokens import rotate_token

        before = _token(number)
        try:
            row, token = rotate_token(token=before, by=RULES, overlap=timedelta(days=overlap))
        except Refused as why_not:
            raise DoesNotHold(f"{why_not.because} {why_not.instead}") from why_not
        _answer_made(row, token, before.agency.name, as_json)


@group.command()
def revoke(number: Number, as_json: AsJson = False) -> None:
    """End a token at once: from now on it opens nothing."""
    with open_room():
        from rightplace.foundation.access.actor import RULES
        from rightplace.gateways.api.tokens import end_token

        end_token(token=_token(number), by=RULES)
        answer({"id": number, "ended": True}, as_json, f"Token {number} has ended.")


@group.command("end", hidden=True)
def end(number: Number, as_json: AsJson = False) -> None:
    """The same as `revoke`, as it was called before."""
    revoke(number, as_json)


@group.command()
def purposes(as_json: AsJson = False) -> None:
    """List what a token can be for."""
    from rightplace.gateways.cli.room import make_ready

    make_ready()
    from rightplace.gateways.api.purposes import PURPOSES

    told = [{"purpose": each.name, "opens": each.sentence} for each in PURPOSES.values()]
    answer({"purposes": told}, as_json, "\n".join(f"{row['purpose']:<16} {row['opens']}" for row in told))


@group.command()
def agencies(as_json: AsJson = False) -> None:
    """List the partners' agencies with their numbers."""
    with open_room():
        from rightplace.foundation.organisation.models import Agency

        rows = Agency.objects.exclude(kind=Agency.Kind.AUTHORITY).order_by("kind", "name", "id")
        told = [{"id": row.pk, "kind": row.kind, "name": row.name} for row in rows]
        lines = "\n".join(f"{row['id']:>6}  {row['kind']:<10} {row['name']}" for row in told)
        answer({"agencies": told}, as_json, lines or "There is no partner's agency yet.")


@group.command("list")
def tokens(as_json: AsJson = False) -> None:
    """List the tokens, what each is for, when it was last used and which have ended; never the tokens themselves."""
    with open_room():
        from rightplace.foundation.organisation import clock
        from rightplace.gateways.api.models import ApiToken

        now = clock.now()
        rows = ApiToken.objects.select_related("agency").order_by("id")
        told = [
            {
                "id": row.pk, "agency": row.agency.name, "name": row.name, "purposes": row.purposes,
                "begins": row.begins, "ends": row.ends, "last_used": row.last_used,
                "ended": row.ends is not None and row.ends <= now,
            }
            for row in rows
        ]  # fmt: skip
        lines = "\n".join(_line(row) for row in told)
        answer({"tokens": told}, as_json, lines or "There is no token yet.")


def _line(row: dict[str, Any]) -> str:
    used = f"last used {row['last_used']:%Y-%m-%d %H:%M}" if row["last_used"] else "never used"
    ended = "ended" if row["ended"] else f"ends {row['ends']:%Y-%m-%d}" if row["ends"] else "no end"
    return f"{row['id']:>6}  {row['agency']}, {row['name']}: {' '.join(row['purposes'])}; {used}; {ended}"


def agency_named(named: str) -> Agency:
    """The agency of that number or name. Raises UsedWrongly."""
    from rightplace.foundation.organisation.models import Agency

    wanted: dict[str, Any] = {"pk": int(named)} if named.isdecimal() else {"name__iexact": named}
    found = Agency.objects.filter(**wanted).order_by("id").first()
    if found is None:
        raise UsedWrongly("There is no such agency. `rightplace tokens agencies` lists them.")
    return found


def _token(number: int) -> ApiToken:
    from rightplace.gateways.api.models import ApiToken

    row = ApiToken.objects.select_related("agency").filter(pk=number).first()
    if row is None:
        raise UsedWrongly("There is no such token. `rightplace tokens list` lists them.")
    return row


def _answer_made(row: ApiToken, token: str, agency: str, as_json: bool) -> None:
    told = {"id": row.pk, "agency": row.agency_id, "purposes": row.purposes, "ends": row.ends, "token": token}
    said = f"Token {row.pk} of {agency} for {', '.join(row.purposes)}, shown this once:\n{token}"
    answer(told, as_json, said)
