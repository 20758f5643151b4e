"""What is sent with a concern is made harmless, sealed, and hangs on the concern that names it, once."""

from __future__ import annotations

import base64
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from rightplace.common.documents import attachments
from rightplace.common.documents.models import Attachment
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.tests.telling import System, notice
from rightplace.services.frontdoor.projections import Contact
from rightplace.testing.organisation import MORNING

pytestmark = pytest.mark.django_db


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG")
    return out.getvalue()


def sent(content: bytes = b"A drawing.", **other: str) -> dict[str, str]:
    return {"sender_id": "f1", "name": "drawing.txt", "content": base64.b64encode(content).decode()} | other


def test_a_file_hangs_on_the_concern_that_names_it(police):
    kept = [
        police.give("attachments", sent()),
        police.give("attachments", sent(picture(), sender_id="f2", name="a.png")),
    ]
    assert [each.status_code for each in kept] == [201, 201]
    numbers = [each.json()["attachment"] for each in kept]
    body = notice(attachments=numbers)
    assert police.send(body).status_code == 201
    concern = Contact.objects.get().concern
    found = attachments.of_file(concern)
    assert {(each.name, each.kind.ending) for each in found} == {("drawing.txt", "txt"), ("a.png", "png")}
    assert attachments.opened(concern, int(numbers[0]))[1] == b"A drawing."
    assert police.send(body).status_code == 200, "the same again is the same receipt"
    taken = police.send(notice(sender_id="other", attachments=numbers))
    assert taken.status_code == 422 and "does not wait" in taken.json()["said"]


def test_sent_again_it_is_the_same_file_and_other_content_a_conflict(police):
    first, again = police.give("attachments", sent()), police.give("attachments", sent())
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert police.give("attachments", sent(b"Else.")).status_code == 409
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00 program", "program"),
        (b"\xd0\xcf\x11\xe0 old", "old Word"),
        (b"GIF89a", "JPEG, PNG or HEIC"),
        (b"", "empty"),
        (b"%PDF-1.4 /JavaScript", ""),
        (b"\x89PNG\r\n\x1a\n broken", ""),
    ],
)
def test_what_hides_something_is_refused_with_the_reason(police, content, said):
    answer = police.give("attachments", sent(content))
    assert answer.status_code == 422 and said in answer.json()["said"]
    assert not Attachment.objects.exists()


def test_what_is_not_base64_or_too_large_is_refused(police):
    assert police.give("attachments", sent() | {"content": "not base64!"}).status_code == 422
    assert police.give("attachments", sent(b"x" * 9 * 1024 * 1024)).status_code == 413


def test_another_agencys_file_is_not_there(city, police):
    number = police.give("attachments", sent()).json()["attachment"]
    health = System(city.health)
    theirs, nobodys = (health.send(notice(attachments=[each])) for each in (number, "9" * 19))
    assert theirs.status_code == nobodys.status_code == 422 and theirs.content == nobodys.content
    assert not Contact.objects.exists()


def test_a_file_that_no_concern_names_is_gone_after_a_day(police):
    number = police.give("attachments", sent()).json()["attachment"]
    with clock.clock_at(MORNING + timedelta(hours=25)):
        assert police.send(notice(attachments=[number])).status_code == 422
