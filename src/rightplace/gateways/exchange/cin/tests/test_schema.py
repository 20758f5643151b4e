"""The invented returns are what the census's own schemas ask for, where these and a validator are at hand."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from rightplace.gateways.exchange.cin.tests.write_sample import write

SCHEMAS = Path(os.environ.get("CIN_SCHEMAS", "schemas"))


@pytest.mark.parametrize("year", [2025, 2026])
def test_an_invented_return_is_valid_by_the_schema_of_its_year(year: int, tmp_path: Path) -> None:
    schema = SCHEMAS / f"CIN_schema_{year}.xsd"
    validator = shutil.which("xmllint")
    if not validator:
        pytest.skip("xmllint is not on this machine")
    if not schema.is_file():
        pytest.skip("the census schemas are not here: set CIN_SCHEMAS to the folder that holds them")
    path = write(tmp_path / "return.xml", year, 70)
    ran = subprocess.run(
        [validator, "--nonet", "--noout", "--schema", schema, path], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
