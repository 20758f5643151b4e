"""The design system's own pages: the keyboard setting, leaving quickly, and the style guide."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import frame, style
from rightplace.common.web.pages import page

SOMEWHERE_ELSE = "https://www.bbc.co.uk/weather"
YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """Switch the `/` key off or on for this browser (WCAG 2.1.4)."""
    if request.method == "POST":
        response: HttpResponse = HttpResponseRedirect(request.path)
        wanted = "off" if request.POST.get("slash") == "off" else "on"
        response.set_cookie(
            frame.SLASH_COOKIE,
            wanted,
            max_age=YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
        return response
    return page(request, "web/keys.jinja", title="Keyboard")


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Leave quickly: forget everything this browser was given, and show the weather."""
    response = HttpResponseRedirect(SOMEWHERE_ELSE)
    for name in request.COOKIES:
        response.delete_cookie(name)
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component with invented content; in development and the demo only."""
    if not shown_here():
        raise Http404
    return page(request, "web/style.jinja", title="Style guide", **style.content())


@require_safe
def style_public(request: HttpRequest) -> HttpResponse:
    """The public question page with invented content; in development and the demo only."""
    if not shown_here():
        raise Http404
    wrong = "wrong" in request.GET
    return page(
        request,
        "web/question.jinja",
        title="What are you worried about?",
        form=style.WorryForm({"worry": ""} if wrong else None),
        of="Question 3 of 8",
        back="/style/",
        autosave="/style/" if "autosave" in request.GET else "",
    )


def shown_here() -> bool:
    """Whether this installation shows its style guide: never in production."""
    return settings.MODE in ("demo", "development", "test")
