"""The desk's small city with its family, for leaders' pages."""

from rightplace.overview.desk.tests.conftest import city, two

__all__ = ["city", "two"]
