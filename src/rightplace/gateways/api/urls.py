"""The API's addresses under /api/v1/, each behind its token, purpose and permission; and the administrator's pages."""

from django.urls import URLPattern, URLResolver, include, path

from rightplace.foundation.access.routes import PUBLIC, route
from rightplace.gateways.api import views
from rightplace.gateways.api.gate import behind_gate
from rightplace.gateways.api.mounting import NEEDED
from rightplace.gateways.api.operations import api, described
from rightplace.gateways.api.policy import KEEPS

BY_TOKEN = [
    route("openapi.json", described, name="openapi", may=PUBLIC),
    *behind_gate(api.urls[0], NEEDED),
]
PAGES = [
    route("systems/", views.systems, name="systems", may=KEEPS),
    route("systems/tokens/new/", views.make_token, name="make-token", may=KEEPS),
    route("systems/tokens/<int:number>/", views.token, name="token", may=KEEPS),
    route("systems/webhooks/new/", views.make_webhook, name="make-webhook", may=KEEPS),
    route("systems/webhooks/<int:number>/", views.webhook, name="webhook", may=KEEPS),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include((BY_TOKEN, "api"))),
    path("", include((PAGES, "systems"))),
]
