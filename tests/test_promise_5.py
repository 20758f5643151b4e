"""Promise 5. No score of a child, and no prediction about a named child: indicators, people's decisions, and dissent.

A promise not to build something: the columns, the kinds of entries, the imports and the pages are looked through, and
each number about a child must be on a short list that says what it counts. A new number fails until somebody has said so.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, get_type_hints

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import rightplace
from rightplace.domain.practice.entries import KINDS, Body
from rightplace.domain.practice.entries.identity import PossibleDuplicateFound
from rightplace.domain.practice.need import sample_pack
from rightplace.foundation.journal import reading
from rightplace.foundation.people import queries as people
from rightplace.foundation.people.projections import Duplicate
from rightplace.testing.organisation import SmallCity, sign_in, small_city
from tests.telling import accepted, after, told

pytestmark = pytest.mark.promise
SOURCE = Path(rightplace.__file__).parent
NAMES_A_CHILD = {"person", "file", "child", "concern"}
IDS = {
    "id", "person", "file", "concern", "entry", "trigger", "about", "team", "worker", "from_team", "offered_by", "other",
    "because_of", "met_by", "agency", "told_by", "read_by", "decided_by", "asked_by", "answer_entry", "disagreement",
    "author", "occasion", "role", "kind", "label", "key", "area", "by_worker", "receipt", "chain", "lead", "chair",
    "written_by", "second_person", "to_agency", "other_file", "moved_to", "attachments", "children", "continuing",
    "school", "pilot", "triage", "taken_by", "opened_by", "family", "support", "begun_by", "waits", "sent_back_by",
    "authorised_by", "called_by", "held", "held_entry", "strategy", "answered_by", "done_by", "desk", "link", "reader",
    "answerer", "service", "called", "without", "suggested",
}  # fmt: skip
COUNTED = {
    "age_about": "an age in years, as somebody said it",
    "sent_back_before": "how often teams have sent the child back",
    "checks_open": "how many agencies have not answered",
    "blind": "how many managers have decided blind",
    "previous_plans": "how many plans there were before, for the census",
    "square": "the square kilometre of an address",
    "score": "the strengths and difficulties questionnaire that a carer fills in, for the return of children in care",
    "seq": "a place in a file", "head_seq": "the last place in a file", "sealed_seq": "the last sealed place",
    "head_recorded": "an instant", "recorded": "an instant", "at": "an instant", "day": "a day", "minute": "a minute",
    "version": "a version of words", "version_from": "a version of a rule", "said_version": "a version of words",
    "questions_version": "a version of questions", "size": "the bytes of an attachment", "line": "a line of a return",
    "goals": "how many goals a plan has", "goals_done": "how many of them are said to be done",
    "times_sent_back": "how often an assessment was sent back for more", "agencies": "which agencies, or how many of them",
    "place": "a place in a list of agreed actions", "goal": "a place in the list of a plan's goals",
    "shared": "the places of the goals that somebody joining may read",
    "lasted": "the minutes of a visit", "among": "how many children shared those minutes",
    "part": "a child's part of the minutes of a visit, for what a school's share pays",
    "number": "a place in a return", "n": "a place in a chain", "found": "how many a search found",
}  # fmt: skip
ONLY_HERE = {"score": {"health.sdq"}}
SUSPECT = re.compile(
    r"score|risk|predict|probab|likelihood|propensity|weight|percentile|ranking|rating", re.IGNORECASE
)
LEARNING = {
    "sklearn",
    "torch",
    "tensorflow",
    "xgboost",
    "lightgbm",
    "catboost",
    "statsmodels",
    "keras",
    "prophet",
}
SAYS_A_SCORE = re.compile(
    r"\brisk (score|level|rating)|(?<!no )(?<!never adds up to a )\bscored?\b"
    r"|predict(s|ed|ion)"
    r"|probabilit|likelihood|\d ?% (likely|risk|sure|match)",
    re.IGNORECASE,
)


def wrong_columns(tables: Iterable[type[models.Model]]) -> list[str]:
    """Numbers about a child that nobody has said what they count."""
    found = []
    for table in tables:
        fields = table._meta.concrete_fields
        if not {field.attname for field in fields} & NAMES_A_CHILD:
            continue
        for field in fields:
            name = field.attname
            number = isinstance(field, (models.IntegerField, models.FloatField, models.DecimalField))
            fraction = isinstance(field, (models.FloatField, models.DecimalField))
            if fraction or SUSPECT.search(name) or (number and name not in IDS and name not in COUNTED):
                found.append(f"{table.__name__}.{name}")
    return found


def wrong_fields(kinds: Iterable[type[Body]]) -> list[str]:
    """Numbers in entries that nobody has said what they count."""
    found = []
    for kind in kinds:
        for name, hint in get_type_hints(kind).items():
            if name not in kind.__struct_fields__ or name in kind.naming:
                continue
            words = str(hint)
            number = re.search(r"\bint\b|float|Decimal", words) is not None
            allowed = name in IDS or (name in COUNTED and kind.kind in ONLY_HERE.get(name, {kind.kind}))
            if "float" in words or (number and not allowed) or (SUSPECT.search(name) and not allowed):
                found.append(f"{kind.kind}.{name}")
    return found


def our_tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("rightplace.")]


def test_no_table_that_names_a_child_holds_a_number_that_judges_the_child(figure):
    tables = our_tables()
    assert wrong_columns(tables) == []
    children = [t for t in tables if {f.attname for f in t._meta.concrete_fields} & NAMES_A_CHILD]
    assert len(children) > 12
    columns = sum(len(table._meta.concrete_fields) for table in children)
    figure(
        f"no score: {columns} columns of {len(children)} tables about children and {len(KINDS)} kinds of entries; none"
    )


def test_no_kind_of_entry_holds_one():
    assert wrong_fields(KINDS.values()) == []


def test_nothing_that_learns_is_imported():
    imported = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
    assert imported & LEARNING == set()
    assert "django" in imported


def test_an_indicator_has_words_and_a_level_and_no_weight():
    indicators = sample_pack().indicators
    assert len(indicators) > 50
    for each in indicators:
        numbers = [
            name for name in type(each).__annotations__ if isinstance(getattr(each, name), (int, float))
        ]
        assert [name for name in numbers if not isinstance(getattr(each, name), bool)] == []


@pytest.fixture
def city() -> SmallCity:
    with after(-24):
        return small_city()


@pytest.mark.django_db
def test_how_sure_a_search_is_is_said_in_a_word_and_kept_nowhere(city):
    with after(0):
        told(city.school)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            hits = people.find(city.front_door_worker.actor, "Ayla Brookfeld")
    assert [hit.person.given for hit in hits] == ["Ayla"]
    assert not re.search(r"\d", hits[0].band.value), "how sure is a word"
    writes = [q["sql"] for q in asked.captured_queries if re.match(r"\s*(INSERT|UPDATE|DELETE)", q["sql"])]
    assert writes
    assert all('INSERT INTO "access_read_audit"' in sql for sql in writes)
    assert not any(re.search(r"band|score", sql) for sql in writes)


@pytest.mark.django_db
def test_why_two_may_be_one_is_written_in_words_without_a_number(city):
    with after(-23):
        told(city.school)
    with after(0):
        contact = told(city.housing)
        flagged = Duplicate.objects.get(file=contact.children[0])
        with reading.folding():
            entries = reading.entries_of(reading.file_rows([flagged.file]))[flagged.file]
    why = next(e.body.why for e in entries if isinstance(e.body, PossibleDuplicateFound))
    assert why
    assert [words for words in why if re.search(r"\d", words)] == []


def pages_about_children(city: SmallCity) -> dict[str, str]:
    """What is shown of a child to those who work with the child, those who lead them, and who told."""
    with after(0):
        file, contact = accepted(city, first := told(city.school)), told(city.school, "Joe")
        found = {
            "story": (city.social_worker, reverse("desk:story", args=[file])),
            "my day": (city.social_worker, reverse("desk:my-day")),
            "contact": (city.front_door_worker, reverse("frontdoor:contact", args=[contact.concern])),
            "decide": (city.front_door_worker, reverse("frontdoor:decide", args=[contact.concern])),
            "inbox": (city.front_door_worker, reverse("frontdoor:inbox")),
            "follow": (city.school, reverse("frontdoor:concern", args=[first.concern])),
            "figure": (city.head_of_service, reverse("leadership:figure", args=["unallocated"])),
            "leaders": (city.director, reverse("leadership:director")),
        }
        pages = {
            name: sign_in(Client(), who).get(address).content.decode()
            for name, (who, address) in found.items()
        }
        searching = sign_in(Client(), city.front_door_worker)
        pages["found"] = searching.post(reverse("desk:find"), {"words": "Ayla Brookfield"}).content.decode()
    return {
        name: re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", page, flags=re.S)
        for name, page in pages.items()
    }


def scores_on(pages: dict[str, str]) -> list[str]:
    return [f"{name}: {hit.group()}" for name, page in pages.items() for hit in SAYS_A_SCORE.finditer(page)]


@pytest.mark.django_db
def test_no_page_about_a_child_says_a_score_or_a_prediction(city):
    pages = pages_about_children(city)
    assert all("Brookfield" in pages[name] for name in ("story", "contact", "found", "inbox"))
    assert scores_on(pages) == []


# what would be caught -----------------------------------------------------------------------------------------------


def table(**fields: models.Field) -> type[models.Model]:
    """A table as somebody might add it; it belongs to no app."""
    columns = {"person": models.BigIntegerField(), **fields}
    for name, field in columns.items():
        field.set_attributes_from_name(name)
    return SimpleNamespace(__name__="Added", _meta=SimpleNamespace(concrete_fields=list(columns.values())))  # type: ignore[return-value]


@pytest.mark.parametrize(
    "added",
    [
        {"risk_score": models.SmallIntegerField()},
        {"chance": models.FloatField()},
        {"priority": models.IntegerField()},
        {"likelihood": models.CharField(max_length=9)},
    ],
)
def test_a_column_that_judges_a_child_is_caught(added):
    assert wrong_columns([table(**added)]) == [f"Added.{next(iter(added))}"]


def test_a_kind_of_entry_that_judges_a_child_is_caught():
    class Judged(Body, frozen=True):
        kind = "child.judged"  # type: ignore[misc]
        number = 9999  # type: ignore[misc]
        need: Annotated[float, "how needy"] = 0.0
        tier: int = 0
        risk: str = ""

    assert wrong_fields([Judged]) == ["child.judged.need", "child.judged.tier", "child.judged.risk"]


@pytest.mark.parametrize("words", ["Risk score: 7", "83 % likely to return", "Predicted to come back"])
def test_a_page_that_says_a_score_is_caught(words):
    assert scores_on({"story": f"Ayla. {words}."})
