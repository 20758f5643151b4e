"""A supervisor's personal part in what is no page: the partners' API with its keys, and what commands print and write.

Pages, searches, files, tables, copies, letters, logs and jobs are asked in `services/supervision/tests/test_found_nowhere.py`.
Every command is asked here, or says why it need not be; one that is in neither list fails.
"""

from __future__ import annotations

import pkgutil
import re
import socket
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer
from django.db import connections
from typer.testing import CliRunner, Result

from rightplace.foundation.access.actor import RULES
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import clock
from rightplace.gateways import cli
from rightplace.gateways.api.purposes import PURPOSES, ROLES
from rightplace.gateways.api.tests.telling import System
from rightplace.gateways.api.webhooks.events import EVENTS
from rightplace.gateways.api.webhooks.keeping import register_webhook
from rightplace.gateways.cli.main import build_app
from rightplace.services.directory.tests import offering
from rightplace.services.supervision import personal
from rightplace.services.supervision.models import Session
from rightplace.services.supervision.tests.child import child_with
from rightplace.services.supervision.tests.test_found_nowhere import REASON, SAID, WORDS, planted
from rightplace.testing.organisation import MORNING, SmallCity, small_city


@dataclass
class Told:
    """A session with a planted word in each kind of the personal part; and the child of whom it decided something."""

    city: SmallCity
    child: int
    session: Session


PRINTED = {
    "figures": ["", "--json"],
    "verify": ["", "--json", "--anchor {out}/kept.anchor"],
    "rebuild": ["--check", "--check --json", "--json"],
    "export retention": ["", "--json"],
    "timescales list": ["", "--json"],
    "timescales explain": ["REF-1 --json", "{timescale}", "{timescale} --json"],
    "capacity calibrate": ["--journal --json"],
    "tokens add": ["{agency} --name Notices --json"],
    "tokens make": ["{agency} --json"],
    "tokens list": ["", "--json"],
    "tokens agencies": ["", "--json"],
    "tokens purposes": ["", "--json"],
    "tokens rotate": ["1 --json"],
    "tokens revoke": ["1"],
    "tokens end": ["1"],
    "webhooks add": ["{agency} https://partner.example/told --json"],
    "webhooks list": ["", "--json"],
    "webhooks rotate": ["1 --json"],
    "webhooks end": ["1"],
    "settings": ["", "--json"],
    "db status": ["", "--json"],
    "manage": ["dumpdata supervision journal people organisation caseflow"],
}
"""Commands that print, with what is typed after each."""
WRITTEN = {
    "anchor": ["--out {out}/kept.anchor"],
    "export directory": ["--out {out}/json", "--out {out}/csv --format csv", "--out {out}/one.json"],
}
"""Commands that write files."""
READS_OURS_AGAIN = {"import directory": ["{out}/json --dry-run", "{out}/json --dry-run --json"]}
"""Commands that are given what another has written."""
OF_A_FILE = "It tells of the rows of the file that it is given, and of nothing that was kept before."
OF_A_SCENARIO = "It works from a scenario or a folder of published figures, and opens no database."
INVENTED = "It measures or shows an invented city in a database of its own."
OF_FAMILIES = "It counts families of a plan; what it moves is in tables, which are looked through whole."
OF_THE_SERVER = "It starts, stops or names the server, and reads no row."
NOT_ASKED = {
    "import cin": OF_A_FILE, "import schools": OF_A_FILE, "import figures": OF_A_FILE,
    "capacity backtest": OF_A_SCENARIO, "capacity run": OF_A_SCENARIO, "capacity compare": OF_A_SCENARIO,
    "capacity search": OF_A_SCENARIO,
    "bench allocation": INVENTED, "bench capacity": INVENTED, "bench record": INVENTED, "demo": INVENTED,
    "capacity city": INVENTED,
    "cutover progress": OF_FAMILIES, "cutover rehearse": OF_FAMILIES, "cutover run": OF_FAMILIES,
    "db up": OF_THE_SERVER, "db down": OF_THE_SERVER, "db url": OF_THE_SERVER, "db reset": OF_THE_SERVER,
    "serve": "It answers with the pages, which are asked as everybody.",
}  # fmt: skip


@pytest.fixture(scope="module")
def told(kept_rows: str) -> Iterator[Told]:
    """Committed, since commands open connections of their own."""
    with pytest.MonkeyPatch.context() as patch, clock.clock_at(MORNING):
        for module in pkgutil.iter_modules(cli.__path__, f"{cli.__name__}."):
            if hasattr(found := import_module(module.name), "open_room"):
                patch.setattr(found, "open_room", nullcontext)
        patch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.216.34", 443))])
        city = small_city()
        nia = child_with(city)
        offering.directory()
        System(city.police)
        register_webhook(
            agency=city.police.team.agency,
            address="https://police.example/told",
            events=list(EVENTS),
            by=RULES,
        )
        yield Told(city, nia, planted(city, nia))


