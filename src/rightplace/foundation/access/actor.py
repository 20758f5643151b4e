"""Who acts: a person in a role and team at that moment, or a named rule; never nobody."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation.rolecodes import RoleCode

ONLINE_FORM_WORKER = 1
RULES_WORKER = 2
IMPORT_WORKER = 3
"""The three workers that the organisation's first migration makes, since a rule signs too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A worker in a role and team at that moment, or a named rule. Ids are those of the organisation's rows."""

    worker: int
    name: str
    role: int
    team: int = 0
    team_kind: str = ""
    team_name: str = ""
    agency: int = 0
    area: int = 0
    membership: int = 0
    worker_kind: str = "staff"
    labels: frozenset[int] = field(default_factory=frozenset)
    session: str = ""

    @property
    def is_rule(self) -> bool:
        """Whether a rule acts, not a person."""
        return self.worker_kind == "rule"

    @property
    def is_partner(self) -> bool:
        """Whether somebody of another agency acts."""
        return self.worker_kind == "partner"

    @property
    def role_name(self) -> str:
        """The role in words."""
        return role_of(self.role).name

    def in_team(self, team: int, team_kind: str = "") -> Actor:
        """The same, in another team: a rule that writes on behalf of one."""
        return replace(self, team=team, team_kind=team_kind or self.team_kind)


class _Worker(Protocol):
    id: int
    name: str
    kind: str


class _Team(Protocol):
    id: int
    name: str
    kind: str
    agency_id: int
    area_id: int | None


class _Membership(Protocol):
    id: int
    role: int

    @property
    def worker(self) -> _Worker: ...

    @property
    def team(self) -> _Team: ...


def actor_of(membership: _Membership, session: str = "") -> Actor:
    """The actor that a membership makes of a worker. The membership brings its worker and team along."""
    worker, team = membership.worker, membership.team
    return Actor(
        worker=worker.id,
        name=worker.name,
        role=membership.role,
        team=team.id,
        team_kind=team.kind,
        team_name=team.name,
        agency=team.agency_id,
        area=team.area_id or 0,
        membership=membership.id,
        worker_kind=worker.kind,
        labels=role_of(membership.role).labels,
        session=session,
    )


def _rule(worker: int, name: str, role: RoleCode, worker_kind: str = "rule") -> Actor:
    return Actor(worker=worker, name=name, role=role, worker_kind=worker_kind, labels=role_of(role).labels)


ONLINE_FORM = _rule(ONLINE_FORM_WORKER, "Online form", RoleCode.PUBLIC_REFERRER, "public")
RULES = _rule(RULES_WORKER, "Rules of Rightplace", RoleCode.RULE)
CIN_IMPORT = _rule(IMPORT_WORKER, "CIN import", RoleCode.IMPORT)
