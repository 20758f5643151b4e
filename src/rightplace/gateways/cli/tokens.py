"""`rightplace tokens`: keys of agencies' systems for the API."""

import typer

from rightplace.gateways.cli.room import AsJson, DoesNotHold, UsedWrongly, answer, open_room

group = typer.Typer(help="Keys of agencies' systems for the API.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add `rightplace tokens`."""
    app.add_typer(group, name="tokens")


@group.command()
def make(
    agency: str = typer.Argument(help="The agency: its number, or its name."),
    name: str = typer.Option("System", help="What the token is for."),
    as_json: AsJson = False,
) -> None:
    """Make a token; it is shown once and kept nowhere."""
    with open_room():
        from rightplace.domain.practice.journey.refusals import Refused
        from rightplace.foundation.access.actor import RULES
        from rightplace.foundation.organisation.models import Agency
        from rightplace.gateways.api.tokens import make_token

        wanted = {"pk": int(agency)} if agency.isdecimal() else {"name__iexact": agency}
        found = Agency.objects.filter(**wanted).order_by("id").first()
        if found is None:
            raise UsedWrongly("There is no such agency. `rightplace tokens agencies` lists them.")
        try:
            row, token = make_token(agency=found, name=name, by=RULES)
        except Refused as why_not:
            raise DoesNotHold(f"{why_not.because} {why_not.instead}") from why_not
        told = {"id": row.pk, "agency": found.pk, "token": token}
        answer(told, as_json, f"Token {row.pk} of {found.name}, shown this once:\n{token}")


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
    """List the tokens that were made, and which have ended; never the tokens themselves."""
    with open_room():
        from rightplace.gateways.api.models import ApiToken

        rows = ApiToken.objects.select_related("agency").order_by("id")
        told = [
            {
                "id": row.pk,
                "agency": row.agency.name,
                "name": row.name,
                "begins": row.begins,
                "ends": row.ends,
            }
            for row in rows
        ]
        lines = "\n".join(
            f"{row['id']:>6}  {row['agency']}, {row['name']}{', ended' if row['ends'] else ''}"
            for row in told
        )
        answer({"tokens": told}, as_json, lines or "There is no token yet.")


@group.command()
def end(number: int = typer.Argument(help="The number of the token."), as_json: AsJson = False) -> None:
    """End a token: from now on it opens nothing."""
    with open_room():
        from rightplace.foundation.access.actor import RULES
        from rightplace.gateways.api.models import ApiToken
        from rightplace.gateways.api.tokens import end_token

        row = ApiToken.objects.filter(pk=number).first()
        if row is None:
            raise UsedWrongly("There is no such token. `rightplace tokens list` lists them.")
        end_token(token=row, by=RULES)
        answer({"id": number, "ended": True}, as_json, f"Token {number} has ended.")
