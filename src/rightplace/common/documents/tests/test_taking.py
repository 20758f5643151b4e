"""What is attached is told by what it is; whatever is not surely one of six kinds is refused with the reason."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from rightplace.common.documents.refusing import NotTaken
from rightplace.common.documents.taking import DOCX, JPEG, PDF, PNG, TEXT, take
from rightplace.common.documents.uploads import LARGEST

CONTENT_TYPES = '<?xml version="1.0"?><Types/>'
BODY = "<w:document/>"


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, (200, 60, 20)).save(kept, form, **options)
    return kept.getvalue()


def photograph_with_a_place() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Invented Camera"
    exif.get_ifd(0x8825)[2] = (52.0, 28.0, 59.0)
    return picture(exif=exif, comment=b"Alder Road")


def word(parts: dict[str, str | bytes] | None = None, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", compression) as packed:
        for name, words in (
            {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": BODY} | (parts or {})
        ).items():
            packed.writestr(name, words)
    return kept.getvalue()


def pdf(inside: bytes = b"", after: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + inside + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n" + after
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(), PDF), (picture(), JPEG), (picture("PNG"), PNG), (word(), DOCX),
        ("Came in without a coat – again.\nTwice.".encode(), TEXT), (b"\xef\xbb\xbfNote", TEXT),
    ],
)  # fmt: skip
def test_its_kinds_are_taken_whatever_they_are_called(content, kind):
    assert take(content).kind is kind


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"x" * (LARGEST + 1), "10 MB is the most"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><svg/>", "SVG"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "web page"),
        (b"\xff\xfeh\0i\0", "UTF-8"),
        (b"caf\xe9", "UTF-8"),
        (b"a\x00b", "no letters"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "cannot be read"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "no films"),
        (b"GIF89a...", "JPEG, PNG or HEIC"),
        (b"MZ\x90\0", "program"),
        (b"\x7fELF\x02", "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (b"\xff\xd8\xff\xe0 not a picture at all", "cannot be read"),
        (picture()[:200], "cannot be read"),
        (b"PK\x03\x04 broken", "cannot be read"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_the_reason(content, said):
    with pytest.raises(NotTaken, match=said):
        take(content)


def test_a_file_that_was_cut_short_because_it_is_too_large_says_its_whole_size():
    with pytest.raises(NotTaken, match=r"14\.0 MB"):
        take(b"x" * 100, size=14 * 1024 * 1024)


def test_nothing_but_the_dots_of_a_photograph_is_kept():
    kept = take(photograph_with_a_place()).content
    with Image.open(BytesIO(kept)) as fresh:
        assert not fresh.getexif() and not fresh.info.get("comment") and not fresh.info.get("exif")
        assert fresh.size == (30, 40), "it stands upright as it was taken"
    assert b"Alder" not in kept and b"Invented" not in kept and b"Exif" not in kept


def test_a_telephones_photograph_is_kept_upright_as_jpeg_with_nothing_but_its_dots():
    content = (Path(__file__).parent / "samples" / "photograph.heic").read_bytes()
    assert b"Invented" in content, "the sample names a camera, so that the test can fail"
    taken = take(content)
    with Image.open(BytesIO(taken.content), formats=["JPEG"]) as fresh:
        assert fresh.size == (48, 64), "it stands upright as it was taken"
        red, _, blue = fresh.convert("RGB").getpixel((40, 60))
        assert red > 150 and blue < 90, "the lower half is red"
        assert not fresh.getexif() and not fresh.info.get("exif")
    assert taken.kind is JPEG and b"Invented" not in taken.content
    with pytest.raises(NotTaken, match="cannot be read"):
        take(content[:600])


def test_a_photograph_in_a_pdf_tells_neither_place_nor_camera_and_keeps_its_dots():
    photo = photograph_with_a_place()
    inside = b"5 0 obj<</Filter/DCTDecode/Length %d>>\nstream\n" % len(photo) + photo + b"\nendstream endobj"
    content = pdf(inside)
    kept = take(content).content
    assert len(kept) == len(content), "every number in it counts bytes"
    assert b"Invented" in content and b"Invented" not in kept and b"Alder" not in kept
    place = kept.index(b"\xff\xd8\xff")
    with Image.open(BytesIO(kept[place : place + len(photo)])) as fresh, Image.open(BytesIO(photo)) as before:
        assert not dict(fresh.getexif()) and fresh.tobytes() == before.tobytes()


@pytest.mark.parametrize("told", [photograph_with_a_place(), b"<x:xmpmeta exif:GPSLatitude='52,28N'/>"])
def test_a_pdf_whose_photograph_cannot_be_silenced_is_refused(told):
    packed = zlib.compress(told)
    inside = b"5 0 obj<</Length %d>>\nstream\n" % len(packed) + packed + b"\nendstream endobj"
    with pytest.raises(NotTaken, match="where it was taken"):
        take(pdf(inside))


def test_what_is_hidden_behind_a_picture_is_gone():
    kept = take(picture("PNG") + b"PK\x03\x04 hidden" + b"<script>alert(1)</script>").content
    assert b"script" not in kept and b"PK\x03\x04" not in kept


def test_a_picture_that_unpacks_to_far_more_than_it_seems_is_refused():
    header = b"\x89PNG\r\n\x1a\n"
    size = b"IHDR" + (60_000).to_bytes(4, "big") + (60_000).to_bytes(4, "big") + b"\x08\x02\0\0\0"
    chunk = (13).to_bytes(4, "big") + size + zlib.crc32(size).to_bytes(4, "big")
    data = b"IDAT" + zlib.compress(b"\0" * 1000)
    body = (len(data) - 4).to_bytes(4, "big") + data + zlib.crc32(data).to_bytes(4, "big")
    with pytest.raises(NotTaken):
        take(header + chunk + body)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word/vbaProject.bin": "x"}, "macros"),
        ({"word/embeddings/oleObject1.bin": "x"}, "macros"),
        ({"word/media/pic.svg": "<svg/>"}, "macros"),
        ({"../../evil.xml": "x"}, "cannot be read"),
        ({"word/_rels/document.xml.rels": '<Relationship Type="a/template" TargetMode="External"/>'}, "fetches"),
        ({"word/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}, "cannot be read"),
    ],
)  # fmt: skip
def test_a_word_file_that_does_more_than_say_words_is_refused(parts, said):
    with pytest.raises(NotTaken, match=said):
        take(word(parts))


def test_a_word_file_with_links_is_taken_and_its_photographs_are_made_anew():
    link = '<Relationship Type="http://x/hyperlink" TargetMode="External" Target="https://example.org"/>'
    kept = take(
        word({"word/_rels/document.xml.rels": link, "word/media/image1.jpeg": photograph_with_a_place()})
    )
    with zipfile.ZipFile(BytesIO(kept.content)) as packed:
        assert b"Alder" not in packed.read("word/media/image1.jpeg")
        assert packed.read("word/document.xml").decode() == BODY


def test_a_bomb_in_a_zip_is_refused_before_it_is_unpacked():
    with pytest.raises(NotTaken, match="far more than it seems"):
        take(word({"word/big.xml": b"0" * (61 * 1024 * 1024)}))


def test_a_zip_that_lies_about_its_size_is_refused():
    honest = word({"word/big.xml": b"0" * 2_000_000})
    lying = honest.replace((2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(NotTaken):
        take(lying)


def test_another_zip_is_no_word_file():
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("letter.txt", "hello")
    with pytest.raises(NotTaken, match="packed folder"):
        take(kept.getvalue())
    with pytest.raises(NotTaken, match="hidden behind"):
        take(word() + b"<script>")


@pytest.mark.parametrize(
    "inside",
    [
        b"2 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj",
        b"2 0 obj<</S/J#61vaScript>>endobj",
        b"2 0 obj<</S/Launch/F(cmd.exe)>>endobj",
        b"2 0 obj<</Type/EmbeddedFile>>endobj",
        b"2 0 obj<</Length 9>>stream\n" + zlib.compress(b"<</S/JavaScript/JS(x)>>") + b"\nendstream",
    ],
)
def test_a_pdf_that_does_something_when_opened_is_refused(inside):
    with pytest.raises(NotTaken, match="program or other files"):
        take(pdf(inside))


def test_a_pdf_with_something_behind_it_or_locked_or_a_bomb_is_refused():
    with pytest.raises(NotTaken, match="not whole"):
        take(pdf(after=b"PK\x03\x04" + b"x" * 2_000 + b"PK\x05\x06"))
    with pytest.raises(NotTaken, match="password"):
        take(pdf(b"/Encrypt 5 0 R"))
    bomb = b"stream\n" + zlib.compress(b"0" * (45 * 1024 * 1024)) + b"\nendstream\n"
    with pytest.raises(NotTaken, match="far more"):
        take(pdf(bomb * 3))
