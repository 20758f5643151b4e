"""The PostgreSQL that this installation uses, and the private one that a checkout runs for itself.

Processes, folders, roles and databases belong here; tables, and anything that knows what a child is, do not.
"""

from rightplace.dbserver.binaries import ServerRefused
from rightplace.dbserver.cluster import Cluster
from rightplace.dbserver.roles import OWNER, ROLES, SUPERUSER, role_faults
from rightplace.dbserver.server import Server, django_database, ensure_up, private_cluster, reset

__all__ = [
    "OWNER",
    "ROLES",
    "SUPERUSER",
    "Cluster",
    "Server",
    "ServerRefused",
    "django_database",
    "ensure_up",
    "private_cluster",
    "reset",
    "role_faults",
]
