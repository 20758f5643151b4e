"""Sealing bodies: each file has a key of its own, made from the master key and the file's salt.

Erasing the salt erases the file: the master key alone does not bring it back. The nonce is an HMAC of the entry's
id and words under the file's key, so that the bulk write and the live write give the same bytes.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_PLACE = struct.Struct(">qq")


@lru_cache(maxsize=1)
def _master(path: str) -> bytes:
    return Path(path).read_bytes()


def master_key() -> bytes:
    """The key file's bytes: at least 32, outside the database."""
    key = _master(str(settings.RIGHTPLACE_KEY_FILE))
    if len(key) < 32:
        raise ValueError("the key file holds fewer than 32 bytes: it must hold at least 32 random ones")
    return key


def derived(purpose: str) -> bytes:
    """A key for one purpose, from the master key."""
    return hmac.digest(master_key(), purpose.encode(), "sha256")


@lru_cache(maxsize=1)
def signing_key() -> bytes:
    """The key of the chain's HMACs and of the seals."""
    return derived("rightplace journal chain")


def key_id(salt: bytes) -> int:
    """What the header says of the file's key: a 63-bit digest of its salt."""
    return int.from_bytes(hashlib.sha256(salt).digest()[:8], "big") >> 1


class FileSeal:
    """Seals and opens the bodies of one file."""

    __slots__ = ("_aes", "_key")

    def __init__(self, salt: bytes) -> None:
        self._key = hmac.digest(derived("rightplace file key"), salt, "sha256")
        self._aes = AESGCM(self._key)

    def seal(self, file: int, entry: int, words: bytes) -> bytes:
        """Nonce and ciphertext, bound to the file and the entry."""
        place = _PLACE.pack(file, entry)
        nonce = hmac.digest(self._key, place + words, "sha256")[:12]
        return nonce + self._aes.encrypt(nonce, words, place)

    def open(self, file: int, entry: int, sealed: bytes) -> bytes:
        """The words. Raises cryptography's InvalidTag if a byte or the place was changed."""
        return self._aes.decrypt(sealed[:12], sealed[12:], _PLACE.pack(file, entry))


@lru_cache(maxsize=4096)
def seal_of(salt: bytes) -> FileSeal:
    """The seal of the file with this salt; remembered, since a page opens many bodies of one file."""
    return FileSeal(salt)
