"""What the design system permits: its own pages, for those who build and judge it. Registered in apps.py."""

from rightplace.foundation.access.permissions import declare


def register() -> None:
    declare("web", "style.see")
