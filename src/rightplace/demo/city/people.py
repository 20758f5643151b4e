"""Invented families: parents, children, the home; what a file says of a child first."""

from __future__ import annotations

from datetime import date
from random import Random

from rightplace.demo.city.pen import File
from rightplace.demo.city.words import Words
from rightplace.demo.material import names
from rightplace.demo.material.strip import strip
from rightplace.demo.material.volumes import volumes
from rightplace.domain.practice.entries.identity import AddressRecorded, Identifier, IdentityRecorded
from rightplace.domain.practice.workdays import age_on, birthday
from rightplace.foundation.organisation.places import places

EIGHTEEN = 18
ALONE = 0.34
"""Share of families in which no father is spoken of."""


class Home:
    """Where a family lives."""

    __slots__ = ("area", "line", "postcode", "square")

    def __init__(self, rng: Random, line: str = "", postcode: str = "", area: int = 0) -> None:
        if postcode:
            square = places.square_of(postcode)
            assert square is not None
            found = places.area_of_square(square)
            assert found is not None
            self.area, self.postcode, self.square = found.number, postcode, square
        else:
            everywhere = places.areas()
            drawn = rng.choices(everywhere, weights=[a.postcodes for a in everywhere])[0]
            here = next((each for each in everywhere if each.number == area), drawn)
            self.square = rng.choice(here.squares)
            while not places.postcodes_in(self.square):
                self.square = rng.choice(here.squares)
            self.area = here.number
            self.postcode = rng.choice(places.postcodes_in(self.square))
        self.line = line or names.street_address(rng)

    def body(self, source: str) -> AddressRecorded:
        """The entry that says so."""
        return AddressRecorded(
            line=self.line, postcode=self.postcode, square=self.square, area=self.area, source=source
        )


GROWN = 18.5
"""Who is in care for years was young when it began; some grow up in it and go on to leaving care."""


class Child:
    """One child: the file, who it is, and how it stands while the story is told."""

    __slots__ = (
        "born", "ethnicity", "family", "file", "given", "language", "nhs", "open_until", "opened", "refs", "seen",
        "sex", "words",
    )  # fmt: skip

    def __init__(
        self, rng: Random, given: str, family: str, born: int, sex: str, ethnicity: str, language: str
    ) -> None:
        self.file = File(rng)
        self.given, self.family, self.born, self.sex = given, family, born, sex
        self.ethnicity, self.language = ethnicity, language
        self.nhs = f"999{rng.randrange(10**7):07d}" if rng.random() < 0.4 else ""
        self.refs: dict[str, int] = {}
        self.opened = False
        self.seen = False
        self.open_until = 0
        self.words = Words(sex, child=given)

    def age(self, day: int) -> int:
        """The age in years; -1 before birth."""
        return age_on(self.born, day) if self.born <= day else -1

    @property
    def eighteen(self) -> int:
        """The day on which childhood ends."""
        return birthday(self.born, EIGHTEEN)

    def identity(self, day: int, source: str, **spelt: str) -> IdentityRecorded:
        """What is known of the child on a day, perhaps in another spelling."""
        unborn = day < self.born
        return IdentityRecorded(
            given="" if unborn else spelt.get("given", self.given),
            family=spelt.get("family", self.family),
            born=None if unborn else date.fromordinal(self.born),
            expected=date.fromordinal(self.born) if unborn else None,
            sex="" if unborn else self.sex,
            ethnicity="" if unborn else self.ethnicity,
            language=self.language,
            identifiers=(Identifier("nhs", self.nhs, "test range"),) if self.nhs and not unborn else (),
            source=source,
        )


def surname(rng: Random, community: str) -> str:
    """A surname that nobody in the guided story has, so that its children are found at once."""
    told = {child.family for child in strip().children} | {strip().known.family}
    while (found := names.surname(rng, community)) in told:
        pass
    return found


class Family:
    """Parents, children and the home."""

    __slots__ = (
        "children",
        "community",
        "father",
        "father_phone",
        "home",
        "mother",
        "phone",
        "rng",
        "surname",
    )

    def __init__(
        self, rng: Random, day: int, *, most: int = 6, count: int = 0, area: int = 0, years: float = 0.0
    ) -> None:
        shares = volumes()
        self.rng = rng
        self.community = shares.communities.draw(rng)
        other = shares.communities.draw(rng) if rng.random() < shares.mixed_share else self.community
        self.surname = surname(rng, other if rng.random() < 0.5 else self.community)
        self.mother = f"{names.first_name(rng, self.community, 'woman')} {self.surname}"
        father = f"{names.first_name(rng, other, 'man')} {self.surname}"
        self.father = "" if rng.random() < ALONE else father
        self.home = Home(rng, area=area)
        self.phone = f"07700 900{rng.randrange(1000):03d}"
        self.children = self._children(day, names.ethnicity(self.community, other), most, count, years)

    def _children(self, day: int, ethnicity: str, most: int, count: int, years: float) -> list[Child]:
        rng, shares = self.rng, volumes()
        count = count or min(most, shares.children_in_a_contact.draw(rng))
        language = names.names().communities[self.community].language
        youngest = shares.ages.draw(rng)
        while youngest + years > GROWN:
            youngest = rng.randint(0, youngest - 1)
        ages = [youngest]
        while len(ages) < count:
            step = rng.randint(1, 4)
            ages.append(ages[-1] + step if ages[-1] + step < 17 else max(0, ages[0] - len(ages) - 1))
        found: list[Child] = []
        for age in ages:
            sex = rng.choice("FM")
            given = names.first_name(rng, self.community, "girl" if sex == "F" else "boy")
            while any(child.given == given for child in found):
                given = names.first_name(rng, self.community, "girl" if sex == "F" else "boy")
            born = day + rng.randint(20, 170) if age < 0 else day - int(age * 365.25) - rng.randrange(1, 364)
            found.append(Child(rng, given, self.surname, born, sex, ethnicity, language))
        self._name_each_other(found, day)
        return found

    def _name_each_other(self, children: list[Child], day: int) -> None:
        for child in children:
            siblings = [other.given for other in children if other is not child and other.born <= day]
            child.words = Words(
                child.sex,
                child="the baby" if child.born > day else child.given,
                mother=f"Ms {self.surname}" if self.rng.random() < 0.8 else self.mother,
                father=self.father and f"Mr {self.surname}",
                sibling=siblings[0] if siblings else "",
            )
