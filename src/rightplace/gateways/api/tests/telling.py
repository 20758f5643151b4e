"""An agency's system in front of the API, and a notice that it sends. Invented children only."""

from __future__ import annotations

import copy
import json
from typing import Any

from django.test import Client

from rightplace.foundation.access.actor import RULES
from rightplace.gateways.api.purposes import OF_CONTACTS
from rightplace.gateways.api.tokens import make_token
from rightplace.testing.organisation import Colleague, postcode_in

NOTICE: dict[str, Any] = {
    "sender_id": "notice-2026-000123",
    "danger_now": "no",
    "children": [
        {"given": "Kaya", "family": "Doyle", "born": "2018-05-04", "sex": "F"},
        {"described": "boy, about 6, at number 12", "age_about": 6, "relation": "cousin, as told"},
    ],
    "address": {"line": "12 Alder Road", "postcode": postcode_in(1)},
    "saw": "Officers came to a disturbance at 23:10. Both children were awake.",
    "wants": "That somebody sees the children.",
    "referrer": {"name": "Sergeant Kay Ormond", "role": "Response", "phone": "0121 496 0150"},
    "family_told": "told and agrees",
    "lawful_basis": "public task",
}


def notice(**other: Any) -> dict[str, Any]:
    """The notice, with some of it otherwise."""
    return copy.deepcopy(NOTICE) | other


class System:
    """An agency's system with its token."""

    def __init__(self, of: Colleague, *purposes: str) -> None:
        self.agency = of.team.agency
        self.row, self.token = make_token(
            agency=self.agency, name="Notices", by=RULES, purposes=purposes or OF_CONTACTS
        )
        self.client = Client(headers={"Authorization": f"Bearer {self.token}"})

    def ask(self, path: str, **query: Any) -> Any:
        """Ask for something below /api/v1/."""
        return self.client.get(f"/api/v1/{path}", query)

    def give(self, path: str, body: Any) -> Any:
        """Post JSON to somewhere below /api/v1/."""
        return self.client.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json")

    def send(self, body: Any, content_type: str = "application/json") -> Any:
        """Post a body, as bytes or as what becomes JSON."""
        words = body if isinstance(body, bytes | str) else json.dumps(body)
        return self.client.post("/api/v1/contacts", words, content_type=content_type)

    def state(self, receipt: str) -> Any:
        """Ask where a concern stands."""
        return self.client.get(f"/api/v1/contacts/{receipt}")
