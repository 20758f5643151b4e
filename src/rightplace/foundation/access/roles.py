"""The roles: who may hold each, what it permits, and which labels it reads. Nothing is permitted that is not here.

A permission says that a role may do something at all; which rows is said by scope.py, and by each app's relations.
"""

from __future__ import annotations

from typing import ClassVar

from rightplace.domain.practice.entries.base import Label
from rightplace.foundation.organisation.rolecodes import RoleCode

_OWN = frozenset(
    {
        "supervision.see_own", "learning.see_own", "performance.see_own", "recruitment.interview",
        "restructure.see_own", "selection.prefer", "appeal.raise",
    }
)  # fmt: skip
_FIND_AND_OPEN = frozenset(
    {"child.find", "child.open", "story.see", "timescale.see", "team.see", "style.see"}
)
_CASEWORK = _FIND_AND_OPEN | _OWN | {
    "contact.raise", "note.write", "entry.correct", "breakglass.use", "disclosure.record", "directory.see",
    "request.make", "dispute.raise", "workload.see_own", "full.say",
}  # fmt: skip
_FAMILY_SUPPORT = frozenset({"familysupport.see", "familysupport.write"})
_MANAGING = frozenset(
    {
        "offer.place", "offer.answer", "worker.allocate", "timescale.excuse", "doubt.settle", "entry.withdraw",
        "person.link", "duplicate.decide", "organisation.absence", "figures.see", "figures.list",
        "figures.list_names", "vignette.decide", "establishment.see", "workload.see", "full.answer",
        "supervision.hold", "learning.see", "performance.lead", "recruitment.see", "restructure.see",
        "selection.score", "cutover.see", "allocation.see", "allocation.rebalance",
    }
)  # fmt: skip
_OPEN_LABELS = frozenset({Label.NONE, Label.THIRD_PARTY, Label.PROTECTED_ADDRESS})


class Role:
    """A part in which somebody acts."""

    code: ClassVar[RoleCode]
    name: ClassVar[str]
    description: ClassVar[str]
    permissions: ClassVar[frozenset[str]] = frozenset()
    labels: ClassVar[frozenset[int]] = frozenset()


class ProfessionalReferrer(Role):
    """A colleague of another agency."""

    code = RoleCode.PROFESSIONAL_REFERRER
    name = "professional referrer"
    description = "A named colleague of a school, the police, health, housing or a voluntary agency."
    permissions = frozenset(
        {
            "contact.raise", "follow.own_contact", "disagree", "check.answer", "signal.give", "familysupport.join",
            "strategy.attend", "notice.triage", "question.ask", "directory.see", "partner.see", "dispute.raise",
        }
    )  # fmt: skip
    labels = frozenset({Label.NONE})


class HeadTeacher(Role):
    """Who answers for a school, and pays its share."""

    code = RoleCode.HEAD_TEACHER
    name = "head teacher"
    description = "The head teacher of a school, or who acts as head."
    permissions = ProfessionalReferrer.permissions | {"statement.see", "board.see"}
    labels = frozenset({Label.NONE})


class PartnerLead(Role):
    """Who speaks for an agency on the partnership's board."""

    code = RoleCode.PARTNER_LEAD
    name = "partner lead"
    description = "A partner agency's member of the board: police, health, housing, probation or voluntary."
    permissions = ProfessionalReferrer.permissions | {"statement.see", "board.see"}
    labels = frozenset({Label.NONE})


class Provider(Role):
    """Who answers for a service in the directory."""

    code = RoleCode.PROVIDER
    name = "provider"
    description = "A named colleague of an organisation that offers a service to families."
    permissions = frozenset(
        {"contact.raise", "follow.own_contact", "disagree", "directory.see", "directory.keep_own", "request.answer",
         "partner.see"}
    )  # fmt: skip
    labels = frozenset({Label.NONE})


class PublicReferrer(Role):
    """Anybody who raises a concern without signing in; the online form signs for them."""

    code = RoleCode.PUBLIC_REFERRER
    name = "member of the public"
    description = "Held by the online form only; nobody signs in with it."
    permissions = frozenset({"contact.raise"})


class FrontDoorWorker(Role):
    """A worker at the front door or out of hours."""

    code = RoleCode.FRONT_DOOR_WORKER
    name = "front door worker"
    description = "A social worker or qualified screener of the front door or the out-of-hours team."
    permissions = _CASEWORK | {
        "contact.see", "contact.screen", "contact.decide", "check.ask", "check.answer", "duplicate.decide",
        "offer.place", "visit.record", "strategy.call", "notice.triage",
    }  # fmt: skip
    labels = _OPEN_LABELS | {Label.INFORMANT}


