"""What the people who run Rightplace may choose: one TOML file, environment overrides, secrets as paths to files.

Local policy (standards, labels, teams) is not here: it is dated data with an author.
"""

import os
import secrets
import stat
from enum import StrEnum
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

SOURCE = Path(__file__).resolve().parent
CHECKOUT = SOURCE.parent.parent
IN_CHECKOUT = (CHECKOUT / "pyproject.toml").exists()

# Opens every secret that a demo or development set-up made for itself, so that production can refuse it.
MADE_FOR_DEMO = "rightplace demo secret "


class Mode(StrEnum):
    """What this installation is for."""

    PRODUCTION = "production"
    DEMO = "demo"
    DEVELOPMENT = "development"
    TEST = "test"


def _default_mode() -> Mode:
    """A wheel runs in production unless told otherwise, and a checkout is for trying things out."""
    return Mode.DEMO if IN_CHECKOUT else Mode.PRODUCTION


def _env(*names: str) -> AliasChoices:
    """A setting that the environment may also give under a name that other programs know."""
    return AliasChoices(*names)


class Configuration(BaseSettings):
    """The settings in force."""

    model_config = SettingsConfigDict(env_prefix="RIGHTPLACE_", extra="forbid", frozen=True)

    mode: Mode = Field(default_factory=_default_mode, description="production, demo, development or test")
    home: Path | None = Field(None, description="folder of the private database server and of made secrets")
    database_url: str = Field(
        "",
        validation_alias=_env("database_url", "DATABASE_URL", "RIGHTPLACE_DATABASE_URL"),
        description="address of the database as the app role; empty: the private server of a checkout",
    )
    database_owner_url: str = Field(
        "",
        validation_alias=_env("database_owner_url", "DATABASE_OWNER_URL", "RIGHTPLACE_DATABASE_OWNER_URL"),
        description="address of the database as the owner role, which only migrations use",
    )
    key_file: Path | None = Field(
        None, description="the journal's key: 32 bytes or more, never in the database"
    )
    secret_key_file: Path | None = Field(None, description="the key that signs sessions and forms")
    allowed_hosts: tuple[str, ...] = Field(
        ("127.0.0.1", "localhost", "[::1]"), description="names under which the site is reached"
    )
    authority: str = Field("Example City", description="the name of the local authority, shown in the header")
    time_zone: str = Field("Europe/London", description="the authority's wall clock")
    trust_proxy: bool = Field(
        False, description="whether a reverse proxy says in X-Forwarded-Proto that it is https"
    )
    trusted_proxies: tuple[str, ...] = Field(
        (), description="addresses or networks of your own proxies, which say in X-Forwarded-For who asks"
    )
    webhooks_may_be_private: bool = Field(
        False,
        description="whether webhooks may go to addresses inside, for trying out; refused in production",
    )
    web_processes: int = Field(2, ge=1, le=64, description="web processes")
    web_threads: int = Field(4, ge=1, le=64, description="threads in each web process")
    email_url_file: Path | None = Field(
        None, description="file with the address of the mail server, smtp://…"
    )
    email_from: str = Field("rightplace@localhost", description="sender of mails")

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, told: tuple[str, ...]) -> tuple[str, ...]:
        for each in told:
            ip_network(each, strict=False)
        return told

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment speaks before the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, settings_file())

    @property
    def is_private(self) -> bool:
        """Whether this checkout runs a database server of its own."""
        return not self.database_url and self.mode is not Mode.PRODUCTION

    @property
    def may_make_secrets(self) -> bool:
        """Outside production a missing secret is made at first use, and marked so that production refuses it."""
        return self.mode is not Mode.PRODUCTION


def settings_file() -> Path:
    """Where the settings file is: RIGHTPLACE_SETTINGS, or beside the program, or in /etc."""
    if named := os.environ.get("RIGHTPLACE_SETTINGS"):
        return Path(named)
    return CHECKOUT / "rightplace.toml" if IN_CHECKOUT else Path("/etc/rightplace/rightplace.toml")


