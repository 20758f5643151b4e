"""One private PostgreSQL server: a folder, a socket in it, and the people of this machine who may call.

It has no port. Peer authentication asks the operating system who is calling, and a map lets that one user be any of
the roles: right for a demo and for development, and the reason why production refuses it.
"""

import os
import pwd
import shlex
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from rightplace.dbserver import binaries, locks, roles
from rightplace.dbserver.binaries import Binaries, ServerRefused

PORT = 5432
# A Unix socket's path has 108 bytes in the kernel, the last of them zero.
LONGEST_SOCKET_PATH = 107
PATIENCE = 60

# Names of people must not reach the server's log: no statements, no parameters, no details of a failure.
SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
checkpoint_timeout = 15min
jit = off
timezone = 'UTC'
lc_messages = 'C'
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length_on_error = 0
log_timezone = 'UTC'
synchronous_commit = {commit}
fsync = {sync}
full_page_writes = {sync}
"""


@dataclass(frozen=True)
class Cluster:
    """A private server and where it keeps its things."""

    folder: Path
    durable: bool = True

    @property
    def pages(self) -> Path:
        """The folder that PostgreSQL calls PGDATA."""
        return self.folder / "db"

    @property
    def socket(self) -> Path:
        """The folder of the socket."""
        return self.folder / "socket"

    @property
    def log(self) -> Path:
        """The server's own log."""
        return self.folder / "log"

    def lock(self, name: str) -> Path:
        """A lock file beside the folder, which belongs to the caller and not to the server's user."""
        return self.folder.with_name(f"{self.folder.name}.{name}")

    def conninfo(self, role: str, database: str) -> str:
        """The address of a database of this server, for one role."""
        return psycopg.conninfo.make_conninfo(
            "", host=str(self.socket), port=PORT, user=role, dbname=database, application_name="rightplace"
        )

    def major(self) -> int | None:
        """The version that made the folder; nothing when it is not made yet."""
        kept = self.pages / "PG_VERSION"
        return int(kept.read_text()) if kept.exists() else None

    def answers(self) -> bool:
        """Whether the server is up and lets this caller in."""
        if not (self.socket / f".s.PGSQL.{PORT}").exists():
            return False
        try:
            psycopg.connect(self.conninfo(roles.SUPERUSER, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Start the server where it is not up, making its folder, roles and database where they are missing."""
        self._check_socket_path()
        user = binaries.server_user()
        self._make_folder(user)
        with locks.exclusive(self.lock("starting")):
            if not self.answers():
                programs = self._programs(user)
                if self.major() is None:
                    self._initialise(programs, user)
                self._configure(user)
                self._launch(programs, user)
            self._furnish()

    def stop(self) -> None:
        """Stop the server; work of others is rolled back."""
        if self.major() is None:
            return
        user = binaries.server_user()
        arguments = ["stop", "-D", str(self.pages), "-m", "fast", "-w", "-t", str(PATIENCE)]
        self._pg_ctl(self._programs(user), user, arguments)

    def remove(self) -> None:
        """Stop the server and throw everything away that it holds."""
        if self.answers():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _programs(self, user: pwd.struct_passwd | None) -> Binaries:
        found = binaries.find(self.major())
        return binaries.readable_for(found, user, self.folder, self.folder.with_name("binaries"))

    def _check_socket_path(self) -> None:
        path = f"{self.socket}/.s.PGSQL.{PORT}"
        if len(os.fsencode(path)) > LONGEST_SOCKET_PATH:
            raise ServerRefused(
                f"The socket's path would have {len(os.fsencode(path))} bytes, and {LONGEST_SOCKET_PATH} are the most: "
                f"{path}. Set RIGHTPLACE_HOME to a shorter folder."
            )
        if "," in path or '"' in path:
            raise ServerRefused(
                f"PostgreSQL takes no comma or quote in {path}: set RIGHTPLACE_HOME to another folder."
            )

    def _make_folder(self, user: pwd.struct_passwd | None) -> None:
        """Make the server's folder, closed to all but the server's user."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        if user is not None:
            _let_through(self.folder.parent, user)
        for folder in (self.folder, self.socket):
            folder.mkdir(mode=0o700, exist_ok=True)
            if user is not None:
                os.chown(folder, user.pw_uid, user.pw_gid)

    def _initialise(self, programs: Binaries, user: pwd.struct_passwd | None) -> None:
        """Make the database folder beside its place and move it there when whole, so that none is ever half made."""
        fresh = self.folder / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        ran = subprocess.run(
            [programs.program("initdb"), "-D", str(fresh), "-U", roles.SUPERUSER, "-A", "peer",
             "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
            capture_output=True, text=True, check=False, **binaries.run_as(user, self.folder),
        )  # fmt: skip
        if ran.returncode:
            raise ServerRefused(f"PostgreSQL's folder could not be made in {self.folder}:\n{ran.stderr}")
        fresh.rename(self.pages)

    def _configure(self, user: pwd.struct_passwd | None) -> None:
        """Write who may call and how the server behaves; written at each start, so that an upgrade reaches it."""
        try:
            caller = pwd.getpwuid(os.geteuid()).pw_name
        except KeyError:
            raise ServerRefused(
                f"The system has no name for user {os.geteuid()}, and the private server lets in by name. "
                "Set DATABASE_URL."
            ) from None
        allowed = [roles.SUPERUSER, *roles.ROLES.values()]
        commit, sync = ("on", "on") if self.durable else ("off", "off")
        written = {
            "pg_hba.conf": "local all all peer map=rightplace\n",
            "pg_ident.conf": "".join(f'rightplace "{caller}" {role}\n' for role in allowed),
            "rightplace.conf": SETTINGS.format(commit=commit, sync=sync),
        }
        for name, words in written.items():
            self._write(self.pages / name, words, user)
        main = self.pages / "postgresql.conf"
        include = "include = 'rightplace.conf'\n"
        if include not in main.read_text():
            self._write(main, main.read_text() + include, user)

    def _write(self, file: Path, words: str, user: pwd.struct_passwd | None) -> None:
        file.write_text(words)
        file.chmod(0o600)
        if user is not None:
            os.chown(file, user.pw_uid, user.pw_gid)

    def _launch(self, programs: Binaries, user: pwd.struct_passwd | None) -> None:
        socket = shlex.quote(f'"{self.socket}"')
        arguments = ["start", "-D", str(self.pages), "-l", str(self.log), "-w", "-t", str(PATIENCE)]
        arguments += ["-o", f"-c unix_socket_directories={socket} -p {PORT}"]
        failed = self._pg_ctl(programs, user, arguments)
        deadline = time.monotonic() + 10
        while not self.answers():
            if failed or time.monotonic() > deadline:
                last = self.log.read_text()[-2000:] if self.log.exists() else ""
                raise ServerRefused(f"The private server did not start; its log {self.log} ends:\n{last}")
            time.sleep(0.05)

    def _pg_ctl(self, programs: Binaries, user: pwd.struct_passwd | None, arguments: list[str]) -> int:
        """Run pg_ctl with its words to a file: the server inherits a pipe and would hold it open for ever."""
        with (self.lock("pg_ctl")).open("w") as words:
            return subprocess.run(
                [programs.program("pg_ctl"), *arguments],
                stdin=subprocess.DEVNULL, stdout=words, stderr=words, check=False,
                start_new_session=True, **binaries.run_as(user, self.folder),
            ).returncode  # fmt: skip

    def _furnish(self) -> None:
        """Make the roles and the database that are missing."""
        with psycopg.connect(self.conninfo(roles.SUPERUSER, "postgres"), autocommit=True) as superuser:
            roles.make_roles(superuser)
            found = superuser.execute(
                "SELECT FROM pg_database WHERE datname = %s", [roles.DATABASE]
            ).fetchone()
            if found is not None:
                return
            superuser.execute(f"CREATE DATABASE {roles.DATABASE} OWNER {roles.OWNER}")
        with psycopg.connect(self.conninfo(roles.SUPERUSER, roles.DATABASE), autocommit=True) as superuser:
            roles.give_rights(superuser)


def _let_through(folder: Path, user: pwd.struct_passwd) -> None:
    """Refuse a place that the server's user cannot enter; open only the last folder, and only to be passed."""
    folder.chmod(folder.stat().st_mode | 0o011)
    ran = subprocess.run(
        ["/bin/sh", "-c", 'cd "$0"', str(folder)], check=False, capture_output=True,
        user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd="/",
    )  # fmt: skip
    if ran.returncode:
        raise ServerRefused(
            f"The user {user.pw_name}, as whom root runs PostgreSQL, cannot enter {folder}. "
            "Set RIGHTPLACE_HOME to a folder that every user may enter."
        )
