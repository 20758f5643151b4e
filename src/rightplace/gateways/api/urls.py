"""The API's addresses, each behind its token, purpose and permission, under /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path

from rightplace.foundation.access.routes import PUBLIC, route
from rightplace.gateways.api.gate import behind_gate
from rightplace.gateways.api.mounting import NEEDED
from rightplace.gateways.api.operations import api, described

app_name = "api"

BY_TOKEN = [
    route("openapi.json", described, name="openapi", may=PUBLIC),
    *behind_gate(api.urls[0], NEEDED),
]
urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", include(BY_TOKEN))]
