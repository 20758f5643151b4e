"""Every address of the site: each app's own routes, and the pages for what goes wrong."""

from importlib.util import find_spec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from rightplace.foundation.access.routes import PUBLIC, route


def alive(request: HttpRequest) -> HttpResponse:
    """Whether the web process answers; it says nothing of the database."""
    return HttpResponse("alive", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [route("health/live", alive, name="alive", may=PUBLIC)]
# each app's own addresses say where they stand
urlpatterns += [path("", include(f"{app}.urls")) for app in settings.OWN_APPS if find_spec(f"{app}.urls")]

handler400 = "rightplace.common.web.wrong.bad_request"
handler403 = "rightplace.common.web.wrong.forbidden"
handler404 = "rightplace.common.web.wrong.not_found"
handler500 = "rightplace.common.web.wrong.server_error"
