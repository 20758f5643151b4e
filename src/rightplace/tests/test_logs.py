"""Promise 8: no name reaches a log, whatever goes wrong."""

import json
import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from rightplace.logs import JsonLines, RequestLines

NAME = "Zzyzx Quillfeather"


def line(record: logging.LogRecord) -> dict[str, object]:
    told: dict[str, object] = json.loads(JsonLines().format(record))
    return told


def record(message: object, *arguments: object, failure: BaseException | None = None) -> logging.LogRecord:
    kind = (type(failure), failure, failure.__traceback__) if failure else None
    return logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, arguments, kind)


@pytest.mark.promise
def test_arguments_of_a_message_are_left_out() -> None:
    told = line(record("Not Found: %s", f"/search?name={NAME}"))
    assert told["event"] == "Not Found: %s"
    assert NAME not in json.dumps(told)


@pytest.mark.promise
def test_a_failure_tells_its_kind_and_place_and_not_its_words() -> None:
    try:
        raise ValueError(f"Key (name)=({NAME}) already exists")
    except ValueError as failure:
        told = line(record("it failed", failure=failure))
    assert told["failure"] == "ValueError"
    assert "test_logs.py" in str(told["places"])
    assert NAME not in json.dumps(told)


@pytest.mark.promise
def test_a_message_that_is_a_failure_itself_tells_its_kind_alone() -> None:
    assert NAME not in json.dumps(line(record(ValueError(NAME))))


@pytest.mark.promise
def test_a_request_tells_its_route_and_not_its_address(caplog: pytest.LogCaptureFixture) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(NAME)

    request = RequestFactory().post("/find", {"name": NAME}, QUERY_STRING=f"q={NAME}")
    with caplog.at_level(logging.INFO, "rightplace.request"):
        RequestLines(view)(request)
    told = [line(kept) for kept in caplog.records if kept.name == "rightplace.request"]
    assert [(t["route"], t["method"], t["code"]) for t in told] == [("none", "POST", 200)]
    assert "find" not in json.dumps(told)
    assert NAME.split()[0] not in json.dumps(told)
