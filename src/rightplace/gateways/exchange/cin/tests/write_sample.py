"""Writes invented census returns in each layout from 2021 to 2027: sound ones, and ones with deliberate oddities.

A sound return meets the census's rules: working-day conferences, plans that begin on them, numbers that check.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import IO

from rightplace.gateways.exchange.cin.rules_child import check_letter

Tree = tuple[str, "str | list[Tree]"]

ETHNICITIES = [
    "WBRI", "WIRI", "WOTH", "MWBC", "MWAS", "AIND", "APKN", "ABAN", "BCRB", "BAFR", "CHNE", "OOTH",
    "NOBT",
]  # fmt: skip
DISABILITIES = [
    "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA",
]  # fmt: skip
SOURCES = [
    "1A", "1B", "1C", "1D", "2A", "2B", "3A", "3B", "3C", "3D", "3E", "3F",
    "4", "5A", "5B", "5C", "6", "7", "8", "9", "10",
]  # fmt: skip
FACTORS = [
    "1B", "2B", "3B", "4A", "4B", "5A", "5B", "6A", "6B", "7A", "10A", "11A",
    "13A", "15A", "16A", "17A", "18B", "18C", "19B", "19C",
]  # fmt: skip


def a_return(year: int = 2026, children: int = 10, seed: int = 1, **options: object) -> bytes:
    """A sound return as bytes."""
    return b"".join(chunks(year, children, seed, **options))  # type: ignore[arg-type]


def write(path: Path, year: int = 2026, children: int = 10, seed: int = 1, **options: object) -> Path:
    """A sound return as a file, written as it is made."""
    with path.open("wb") as stream:
        write_to(stream, year, children, seed, **options)
    return path


def write_to(stream: IO[bytes], year: int, children: int, seed: int, **options: object) -> None:
    """A sound return into a stream."""
    for chunk in chunks(year, children, seed, **options):  # type: ignore[arg-type]
        stream.write(chunk)


def chunks(
    year: int,
    children: int,
    seed: int,
    *,
    namespace: str = "",
    truths: tuple[str, str] = ("0", "1"),
    odd: Callable[[int, list[Tree]], list[Tree]] | None = None,
    heading: list[Tree] | None = None,
    full: bool = False,
) -> Iterator[bytes]:
    """The return piece by piece. `odd` may change a child; `full` gives every child six modules or so."""
    opening = f' xmlns="{namespace}"' if namespace else ""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<Message{opening}>\n'.encode()
    yield text(("Header", header(year) if heading is None else heading)).encode()
    yield b"\n<Children>\n"
    for number in range(children):
        maker = Maker(year, Random(seed * 1_000_003 + number), truths)
        parts = maker.child(number, full=full)
        yield (text(("Child", odd(number, parts) if odd else parts)) + "\n").encode()
    yield b"</Children>\n</Message>\n"


def header(year: int) -> list[Tree]:
    """The header of a year's return; until 2021 it also listed levels."""
    collection: Tree = (
        "CollectionDetails",
        [("Collection", "CIN"), ("Year", str(year)), ("ReferenceDate", f"{year}-03-31")],
    )
    source: Tree = (
        "Source",
        [
            ("SourceLevel", "L"),
            ("LEA", "330"),
            ("SoftwareCode", "Invented"),
            ("Release", "1.0"),
            ("SerialNo", "001"),
            ("DateTime", f"{year}-05-23T11:14:05"),
        ],
    )
    levels: list[Tree] = [("Content", [("CBDSLevels", [("CBDSLevel", "Child")])])] if year <= 2021 else []
    return [collection, source, *levels]


def text(tree: Tree) -> str:
    """The XML of a tree, with a line for each element that holds others."""
    name, inside = tree
    if isinstance(inside, str):
        return f"<{name}>{inside}</{name}>"
    return f"<{name}>\n" + "\n".join(text(each) for each in inside) + f"\n</{name}>"