@pytest.fixture
def as_the_application() -> Iterator[None]:
    """`rebuild` goes on as the owner; afterwards the application is itself again."""
    own = dict(connections["default"].settings_dict)
    yield
    connections["default"].close()
    connections["default"].settings_dict.update(own)


def words_in(text: str) -> set[str]:
    return {word for word in (*WORDS, REASON) if word in text.casefold()}


def said(told: Told, command: str, typed: str, out: Path) -> Result:
    """What a command prints; it must have done what it was asked."""
    scale = Timescale.objects.filter(person=told.child).values_list("pk", flat=True).first()
    more = typed.format(out=out, timescale=scale, agency=told.city.police.team.agency_id)
    found = CliRunner().invoke(build_app(), [*command.split(), *more.split()])
    assert found.exit_code == 0, (command, typed, found.output, found.exception)
    return found


def every_command() -> set[str]:
    """Each command of this installation, by the words that are typed."""

    def within(command: Any, words: tuple[str, ...]) -> Iterator[str]:
        if not hasattr(command, "commands"):
            yield " ".join(words)
            return
        for name, each in command.commands.items():
            yield from within(each, (*words, name))

    return set(within(typer.main.get_command(build_app()), ()))


def test_every_command_is_asked_or_says_why_not():
    asked = [*PRINTED, *WRITTEN, *READS_OURS_AGAIN, *NOT_ASKED]
    assert len(asked) == len(set(asked))
    assert every_command() == set(asked)


@pytest.fixture(scope="module")
def out(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which everything was written that commands write."""
    folder = tmp_path_factory.mktemp("written")
    for command, lines in WRITTEN.items():
        for typed in lines:
            assert not words_in(said(told, command, typed, folder).output), command
    return folder


def test_no_file_that_a_command_writes_holds_a_word(told: Told, out: Path):
    written = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    assert len(written) > 3
    assert any(b"Evening parenting course" in text for text in written.values()), "nothing was looked at"
    leaks = [(f.name, w) for f, text in written.items() for w in (*WORDS, REASON) if w.encode() in text]
    assert leaks == []


@pytest.mark.parametrize("command", [*PRINTED, *READS_OURS_AGAIN])
def test_no_command_prints_a_word(told: Told, out: Path, as_the_application: None, command: str):
    if command == "capacity calibrate":
        pytest.importorskip("statsforecast", reason="the extra `capacity` is not installed")
    for typed in (PRINTED | READS_OURS_AGAIN)[command]:
        found = said(told, command, typed, out)
        assert found.stdout, (command, typed)
        assert not words_in(found.output), (command, typed)


def test_a_command_that_printed_a_personal_part_would_be_found(told: Told, monkeypatch: pytest.MonkeyPatch):
    from rightplace.overview.leadership import counting

    opened = personal.opened(told.city.social_worker.actor, told.session)
    monkeypatch.setattr(counting, "said", lambda *_: repr(opened))
    assert words_in(CliRunner().invoke(build_app(), ["figures"]).output) == set(SAID.values())


def test_no_answer_of_the_api_holds_a_word_whoevers_key_asks(told: Told):
    """Each address that is read, with the number of the child, of the session, of its worker and its team."""
    city, asked, good = told.city, 0, set()
    numbers = (
        told.child, told.session.pk, city.social_worker.worker.pk, city.assessment.pk, city.police.team.agency_id,
    )  # fmt: skip
    systems = [
        System(partner, *of_one_role(role))
        for partner in (city.police, city.school, city.provider)
        for role in ROLES
    ]
    paths = [path for path, verbs in systems[0].ask("openapi.json").json()["paths"].items() if "get" in verbs]
    for system in systems:
        for path in paths:
            for number in numbers if "{" in path else numbers[:1]:
                answer = system.client.get(re.sub(r"\{[^}]*\}", str(number), path))
                asked += 1
                good |= {path} if answer.status_code == 200 else set()
                assert not words_in(answer.content.decode("utf-8", "replace")), path
    assert asked > 100
    assert len(good) > 5, f"hardly anybody was answered: {good}"


def of_one_role(role: int) -> list[str]:
    """Every purpose that a key of this role can have."""
    return [name for name, each in PURPOSES.items() if each.permission in role_of(role).permissions]
