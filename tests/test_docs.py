"""What the documents say is so: examples run, references are current, links lead somewhere."""

import doctest
import hashlib
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest

from rightplace.configuration import Configuration
from rightplace.domain.practice.entries import KINDS, Entry, base, body_bytes
from rightplace.domain.practice.entries.keeping import EntryCorrected, NoteWritten
from rightplace.domain.practice.figures import FIGURES
from rightplace.domain.practice.journey import REDUCERS
from rightplace.domain.practice.timescales import load_book, rulebook
from rightplace.domain.practice.timescales.loading import PACKS
from rightplace.foundation.access.permissions import PERMISSIONS
from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.journal import chain, sealed_minutes, sealing

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
MADE_BY_SET_UP = {".venv", "node_modules", "dist", "build", "built", "staticfiles"}
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(part in MADE_BY_SET_UP or part.startswith(".") for part in path.relative_to(ROOT).parts)
)
WITH_EXAMPLES = [path for path in PAGES if "\n>>> " in path.read_text(encoding="utf-8")]
PICTURES = ROOT / "src" / "rightplace" / "demo" / "pictures.py"


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


# examples ----------------------------------------------------------------------------------


def examples_of(path: Path) -> doctest.DocTest:
    """The examples of a page; fences end what an example is expected to say."""
    lines = path.read_text(encoding="utf-8").splitlines()
    plain = "\n".join("" if line.startswith("```") else line for line in lines) + "\n"
    return doctest.DocTestParser().get_doctest(plain, {"__name__": path.stem}, path.name, str(path), 0)


def run(path: Path) -> tuple[doctest.TestResults, dict[str, Any], str]:
    told: list[str] = []
    test = examples_of(path)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    found = runner.run(test, out=told.append, clear_globs=False)
    return found, test.globs, "".join(told)


@pytest.fixture
def kinds_as_they_were() -> Iterator[None]:
    """A page may show how to add a kind; the next test finds the kinds without it."""
    registries = (KINDS, base._BY_NAME, base._DECODERS, base._UPCASTS, REDUCERS)
    before = [dict(registry) for registry in registries]
    yield
    for registry, kept in zip(registries, before, strict=True):
        registry.clear()
        registry.update(kept)


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=named)
def test_the_examples_of_a_page_say_what_the_page_says(path: Path, kinds_as_they_were: None) -> None:
    found, _, told = run(path)
    assert found.attempted
    assert not found.failed, told


def test_the_pages_that_must_be_true_have_examples() -> None:
    assert {DOCS / "one-idea.md", DOCS / "journal-format.md"} <= set(WITH_EXAMPLES)


# the worked example of the format, against the program ---------------------------------------


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    _, told, _ = run(DOCS / "journal-format.md")
    monkeypatch.setattr(sealing, "master_key", lambda: told["MASTER"])
    return told


def entry_of(clear: tuple[int, ...], names: tuple[int, ...], body: NoteWritten | EntryCorrected) -> Entry:
    return Entry(*clear, names=names, body=body)


def test_the_program_writes_the_bytes_that_the_format_tells(worked: dict[str, Any]) -> None:
    seal, previous = sealing.FileSeal(worked["SALT"]), chain.FIRST
    assert sealing.key_id(worked["SALT"]) == worked["KEY"]
    for row in worked["rows"]:
        clear, names, sealed, digest, mac = row
        cls = KINDS[clear[3]]
        entry = entry_of(clear, names, base.read_body(cls.number, clear[4], worked["words"](row).encode()))
        assert entry.body.named() == names
        written = seal.seal(entry.file, entry.id, body_bytes(entry.body))
        assert written.hex() == sealed
        header = chain.header_bytes(*clear, worked["FILE_KIND"], worked["KEY"], names)
        previous = chain.entry_digest(previous, header, hashlib.sha256(written).digest())
        assert previous.hex() == digest
        assert chain.signature(sealing.signing_key.__wrapped__(), previous).hex() == mac


def test_the_program_seals_as_the_format_tells(worked: dict[str, Any]) -> None:
    clear, _, _, digest, _ = worked["rows"][-1]
    heads = chain.pack_heads([(clear[0], clear[1], bytes.fromhex(digest))])
    assert heads == worked["heads"]
    made = sealed_minutes.seal_digest(1, worked["minute"], chain.FIRST, heads, bytes(32))
    assert made.hex() == worked["seal"].hexdigest()


# reference ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "tools" / "make_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_current(reference: ModuleType) -> None:
    assert reference.out_of_date() == [], "run python tools/make_reference.py"


def command_names(reference: ModuleType) -> list[str]:
    import typer

    found = reference.walk(typer.main.get_command(reference.build_app()), "")
    return [name for name, _ in found]


