"""What `/` shows. Higher apps say what it is for whom; for anybody else it is the public's first page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FirstPage = Callable[[HttpRequest], HttpResponse | None]
_pages: list[tuple[int, FirstPage]] = []


def register_first_page(page: FirstPage, order: int = 50) -> None:
    """Answer `/` for those for whom `page` gives an answer, None for others. Smaller orders are asked first."""
    if page not in [each for _, each in _pages]:
        _pages.append((order, page))
        _pages.sort(key=lambda pair: pair[0])


def first_page_for(request: HttpRequest) -> HttpResponse | None:
    """The answer of the first app that has one."""
    return next((answer for _, page in _pages if (answer := page(request)) is not None), None)
