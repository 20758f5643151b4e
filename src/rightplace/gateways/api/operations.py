"""The API as a whole: its parts, one description of all of them, and how it says what is not right."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from rightplace.gateways.api.gate import NOT_THERE, refused
from rightplace.gateways.api.mounting import MOUNTED, NEEDED
from rightplace.gateways.api.purposes import PURPOSES

PARTS = (
    "contacts",
    "signals",
    "checks",
    "notices",
    "strategy",
    "requests",
    "questions",
    "outcomes",
    "directory",
    "ownservices",
)
"""The modules beside this one that bring operations, in the order of the description."""
SAID = (
    "Tell of a concern from your own system, give signals, answer what you are asked, and see what became of it. "
    "Whether a child is known is never told. Each token is for some purposes; what writes takes an id of your own "
    "and is done once, however often it is sent."
)

api = NinjaAPI(
    title="Rightplace: partners' API",
    version="1",
    description=SAID,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    openapi_extra={"components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}},
)


def _parts() -> None:
    """Let each part that is there bring its operations."""
    for part in PARTS:
        if find_spec(f"{__package__}.{part}"):
            import_module(f"{__package__}.{part}")
    for under, router in MOUNTED:
        api.add_router(under, router)


@api.exception_handler(ValidationError)
def not_right(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Each thing that is not right, with where it stands, and never with what was sent."""
    problems = [
        {
            "where": ".".join(str(part) for part in each["loc"] if part not in ("body", "sent")),
            "said": str(each["msg"]),
        }
        for each in error.errors
    ]
    return refused("Some of it is not right; nothing was written.", 422, problems)


@api.exception_handler(HttpError)
def not_taken(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What an operation, or django-ninja, refuses as a whole."""
    return refused(str(error), error.status_code)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    """Another's and what never was are one answer, in the shape of every other refusal."""
    return refused(NOT_THERE, 404)


@require_safe
def described(request: HttpRequest) -> HttpResponse:
    """What the API takes and answers, as OpenAPI."""
    return JsonResponse(description())


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """The description, with the token and the purpose that each operation needs."""
    base = reverse("api:contacts").removesuffix("contacts")
    whole: dict[str, Any] = api.get_openapi_schema(path_prefix=base)
    for (path, method), purpose in purposes_by_operation().items():
        operation = whole["paths"][base + path][method.lower()]
        if purpose:
            operation["security"] = [{"token": []}]
            said = f"Needs the purpose `{purpose}`: {PURPOSES[purpose].sentence}."
            operation["description"] = f"{operation.get('description', '')}\n\n{said}".strip()
    return whole


def purposes_by_operation() -> dict[tuple[str, str], str]:
    """The purpose that each operation needs, by path and method; empty for what is open to anybody."""
    found: dict[tuple[str, str], str] = {}
    for under, router in MOUNTED:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    place = f"{under}{path}".lstrip("/")
                    found[place, method] = NEEDED[view.url_name or operation.url_name].purpose(method)
    return found


_parts()
