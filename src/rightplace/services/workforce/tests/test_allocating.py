"""Whom to give a family to: the suggestion on the manager's page, what is recorded, several at once, moves, conflicts."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.forms_worker import change_reasons
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.tests.children_offered import now_of, offered
from rightplace.domain.practice.entries.caseflow import WorkerAllocated
from rightplace.domain.practice.entries.identity import RelationshipRecorded
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.writing import write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import people
from rightplace.foundation.organisation.models import Absence
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.workforce import full, tasks
from rightplace.services.workforce.allocating import conflicts, moves
from rightplace.services.workforce.allocating.advising import advice_on
from rightplace.services.workforce.allocating.facts import known_of
from rightplace.services.workforce.models import ConflictDeclared, MovesAsked
from rightplace.services.workforce.tests.conftest import held
from rightplace.testing import pace
from rightplace.testing.organisation import LONG_AGO, MORNING, Colleague, SmallCity, colleague, sign_in

SMALL_TEAM_MS = 150


@dataclass
class Three:
    """The family support team with three workers: two have twelve families each, Vera none."""

    city: SmallCity
    tamsin: Colleague
    otis: Colleague
    vera: Colleague

    @property
    def manager(self) -> Client:
        return sign_in(Client(), self.city.family_support_manager)

    @property
    def by(self):
        return self.city.family_support_manager.actor


@pytest.fixture
def three(city, employed) -> Three:
    made = Three(
        city, city.family_support_worker,
        colleague("Otis Brand", city.family_support, RoleCode.FAMILY_SUPPORT_WORKER),
        colleague("Vera Quine", city.family_support, RoleCode.FAMILY_SUPPORT_WORKER),
    )  # fmt: skip
    for who, families in ((made.tamsin, 12), (made.otis, 12), (made.vera, 0)):
        employed(who)
        for _ in range(families):
            held(who, "family_support", begins=date(2025, 5, 1))
    return made


def waiting_child(city) -> int:
    """A real child whom the team has accepted and who has no worker yet."""
    offer = offered(city, city.family_support)
    caseflow.accept_child(file=offer.file, offer=offer.id, by=city.family_support_manager.actor)
    return int(offer.person)


def siblings(city, one: int, other: int) -> None:
    said = RelationshipRecorded(relation="brother", other_file=other)
    write([caseflow._draft(one, said)], by=city.family_support_manager.actor, may="note.write")


def page_of(three: Three, child: int) -> str:
    answer = three.manager.get(reverse("caseflow:worker", args=[child]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def post(three: Three, child: int, worker: Colleague, **more: object):
    values = {"worker": worker.worker.pk, "reasons": "", **more}
    return three.manager.post(reverse("caseflow:worker", args=[child]), values, follow=True)


def allocation_in(child: int) -> WorkerAllocated:
    with reading.folding():
        entries = reading.entries_of(reading.file_rows([child]))[child]
    return next(e.body for e in reversed(entries) if isinstance(e.body, WorkerAllocated))


def test_the_page_suggests_who_has_most_room_in_hours_and_says_who_is_next(three):
    child = waiting_child(three.city)
    said = page_of(three, child)
    assert "Suggested: Vera Quine" in said
    assert "This family takes" in said and "free, with no family now" in said
    assert "Next would be" in said
    assert "You decide." in said


def test_a_decision_by_the_suggestion_is_recorded_with_it_and_needs_no_reason(three):
    child = waiting_child(three.city)
    post(three, child, three.vera, seen=three.vera.worker.pk)
    assert now_of(child).worker == three.vera.worker.pk
    entry = allocation_in(child)
    assert entry.suggested == three.vera.worker.pk
    assert entry.suggestion[0] == "Suggested: Vera Quine"


def test_a_decision_against_the_suggestion_takes_a_reason_and_keeps_both(three):
    child = waiting_child(three.city)
    refused = post(three, child, three.otis, seen=three.vera.worker.pk).content.decode()
    assert "Say why another worker than the one suggested." in refused
    assert now_of(child).worker == 0
    post(three, child, three.otis, seen=three.vera.worker.pk, reasons="He knows the grandmother.")
    entry = allocation_in(child)
    assert (entry.worker, entry.suggested, entry.reasons) == (
        three.otis.worker.pk, three.vera.worker.pk, "He knows the grandmother.",
    )  # fmt: skip


def test_what_was_suggested_is_in_no_projection_and_so_in_no_figure(three):
    """It explains a child's file; nobody's decisions are counted."""
    by, rows = three.by, []
    for suggested in (None, caseflow.Suggested(three.otis.worker.pk, ("Suggested: Otis Brand",))):
        child = waiting_child(three.city)
        caseflow.allocate(file=child, worker=three.vera.worker.pk, by=by, suggested=suggested)
        span = now_of(child)
        rows.append(
            {
                f.name: getattr(span, f.name)
                for f in span._meta.fields
                if f.name not in ("id", "person", "entry")
            }
        )
    assert rows[0] == rows[1]


def test_a_suggestion_that_changed_meanwhile_is_shown_anew(three):
    child = waiting_child(three.city)
    with clock.clock_at(MORNING + timedelta(minutes=1)):
        full.say_full(because="Two new families this week.", by=three.vera.actor)
        said = post(three, child, three.vera, seen=three.vera.worker.pk).content.decode()
    assert "The suggestion has changed since you opened the page" in said
    assert now_of(child).worker == 0


def test_who_is_full_away_or_has_a_conflict_is_ruled_out_in_words_and_the_reason_stays_sealed(three):
    child = waiting_child(three.city)
    full.say_full(because="No hour left.", by=three.vera.actor)
    with clock.clock_at(MORNING):
        Absence.objects.create(
            worker=three.otis.worker, begins=MORNING.date() + timedelta(days=10), recorded_at=MORNING,
            recorded_by=three.otis.worker,
        )  # fmt: skip
    caseflow.allocate(file=child, worker=three.tamsin.worker.pk, by=three.by)
    conflicts.declare_conflict(person=child, words="The mother is my cousin.", by=three.tamsin.actor)
    caseflow.end_worker(
        file=child,
        worker=three.tamsin.worker.pk,
        change_reason=change_reasons()[1][0],
        reasons="",
        by=three.by,
    )
    said = page_of(three, child)
    assert "Nobody can be suggested" in said
    for why in ("Has a conflict of interest with the family", "Has said “I am full”", "Goes away soon"):
        assert why in said, why
    assert "binds" in said or "two rules or more" in said.lower()
    assert "cousin" not in said


def test_a_worker_whose_hours_nobody_wrote_down_is_neither_full_nor_free(three):
    colleague("Unwritten Hand", three.city.family_support, RoleCode.FAMILY_SUPPORT_WORKER)
    said = page_of(three, waiting_child(three.city))
    assert "How many hours this worker has is not known" in said


def test_brothers_and_sisters_get_one_worker_in_one_act_and_are_parted_for_a_reason(three):
    one, other = waiting_child(three.city), waiting_child(three.city)
    siblings(three.city, one, other)
    assert "With the child" in page_of(three, one)
    refused = post(three, one, three.vera, seen=three.vera.worker.pk).content.decode()
    assert "Say why brothers and sisters get different workers." in refused
    post(three, one, three.vera, seen=three.vera.worker.pk, also=[other])
    assert {now_of(one).worker, now_of(other).worker} == {three.vera.worker.pk}


def test_parted_brothers_and_sisters_have_the_reason_in_the_file(three):
    one, other = waiting_child(three.city), waiting_child(three.city)
    siblings(three.city, one, other)
    post(three, one, three.vera, seen=three.vera.worker.pk, apart="They live with different parents.")
    assert now_of(other).worker == 0
    assert allocation_in(one).apart == "They live with different parents."
    assert "A brother or sister is with" in page_of(three, other)


def test_a_former_worker_a_language_and_the_way_there_count(three):
    child = waiting_child(three.city)
    caseflow.allocate(file=child, worker=three.otis.worker.pk, by=three.by)
    with clock.clock_at(MORNING + timedelta(hours=1)):
        caseflow.end_worker(
            file=child,
            worker=three.otis.worker.pk,
            change_reason=change_reasons()[1][0],
            reasons="",
            by=three.by,
        )
        said = page_of(three, child)
        assert "Suggested: Otis Brand" in said
        assert "The family knows this worker already." in said
    people.say_particulars(
        worker=three.vera.worker, profession="family_support", begins=LONG_AGO, languages=["polish"],
        by=three.city.human_resources.actor,
    )  # fmt: skip
    known = known_of(three.by, three.city.family_support, [[child]], helps=["play"])
    vera = next(each for each in known.question.workers if each.key == three.vera.worker.pk)
    assert vera.languages == {"English", "Polish"}
    assert vera.place is not None  # the middle of the team's area: no family yet
    assert known.question.groups[0].better == {"play"}


def test_the_hours_asked_about_are_not_counted_twice(three):
    child = waiting_child(three.city)
    caseflow.allocate(file=child, worker=three.vera.worker.pk, by=three.by)
    known = known_of(three.by, three.city.family_support, [[child]])
    vera = next(each for each in known.question.workers if each.key == three.vera.worker.pk)
    assert vera.load == 0
    assert known.question.groups[0].present == three.vera.worker.pk


def test_only_those_with_the_permission_and_the_team_are_told(three):
    child = waiting_child(three.city)
    assert advice_on(three.vera.actor, [child]) is None
    other = sign_in(Client(), three.city.other_family_support_manager)
    for name in ("waiting", "moves"):
        assert other.get(reverse(f"workforce:{name}", args=[three.city.family_support.pk])).status_code == 404
        head = sign_in(Client(), three.city.head_of_service)
        assert head.get(reverse(f"workforce:{name}", args=[three.city.family_support.pk])).status_code == 200


def test_several_families_are_decided_at_once_each_recorded_and_shown_after_the_audit(three):
    first, second = waiting_child(three.city), waiting_child(three.city)
    address = reverse("workforce:waiting", args=[three.city.family_support.pk])
    said = three.manager.get(address).content.decode()
    assert said.count("Suggested: ") == 2
    assert set(ReadAudit.objects.latest("id").files) == {first, second}
    vera, otis = three.vera.worker.pk, three.otis.worker.pk
    suggested = {key: advice_on(three.by, [key]).worker for key in (first, second)}
    against = {
        f"worker_{first}": otis if suggested[first] != otis else vera, f"seen_{first}": suggested[first],
        f"worker_{second}": "", f"because_{second}": "",
    }  # fmt: skip
    refused = three.manager.post(address, against).content.decode()
    assert "Say why another worker than the one suggested." in refused
    three.manager.post(address, {**against, f"because_{first}": "He knows the school."})
    assert now_of(first).worker in (otis, vera)
    assert allocation_in(first).reasons == "He knows the school."
    assert now_of(second).worker == 0


def uneven(three: Three) -> list[int]:
    """Five more families with Tamsin, real ones: more than her week holds."""
    children = [waiting_child(three.city) for _ in range(5)]
    for child in children:
        caseflow.allocate(file=child, worker=three.tamsin.worker.pk, by=three.by)
    return children


def test_a_person_picks_moves_and_each_becomes_an_ordinary_change_of_worker(three):
    uneven(three)
    address = reverse("workforce:moves", args=[three.city.family_support.pk])
    with clock.clock_at(MORNING + timedelta(minutes=5)):
        found = three.manager.post(address)
        asked = MovesAsked.objects.get()
        assert asked.finished_at is not None and asked.moves
        said = three.manager.get(found["Location"]).content.decode()
        assert "worth more than what it costs the families" in said
        before = {step["children"][0]: now_of(step["children"][0]).worker for step in asked.moves[0]["steps"]}
        assert all(worker == three.tamsin.worker.pk for worker in before.values())
        real = next(
            n
            for n, move in enumerate(asked.moves)
            if Offer.objects.filter(person=move["steps"][0]["children"][0]).exists()
        )
        values = {
            "moves": [real],
            "change_reason": change_reasons()[1][0],
            "reasons": "Her week is over-full.",
        }
        three.manager.post(found["Location"], values)
        step = asked.moves[real]["steps"][0]
        assert now_of(step["children"][0]).worker == step["taker"]
        assert allocation_in(step["children"][0]).reasons == "Her week is over-full."
        with pytest.raises(Refused, match="another worker by now"):
            moves.make_move(
                picked=moves.Picked(asked, real),
                change_reason=change_reasons()[1][0],
                reasons="Again",
                by=three.by,
            )


def test_a_move_is_refused_when_its_taker_is_full_by_now(three):
    uneven(three)
    asked = moves.ask_moves(team=three.city.family_support, by=three.by)
    taker = asked.moves[0]["steps"][0]["taker"]
    who = {three.vera.worker.pk: three.vera, three.otis.worker.pk: three.otis}[taker]
    full.say_full(because="No hour left.", by=who.actor)
    with pytest.raises(Refused, match="I am full"):
        moves.make_move(
            picked=moves.Picked(asked, 0), change_reason=change_reasons()[1][0], reasons="x", by=three.by
        )


def test_a_big_team_is_worked_out_in_the_background_with_its_progress(three, monkeypatch):
    uneven(three)
    monkeypatch.setattr(moves, "AT_ONCE", 1)
    asked = moves.ask_moves(team=three.city.family_support, by=three.by)
    assert asked.finished_at is None
    said = three.manager.get(reverse("workforce:moves-asked", args=[asked.pk])).content.decode()
    assert "<progress" in said
    tasks.work_out_moves(asked.pk, three.by.membership)
    asked.refresh_from_db()
    assert asked.finished_at is not None and asked.moves and asked.done == asked.total


def test_a_conflict_is_read_by_its_worker_and_manager_alone_and_its_words_lie_sealed(three):
    child = waiting_child(three.city)
    caseflow.allocate(file=child, worker=three.vera.worker.pk, by=three.by)
    vera = sign_in(Client(), three.vera)
    vera.post(reverse("workforce:conflict", args=[child]), {"words": "The mother is my cousin."})
    row = ConflictDeclared.objects.get()
    assert b"cousin" not in bytes(row.words)
    address = reverse("workforce:conflicts")
    assert "The mother is my cousin." in sign_in(Client(), three.vera).get(address).content.decode()
    assert "The mother is my cousin." in three.manager.get(address).content.decode()
    for who in (
        three.otis,
        three.city.other_family_support_manager,
        three.city.head_of_service,
        three.city.social_worker,
    ):
        assert not scope(who.actor, ConflictDeclared).exists(), who.worker.name
    assert sign_in(Client(), three.city.human_resources).get(address).status_code in (200, 404)
    assert not scope(three.city.human_resources.actor, ConflictDeclared).exists()
    with pytest.raises(Refused, match="Only who declared it"):
        conflicts.end_conflict(declared=row, by=three.otis.actor)
    vera.post(reverse("workforce:conflict", args=[child]), {})
    row.refresh_from_db()
    assert row.ended_at is not None


def test_nobody_declares_a_conflict_about_a_child_who_is_not_to_be_seen(three):
    child = waiting_child(three.city)
    client = sign_in(Client(), three.city.other_family_support_manager)
    assert client.post(reverse("workforce:conflict", args=[child]), {"words": "x"}).status_code == 404


def test_a_suggestion_takes_far_less_than_150_ms_and_a_dozen_questions(three, employed, capsys):
    """The issue's figure, measured: a team of twenty with some hundred and twenty families."""
    for n in range(17):
        who = colleague(
            f"Worker {'ABCDEFGHIJKLMNOPQ'[n]}", three.city.family_support, RoleCode.FAMILY_SUPPORT_WORKER
        )
        employed(who, hours=Decimal(37))
        for _ in range(6):
            held(who, "family_support", begins=date(2025, 5, 1))
    child = waiting_child(three.city)
    with CaptureQueriesContext(connection) as asked:
        advice_on(three.by, [child])
    took = []
    for _ in range(40):
        began = time.process_time()
        advice_on(three.by, [child])
        took.append((time.process_time() - began) * 1000)
    p95 = statistics.quantiles(took, n=20)[18]
    with capsys.disabled():
        print(
            f"\nsuggestion on this processor: median {statistics.median(took):.1f} ms, p95 {p95:.1f} ms, {len(asked)} queries"
        )
    assert len(asked) <= 14
    assert p95 < SMALL_TEAM_MS * pace.pace()
