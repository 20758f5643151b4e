"""The mark of a city that is being built."""

from pathlib import Path

from rightplace import configuration


def building_mark() -> Path:
    """A file that is there while a city is being built: whoever finds it later finds a city that is not whole."""
    return configuration.home() / "demo-is-being-built"