class Maker:
    """Makes one invented child of a year's return."""

    def __init__(self, year: int, chance: Random, truths: tuple[str, str] = ("0", "1")) -> None:
        self.year = year
        self.chance = chance
        self.no, self.yes = truths
        self.first = date(year - 1, 4, 1)
        self.last = date(year, 3, 31)

    def child(self, number: int, *, full: bool = False) -> list[Tree]:
        """A child with a path through the service; the path goes by the child's number, so that all occur."""
        paths = [
            self.closed,
            self.protected,
            self.planned,
            self.nothing,
            self.stepped_down,
            self.returned,
            self.unborn,
        ]
        path = self.everything if full else paths[number % len(paths)]
        unborn = path == self.unborn
        disabled = not unborn and self.chance.random() < 0.1
        disabilities = self.chance.sample(DISABILITIES, 2) if disabled else ["NONE"]
        characteristics: list[Tree] = [("Ethnicity", self.chance.choice(ETHNICITIES))]
        if not unborn:
            characteristics.append(("Disabilities", [("Disability", code) for code in disabilities]))
        self.factors = ["5A", "6A"] if disabled else []
        return [
            ("ChildIdentifiers", self.identifiers(number, unborn)),
            ("ChildCharacteristics", characteristics),
            *(("CINdetails", details) for details in path()),
        ]

    def identifiers(self, number: int, unborn: bool) -> list[Tree]:
        """Number, birth and sex in the words of the year."""
        digits = f"330{self.chance.randrange(10**2):02}{number:06}{number % 10}"
        sex = "U" if unborn else self.chance.choice("MF")
        word = ("Sex", sex) if self.year >= 2025 else ("GenderCurrent", {"M": "1", "F": "2", "U": "0"}[sex])
        born = self.first - timedelta(days=self.chance.randrange(400, 16 * 365))
        due = self.last + timedelta(days=self.chance.randrange(5, 60))
        birth: list[Tree] = [("ExpectedPersonBirthDate", due.isoformat())]
        if not unborn:
            birth = [("UPN", check_letter("?" + digits) + digits), ("PersonBirthDate", born.isoformat())]
        return [("LAchildID", f"INV{number:07}"), *birth, word]

    def day(self, earliest: int, latest: int) -> date:
        """A working day so many days into the year."""
        return working(self.first + timedelta(days=self.chance.randrange(earliest, latest)))

    def details(
        self, began: date, modules: list[Tree], closed: date | None = None, reason: str = ""
    ) -> list[Tree]:
        """A referral that went on, with its modules in the schema's order."""
        source = self.chance.choice(SOURCES + ["5D"] * (self.year >= 2023))
        closing: list[Tree] = []
        if closed:
            closing = [("CINclosureDate", closed.isoformat()), ("ReasonForClosure", reason)]
        before = [each for each in modules if each[0] in ("Assessments", "CINPlanDates", "Section47")]
        before.sort(key=lambda each: ["Assessments", "CINPlanDates", "Section47"].index(each[0]))
        after = [each for each in modules if each not in before]
        return [
            ("CINreferralDate", began.isoformat()),
            ("ReferralSource", source),
            ("PrimaryNeedCode", f"N{self.chance.randrange(1, 9)}"),
            *closing,
            *before,
            ("ReferralNFA", self.no),
            *after,
        ]

    def assessment(self, began: date, days: int = 30) -> Tree:
        """An authorised assessment with its factors."""
        found = self.factors or self.chance.sample(FACTORS + ["24A"] * (self.year >= 2022), 3)
        return (
            "Assessments",
            [
                ("AssessmentActualStartDate", began.isoformat()),
                ("AssessmentInternalReviewDate", (began + timedelta(days=7)).isoformat()),
                ("AssessmentAuthorisationDate", (began + timedelta(days=days)).isoformat()),
                ("FactorsIdentifiedAtAssessment", [("AssessmentFactors", code) for code in found]),
            ],
        )

    def enquiry(self, began: date) -> tuple[Tree, date]:
        """An enquiry that went to a conference, and the conference's day."""
        held = working(began + timedelta(days=14))
        return (
            "Section47",
            [
                ("S47ActualStartDate", began.isoformat()),
                ("InitialCPCtarget", working(began + timedelta(days=20)).isoformat()),
                ("DateOfInitialCPC", held.isoformat()),
                ("ICPCnotRequired", self.no),
            ],
        ), held

    def enquired_only(self, began: date) -> Tree:
        """An enquiry after which no conference was needed."""
        return ("Section47", [("S47ActualStartDate", began.isoformat()), ("ICPCnotRequired", self.yes)])

    def protection(self, began: date, end: date | None = None) -> Tree:
        """A child protection plan with its first review."""
        category = self.chance.choice(["NEG", "PHY", "SAB", "EMO"])
        ending: list[Tree] = [("CPPendDate", end.isoformat())] if end else []
        reviewed = min(began + timedelta(days=80), end or date.max)
        return (
            "ChildProtectionPlans",
            [
                ("CPPstartDate", began.isoformat()),
                *ending,
                ("InitialCategoryOfAbuse", category),
                ("LatestCategoryOfAbuse", category),
                ("NumberOfPreviousCPP", "0"),
                ("Reviews", [("CPPreviewDate", reviewed.isoformat())]),
            ],
        )

    def plan(self, began: date, end: date | None = None) -> list[Tree]:
        """A child in need plan, which returns know since 2022."""
        if self.year < 2022:
            return []
        ending: list[Tree] = [("CINPlanEndDate", end.isoformat())] if end else []
        return [("CINPlanDates", [("CINPlanStartDate", began.isoformat()), *ending])]

    def pre_proceedings(self, began: date) -> list[Tree]:
        """Pre-proceedings, which returns know since 2027."""
        if self.year < 2027:
            return []
        after = [(began + timedelta(days=days)).isoformat() for days in (5, 14, 40, 50, 60)]
        inside: list[Tree] = [
            ("PPStartDate", began.isoformat()),
            ("LBPSentDate", after[0]),
            ("FGDMMeetingOffer", self.yes),
            ("FGDMMeetingFac", self.yes),
            ("InitialPPMeetingDate", after[1]),
            ("ReviewMeetingsCount", "2"),
            ("StepDecisionDate", after[2]),
            ("PPOutcome", "A"),
            ("CourtAppDate", after[3]),
            ("LetterInitCPDate", after[4]),
        ]
        return [("PreProceedingsandFGDM", inside)]

    def closed(self) -> list[list[Tree]]:
        """Assessed and closed."""
        began = self.day(0, 250)
        reason = "RC9" if self.year >= 2023 and self.chance.random() < 0.5 else "RC8"
        return [self.details(began, [self.assessment(began)], began + timedelta(days=35), reason)]

    def protected(self) -> list[list[Tree]]:
        """Assessed, enquired about, on a protection plan at the year's end, in pre-proceedings where known."""
        began = self.day(0, 200)
        enquiry, held = self.enquiry(began + timedelta(days=2))
        more = [self.protection(held), *self.pre_proceedings(held + timedelta(days=30))]
        return [self.details(began, [self.assessment(began), enquiry, *more])]

    def planned(self) -> list[list[Tree]]:
        """Assessed, and on a child in need plan at the year's end."""
        began = self.day(0, 250)
        return [self.details(began, [self.assessment(began), *self.plan(began + timedelta(days=35))])]

    def nothing(self) -> list[list[Tree]]:
        """Referred, and nothing further."""
        began = self.day(0, 340)
        return [[("CINreferralDate", began.isoformat()), ("ReferralSource", "6"), ("ReferralNFA", self.yes)]]

    def stepped_down(self) -> list[list[Tree]]:
        """From a protection plan to a child in need plan, and closed."""
        began = self.day(0, 60)
        enquiry, held = self.enquiry(began + timedelta(days=2))
        ended = held + timedelta(days=170)
        closed = ended + timedelta(days=60)
        modules = [self.assessment(began), enquiry, self.protection(held, ended), *self.plan(ended, closed)]
        return [self.details(began, modules, closed, "RC7")]

    def returned(self) -> list[list[Tree]]:
        """Closed and referred again, with an enquiry that needed no conference."""
        began = self.day(0, 100)
        again = began + timedelta(days=100)
        first = self.details(began, [self.assessment(began)], began + timedelta(days=30), "RC8")
        return [first, self.details(again, [self.assessment(again), self.enquired_only(again)])]

    def unborn(self) -> list[list[Tree]]:
        """Referred before birth, late in the year."""
        began = self.day(240, 320)
        return [self.details(began, [self.assessment(began)])]

    def everything(self) -> list[list[Tree]]:
        """All modules: what the measurement of 10,000 children reads."""
        began = self.day(0, 40)
        enquiry, held = self.enquiry(began + timedelta(days=2))
        ended = held + timedelta(days=170)
        modules = [
            self.assessment(began),
            self.assessment(began + timedelta(days=100)),
            self.enquired_only(began),
            enquiry,
            self.protection(held, ended),
            *self.plan(ended),
            *self.pre_proceedings(held + timedelta(days=30)),
        ]
        return [self.details(began, modules)]


def working(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
