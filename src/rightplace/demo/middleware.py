"""Who is nobody yet and comes to the first address of the demonstration is shown whom to be."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from rightplace.foundation.access.signin import demo_door_is_open


class ChooseFirst:
    """Sends a visitor who has not chosen whom to be to the page where one does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/" and not request.user.is_authenticated and demo_door_is_open(request):
            return HttpResponseRedirect(reverse("demo:first"))
        return self.get_response(request)