def test_everything_that_can_be_used_has_a_line_in_the_reference(reference: ModuleType) -> None:
    wanted = {
        "entry-kinds.md": [f"| `{cls.kind}` |" for cls in KINDS.values()],
        "timescales.md": [f"| `{rule.id}` | {rule.title}" for rule in rulebook().rules],
        "permissions.md": [f"| `{name}` |" for name in PERMISSIONS]
        + [f"| {role.name} |" for role in ROLES.values()],
        "figures.md": [f"\n`{name}` ·" for name in FIGURES],
        "settings.md": [f"| `{name}` |" for name in Configuration.model_fields],
        "commands.md": [f"## rightplace {name}\n" for name in command_names(reference)],
    }
    for page, lines in wanted.items():
        text = (DOCS / page).read_text(encoding="utf-8")
        assert len(lines) > 5
        assert [line for line in lines if line not in text] == [], page


def test_what_commands_answer_is_told_of_commands_that_are_there(reference: ModuleType) -> None:
    assert set(reference.JSON_SAYS) <= set(command_names(reference))


# how to ------------------------------------------------------------------------------------


def blocks(page: str, language: str) -> list[str]:
    text = (DOCS / "how-to" / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_timescale_that_is_shown_is_a_timescale(tmp_path: Path) -> None:
    pack = tmp_path / "local-shown.toml"
    pack.write_text("\n".join(blocks("add-a-timescale.md", "toml")), encoding="utf-8")
    before = {rule.id for rule in rulebook().rules}
    book = load_book([*sorted(PACKS.glob("england-*.toml")), pack])
    shown = [rule for rule in book.rules if rule.pack == "local-shown"]
    assert shown
    assert before.isdisjoint(rule.id for rule in shown)


# links -------------------------------------------------------------------------------------

LINK = re.compile(r"(?<!`)\[(?:[^\]\[]|\[[^\]]*\])*\]\(<?([^)\s>]+)>?\)")


def links() -> Iterator[tuple[Path, str]]:
    """Every relative link of every page, code left out."""
    for path in PAGES:
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for link in LINK.findall(text):
            if not re.match(r"[a-z]+:", link):
                yield path, link


def headings(path: Path) -> set[str]:
    """The anchors of a page's headings, as readers' sites make them."""
    found = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in found}


def target(path: Path, link: str) -> Path:
    return (path.parent / unquote(link.partition("#")[0])).resolve() if link[0] != "#" else path


def test_every_link_leads_to_a_file_and_a_heading() -> None:
    found = list(links())
    assert len(found) > 100
    pictures = {(DOCS / "pictures").resolve()}
    lost = []
    for path, link in found:
        there, heading = target(path, link), link.partition("#")[2]
        if there.parent in pictures and there.suffix == ".png":
            continue
        if not there.exists() or (heading and heading not in headings(there)):
            lost.append(f"{named(path)}: {link}")
    assert lost == []


def test_every_picture_is_there_or_is_made_by_make_pictures() -> None:
    shown = {target(path, link) for path, link in links() if link.endswith((".png", ".svg"))}
    assert shown
    missing = sorted(picture.name for picture in shown if not picture.exists())
    if missing and not PICTURES.exists():
        pytest.skip(f"not made yet, and nothing makes them: {', '.join(missing)}")
    makes = PICTURES.read_text(encoding="utf-8") if PICTURES.exists() else ""
    assert [name for name in missing if Path(name).stem not in makes] == []


def test_every_page_of_the_documents_is_reached_from_their_index() -> None:
    reached, waiting = set(), [ROOT / "README.md", DOCS / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path not in PAGES:
            continue
        reached.add(path)
        waiting += [target(path, link) for other, link in links() if other == path]
    assert [named(path) for path in PAGES if DOCS in path.parents and path not in reached] == []


# promises ----------------------------------------------------------------------------------


def test_each_promise_is_told_with_its_tests() -> None:
    text = (DOCS / "promises.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (\d)\. ", text, flags=re.MULTILINE)
    assert parts[1::2] == [str(number) for number in range(1, 9)]
    for number, part in zip(parts[1::2], parts[2::2], strict=True):
        assert "test_" in part, f"promise {number} names no test"
        assert "*Not shown:*" in part, f"promise {number} does not say what is not shown"
        mine = sorted(path.name for path in (ROOT / "tests").glob(f"*promise_{number}*.py"))
        assert [name for name in mine if f"[`{name}`]" not in part] == [], f"promise {number}"


# the decisions -----------------------------------------------------------------------------

PARTS = ("## Context", "## Options", "## Decision", "## Consequences", "## What would change our mind")


def test_decisions_are_short_numbered_and_say_what_would_change_our_mind() -> None:
    found = sorted((DOCS / "decisions").glob("0*.md"))
    assert [int(path.name[:4]) for path in found] == list(range(1, len(found) + 1))
    for path in found:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 40, path.name
        assert [part for part in PARTS if part not in text] == [], path.name


# what a page shows in pictures and paths ------------------------------------------------------


def test_no_page_names_a_folder_of_somebodys_machine() -> None:
    bad = re.compile(r"(?<![\w.])/(root|home|work|tmp)/\w")
    assert [named(path) for path in PAGES if bad.search(path.read_text(encoding="utf-8"))] == []
