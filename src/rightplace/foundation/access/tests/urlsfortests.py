"""A small site behind the gate, for tests."""

from django.http import HttpResponse
from django.urls import include, path

from rightplace.foundation.access.routes import ACCOUNT, PUBLIC, SIGNED_IN, route


def answer(request, **kwargs):
    """Answers with whom it sees."""
    actor = request.actor
    return HttpResponse(f"{actor.worker} {actor.role} {actor.team}" if actor else "nobody")


urlpatterns = [
    path("", include("rightplace.foundation.access.urls")),
    path("", include("rightplace.common.web.urls")),
    route("", answer, name="front", may=PUBLIC),
    route("in/", answer, name="in", may=SIGNED_IN),
    route("account-only/", answer, name="account-only", may=ACCOUNT),
    route("children/", answer, name="children", may="child.find"),
    route("figures/", answer, name="figures", may="figures.see"),
]