class FrontDoorManager(Role):
    """The manager who answers for what waits at the front door."""

    code = RoleCode.FRONT_DOOR_MANAGER
    name = "front door manager"
    description = "The named manager of the front door or the out-of-hours team."
    permissions = (
        FrontDoorWorker.permissions | _MANAGING | {"case.close", "organisation.rota", "breakglass.confirm"}
    )
    labels = FrontDoorWorker.labels | {Label.PRIVATE_SUPERVISION}


class FamilySupportWorker(Role):
    """A worker of an area's family support team."""

    code = RoleCode.FAMILY_SUPPORT_WORKER
    name = "family support worker"
    description = "A worker of a family support team, also as a school's link person."
    permissions = (
        _CASEWORK | _FAMILY_SUPPORT | {"visit.record", "signal.see", "signal.decide", "question.answer"}
    )
    labels = _OPEN_LABELS


class FamilySupportManager(Role):
    """The named manager of a family support team."""

    code = RoleCode.FAMILY_SUPPORT_MANAGER
    name = "family support manager"
    description = "The named manager of a family support team."
    permissions = (
        FamilySupportWorker.permissions
        | _MANAGING
        | {"case.close", "familysupport.end", "linkperson.set", "funding.see", "directory.keep"}
    )
    labels = _OPEN_LABELS | {Label.INFORMANT, Label.PRIVATE_SUPERVISION}


class SocialWorker(Role):
    """A social worker of an assessment, safeguarding, care or leaving care team."""

    code = RoleCode.SOCIAL_WORKER
    name = "social worker"
    description = "A registered social worker, or a personal adviser, of a team that holds children."
    permissions = _CASEWORK | {"visit.record", "assessment.write", "strategy.call"}
    labels = _OPEN_LABELS


class TeamManager(Role):
    """The named manager of a social work team."""

    code = RoleCode.TEAM_MANAGER
    name = "team manager"
    description = "The named manager of an assessment, safeguarding, care or leaving care team."
    permissions = SocialWorker.permissions | _MANAGING | {"case.close", "assessment.authorise"}
    labels = _OPEN_LABELS | {Label.INFORMANT, Label.PRIVATE_SUPERVISION}


class ConferenceChair(Role):
    """Who chairs conferences and reviews, apart from the team that holds the child."""

    code = RoleCode.CONFERENCE_CHAIR
    name = "conference chair"
    description = "A child protection conference chair or independent reviewing officer, outside the line."
    permissions = _CASEWORK | {
        "visit.record",
        "timescale.excuse",
        "doubt.settle",
        "figures.see",
        "figures.list",
    }
    labels = _OPEN_LABELS | {Label.ALLEGATION}


class HeadOfService(Role):
    """Where a child goes who was sent back twice, and what nobody opened."""

    code = RoleCode.HEAD_OF_SERVICE
    name = "head of service"
    description = "A head of service, who answers for several teams."
    permissions = (
        _CASEWORK
        | _MANAGING
        | {
            "supervision.assure",
            "supervision.release",
            "performance.formal",
            "initiative.keep",
            "programme.keep",
            "programme.evidence",
            "restructure.figures",
            "selection.moderate",
            "appeal.hear",
            "cutover.run",
            "contact.see",
            "case.close",
            "restriction.set",
            "breakglass.confirm",
            "organisation.rota",
            "figures.note",
            "assessment.authorise",
            "familysupport.see",
            "signal.see",
            "feed.agree",
            "linkperson.set",
            "question.answer",
            "funding.agree",
            "funding.see",
            "board.see",
            "board.keep",
            "dispute.settle",
            "pilot.set",
            "establishment.figures",
            "capacity.see",
            "capacity.ask",
        }
    )
    labels = _OPEN_LABELS | {Label.INFORMANT, Label.ALLEGATION, Label.ADOPTION}


class Director(Role):
    """The director of children's services."""

    code = RoleCode.DIRECTOR
    name = "director"
    description = "The director of children's services."
    permissions = _FIND_AND_OPEN | _OWN | {
        "supervision.hold", "supervision.assure", "supervision.release", "learning.see", "recruitment.see",
        "initiative.keep", "programme.keep", "programme.evidence", "restructure.see", "restructure.keep",
        "restructure.publish", "restructure.figures", "appeal.hear", "cutover.see", "cutover.run",
        "figures.see", "figures.list", "figures.list_names", "figures.note", "funding.see", "funding.agree", "board.see",
        "board.keep", "dispute.settle", "pilot.set", "directory.see", "establishment.see", "establishment.figures",
        "workload.see", "full.answer", "capacity.see", "capacity.ask",
    }  # fmt: skip
    labels = _OPEN_LABELS | {Label.ALLEGATION, Label.ADOPTION}


