"""What must hold before anything is served."""

from django.db import connection

from rightplace import configuration, dbserver


class UnsafeStart(SystemExit):
    """The program must not start like this; each line says why."""


def start_faults() -> list[str]:
    """Why nothing may be served: settings first, and only if they hold the rights of the database role."""
    wrong = configuration.faults()
    if wrong:
        return wrong
    connection.ensure_connection()
    return dbserver.role_faults(connection.connection)


def refuse_unsafe_start() -> None:
    """Stop here with the reasons, unless all is well."""
    if wrong := start_faults():
        raise UnsafeStart("Rightplace does not start.\n" + "\n".join(f"- {line}" for line in wrong))
    connection.close()
