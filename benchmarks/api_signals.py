"""How many signals a minute the real server takes by the API, with answers lost and batches sent again.

Run from the checkout: .venv/bin/python benchmarks/api_signals.py [--signals 10000] [--batch 250] [--senders 4] [--lost 0.2]
It starts a database server and a web server of its own, as `rightplace serve` would, and ends them afterwards.
The peer is the same server's /health/live, which does nothing: requests of so many senders, one after the other.
Exit 0 when the goal holds (5,000 a minute, none lost, none twice), 1 when it does not.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.killed import HOST, a_place

GOAL_A_MINUTE = 5_000
MAKE = """
import json, django
django.setup()
from rightplace.foundation.access.actor import RULES, actor_of
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Membership
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.gateways.api.tokens import make_token
from rightplace.services.signals import feeds
from rightplace.testing.organisation import postcode_in
from datetime import timedelta
first = lambda role: actor_of(Membership.objects.filter(role=role).order_by("id").first())
school = Agency.objects.get(name="Lark Hill Primary")
feed = feeds.make_feed(agency=school, kinds=["school.attendance"], lawful_basis="public task", purpose="To measure",
    retention_days=60, begins=clock.today(), expires=clock.today() + timedelta(days=100),
    by=first(RoleCode.INFORMATION_GOVERNANCE))
feeds.agree(feed=feed, by=first(RoleCode.HEAD_OF_SERVICE))
token = make_token(agency=school, name="Measure", by=RULES, purposes=["signals:write"])[1]
print(json.dumps([token, [postcode_in(1, n) for n in range(200)], clock.today().isoformat()]))
"""


def main() -> int:
    """Measure, print, say whether the goal holds."""
    chosen = _chosen()
    with a_place() as place:
        token, postcodes, today = json.loads(place.python("-c", MAKE).splitlines()[-1])
        rows = [_signal(number, postcodes, today) for number in range(chosen.signals)]
        batches = [rows[begin : begin + chosen.batch] for begin in range(0, len(rows), chosen.batch)]
        _peer(place.port, chosen.senders * 2, 5)  # a web process reads the program in at its first request
        peer = _peer(place.port, chosen.senders)
        seconds, sent = _give(place.port, token, batches, chosen.senders, chosen.lost)
        ((kept,),) = place.ask("SELECT count(DISTINCT sender_id) FROM signals_signal")
        ((held,),) = place.ask("SELECT count(*) FROM signals_signal")
    rate = chosen.signals / seconds * 60
    print(
        f"signals: {rate:,.0f} a minute ({chosen.signals:,} in {seconds:.1f} s, batches of {chosen.batch}, "
        f"{chosen.senders} senders; {sent - len(batches)} of {sent} requests were repeats after a lost answer)\n"
        f"kept: {kept:,} of {chosen.signals:,}, {held - kept} twice\n"
        f"peer: /health/live {peer:,.0f} requests a minute; a signal costs {peer / rate:.2f} of an empty request"
    )
    return 0 if rate >= GOAL_A_MINUTE and kept == held == chosen.signals else 1


def _signal(number: int, postcodes: Sequence[str], today: str) -> dict[str, str]:
    """An invented child, three of them in each home."""
    home = number // 3
    return {
        "sender_id": f"m-{number}", "kind": "school.attendance", "noticed": today, "given": f"Child{number}",
        "family": f"Invented{home}", "born": f"20{10 + number % 12}-0{1 + number % 9}-11",
        "address": f"{home % 90 + 1} Measure Row", "postcode": postcodes[home % len(postcodes)],
        "adults": f"Grown Invented{home}", "words": "Away on six Mondays since Christmas.",
    }  # fmt: skip


def _give(
    port: int, token: str, batches: Sequence[Sequence[dict[str, str]]], senders: int, lost: float
) -> tuple[float, int]:
    """Send every batch until it is answered; some answers are lost on the way. Returns seconds and requests."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def one(place: int) -> int:
        chance = random.Random(place)
        body = json.dumps({"signals": batches[place]}).encode()
        for attempt in range(1, 30):
            line = http.client.HTTPConnection(HOST, port, timeout=60)
            try:
                line.request("POST", "/api/v1/signals", body, headers)
                if chance.random() < lost:
                    continue  # hung up before the answer: it may have been taken, so it is sent again
                answer = line.getresponse()
                told = json.loads(answer.read())
                if answer.status == 200 and told["taken"] + told["same"] == len(batches[place]):
                    return attempt
                if answer.status not in (429, 503):
                    raise RuntimeError(f"{answer.status}: {told}")
                time.sleep(1)
            finally:
                line.close()
        raise RuntimeError("a batch was never answered")

    began = time.perf_counter()
    with ThreadPoolExecutor(senders) as pool:
        sent = sum(pool.map(one, range(len(batches))))
    return time.perf_counter() - began, sent


def _peer(port: int, senders: int, seconds: float = 3.0) -> float:
    """Requests a minute of an address that does nothing."""
    until = time.perf_counter() + seconds

    def one(_: int) -> int:
        done = 0
        while time.perf_counter() < until:
            line = http.client.HTTPConnection(HOST, port, timeout=60)
            line.request("GET", "/health/live")
            line.getresponse().read()
            line.close()
            done += 1
        return done

    with ThreadPoolExecutor(senders) as pool:
        return sum(pool.map(one, range(senders))) / seconds * 60


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--signals", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=250)
    parser.add_argument("--senders", type=int, default=4)
    parser.add_argument("--lost", type=float, default=0.2, help="share of answers that never arrive")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
