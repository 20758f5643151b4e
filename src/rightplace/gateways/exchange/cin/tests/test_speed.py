"""A large authority's return is read in seconds and in little memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rightplace.gateways.exchange.cin.tests.write_sample import write

CHILDREN = 10_000
MEASURE = r"""
import json, re, sys, time
from rightplace.gateways.exchange.cin import read
account = read(sys.argv[1]).account()
peak = re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())
print(json.dumps([account.children, account.taken, account.with_doubts, time.process_time(), int(peak[1])]))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
def test_ten_thousand_children_are_read_in_ten_seconds_and_200_megabytes(tmp_path: Path) -> None:
    path = write(tmp_path / "return.xml", 2026, CHILDREN, full=True)
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    children, taken, with_doubts, seconds, kilobytes = json.loads(ran.stdout)
    assert (children, taken, with_doubts) == (CHILDREN, CHILDREN, 0)
    assert seconds < 10
    assert kilobytes < 200_000
