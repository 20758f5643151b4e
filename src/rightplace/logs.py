"""Log lines as JSON on standard output: what happened to the program, never what a person typed or is called.

A line holds the constant text of the message and never its arguments, since those carry names, addresses and query
strings; of a failure its kind and places, never its message. Promise 8.
"""

import json
import logging
import logging.config
import secrets
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from gunicorn.glogging import Logger

_request: ContextVar[str] = ContextVar("request", default="")
# What a line may hold beside its text: numbers, route names and ids.
MAY_BE_TOLD = ("route", "method", "code", "milliseconds", "user", "status_code", "job", "seconds", "count")


class JsonLines(logging.Formatter):
    """One line of JSON for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """The record without anything that may hold a name."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        if request := _request.get():
            line["request"] = request
        line |= {name: getattr(record, name) for name in MAY_BE_TOLD if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            line["failure"] = kind.__name__
            line["places"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
        return json.dumps(line, default=str)


class RequestLines:
    """One line for each request: route, method, answer, time and user id; an anonymous one tells no user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.log = logging.getLogger("rightplace.request")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request.set(secrets.token_hex(8))
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            self._tell(request, response, began)
            return response
        finally:
            _request.reset(token)

    def _tell(self, request: HttpRequest, response: HttpResponse, began: float) -> None:
        match = request.resolver_match
        # the same number stands in the audit of what was read
        _request.set(getattr(request, "request_id", _request.get()))
        told: dict[str, Any] = {
            "route": match.view_name if match else "none",
            "method": request.method,
            "code": response.status_code,
            "milliseconds": round((time.perf_counter() - began) * 1000, 1),
        }
        # a user that no view asked for is not fetched for the log's sake
        user = request.__dict__.get("_cached_user")
        if user is not None and user.is_authenticated:
            told["user"] = user.pk
        self.log.info("request answered", extra=told)


def configured(level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING: everything as JSON lines on standard output."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "rightplace.logs.JsonLines"}},
        "handlers": {
            "out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}
        },
        "root": {"handlers": ["out"], "level": "WARNING"},
        "loggers": {
            "rightplace": {"level": level},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            "procrastinate": {"level": "WARNING"},
            "gunicorn.error": {"handlers": ["out"], "level": "WARNING", "propagate": False},
        },
    }


class WebLog(Logger):  # type: ignore[misc]
    """gunicorn's own words through ours: its messages name the address that was asked for."""

    def setup(self, cfg: Any) -> None:
        """Log as everything else does; answers are logged by `RequestLines`."""
        logging.config.dictConfig(configured())
