"""The thin strip at the top of each page: the step, whose it is, one button to get there; closable."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from rightplace.demo import examples
from rightplace.demo.guiding import Guide

PAGES = {
    "raise": ("frontdoor:raise", "frontdoor:concern-form", "frontdoor:concern-check"),
    "inbox": ("frontdoor:inbox", "frontdoor:contact", "frontdoor:same", "frontdoor:screen", "frontdoor:ask"),
    "check": ("frontdoor:checks", "frontdoor:check"),
    "decide": ("frontdoor:decide",),
    "offers": ("caseflow:offers", "caseflow:offer"),
    "story": ("desk:story", "desk:why"),
    "outcome": ("frontdoor:concern",),
    "leadership": ("leadership:director", "leadership:figure"),
}
"""The views on which somebody already is where a step happens."""


def strip_of(request: HttpRequest) -> str:
    """The strip of this page; nothing outside the demonstration, and where it was closed."""
    guide = getattr(request, "demo_guide", None)
    if not isinstance(guide, Guide):
        return ""
    name = request.resolver_match.view_name if request.resolver_match else ""
    context = {
        "guide": guide,
        "here": request.path,
        "is_here": guide.is_me and (request.path == guide.address or name in PAGES.get(guide.step.page, ())),
        "examples": [(f"?example={which}", words) for which, words in examples.offered(name)]
        if guide.is_me
        else [],
    }
    return Markup(render_to_string("demo/strip.jinja", context, request=request))  # noqa: S704  (our own template)
