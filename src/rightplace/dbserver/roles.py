"""The five roles, each with the least rights that do; the database, its extensions, and refusing excess.

owner: owns the tables, used by migrations only. app: reads and writes rows, makes nothing. reader: reads. eraser: may
call the one function that erases. backup: copies everything, changes nothing.
"""

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
DATABASE = "rightplace"
OWNER = "rightplace_owner"
ROLES = {
    "owner": OWNER,
    "app": "rightplace_app",
    "reader": "rightplace_reader",
    "eraser": "rightplace_eraser",
    "backup": "rightplace_backup",
}
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")

_PLAIN = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS"
# Row security hides rows even from a role that may read every table; a backup must hold them all.
_BACKUP = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT REPLICATION BYPASSRLS"

_RIGHTS = """
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {app}, {reader}, {eraser}, {backup};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {app}, {reader}, {eraser}, {backup};
ALTER SCHEMA public OWNER TO {owner};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT ON TABLES TO {reader}
"""

_EXCESS = """
SELECT role.rolsuper AS superuser, role.rolbypassrls AS bypass, role.rolcreaterole AS makes_roles,
       pg_has_role(role.oid, database.datdba, 'MEMBER') AS owner,
       has_schema_privilege(role.oid, 'public', 'CREATE') AS creates,
       EXISTS (SELECT FROM pg_class table_ WHERE table_.relnamespace = 'public'::regnamespace
               AND pg_has_role(role.oid, table_.relowner, 'MEMBER')) AS owns_tables
FROM pg_roles role, pg_database database
WHERE role.rolname = current_user AND database.datname = current_database()
"""
_SENTENCES = (
    "is a superuser",
    "may bypass row security",
    "may make roles",
    "owns the database",
    "may create tables",
    "owns tables",
)


def make_roles(superuser: psycopg.Connection) -> None:
    """Make the roles that are missing, without a password: how they sign in is the server's to say."""
    there = {row[0] for row in superuser.execute("SELECT rolname FROM pg_roles")}
    for short, name in ROLES.items():
        if name in there:
            continue
        rights = _BACKUP if short == "backup" else _PLAIN
        superuser.execute(sql.SQL("CREATE ROLE {} " + rights).format(sql.Identifier(name)))
        if short == "backup":
            superuser.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(name)))


def give_rights(superuser: psycopg.Connection) -> None:
    """Set up the database that this connection is in: its extensions and what each role may do."""
    available = {row[0] for row in superuser.execute("SELECT name FROM pg_available_extensions")}
    for extension in EXTENSIONS:
        if extension in available:
            superuser.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    names = {short: sql.Identifier(name) for short, name in ROLES.items()}
    superuser.execute(sql.SQL(_RIGHTS).format(database=sql.Identifier(superuser.info.dbname), **names))


def role_faults(connection: psycopg.Connection) -> list[str]:
    """Why the application must not run as the role of this connection; empty when its rights are small enough."""
    row = connection.execute(_EXCESS).fetchone()
    assert row is not None, "the role of a connection is always in pg_roles"
    role = connection.info.user
    return [
        f"The database role {role} {sentence}: the application runs as one that reads and writes rows only."
        for sentence, true in zip(_SENTENCES, row, strict=True)
        if true
    ]
