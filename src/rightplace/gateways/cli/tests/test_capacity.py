"""`rightplace capacity backtest` and `calibrate` answer with exactly their figures, on any folder of the layout."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rightplace.gateways.cli import capacity
from rightplace.gateways.cli.main import build_app
from rightplace.gateways.cli.room import DoesNotHold, UsedWrongly

for package in ("numpy", "scipy", "statsforecast"):
    pytest.importorskip(package)

ROOT = Path(__file__).parents[5]
SAMPLE = ROOT / "src/rightplace/domain/simulation/published/tests/sample"
STATISTICS = Path(os.environ.get("RIGHTPLACE_SHARED_DATA", ROOT / "../shared/data")) / "statistics"


def told(*words: str):
    found = CliRunner().invoke(build_app(), ["capacity", *words], catch_exceptions=False)
    assert found.exit_code == 0, found.stderr
    return found


def test_the_backtest_answers_with_six_figures_for_each_measure_and_nothing_else():
    found = told("backtest", "--data", str(SAMPLE), "--json")
    figures = json.loads(found.stdout)
    assert "referrals" in figures
    for one in figures.values():
        assert list(one) == ["n", "coverage80", "interval_score", "naive", "drift", "autoets"]
        assert one["n"] > 0
        assert 0 <= one["coverage80"] <= 1
    assert "in_care" not in figures


def test_what_cannot_be_judged_and_what_was_left_out_are_said_beside_the_answer():
    found = told("backtest", "--data", str(SAMPLE), "--json")
    assert "in_care: not testable" in found.stderr
    assert "suppressed" in found.stderr
    assert "Cold Ashby" in found.stderr


def test_the_whole_account_can_be_kept(tmp_path):
    kept = tmp_path / "account.json"
    told("backtest", "--data", str(SAMPLE), "--account", str(kept), "--json")
    account = json.loads(kept.read_text(encoding="utf-8"))
    assert set(account) == {"measures", "not_testable", "without_a_range_of_ours", "read"}
    assert "in_care" in account["not_testable"]
    assert account["measures"]["referrals"]["coverage80_by_origin"]


def test_an_authority_is_calibrated_from_the_folder():
    found = told("calibrate", "--data", str(SAMPLE), "--authority", "E99000001", "--json")
    answer = json.loads(found.stdout)
    assert answer["name"] == "Alderbourne"
    assert answer["parameters"]["referral_rate"]["low80"] > 0


def test_an_empty_folder_or_an_unknown_authority_is_a_sentence(tmp_path):
    (tmp_path / "referrals.xlsx").write_bytes(b"PK")
    with pytest.raises(UsedWrongly, match=r"No file here[^$]*does not end in \.csv: referrals\.xlsx"):
        told("backtest", "--data", str(tmp_path))
    with pytest.raises(UsedWrongly, match="No authority"):
        told("calibrate", "--data", str(SAMPLE), "--authority", "E1")


def test_without_the_extra_the_command_says_what_to_install(monkeypatch):
    monkeypatch.setattr(capacity, "find_spec", lambda name: name != "scipy")
    with pytest.raises(DoesNotHold, match=r"scipy: install rightplace\[capacity\]"):
        told("backtest", "--data", str(SAMPLE))


@pytest.mark.skipif(not STATISTICS.is_dir(), reason="the Department's tables are not at hand")
def test_on_published_authorities_the_ranges_beat_all_three_methods_on_most_measures(tmp_path):
    """Twelve authorities, with numbers that were fitted on more: the honest halves are in `docs/backtest.md`."""
    kept = {f"E080000{code}" for code in range(25, 37)}
    for path in STATISTICS.glob("*.csv"):
        first, *lines = path.read_text(encoding="utf-8-sig").splitlines()
        chosen = [line for line in lines if any(code in line for code in kept)]
        (tmp_path / path.name).write_text("\n".join([first, *chosen]), encoding="utf-8")
    figures = json.loads(told("backtest", "--data", str(tmp_path), "--json").stdout)
    assert len(figures) >= 15
    better = [
        name
        for name, one in figures.items()
        if one["interval_score"] < min(one["naive"], one["drift"], one["autoets"])
    ]
    assert len(better) >= 0.6 * len(figures)


def test_a_table_saved_as_utf_16_is_read_and_a_file_of_another_kind_is_named(tmp_path):
    for path in SAMPLE.glob("*.csv"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8-sig"), encoding="utf-16")
    (tmp_path / "referrals.xlsx").write_bytes(b"PK")
    found = told("calibrate", "--data", str(tmp_path), "--authority", "E99000001", "--json")
    assert (
        found.stdout == told("calibrate", "--data", str(SAMPLE), "--authority", "E99000001", "--json").stdout
    )
    assert "Not looked into, since the name does not end in .csv: referrals.xlsx." in found.stderr


def test_the_help_says_where_what_is_not_testable_is_told():
    found = CliRunner().invoke(build_app(), ["capacity", "backtest", "--help"])
    assert "file that --account writes" in " ".join(found.stdout.replace("│", " ").split())


def test_a_calibration_can_be_written_as_a_scenario_of_the_capacity_model(tmp_path):
    from rightplace.domain.simulation.scenarios.reading import read

    kept = tmp_path / "here.toml"
    found = told(
        "calibrate", "--data", str(SAMPLE), "--authority", "E99000001", "--write", str(kept), "--json"
    )
    scenario = read(kept.read_text(encoding="utf-8"))
    assert scenario.areas[0][0] == json.loads(found.stdout)["name"]
    assert dict(scenario.strengths)["door.assess.police"] > 0
    assert "Next: capacity run" in found.stderr
    with pytest.raises(UsedWrongly, match="--write is for published figures"):
        told("calibrate", "--journal", "--write", str(kept))


@pytest.mark.parametrize(
    ("words", "option"),
    [(("backtest",), "--account"), (("calibrate", "--authority", "E99000001"), "--write")],
    ids=["account", "write"],
)
def test_where_a_file_cannot_be_written_is_said_before_the_work(words, option, tmp_path, monkeypatch):
    def worked(folder):
        raise AssertionError("nothing is read before")

    monkeypatch.setattr(capacity, "_published", worked)
    mine = tmp_path / "mine.toml"
    mine.write_text("my own", encoding="utf-8")
    for file, why in (
        (tmp_path / "no" / "such" / "here.toml", "there is no folder"),
        (mine / "here.toml", "there is no folder"),
        (mine, "it is there already"),
        (tmp_path, "it is there already"),
    ):
        with pytest.raises(UsedWrongly, match=f"^{option} .*{why}"):
            told(*words, "--data", str(SAMPLE), option, str(file))
    monkeypatch.setattr(capacity.os, "access", lambda path, how: path != tmp_path or how == os.F_OK)
    with pytest.raises(UsedWrongly, match="nothing can be written to the folder"):
        told(*words, "--data", str(SAMPLE), option, str(tmp_path / "here.toml"))
    assert mine.read_text(encoding="utf-8") == "my own"


def test_a_file_that_cannot_be_written_after_all_is_a_sentence_and_nothing_is_written_over(tmp_path):
    there = tmp_path / "here.toml"
    there.write_text("came meanwhile", encoding="utf-8")
    with pytest.raises(DoesNotHold, match=r"here\.toml could not be written: File exists\."):
        capacity._keep(there, "mine")
    assert there.read_text(encoding="utf-8") == "came meanwhile"


def test_a_scenario_without_a_service_says_what_is_missing_before_it_can_be_run(tmp_path):
    folder, kept = tmp_path / "tables", tmp_path / "here.toml"
    folder.mkdir()
    for path in SAMPLE.glob("*.csv"):
        if path.name != "population.csv":
            (folder / path.name).write_bytes(path.read_bytes())
    found = told("calibrate", "--data", str(folder), "--authority", "E99000001", "--write", str(kept))
    assert "[areas]" not in kept.read_text(encoding="utf-8").split("# The number of children")[0]
    assert "It has no [areas]" in found.stderr and "add them, then capacity run" in found.stderr
    with pytest.raises(UsedWrongly, match="areas"):
        told("run", str(kept), "--futures", "1", "--hangs-on", "0")
