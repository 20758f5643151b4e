"""Files that are not a census return, or want to do harm, are refused with a reason, quickly and in little memory."""

import gzip
import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import pytest

from rightplace.gateways.exchange.cin import RefusedFile, parser, read
from rightplace.gateways.exchange.cin.tests.write_sample import a_return

SOUND = a_return(2026, 5)
ID = b"<LAchildID>INV0000000"


def zipped(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("return.xml", content)
    return stream.getvalue()


def with_doctype(doctype: str, use: str = "") -> bytes:
    return SOUND.replace(b"?>\n", b"?>\n" + doctype.encode(), 1).replace(ID, ID + use.encode(), 1)


LAUGHS = "<!DOCTYPE Message [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
)
BLOWUP = f"<!DOCTYPE Message [<!ENTITY a '{'x' * 50_000}'>]>"

REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "only spaces": (b" \n\t\n ", "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "empty"),
    "nul bytes": (b"\0" * 1000, "empty"),
    "nul bytes inside": (SOUND.replace(b"INV0000001", b"INV\0"), "not well-formed"),
    "words": (b"Dear colleague, the return is attached.", "not XML"),
    "json": (b'{"Message": {}}', "not XML"),
    "csv": (b"LAchildID,UPN\n1,2\n", "not XML"),
    "random bytes": (zlib.compress(SOUND), "not XML"),
    "gzip": (gzip.compress(SOUND), "gzip"),
    "zip renamed": (zipped(SOUND), "zip"),
    "zip bomb": (zipped(b"<" * 10_000_000), "zip"),
    "pdf": (b"%PDF-1.7\n" + SOUND, "PDF"),
    "html": (b"<html><body><p>Sign in</p></body></html>", "does not begin with Message"),
    "svg with script": (
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>",
        "not a children in need",
    ),
    "another collection": (SOUND.replace(b">CIN<", b">CSWW<"), "another collection"),
    "no children": (b"<Message><Header/><Children></Children></Message>", "no child"),
    "message alone": (b"<Message/>", "no child"),
    "utf-7": (SOUND.replace(b"UTF-8", b"UTF-7"), "encoding"),
    "ebcdic": (SOUND.replace(b"UTF-8", b"cp037"), "encoding"),
    "idna": (SOUND.replace(b"UTF-8", b"idna"), "encoding"),
    "an encoding that is none": (SOUND.replace(b"UTF-8", b"../../etc"), "encoding"),
    "utf-32": (SOUND.decode().encode("utf-32"), "UTF-32"),
    "utf-16 that is not": (SOUND.replace(b"UTF-8", b"UTF-16"), "not well-formed"),
    "utf-8 that is not": (SOUND.replace(b"Invented", b"Zo\xeb"), "not well-formed"),
    "cut utf-8": (SOUND.replace(b"Invented", b"Zo\xc3"), "not well-formed"),
    "a doctype": (with_doctype("<!DOCTYPE Message>"), "document type"),
    "a doctype from outside": (
        with_doctype('<!DOCTYPE Message SYSTEM "http://127.0.0.1:9/x.dtd">'),
        "document type",
    ),
    "an entity": (with_doctype('<!DOCTYPE Message [<!ENTITY a "b">]>', "&a;"), "document type"),
    "a file as an entity": (
        with_doctype('<!DOCTYPE Message [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
        "document type",
    ),
    "a parameter entity": (
        with_doctype('<!DOCTYPE Message [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>'),
        "document type",
    ),
    "billion laughs": (with_doctype(LAUGHS + "]>", "&a11;"), "document type"),
    "quadratic blowup": (with_doctype(BLOWUP, "&a;" * 20_000), "document type"),
    "an entity never declared": (SOUND.replace(ID, ID + b"&nbsp;"), "entity"),
    "10,000 deep": (SOUND.replace(ID, b"<a>" * 10_000 + ID), "nested"),
    "10,000 deep outside a child": (b"<Message>" + b"<a>" * 10_000, "nested"),
    "21 deep": (SOUND.replace(ID, b"<a>" * 17 + b"</a>" * 17 + ID), "nested"),
    "a child in a child, and so on": (b"<Message><Children>" + b"<Child>" * 1000, "nested"),
    "a huge attribute": (
        SOUND.replace(b"<Child>", b'<Child a="' + b"x" * 50_000_000 + b'">', 1),
        "longer than 256 kB",
    ),
    "a large attribute": (
        SOUND.replace(b"<Child>", b'<Child a="' + b"x" * 10_001 + b'">', 1),
        "attribute is longer",
    ),
    "many attributes": (
        SOUND.replace(b"<Child>", b"<Child " + b" ".join(b'a%d="1"' % n for n in range(21)) + b">", 1),
        "more than 20 attributes",
    ),
    "a huge comment": (
        SOUND.replace(b"<Child>", b"<!--" + b"x" * 20_000_000 + b"--><Child>", 1),
        "longer than 256 kB",
    ),
    "a huge instruction": (
        SOUND.replace(b"<Child>", b"<?a " + b"x" * 1_000_000 + b"?><Child>", 1),
        "longer than 256",
    ),
    "a huge name": (SOUND.replace(b"<Child>", b"<" + b"x" * 20_000_000, 1), "longer than 256 kB"),
    "a huge text": (SOUND.replace(ID, ID + b"9" * 20_000_000), "text is longer"),
    "a large text": (SOUND.replace(ID, ID + b"9" * 10_001), "text is longer"),
    "a large text in cdata": (
        SOUND.replace(ID, ID + b"<![CDATA[" + b"9" * 10_001 + b"]]>"),
        "text is longer",
    ),
    "references without end": (SOUND.replace(ID, ID + b"&#65;" * 10_001), "text is longer"),
    "a child without end": (
        SOUND.replace(b"<Disability>", b"<Disability/>" * 5_000 + b"<Disability>", 1),
        "5,000",
    ),
    "a header without end": (SOUND.replace(b"<LEA>", b"<LEA/>" * 5_000 + b"<LEA>", 1), "5,000"),
    "names without end": (
        SOUND.replace(b"<Children>", b"".join(b"<x%d/>" % n for n in range(1000)) + b"<Children>", 1),
        "different element names",
    ),
    "two roots": (SOUND + b"<Message/>", "not well-formed"),
    "crossed tags": (SOUND.replace(b"</ChildIdentifiers>", b"</Child>", 1), "not well-formed"),
    "a bare ampersand": (SOUND.replace(b"Invented", b"A & B"), "not well-formed"),
}


def of(content: bytes) -> io.BytesIO:
    return io.BytesIO(content)


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_or_broken_file_is_refused_with_its_reason(name: str) -> None:
    content, reason = REFUSED[name]
    with pytest.raises(RefusedFile) as refusal:
        read(of(content))
    assert reason in refusal.value.because
    assert refusal.value.instead
    assert refusal.value.line >= 1


@pytest.mark.parametrize(
    "name", ["billion laughs", "quadratic blowup", "a huge attribute", "a huge name", "zip bomb"]
)
def test_a_bomb_costs_next_to_nothing(name: str) -> None:
    content, _ = REFUSED[name]
    stream = of(content)
    tracemalloc.start()
    began = process_time()
    with pytest.raises(RefusedFile):
        read(stream)
    spent = process_time() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent < 1
    assert peak < 5_000_000


def test_nothing_outside_the_file_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret"
    secret.write_text("INV7777777")
    opened: list[object] = []
    monkeypatch.setattr("builtins.open", lambda *names, **_: opened.append(names))
    monkeypatch.setattr("socket.socket.connect", lambda *names: opened.append(names))
    with pytest.raises(RefusedFile):
        read(of(with_doctype(f'<!DOCTYPE Message [<!ENTITY a SYSTEM "file://{secret}">]>', "&a;")))
    assert opened == []


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_file_cut_off_is_refused_whole_and_names_the_line(share: float) -> None:
    content = a_return(2026, 100)
    cut = content[: int(len(content) * share)]
    with pytest.raises(RefusedFile, match="cut off") as refusal:
        read(of(cut))
    assert refusal.value.line == cut.count(b"\n") + 1
    assert f"line {refusal.value.line}" in refusal.value.because
    assert "Nothing was taken" in refusal.value.instead


def test_a_break_inside_a_child_names_the_childs_line_too() -> None:
    cut = SOUND[: SOUND.index(b"<ChildCharacteristics>", len(SOUND) // 2)]
    line = cut[: cut.rindex(b"<Child>")].count(b"\n") + 1
    with pytest.raises(RefusedFile, match=f"child that begins at line {line}"):
        read(of(cut))


def test_the_line_of_a_refusal_is_the_line_of_the_fault() -> None:
    broken = SOUND.replace(b"INV0000003", b"&")
    with pytest.raises(RefusedFile) as refusal:
        read(of(broken))
    assert refusal.value.line == broken[: broken.index(b"&")].count(b"\n") + 1


def test_the_limits_leave_room_for_a_real_return() -> None:
    roomy = SOUND.replace(
        b"<Child>", b"<!--" + b"x" * 100_000 + b"-->" + b" " * 9_000 + b'<Child a="' + b"x" * 9_000 + b'">'
    )
    assert read(of(roomy)).account().taken == 5


def test_an_endless_list_of_children_needs_no_more_memory_than_a_short_one() -> None:
    def peak(children: int) -> int:
        content = a_return(2026, children)
        stream = of(content)
        tracemalloc.start()
        for _ in parser.parts(stream.read, lambda _: None):
            pass
        _, high = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return high

    assert peak(3_000) < 2 * peak(300)


def test_a_stream_without_end_is_refused_at_its_first_fault() -> None:
    def endless() -> Iterator[bytes]:
        yield b"<Message><Children><Child "
        while True:
            yield b"a" * parser.CHUNK

    pieces = endless()
    source: Callable[[int], bytes] = lambda _: next(pieces)  # noqa: E731
    with pytest.raises(RefusedFile, match="longer than 256 kB"):
        list(parser.parts(source, lambda _: None))
