"""The API's addresses, each behind its token and permission; mounted under /api/v1/."""

from rightplace.foundation.access.routes import PUBLIC, May, route
from rightplace.gateways.api.gate import behind_gate
from rightplace.gateways.api.operations import api, described

app_name = "api"

MAY: dict[str, May] = {"contacts": "contact.raise", "contact": "follow.own_contact"}

urlpatterns = [
    route("openapi.json", described, name="openapi", may=PUBLIC),
    *behind_gate(api.urls[0], MAY),
]
