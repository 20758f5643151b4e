"""How a part of the API comes in: its operations, and what each address needs of a token.

A part is a module beside this one that says, under its imports,

    router = mount("checks", {"checks": Needs("check.answer", get="checks:read")})

and then uses `router.get("/checks", url_name="checks", …)`. Its name stands in `operations.PARTS`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ninja import Router

from rightplace.foundation.access.routes import PUBLIC, May
from rightplace.gateways.api.purposes import PURPOSES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Methods:
    get: str = ""
    post: str = ""
    put: str = ""
    patch: str = ""
    delete: str = ""


class Needs:
    """What an address needs: a permission of the role behind the token, and by method a purpose of the token.

    `Needs(PUBLIC)` needs no token at all. A method without a purpose is not there.
    """

    def __init__(self, permission: May, *, largest: int = 0, **purposes: str) -> None:
        self.permission = permission
        self.largest = largest
        self.by_method = {name.upper(): purpose for name, purpose in purposes.items()}
        _Methods(**purposes)
        for purpose in purposes.values():
            if purpose not in PURPOSES:
                raise LookupError(
                    f"There is no purpose {purpose}; add it to api/purposes.py with its sentence."
                )
        if permission is not PUBLIC and not purposes:
            raise LookupError("An address that is not public names a purpose for each method.")

    def purpose(self, method: str) -> str:
        """The purpose that a method needs; empty where there is none."""
        return self.by_method.get("GET" if method == "HEAD" else method, "")


MOUNTED: list[tuple[str, Router]] = []
NEEDED: dict[str, Needs] = {}
"""What each address needs, by its name."""


def mount(tag: str, needs: dict[str, Needs], *, under: str = "") -> Router:
    """A router of one part of the API, its addresses below `under`; each address is named in `needs`."""
    if twice := set(needs) & set(NEEDED):
        raise ValueError(f"These addresses are named twice: {', '.join(sorted(twice))}")
    router = Router(tags=[tag])
    MOUNTED.append((under, router))
    NEEDED.update(needs)
    return router