class LeadMember(Role):
    """The councillor who answers for children's services: figures, and no child."""

    code = RoleCode.LEAD_MEMBER
    name = "lead member"
    description = (
        "The lead member for children's services: figures, and the visits to services that they made."
    )
    permissions = frozenset(
        {
            "figures.see",
            "style.see",
            "board.see",
            "directory.see",
            "establishment.figures",
            "restructure.figures",
            "capacity.see",
        }
    )


class Analyst(Role):
    """Who works with figures and lists without names."""

    code = RoleCode.ANALYST
    name = "analyst"
    description = "A performance analyst."
    permissions = frozenset(
        {"figures.see", "figures.list", "style.see", "board.see", "funding.see", "directory.see",
         "establishment.figures", "restructure.figures", "capacity.see", "capacity.ask"}
    )  # fmt: skip


class Auditor(Role):
    """Who audits casework, and who looked at it."""

    code = RoleCode.AUDITOR
    name = "auditor"
    description = "A quality assurance officer; every file that they open is opened with a reason."
    permissions = _FIND_AND_OPEN | {"figures.see", "figures.list", "figures.list_names", "audit.read"}
    labels = _OPEN_LABELS


class InformationGovernance(Role):
    """Who guards the record itself: restrictions, broken glass, withdrawn entries, erasures."""

    code = RoleCode.INFORMATION_GOVERNANCE
    name = "information governance officer"
    description = "An information governance officer. What is withdrawn or erased always takes two of them."
    permissions = frozenset(
        {
            "supervision.release",
            "child.find", "child.open", "audit.read", "restriction.set", "breakglass.review", "breakglass.confirm",
            "withdrawn.read", "entry.withdraw", "erase.body", "style.see", "feed.agree", "signal.hold",
        }
    )  # fmt: skip
    labels = frozenset({Label.NONE})


class Administrator(Role):
    """Who keeps the directory of teams and workers, and sees no child."""

    code = RoleCode.ADMINISTRATOR
    name = "administrator"
    description = "Keeps teams, workers and memberships; sees no child."
    permissions = frozenset(
        {
            "organisation.manage", "organisation.absence", "organisation.rota", "import.run", "style.see",
            "linkperson.set", "schools.import", "directory.see", "directory.keep", "funding.see",
        }
    )  # fmt: skip


class HumanResources(Role):
    """Who keeps the establishment, and sees no child."""

    code = RoleCode.HUMAN_RESOURCES
    name = "human resources officer"
    description = "Keeps posts, contracts and who sits where; sees no child and no named worker's load."
    permissions = _OWN | {
        "establishment.see", "establishment.keep", "establishment.figures", "style.see", "learning.see",
        "learning.keep", "performance.formal", "supervision.release", "recruitment.see", "recruitment.keep",
        "initiative.keep", "programme.keep", "programme.evidence", "restructure.see", "restructure.keep",
        "restructure.figures", "selection.keep", "selection.score", "capacity.see", "capacity.ask",
    }  # fmt: skip


class UnionObserver(Role):
    """A trade union's representative: figures, and nobody's name."""

    code = RoleCode.UNION_OBSERVER
    name = "union observer"
    description = "A recognised trade union's representative: figures without names, small numbers left out."
    permissions = frozenset({"establishment.figures", "restructure.figures", "style.see"})


class NamedRule(Role):
    """What happens by a rule: something unread climbs, the law ends something on its day."""

    code = RoleCode.RULE
    name = "rule"
    description = "Held by the rules of Rightplace; no person."
    permissions = frozenset(
        {
            "organisation.manage",
            "offer.place",
            "note.write",
            "establishment.keep",
            "programme.keep",
            "programme.evidence",
        }
    )
    labels = frozenset({Label.NONE})


class ImportRule(Role):
    """What is taken in from another system: facts, even where the kind is a decision."""

    code = RoleCode.IMPORT
    name = "import"
    description = "Held by the CIN import; no person."
    permissions = frozenset({"import.run", "directory.keep", "schools.import"})
    labels = frozenset({Label.NONE})


ROLES: dict[int, type[Role]] = {
    role.code: role
    for role in (
        ProfessionalReferrer, PublicReferrer, HeadTeacher, PartnerLead, Provider, FrontDoorWorker, FrontDoorManager,
        FamilySupportWorker, FamilySupportManager, SocialWorker, TeamManager, ConferenceChair, HeadOfService, Director,
        LeadMember, Analyst, Auditor, InformationGovernance, Administrator, HumanResources, UnionObserver,
        NamedRule, ImportRule,
    )
}  # fmt: skip


def role_of(code: int) -> type[Role]:
    """The role of a code. Raises KeyError for one that is not there."""
    return ROLES[code]
