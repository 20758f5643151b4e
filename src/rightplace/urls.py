"""Every address of the site: each app's own routes, under the app's own name."""

from importlib.util import find_spec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def alive(request: HttpRequest) -> HttpResponse:
    """Whether the web process answers; it says nothing of the database."""
    return HttpResponse("alive", content_type="text/plain")


# The prefix of each app's routes; an app without one stands at the root.
PREFIXES = {"api": "api/v1/"}

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", alive, name="alive"),
    path("account/", include("allauth.urls")),
]
urlpatterns += [
    path(PREFIXES.get(app.rpartition(".")[2], ""), include(f"{app}.urls"))
    for app in settings.OWN_APPS
    if find_spec(f"{app}.urls")
]
