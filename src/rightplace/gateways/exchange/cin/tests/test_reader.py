"""Every child of a return is accounted for, whatever the file says of itself and wherever it comes from."""

import io
import re
from pathlib import Path

import pytest

from rightplace.gateways.exchange.cin import Account, RefusedFile, Weight, read
from rightplace.gateways.exchange.cin.tests.oddities import ODDITIES, REFUSING, each_in_turn
from rightplace.gateways.exchange.cin.tests.returns import CHILD, around, found, of
from rightplace.gateways.exchange.cin.tests.write_sample import Tree, a_return, header, text, write


@pytest.mark.parametrize("gone", ["LAchildID", "CINreferralDate"])
def test_a_child_nobody_could_file_is_refused_with_the_line(gone: str) -> None:
    broken = re.sub(rf"<{gone}>.*?</{gone}>", "", CHILD)
    content = around(CHILD.replace("INV1", "INV2").replace("<UPN>C330200000000</UPN>", "") + "\n" + broken)
    account = read(of(content)).account()
    assert (account.children, account.taken, account.refused, account.balanced) == (2, 1, 1, True)
    line = content.split("\n").index("<Child>", content.split("\n").index("</Child>")) + 1
    assert [(each.number, each.line) for each in account.refusals] == [(2, line)]


def test_the_same_child_again_is_refused_with_the_first_ones_line() -> None:
    children = list(read(of(around(CHILD + "\n" + CHILD))).children())
    assert [child.refused is None for child in children] == [True, False]
    assert children[1].refused.code == "same_child"
    assert f"line {children[0].line} " in children[1].refused.sentence
    assert "word for word" in children[1].refused.sentence
    assert found(children[0]) == set()


def test_the_same_number_with_other_content_is_refused_and_leaves_a_doubt_on_the_first() -> None:
    other = CHILD.replace("2025-05-01", "2025-06-02")
    first, second, third = read(of(around("\n".join([CHILD, other, CHILD])))).children()
    assert [each.code for each in first.doubts] == ["number_used_twice"]
    assert f"line {second.line} " in first.doubts[0].sentence
    assert "with other content" in second.refused.sentence
    assert "word for word" in third.refused.sentence


def test_two_children_with_one_pupil_number_are_both_taken_and_doubted() -> None:
    first, second = read(of(around(CHILD + CHILD.replace("INV1", "INV2")))).children()
    assert (first.refused, second.refused, found(first)) == (None, None, set())
    assert [each.code for each in second.doubts] == ["upn_twice"]


def test_a_return_without_line_breaks_is_accounted_for_by_the_childs_place() -> None:
    content = a_return(2026, 20).replace(b"\n", b"")
    children = list(read(of(content)).children())
    assert [child.number for child in children] == list(range(1, 21))
    assert {child.line for child in children} == {1}
    assert all(child.refused is None for child in children)


def test_a_deliberately_odd_return_balances() -> None:
    def odd(number: int, parts: list[Tree]) -> list[Tree]:
        if number % 5 == 0:
            return parts[1:]
        if number % 5 == 1:
            return [*parts, ("CINdetails", [("CINreferralDate", "never")])]
        return parts

    account = read(of(a_return(2026, 50, odd=odd))).account()
    assert (account.children, account.taken, account.with_doubts, account.refused) == (50, 40, 10, 10)
    assert account.balanced
    assert {each.code for each in account.refusals} == {"no_number"}


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ([], {"no_year", "no_collection", "no_reference_date", "no_authority"}),
        (header(2026)[:1], {"no_authority"}),
        (header(2026)[1:], {"no_year", "no_collection", "no_reference_date"}),
    ],
)
def test_a_header_that_says_little_is_no_reason_to_refuse(heading: list[Tree], expected: set[str]) -> None:
    sound = read(of(a_return(2026, 7, heading=heading)))
    assert {each.code for each in sound.findings} == expected
    assert sound.account().taken == 7


def test_a_return_without_any_header_is_read() -> None:
    sound = read(of(f"<Message><Children>{CHILD}</Children></Message>"))
    assert [each.code for each in sound.findings] == ["no_header"]
    assert sound.account().taken == 1


