"""The same file reads rightly under each service model, and an open child is always in some part."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.packfiles import PackRefused
from rightplace.domain.practice.servicemodels import (
    LEGAL,
    PROCESSES,
    SERVICES,
    ServiceModel,
    load_models,
    service_models,
    shipped_models,
)
from rightplace.domain.practice.servicemodels.models import PACKS
from rightplace.domain.practice.workdays import at_from_local, end_of_day, start_of_day

BIRMINGHAM, ENGLAND, FAMILIES = (
    shipped_models()[name] for name in ("birmingham_2011", "england_2023", "families_first")
)
models = st.sampled_from([BIRMINGHAM, ENGLAND, FAMILIES])
legals = st.sampled_from(["", *sorted(LEGAL)])
processes = st.frozensets(st.sampled_from(sorted(PROCESSES)), max_size=5)
services = st.frozensets(st.sampled_from(sorted(SERVICES)))


def read(model: ServiceModel, legal: str, *open_processes: str) -> str:
    return " ".join(model.parts(legal, frozenset(open_processes)))


@pytest.mark.parametrize(
    ("legal", "open_processes", "birmingham", "england", "families"),
    [
        ("", "contact", "front_door", "front_door", "front_door"),
        ("", "referral", "assessment", "assessment", "family_help"),
        ("", "family_support", "family_support", "family_support", "family_help"),
        ("", "assessment", "assessment", "assessment", "family_help"),
        ("", "strategy", "assessment", "assessment", "child_protection"),
        ("", "assessment section47", "assessment", "assessment", "child_protection family_help"),
        ("", "cin_plan", "child_in_need", "child_in_need", "family_help"),
        ("", "cin_plan family_support", "child_in_need family_support", "child_in_need family_support", "family_help"),
        ("", "plan_pending", "child_in_need", "child_in_need", "family_help"),
        ("", "private_fostering", "child_in_need", "child_in_need", "family_help"),
        ("", "protection_plan", "child_protection", "child_protection", "child_protection"),
        ("", "cin_plan pre_proceedings", "child_protection child_in_need", "child_protection child_in_need",
         "child_protection family_help"),
        ("", "contact protection_plan", "child_protection front_door", "child_protection front_door",
         "child_protection front_door"),
        ("C2", "care", "in_care", "in_care", "in_care"),
        ("L2", "", "in_care", "in_care", "in_care"),
        ("V2", "care protection_plan", "in_care child_protection", "in_care child_protection",
         "in_care child_protection"),
        ("C2", "care leaving_care", "in_care leaving_care", "in_care leaving_care", "in_care leaving_care"),
        ("", "leaving_care", "leaving_care", "leaving_care", "leaving_care"),
        ("", "", "", "", ""),
    ],
)  # fmt: skip
def test_the_same_tracks_read_rightly_under_each_model(
    legal: str, open_processes: str, birmingham: str, england: str, families: str
) -> None:
    names = open_processes.split()
    assert [read(model, legal, *names) for model in (BIRMINGHAM, ENGLAND, FAMILIES)] == [
        birmingham,
        england,
        families,
    ]


@given(models, legals, processes, services)
@settings(max_examples=300)
def test_whoever_has_anything_open_is_in_a_part_and_one_part_leads(
    model: ServiceModel, legal: str, open_processes: frozenset[str], given_services: frozenset[str]
) -> None:
    parts = model.parts(legal, open_processes, given_services)
    assert bool(parts) == bool(legal or open_processes or given_services)
    order = [part.code for part in model.parts_in_order]
    assert [order.index(code) for code in parts] == sorted({order.index(code) for code in parts})


@given(models, legals, processes, processes)
@settings(max_examples=200)
def test_opening_more_takes_a_child_out_of_no_part(
    model: ServiceModel, legal: str, some: frozenset[str], more: frozenset[str]
) -> None:
    assert set(model.parts(legal, some)) <= set(model.parts(legal, some | more))


@given(legals, processes)
@settings(max_examples=200)
def test_family_help_is_where_three_parts_were(legal: str, open_processes: frozenset[str]) -> None:
    open_processes -= {"strategy", "section47"}  # enquiries went over to child protection
    joined = {"family_support": "family_help", "assessment": "family_help", "child_in_need": "family_help"}
    before = ENGLAND.parts(legal, open_processes)
    assert FAMILIES.parts(legal, open_processes) == tuple(
        dict.fromkeys(joined.get(code, code) for code in before)
    )


def test_every_part_has_a_title_of_its_own_in_its_model() -> None:
    for model in shipped_models().values():
        titles = [model.part(part.code).title for part in model.parts_in_order]
        assert len(titles) == len(set(titles)) and all(titles)
    assert BIRMINGHAM.part("family_support").title == "Integrated family support team"


def test_a_child_who_only_has_short_breaks_is_in_need() -> None:
    assert ENGLAND.parts("", frozenset(), frozenset({"short_breaks"})) == ("child_in_need",)


def test_a_legal_status_that_no_list_has_leaves_the_child_at_the_front_door() -> None:
    assert ENGLAND.parts("X9", frozenset()) == ("front_door",)
    assert ENGLAND.parts("X9", frozenset({"cin_plan"})) == ("child_in_need",)


def test_a_process_that_nobody_knows_is_a_mistake_in_the_program() -> None:
    with pytest.raises(ValueError, match="asessment"):
        ENGLAND.parts("", frozenset({"asessment"}))


def test_the_model_of_the_day_reads_the_state() -> None:
    shipped = service_models()
    last_day = date(2013, 4, 14).toordinal()
    assert shipped.model_at(end_of_day(last_day)) is BIRMINGHAM
    assert shipped.model_at(start_of_day(last_day + 1)) is ENGLAND
    assert shipped.model_at(at_from_local(date(2004, 2, 29), 0)) is BIRMINGHAM
    assert shipped.model_at(at_from_local(date(2026, 3, 3), 0)) is ENGLAND


def test_a_council_goes_over_to_families_first_on_a_day_of_its_own() -> None:
    chosen = service_models([(date(2026, 9, 1), "families_first"), (date(2013, 4, 15), "england_2023")])
    before, after = (at_from_local(day, 0) for day in (date(2026, 8, 31), date(2026, 9, 1)))
    tracks = ("assessment", "section47")
    assert chosen.parts(before, "", tracks) == ("assessment",)
    assert chosen.parts(after, "", tracks) == ("child_protection", "family_help")
    assert chosen.parts(after, "", tracks) is chosen.parts(after, "", tracks)
    assert chosen.version != service_models().version


def test_two_models_cannot_begin_on_one_day() -> None:
    with pytest.raises(ValueError, match="later than the one before"):
        service_models([(date(2026, 9, 1), "families_first"), (date(2026, 9, 1), "england_2023")])


@pytest.mark.parametrize(
    ("good", "bad", "because"),
    [
        ('"family_help", "front_door"]', '"family_help"]', "leading must name every part once"),
        ('otherwise = "front_door"', 'otherwise = "nowhere"', "otherwise must be the code of a part"),
        ('["contact"]', "[]", "no part takes the process contact"),
        ('["contact"]', '["contakt"]', "part front_door when: processes_any does not know contakt"),
        ('"J2", "J3"]', '"J2"]', "no part takes the legal status J3"),
        ('["short_breaks"]', "[]", "no part takes the service short_breaks"),
        ('title = "Front door"', "", "part front_door: title is missing"),
        ("checked = false", "checked = false\nfrom = 2026-09-01\nto = 2026-08-31", "it ends before it begins"),
        ("checked = false", "checked = false\nweight = 1", "unknown field weight"),
        ('processes_any = ["contact"', 'process_any = ["contact"', "part front_door when: unknown field process_any"),
    ],
)  # fmt: skip
def test_a_bad_pack_is_refused_with_file_entry_and_reason(
    tmp_path: Path, good: str, bad: str, because: str
) -> None:
    written = (PACKS / "families-first.toml").read_text()
    assert good in written
    (tmp_path / "ours.toml").write_text(written.replace(good, bad, 1))
    with pytest.raises(PackRefused) as refused:
        load_models(tmp_path)
    assert because in str(refused.value)
    assert str(refused.value).startswith("ours.toml")


def test_two_packs_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text((PACKS / "families-first.toml").read_text())
    with pytest.raises(PackRefused, match=r"b\.toml: another pack has the id families_first"):
        load_models(tmp_path)
