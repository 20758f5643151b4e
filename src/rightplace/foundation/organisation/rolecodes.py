"""The number that a membership and an entry carry for a role. What a role may do is written in access/roles.py.

Numbers are stored in entries for ever: none is used again for something else.
"""

from enum import IntEnum


class RoleCode(IntEnum):
    """The part in which somebody acts at a moment."""

    PROFESSIONAL_REFERRER = 1
    PUBLIC_REFERRER = 2
    HEAD_TEACHER = 3
    PARTNER_LEAD = 4
    PROVIDER = 5
    FRONT_DOOR_WORKER = 10
    FRONT_DOOR_MANAGER = 11
    FAMILY_SUPPORT_WORKER = 20
    FAMILY_SUPPORT_MANAGER = 21
    SOCIAL_WORKER = 30
    TEAM_MANAGER = 31
    CONFERENCE_CHAIR = 40
    HEAD_OF_SERVICE = 50
    DIRECTOR = 51
    LEAD_MEMBER = 52
    ANALYST = 60
    AUDITOR = 61
    INFORMATION_GOVERNANCE = 62
    ADMINISTRATOR = 70
    HUMAN_RESOURCES = 71
    UNION_OBSERVER = 72
    RULE = 90
    IMPORT = 99


MANAGES_A_TEAM = (RoleCode.FRONT_DOOR_MANAGER, RoleCode.FAMILY_SUPPORT_MANAGER, RoleCode.TEAM_MANAGER)
"""Who is a team's named manager: the one who answers when a child has no worker."""

OF_A_PARTNER = (
    RoleCode.PROFESSIONAL_REFERRER,
    RoleCode.HEAD_TEACHER,
    RoleCode.PARTNER_LEAD,
    RoleCode.PROVIDER,
)
"""Roles of people who work for another agency."""
