"""A partner's system in front of Rightplace: one file, Python's standard library alone. Take it as it is.

    rightplace = Rightplace("https://rightplace.example.gov.uk", token)
    receipt = rightplace.tell(concern)["receipt"]

It shows the three habits that make such a system safe:
- everything that writes carries an id of your own (`sender_id`), made once and kept until there is an answer;
- what got no answer is sent again, with the same id, until there is one: it is written once;
- a message is believed only when its signature holds, its time is near, and its id is new.

How to use it, step by step: docs/how-to/connect-a-partners-system.md
"""

import base64
import hashlib
import hmac
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

AGAIN = frozenset({429, 502, 503, 504})
NEAR = 300
"""Seconds between the time of a message and now: older ones are not believed."""


class Refused(Exception):
    """The answer was no. `said` is a sentence for a person; `problems` says where each thing stands."""

    def __init__(self, code: int, said: str, problems: Sequence[Mapping[str, str]] = ()) -> None:
        super().__init__(f"{code}: {said}")
        self.code, self.said, self.problems = code, said, problems


class NotBelieved(Exception):
    """A message that did not come from Rightplace, or came before."""


class Rightplace:
    """One agency's line to Rightplace."""

    def __init__(self, address: str, token: str, *, patience: float = 300, wait: float = 1) -> None:
        if not address.startswith(("https://", "http://127.0.0.1:")):
            raise ValueError("the address begins with https://")
        self.address, self.token, self.patience, self.wait = address.rstrip("/"), token, patience, wait

    # -- what can be done --------------------------------------------------------------------------------------------

    def tell(self, concern: Mapping[str, Any]) -> dict[str, Any]:
        """Tell of a concern; returns the receipt. One that is kept for its turn is asked for until it has one."""
        until = time.monotonic() + self.patience
        while True:
            code, answer = self._send("POST", "contacts", concern)
            if code != 202 or time.monotonic() > until:
                return answer
            time.sleep(self.wait * 5)

    def attach(self, sender_id: str, name: str, content: bytes) -> str:
        """Send a file; name the number that comes back in the concern's `attachments`."""
        sent = {"sender_id": sender_id, "name": name, "content": base64.b64encode(content).decode()}
        return str(self._send("POST", "attachments", sent)[1]["attachment"])

    def state(self, receipt: str) -> dict[str, Any]:
        """Where a concern stands: read or not, when you will hear, and what came of it."""
        return self._send("GET", f"contacts/{urllib.parse.quote(receipt, safe='')}")[1]

    def state_of_sent(self, sender_id: str) -> dict[str, Any]:
        """The same, by your own id: for when an answer never reached you."""
        return self._send("GET", "contacts/sent", query={"sender_id": sender_id})[1]

    def give_signals(
        self, signals: Sequence[Mapping[str, str]], at_once: int = 500
    ) -> Iterator[dict[str, Any]]:
        """Give signals in batches; yields each row that was not taken, with why. Never silent about one."""
        for begin in range(0, len(signals), at_once):
            batch = signals[begin : begin + at_once]
            answer = self._send("POST", "signals", {"signals": batch})[1]
            accounted = answer["taken"] + answer["same"] + len(answer["refused"])
            if accounted != len(batch):
                raise RuntimeError(f"{len(batch)} were sent and {accounted} accounted for")
            yield from answer["refused"]

    def checks(self) -> list[dict[str, Any]]:
        """What your agency is asked and has not answered, the next due first."""
        return list(self._send("GET", "checks")[1]["checks"])

    def check(self, number: str) -> dict[str, Any]:
        """The question itself. That it was opened is recorded."""
        return self._send("GET", f"checks/{number}")[1]

    def answer_check(self, number: str, answer: Mapping[str, Any]) -> dict[str, Any]:
        """Answer it: `known` is known, nothing or refused; a refusal gives its reason."""
        return self._send("POST", f"checks/{number}/answer", answer)[1]

    def attach_to_answer(self, number: str, sender_id: str, name: str, content: bytes) -> str:
        """Send a file; name the number that comes back in the answer's `attachments`."""
        sent = {"sender_id": sender_id, "name": name, "content": base64.b64encode(content).decode()}
        return str(self._send("POST", f"checks/{number}/attachments", sent)[1]["attachment"])

    def notices(self) -> list[dict[str, Any]]:
        """The joint triages at which your agency sits, the next due first."""
        return list(self._send("GET", "notices")[1]["notices"])

    def notice(self, number: str) -> dict[str, Any]:
        """What was sent, and what each at the table has said. That it was opened is recorded."""
        return self._send("GET", f"notices/{number}")[1]

    def say_at_notice(self, number: str, said: Mapping[str, str]) -> dict[str, Any]:
        """Say what your agency knows and which level it sees; everybody at the table reads it."""
        return self._send("POST", f"notices/{number}/say", said)[1]

    def strategy_calls(self) -> list[dict[str, Any]]:
        """The strategy discussions to which your agency is called and has not answered."""
        return list(self._send("GET", "strategy-calls")[1]["calls"])

    def strategy_call(self, number: str) -> dict[str, Any]:
        """What you were sent; after it was held, what you are given of it and what is yours to do."""
        return self._send("GET", f"strategy-calls/{number}")[1]

    def answer_strategy_call(self, number: str, answer: Mapping[str, str]) -> dict[str, Any]:
        """Say who comes, and what your agency knows, on which basis and for what."""
        return self._send("POST", f"strategy-calls/{number}/answer", answer)[1]

    def strategy_action_done(self, number: str, place: int, done: Mapping[str, str]) -> dict[str, Any]:
        """Say that your agency has done what was agreed."""
        return self._send("POST", f"strategy-calls/{number}/actions/{place}/done", done)[1]

    def outcomes(self, since: str = "") -> Iterator[dict[str, Any]]:
        """What became of what you raised, the earliest first, page after page."""
        query = {"since": since} if since else {}
        while True:
            page = self._send("GET", "outcomes", query=query)[1]
            yield from page["outcomes"]
            if not page["more_since"]:
                return
            query = {"since": page["more_since"]}

    def follow_link(self, link: str) -> dict[str, Any]:
        """Fetch what a webhook's message points to."""
        if not link.startswith("/api/v1/"):
            raise ValueError("a link begins with /api/v1/")
        return self._send("GET", link.removeprefix("/api/v1/"))[1]

    # -- how it is sent ----------------------------------------------------------------------------------------------

    def _send(
        self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Send, and send again what got no answer: the sender_id inside makes it safe."""
        until, wait = time.monotonic() + self.patience, self.wait
        while True:
            try:
                return self._once(method, path, body, query)
            except Refused as refused:
                if refused.code not in AGAIN or time.monotonic() + wait > until:
                    raise
            except (OSError, http.client.HTTPException):
                if time.monotonic() + wait > until:
                    raise
            time.sleep(wait)
            wait = min(wait * 2, 60)

    def _once(
        self, method: str, path: str, body: Any, query: Mapping[str, str] | None
    ) -> tuple[int, dict[str, Any]]:
        address = f"{self.address}/api/v1/{path}"
        if query:
            address += "?" + urllib.parse.urlencode(query)
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        sent = None
        if body is not None:
            sent, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = urllib.request.Request(address, sent, headers, method=method)  # noqa: S310 (looked at in __init__)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise _refused(error) from None


def _refused(error: urllib.error.HTTPError) -> Refused:
    try:
        told = json.loads(error.read())
        return Refused(error.code, str(told["said"]), told.get("problems", ()))
    except (ValueError, KeyError, TypeError):
        return Refused(error.code, error.reason)


class Messages:
    """Believes a webhook's message, or not. Keep `seen` in your database, so that it outlives a restart."""

    def __init__(self, *keys: str) -> None:
        self.keys = [base64.b64decode(key.removeprefix("whsec_")) for key in keys]
        self.seen: set[str] = set()

    def believed(
        self, headers: Mapping[str, str], body: bytes, now: float | None = None
    ) -> dict[str, Any] | None:
        """What a message says; None when it came before. Raises NotBelieved.

        Answer 2xx for None too: it comes again only because your first answer was lost.
        """
        named = {name.lower(): value for name, value in headers.items()}
        number, at = named.get("webhook-id", ""), named.get("webhook-timestamp", "")
        if not at.isdecimal() or abs((time.time() if now is None else now) - int(at)) > NEAR:
            raise NotBelieved("its time is not near")
        signed = f"{number}.{at}.".encode() + body
        given = named.get("webhook-signature", "").split()
        wanted = [_signature(key, signed) for key in self.keys]
        if not any(hmac.compare_digest(one, other) for one in given for other in wanted):
            raise NotBelieved("its signature does not hold")
        if number in self.seen:
            return None
        self.seen.add(number)
        return dict(json.loads(body))


def _signature(key: bytes, signed: bytes) -> str:
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
