"""One invented child as XML, and returns around it, for the tests to change."""

import io

from rightplace.gateways.exchange.cin import ReadChild, read
from rightplace.gateways.exchange.cin.tests.write_sample import header, text


def of(content: bytes | str) -> io.BytesIO:
    return io.BytesIO(content.encode() if isinstance(content, str) else content)


def around(children: str, year: int = 2026, opening: str = "") -> str:
    return f"{opening}<Message>\n{text(('Header', header(year)))}\n<Children>\n{children}\n</Children>\n</Message>"


IDENTITY = """<ChildIdentifiers><LAchildID>INV1</LAchildID><UPN>C330200000000</UPN>
<PersonBirthDate>2015-01-09</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities>
</ChildCharacteristics>"""
NO_ACTION = """<CINdetails><CINreferralDate>2025-05-01</CINreferralDate><ReferralSource>6</ReferralSource>
<ReferralNFA>1</ReferralNFA></CINdetails>"""
CHILD = f"<Child>\n{IDENTITY}\n{NO_ACTION}\n</Child>"


def only(children: str, year: int = 2026) -> ReadChild:
    (child,) = read(of(around(children, year))).children()
    return child


def found(child: ReadChild) -> set[str]:
    return {each.code for each in child.findings}