def test_a_header_after_the_children_is_read() -> None:
    late = f"<Message><Children>{CHILD}</Children>{text(('Header', header(2024)))}</Message>"
    sound = read(of(late))
    assert sound.header.census_year == 2024
    assert "referred_after_return" in {each.code for child in sound.children() for each in child.doubts}


def test_a_year_and_reference_date_that_differ_are_said() -> None:
    other = a_return(2026, 1).replace(b"<Year>2026", b"<Year>2025")
    assert [each.code for each in read(of(other)).findings] == ["year_and_date_differ"]


@pytest.mark.parametrize("year", [2019, 2031])
def test_a_year_whose_layout_is_not_known_is_read_with_a_note(year: int) -> None:
    other = read(of(a_return(2024, 3).replace(b"<Year>2024", f"<Year>{year}".encode())))
    assert "unknown_layout" in {each.code for each in other.findings}
    assert other.count == 3


def test_a_child_outside_children_is_still_counted() -> None:
    sound = read(of(f"<Message>{CHILD}</Message>"))
    assert sound.account().children == 1
    assert "child_elsewhere" in {each.code for each in sound.findings}


def test_children_may_be_asked_for_again() -> None:
    sound = read(of(a_return(2026, 10)))
    assert list(sound.children()) == list(sound.children())


def test_a_path_a_text_path_and_a_stream_say_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "return.xml", 2026, 10)
    results = [list(read(source).children()) for source in (path, str(path), of(path.read_bytes()))]
    assert results[0] == results[1] == results[2]
    assert read(path).digest == read(of(path.read_bytes())).digest


def test_a_stream_that_cannot_go_back_is_read() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise io.UnsupportedOperation

    assert read(Pipe(a_return(2026, 10))).account().taken == 10


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "latin-1"])
def test_a_stream_that_gives_a_byte_at_a_time_is_read(codec: str) -> None:
    class Drip(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            return super().read(1)

    opening = '<?xml version="1.0" encoding="ISO-8859-1"?>' if codec == "latin-1" else ""
    dripping = Drip(around(CHILD, opening=opening).replace("Invented", "Zoë").encode(codec))
    assert read(dripping).header.software == "Zoë"


def test_a_stream_is_read_from_where_it_stands() -> None:
    stream = of(b"junk" + a_return(2026, 3))
    stream.read(4)
    assert read(stream).account().taken == 3


def test_a_file_that_changes_in_between_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "return.xml", 2026, 3)
    sound = read(path)
    write(path, 2026, 3, seed=2)
    with pytest.raises(RefusedFile, match="changed"):
        list(sound.children())


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="cannot be opened"):
        read(tmp_path / "nothing.xml")
    with pytest.raises(RefusedFile, match="cannot be opened"):
        read(tmp_path)


def test_an_account_counts_doubts_of_the_taken_only() -> None:
    account = Account()
    for child in read(
        of(around(CHILD.replace("WBRI", "XX") + CHILD.replace("INV1", "").replace("WBRI", "XX")))
    ).children():
        account.add(child)
    assert (account.with_doubts, account.doubts["ethnicity_unknown"]) == (1, 1)
    assert {
        each.weight for each in next(read(of(around(CHILD.replace("INV1", "")))).children()).findings
    } == {Weight.REFUSED}


@pytest.mark.parametrize("name", ODDITIES)
def test_a_deliberate_oddity_is_found_and_refuses_only_where_nobody_could_file(name: str) -> None:
    sound = read(of(a_return(2026, 7, odd=lambda _, parts: ODDITIES[name](parts))))
    children = [
        child for child in sound.children() if not child.refused or child.refused.code != "same_child"
    ]
    assert all(name in found(child) for child in children)
    assert all((child.refused is not None) == (name in REFUSING) for child in children)


@pytest.mark.parametrize("year", range(2021, 2028))
def test_a_return_with_every_oddity_balances(year: int) -> None:
    account = read(of(a_return(year, 7 * len(ODDITIES), odd=each_in_turn()))).account()
    assert account.balanced
    assert account.refused >= 7 * len(REFUSING)
    assert account.taken == account.with_doubts > 50


def test_numbers_too_long_to_be_numbers_are_refused_each_for_itself() -> None:
    endless = CHILD.replace("INV1", "9" * 5_000)
    account = read(of(around(endless + endless))).account()
    assert [each.code for each in account.refusals] == ["number_endless", "number_endless"]
