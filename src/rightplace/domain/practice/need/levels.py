"""The four levels of need, in the words of Birmingham's continuum and with what each asks of services."""

from enum import StrEnum


class Level(StrEnum):
    """A level of need: a person's judgement, always recorded with the indicators that say so."""

    UNIVERSAL = "universal"
    UNIVERSAL_PLUS = "universal plus"
    ADDITIONAL = "additional"
    COMPLEX = "complex/significant"

    @property
    def number(self) -> int:
        """The level as a number from 1 to 4, for order only."""
        return _ORDER.index(self) + 1

    @property
    def heading(self) -> str:
        return str(self)[0].upper() + str(self)[1:]

    @property
    def meaning(self) -> str:
        """What the level asks of services, in a sentence."""
        return _MEANINGS[self]

    @classmethod
    def numbered(cls, number: int) -> "Level":
        return _ORDER[number - 1]


_ORDER = (Level.UNIVERSAL, Level.UNIVERSAL_PLUS, Level.ADDITIONAL, Level.COMPLEX)
_MEANINGS = {
    Level.UNIVERSAL: "The services that every child has are enough.",
    Level.UNIVERSAL_PLUS: "A service that already knows the child gives a little more.",
    Level.ADDITIONAL: "Several needs together: a family support team works with the family, who agree to it.",
    Level.COMPLEX: "Needs or harm so serious that children's social care must act.",
}
