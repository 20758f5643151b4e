"""The API's addresses, each behind its token and permission; mounted under /api/v1/."""

from rightplace.foundation.access.routes import PUBLIC, May
from rightplace.gateways.api.gate import behind_gate
from rightplace.gateways.api.operations import api

app_name = "api"

MAY: dict[str, May] = {"openapi-json": PUBLIC, "contacts": "contact.raise", "contact": "follow.own_contact"}

urlpatterns = behind_gate(api.urls[0], MAY)
