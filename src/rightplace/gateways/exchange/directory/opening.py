"""Opens what was sent, a file, a folder or a zip, without trusting any of it: size, number, names and depth are held."""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

LARGEST = 64 * 1024 * 1024
LARGEST_ALL = 192 * 1024 * 1024
MOST_FILES = 400
MOST_TIMES = 200
"""A file that is so many times as large as it was packed is a bomb: text of this kind packs ten to thirty times."""
SMALL = 1024 * 1024
READ = (".json", ".ndjson", ".jsonl", ".geojson", ".csv", ".tsv", ".txt")


class RefusedDirectory(ValueError):
    """What was sent is not read at all: why, and what to do instead."""

    def __init__(
        self, because: str, instead: str = "Send the directory again as JSON, or as CSV in a folder or zip."
    ) -> None:
        super().__init__(because)
        self.because = because
        self.instead = instead


@dataclass(frozen=True)
class Part:
    """One file: its name inside what was sent, and its bytes."""

    name: str
    content: bytes

    @property
    def stem(self) -> str:
        """The name without folders and ending."""
        return PurePosixPath(self.name).stem

    @property
    def ending(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


@dataclass(frozen=True)
class Opened:
    """The files that were sent, and those that were left aside, with why."""

    parts: list[Part]
    left_aside: list[str]


def open_path(path: Path) -> Opened:
    """Open a file, a zip or a folder on this machine."""
    if path.is_dir():
        return _folder(path)
    if path.stat().st_size > LARGEST_ALL:
        raise RefusedDirectory(f"The file is larger than {LARGEST_ALL // 1_048_576} MB.")
    return open_bytes(path.name, path.read_bytes())


def open_bytes(name: str, content: bytes) -> Opened:
    """Open what was uploaded."""
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip(content)
    if name.lower().endswith(".zip"):
        raise RefusedDirectory("The file is called a zip and is none.")
    if len(content) > LARGEST:
        raise RefusedDirectory(f"The file is larger than {LARGEST // 1_048_576} MB.")
    return Opened([Part(name, content)], [])


def _folder(path: Path) -> Opened:
    """The files of a folder and one below; what leads out of it is refused."""
    here = path.resolve()
    parts, aside, total = [], [], 0
    files = sorted([*path.glob("*"), *path.glob("*/*")])
    if len(files) > MOST_FILES:
        raise RefusedDirectory(f"There are more than {MOST_FILES} files in the folder.")
    for file in files:
        if file.is_dir():
            continue
        name = file.relative_to(path).as_posix()
        if file.is_symlink() or not file.resolve().is_relative_to(here) or not file.is_file():
            raise RefusedDirectory(
                f"“{name}” leads out of the folder.", "Send the files themselves, no links to them."
            )
        if file.suffix.lower() not in READ:
            aside.append(f"“{name}” is no JSON and no CSV: left aside.")
            continue
        size = file.stat().st_size
        total += size
        if size > LARGEST or total > LARGEST_ALL:
            raise RefusedDirectory(f"“{name}” is too large.")
        parts.append(Part(name, file.read_bytes()))
    return Opened(parts, aside)


def _zip(content: bytes) -> Opened:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _members(packed)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as why:
        raise RefusedDirectory("The zip cannot be read: it is damaged or locked.") from why


def _members(packed: zipfile.ZipFile) -> Opened:
    members = packed.infolist()
    if len(members) > MOST_FILES:
        raise RefusedDirectory(f"There are more than {MOST_FILES} files in the zip.")
    parts, aside, total = [], [], 0
    for member in members:
        _trust(member)
        if member.is_dir():
            continue
        name = member.filename
        if PurePosixPath(name).suffix.lower() not in READ or name.startswith("__MACOSX/"):
            aside.append(f"“{name[:80]}” is no JSON and no CSV: left aside.")
            continue
        with packed.open(member) as file:
            found = file.read(LARGEST + 1)
        total += len(found)
        if len(found) > LARGEST or total > LARGEST_ALL or _is_bomb(len(found), member.compress_size):
            raise RefusedDirectory("What is packed in the zip is far larger than a directory is.")
        parts.append(Part(name, found))
    return Opened(parts, aside)


def _trust(member: zipfile.ZipInfo) -> None:
    """Nothing in a zip may name a place outside it, be a link, or claim a size that no directory has."""
    name = member.filename
    steps = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0] or "\x00" in name:
        raise RefusedDirectory("A name in the zip leads out of it.", "Pack the files again, without paths.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise RefusedDirectory("There is a link in the zip.", "Pack the files themselves.")
    if member.file_size > LARGEST or _is_bomb(member.file_size, member.compress_size):
        raise RefusedDirectory("What is packed in the zip is far larger than a directory is.")


def _is_bomb(size: int, packed: int) -> bool:
    return size > SMALL and size > MOST_TIMES * max(packed, 1)