@lru_cache(maxsize=1)
def current() -> Configuration:
    """The settings in force, read once."""
    return Configuration()


def home() -> Path:
    """The folder of this installation: made secrets, the private server.

    Each checkout has its own by a random id in an ignored file, so that a fresh clone at the same path is empty.
    """
    chosen = current().home
    if chosen:
        return chosen.absolute()
    if not IN_CHECKOUT:
        return Path("/var/lib/rightplace")
    return _shared_place() / _instance()


def _shared_place() -> Path:
    """Where the folders of all checkouts of this person lie; root's must be readable by the server's own user."""
    if os.geteuid() == 0:
        return Path("/var/lib/rightplace-checkouts")
    local = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(local) / "rightplace"


def _instance() -> str:
    """The random id of this checkout, made once."""
    kept = CHECKOUT / ".rightplace" / "instance"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        fresh = kept.with_name(f"instance.{os.getpid()}")
        fresh.write_text(secrets.token_hex(4))
        # a link fails when another process was quicker: then its id counts
        try:
            os.link(fresh, kept)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text().strip()


def secret(chosen: Path | None, name: str) -> Path:
    """The file of one secret: the chosen one, or outside production one made in the home folder at first use."""
    if chosen or not current().may_make_secrets:
        return chosen or home() / "keys" / name
    made = home() / "keys" / name
    if not made.exists():
        home().mkdir(parents=True, exist_ok=True)
        made.parent.mkdir(mode=0o700, exist_ok=True)
        fresh = made.with_name(f"{name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as words:
            words.write(MADE_FOR_DEMO + secrets.token_hex(32))
        try:
            os.link(fresh, made)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return made


def secret_faults(what: str, file: Path | None) -> list[str]:
    """What is wrong with one secret of a production installation, in sentences."""
    if file is None:
        return [f"{what} is not set: production makes no secret by itself."]
    if not file.is_file():
        return [f"{what} names {file}, which is not there."]
    wrong = []
    if file.stat().st_mode & (stat.S_IRWXO | stat.S_IWGRP):
        wrong.append(f"{what}: {file} may be read or written by others; set its mode to 0600.")
    words = file.read_bytes()
    if words.startswith(MADE_FOR_DEMO.encode()):
        wrong.append(f"{what}: {file} was made for a demo or for development; make a new one.")
    elif len(words.strip()) < 32:
        wrong.append(f"{what}: {file} holds fewer than 32 bytes.")
    return wrong


def faults(chosen: Configuration | None = None) -> list[str]:
    """Why this installation must not start; empty when all is well, and always outside production."""
    chosen = chosen or current()
    if chosen.mode is not Mode.PRODUCTION:
        return []
    wrong = secret_faults("key_file", chosen.key_file) + secret_faults(
        "secret_key_file", chosen.secret_key_file
    )
    if not chosen.database_url:
        wrong.append("database_url is not set: the private server is for demo and development only.")
    if "*" in chosen.allowed_hosts:
        wrong.append("allowed_hosts holds *: name the hosts under which the site is reached.")
    if chosen.webhooks_may_be_private:
        wrong.append(
            "webhooks_may_be_private is on: a webhook could then knock at doors inside your network."
        )
    if chosen.key_file and chosen.key_file == chosen.secret_key_file:
        wrong.append("key_file and secret_key_file are the same file: the journal's key signs nothing else.")
    return wrong


def in_force() -> dict[str, Any]:
    """Each setting and what it is now; secrets are paths, and addresses lose their password."""
    shown: dict[str, Any] = current().model_dump(mode="json")
    for name in ("database_url", "database_owner_url"):
        before, at, after = shown[name].rpartition("@")
        if at and ":" in before.partition("://")[2]:
            shown[name] = f"{before.rpartition(':')[0]}:…@{after}"
    return shown
