"""A small site behind the gate, for tests."""

from importlib import import_module

from django.http import HttpResponse

from rightplace.foundation.access.routes import ACCOUNT, PUBLIC, SIGNED_IN, route

# The whole site stands behind these, since each page's frame links to what others registered.
site = import_module("rightplace.urls")


def answer(request, **kwargs):
    """Answers with whom it sees."""
    actor = request.actor
    return HttpResponse(f"{actor.worker} {actor.role} {actor.team}" if actor else "nobody")


urlpatterns = [
    route("", answer, name="front", may=PUBLIC),
    route("in/", answer, name="in", may=SIGNED_IN),
    route("account-only/", answer, name="account-only", may=ACCOUNT),
    route("children/", answer, name="children", may="child.find"),
    route("figures/", answer, name="figures", may="figures.see"),
    *site.urlpatterns,
]
