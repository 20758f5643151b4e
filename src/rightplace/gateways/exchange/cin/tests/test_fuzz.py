"""Whatever is done to a return, it is read with every child accounted for, or refused: never anything else."""

import io
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightplace.gateways.exchange.cin import RefusedFile, read
from rightplace.gateways.exchange.cin.tests.write_sample import a_return

RETURNS = [a_return(year, 8, seed=year) for year in range(2021, 2028)]
WORDS = [
    b"<", b">", b"&", b"</Child>", b"<Child>", b"<Child/>", b"<Header>", b"</Header>", b"<CINdetails>", b"\0", b"\xff",
    b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?xml?>", b"<!DOCTYPE a>", b"&amp;", b"&#0;", b"&#xFFFF;", b"xmlns:a=''",
    b"<LAchildID>", b"9999-99-99", b"0000-00-00", b"2026-02-29", b"-1", b"1e9", b"M", b"true", b"\xc3\xa9", b"'", b'"',
    b"<Reviews/>", b"<Disabilities>", b"<Section47/>", b"\xef\xbb\xbf", b"\xfe\xff", b" encoding='cp500'", b"99999999",
]  # fmt: skip
SETTINGS = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def account_for(content: bytes) -> bool:
    """Whether the return could be read; that each child is accounted for is asserted."""
    try:
        sound = read(io.BytesIO(content))
        account = sound.account()
    except RefusedFile as refusal:
        assert refusal.because
        assert refusal.instead
        return False
    assert account.balanced
    assert account.children == sound.count > 0
    return True


@SETTINGS
@given(base=st.sampled_from(RETURNS), seed=st.integers(0, 2**32), times=st.integers(1, 6))
def test_bytes_replaced_put_in_or_taken_out(base: bytes, seed: int, times: int) -> None:
    chance = Random(seed)
    content = bytearray(base)
    for _ in range(times):
        at, length = chance.randrange(len(content)), chance.randrange(12)
        kind = chance.randrange(4)
        new = [b"", chance.choice(WORDS), chance.randbytes(3), bytes(content[at : at + 40])][kind]
        content[at : at + (length if kind != 3 else 0)] = new
    account_for(bytes(content))


@SETTINGS
@given(base=st.sampled_from(RETURNS), seed=st.integers(0, 2**32), times=st.integers(1, 8))
def test_elements_dropped_doubled_moved_and_filled_with_anything(base: bytes, seed: int, times: int) -> None:
    chance = Random(seed)
    lines = base.split(b"\n")
    for _ in range(times):
        at = chance.randrange(1, len(lines) - 1)
        leaf = lines[at].count(b"<") == 2 and not lines[at].startswith(
            b"<Collection>"
        )  # another's is refused
        kind = chance.randrange(4)
        if kind == 0 and leaf:
            lines[at] = b""
        elif kind == 1 and leaf:
            lines.insert(chance.randrange(2, len(lines) - 2), lines[at])
        elif leaf:
            name = lines[at][1 : lines[at].index(b">")]
            said = chance.choice(
                [b"", b"\xe2\x80\x8b", b"X" * chance.randrange(300), b"2025-13-01", b"9", b"N1", b"1A"]
            )
            lines[at] = b"<" + name + b">" + said + b"</" + name + b">"
    assert account_for(b"\n".join(lines))


@SETTINGS
@given(content=st.binary(max_size=300))
def test_any_bytes_at_all(content: bytes) -> None:
    account_for(content)
    account_for(b"<Message>" + content + b"</Message>")


@SETTINGS
@given(base=st.sampled_from(RETURNS), share=st.floats(0, 1))
def test_any_beginning_of_a_return_is_refused(base: bytes, share: float) -> None:
    cut = base[: int(len(base.rstrip()) * share)]
    assert account_for(cut) == (cut == base.rstrip())


@SETTINGS
@given(
    values=st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="<&"), max_size=60), min_size=6, max_size=6
    )
)
def test_any_text_in_any_place(values: list[str]) -> None:
    names = ["LAchildID", "UPN", "Sex", "Ethnicity", "CINreferralDate", "ReferralNFA"]
    marked = RETURNS[5].decode()
    for name, value in zip(names, values, strict=True):
        start = marked.index(f"<{name}>") + len(name) + 2
        marked = marked[:start] + value + marked[marked.index("<", start) :]
    account_for(marked.encode())
