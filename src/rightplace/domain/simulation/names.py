"""The numbers by which the arrays know stages, sources, events, tasks, measures and kinds of entry, and their words."""

from __future__ import annotations

from typing import Final

DAY: Final = 480
"""Ticks of a working day: minutes of eight hours, from nine to five."""
WEEK_TICKS: Final = 5 * DAY
"""Five working days: with a holiday in between, what is said in weeks takes a day longer."""
NOBODY: Final = -1

DOOR, SUPPORT, ASSESSMENT, ENQUIRY, NEED, PROTECTION, CARE = range(7)
STAGES: Final = (
    "front door",
    "family support",
    "assessment",
    "section 47 enquiry",
    "child in need",
    "child protection",
    "in care",
)
GONE, AWAITED = 7, 8
"""A slot that nobody uses; a closed case whose next contact is already in the future."""

SOURCES: Final = ("police", "school", "health", "family", "other")
POLICE, SCHOOL, HEALTH, FAMILY, OTHER = range(5)

(
    WEEK,
    CHANGE,
    MORNING,
    BACK,
    JOINS,
    MANAGED,
    ARRIVES,
    RETURNS,
    SCREENED,
    WRITTEN,
    ENDS,
    INQUIRED,
    CONFERENCE,
    REVIEW,
) = range(14)
"""What can happen, in the order in which it happens at the same tick."""

DECIDE, OUTCOME, SIGN, CLOSE, SUPERVISE, REPORT = range(6)
"""What waits for a team manager. The first two are urgent where the case is."""

VACANT, PRESENT, ABSENT = range(3)
WORKER, MANAGING = range(2)

COUNTS: Final = (
    "contacts",
    "repeat_contacts",
    "decisions",
    "decisions_late",
    "decision_ticks",
    "turned_away",
    "referrals",
    "support_began",
    "assessments",
    "assessments_late",
    "assessment_days",
    "signed_off",
    "sent_back",
    "enquiries",
    "conferences",
    "conferences_late",
    "plans_began",
    "plans_ended",
    "reviews",
    "reviews_late",
    "need_began",
    "care_began",
    "care_ended",
    "closed",
    "closed_waiting",
    "closed_early",
    "allocations",
    "allocation_days",
    "visits_due",
    "visits_on_time",
    "supervision_due",
    "supervision_held",
    "supervision_missed",
    "leavers",
    "joiners",
    "manager_tasks",
    "manager_wait_ticks",
)
STOCKS: Final = (
    "open_front_door",
    "open_support",
    "open_assessment",
    "open_enquiry",
    "open_need",
    "open_protection",
    "open_care",
    "waiting",
    "unallocated",
    "unallocated_weeks",
    "unseen",
    "posts",
    "in_post",
    "vacant",
    "absent",
    "agency",
    "newly_qualified",
    "managers_in_post",
    "load_percent",
    "load_median",
    "load_p90",
    "managers_queue",
    "shortage",
    "cost",
)
MEASURES: Final = COUNTS + STOCKS
"""Counts are summed over a week; stocks are as the week ends; the rest is worked out from them (`weeks.py`)."""

(
    CONTACTS,
    REPEATS,
    DECISIONS,
    DECISIONS_LATE,
    DECISION_TICKS,
    TURNED_AWAY,
    REFERRALS,
    SUPPORT_BEGAN,
    ASSESSMENTS,
    ASSESSMENTS_LATE,
    ASSESSMENT_DAYS,
    SIGNED_OFF,
    SENT_BACK,
    ENQUIRIES,
    CONFERENCES,
    CONFERENCES_LATE,
    PLANS_BEGAN,
    PLANS_ENDED,
    REVIEWS,
    REVIEWS_LATE,
    NEED_BEGAN,
    CARE_BEGAN,
    CARE_ENDED,
    CLOSED,
    CLOSED_WAITING,
    CLOSED_EARLY,
    ALLOCATIONS,
    ALLOCATION_DAYS,
    VISITS_DUE,
    VISITS_ON_TIME,
    SUPERVISION_DUE,
    SUPERVISION_HELD,
    SUPERVISION_MISSED,
    LEAVERS,
    JOINERS,
    MANAGER_TASKS,
    MANAGER_WAIT,
    OPEN,
) = range(38)
WAITING: Final = OPEN + 7
(
    UNALLOCATED,
    UNALLOCATED_WEEKS,
    UNSEEN,
    POSTS,
    IN_POST,
    VACANCIES,
    ABSENCES,
    AGENCY,
    NEWLY_QUALIFIED,
    MANAGERS_IN_POST,
    LOAD_PERCENT,
    LOAD_MEDIAN,
    LOAD_P90,
    MANAGERS_QUEUE,
    SHORTAGE,
    COST,
) = range(WAITING + 1, WAITING + 17)

ENTRIES: Final = (
    "contact.received",
    "contact.screened",
    "contact.decided",
    "referral.accepted",
    "team.accepted",
    "worker.allocated",
    "worker.ended",
    "familysupport.began",
    "familysupport.ended",
    "assessment.began",
    "assessment.written",
    "assessment.sent_back",
    "assessment.authorised",
    "enquiry.began",
    "enquiry.ended",
    "conference.held",
    "protectionplan.began",
    "protectionplan.ended",
    "needplan.began",
    "needplan.ended",
    "care.began",
    "care.reviewed",
    "care.ended",
    "visit.made",
    "visit.attempted",
    "case.closed",
    "review.postponed",
    "supervision.held",
    "supervision.missed",
    "worker.joined",
    "worker.left",
    "worker.absent",
    "worker.back",
    "manager.decided",
    "team.took_over",
    "worker.moved",
)
"""What the log tells, in the names of the journal's kinds of entry; those from `supervision.held` on are of the service, not of
a child, but for `team.took_over`.

`team.accepted` is told whenever a family comes to a stage, with the stage: from then the team of that stage answers, which
may be the one that answered before. `manager.decided` says which manager decided what is told next of the case in `about`.
`team.took_over` is told of every open family when its team's work goes to another, `worker.moved` of everybody who goes along;
`about` is the team before."""
(
    SAID_RECEIVED,
    SAID_SCREENED,
    SAID_DECIDED,
    SAID_ACCEPTED,
    SAID_TEAM,
    SAID_ALLOCATED,
    SAID_WORKER_ENDED,
    SAID_SUPPORT,
    SAID_SUPPORT_ENDED,
    SAID_ASSESSING,
    SAID_WRITTEN,
    SAID_SENT_BACK,
    SAID_AUTHORISED,
    SAID_ENQUIRY,
    SAID_ENQUIRY_ENDED,
    SAID_CONFERENCE,
    SAID_PLAN,
    SAID_PLAN_ENDED,
    SAID_NEED,
    SAID_NEED_ENDED,
    SAID_CARE,
    SAID_CARE_REVIEWED,
    SAID_CARE_ENDED,
    SAID_VISIT,
    SAID_ATTEMPT,
    SAID_CLOSED,
    SAID_POSTPONED,
    SAID_SUPERVISED,
    SAID_UNSUPERVISED,
    SAID_JOINED,
    SAID_LEFT,
    SAID_ABSENT,
    SAID_BACK,
    SAID_MANAGER,
    SAID_TOOK_OVER,
    SAID_MOVED,
) = range(36)
