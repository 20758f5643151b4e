"""What was said in the redesign of 2011, in shape: flaws and causes, meetings, questions, papers. All words are ours."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

REASONS: Final = (
    (
        ("flaw", date(2010, 11, 8), "Half of the families who ask early meet a second team before anything happens.", ""),
        ("cause", date(2010, 11, 15), "Four services, four thresholds: each assesses anew and has its own form.", ""),
        ("change", date(2010, 12, 6), "One team for each of sixteen areas, with all four professions in it.", ""),
        ("measure", date(2010, 12, 6), "Families who meet one team only; children without a worker.", "unallocated"),
        ("result", date(2012, 1, 24), "In the first quarter of the teams three of four families met one team only.", ""),
    ),
    (
        ("flaw", date(2010, 11, 8), "Schools do not know whom to ring, and hear nothing after they have referred.", ""),
        ("cause", date(2010, 11, 22), "Every service has its own intake; nobody owns the answer to a school.", ""),
        ("change", date(2010, 12, 6), "A named link person for each school, in the team of its area.", ""),
        ("measure", date(2010, 12, 6), "Contacts decided in a day, and referrers told what was decided.", "contacts_late"),
        ("result", date(2012, 1, 24), "Schools name their link person in nine of ten calls of the review.", ""),
    ),
    (
        ("flaw", date(2010, 11, 10), "Managers of one service allocate without knowing who else is with the family.", ""),
        ("cause", date(2010, 11, 24), "Thirty managers for four services, on four lists.", ""),
        ("change", date(2010, 12, 8), "Sixteen team managers, each answering for one area and one list.", ""),
        ("measure", date(2010, 12, 8), "Children of whom two teams think that the other answers: none.", "offers_unanswered"),
    ),
)  # fmt: skip

UNIONS: Final = (
    ("Unison branch, children’s services", "union", "Youth, family support and early years workers"),
    ("Careers staff branch", "union", "Careers advisers"),
    ("Elected representatives of managers", "elected", "Thirty managers, who have no recognised union"),
)

TERMS: Final[dict[str, Any]] = {
    "employer": "Example City Council", "establishment": "Children’s services: youth, careers, family support, early years",
    "reasons": "Four services become sixteen family support teams; 500 people for 350 places.",
    "selecting": "By role: slotting in where one person matches; otherwise preferences, a scored assessment and an "
    "interview by two trained people, moderated. Statutory offers come before any matching.",
    "carrying_out": "Volunteers first, redeployment throughout, notice only after the last appeal is closed.",
    "payments": "By age, whole years of service and the actual week’s pay, as the council’s scheme of 2010 has it.",
    "agency_number": 14, "agency_part": "Family support service", "agency_work": "Home visits and groups",
    "whom_to_ask": "The change desk of human resources", "proposed_on": date(2010, 12, 13),
    "statement_given": date(2011, 1, 10), "notified_on": date(2011, 1, 10), "first_notice": date(2011, 6, 30),
    "first_dismissal": date(2011, 9, 30), "last_dismissal": date(2011, 11, 30),
}  # fmt: skip

COSTS: Final = (("GR4", 2_940_000), ("GR4+", 3_110_000), ("GR6", 4_480_000))

MEETINGS: Final = (
    (
        "proposal",
        date(2011, 1, 10),
        "The proposal, both structures and the papers were handed over and explained.",
    ),
    (
        "briefing",
        date(2011, 1, 12),
        "Roadshow in the town hall; more than a hundred came, and the questions are below.",
    ),
    (
        "meeting",
        date(2011, 1, 27),
        "Pools: one for each profession and one for managers. Careers staff ask for two.",
    ),
    ("meeting", date(2011, 2, 17), "Job evaluation: the role profiles, and who evaluates."),
    ("briefing", date(2011, 3, 2), "Weekly drop-in: who is on leave is reached by letter and by telephone."),
    (
        "meeting",
        date(2011, 3, 14),
        "After the cabinet’s decision: preferences, interviews, what is asked of panels.",
    ),
    (
        "meeting",
        date(2011, 4, 7),
        "Counter-proposals answered; both sides agree that consultation has been meaningful.",
    ),
)

ASKED: Final = (
    ("question", date(2011, 1, 14), "Will job shares stay possible in the new teams?", date(2011, 1, 24),
     "Yes. A post can be shared by two people who both are placed in it.", "answered"),
    ("counter", date(2011, 1, 27), "Two pools for careers: advisers of schools, and of young people out of work.",
     date(2011, 2, 10), "One pool with two specialisms named in the criteria, so that nobody is left with fewer posts.",
     "partly"),
    ("question", date(2011, 2, 2), "Who reaches colleagues on maternity leave?", date(2011, 2, 9),
     "Their manager by telephone and human resources by letter, on the same day as everybody else.", "answered"),
    ("counter", date(2011, 2, 17), "Keep the night worker of the youth service in each quarter.", date(2011, 3, 1),
     "Accepted: four posts keep the evening hours of today.", "accepted"),
    ("counter", date(2011, 3, 3), "Wait with the managers’ interviews until workers are placed.", date(2011, 3, 14),
     "Declined: a team needs its manager first, who sits on the panel for its workers.", "declined"),
)  # fmt: skip

EARLY: Final = (
    ("case", "flaws and causes", date(2010, 11, 24), "Board paper 14"),
    ("case", "what works and is protected", date(2010, 12, 6), "Board paper 15"),
    ("case", "measures of success", date(2010, 12, 8), "Board paper 15, annex"),
    ("structure", "old and new structure", date(2010, 12, 13), "Structure 1.0"),
    ("structure", "lineage of every post and team", date(2010, 12, 13), "Structure 1.0, annex"),
    ("structure", "hours and money before and after", date(2010, 12, 13), "Budget note 7"),
    ("equality", "equality assessment of the proposal", date(2010, 12, 20), "Equality 2010/31"),
    ("authority", "decision of those who may decide", date(2011, 1, 7), "Delegated decision 2011/2"),
    ("consultation", "section 188 statement given", date(2011, 1, 10), "Statement, version 1"),
    ("consultation", "HR1 received", date(2011, 1, 10), "HR1, version 1"),
    ("consultation", "representatives' response answered", date(2011, 4, 7), "Answers, final"),
    ("consultation", "consultation closed", date(2011, 4, 14), "Joint note 9"),
)
LATER_ON: Final = (
    ("pools", "pools agreed", date(2011, 4, 18), "Pools 1.0"),
    ("pools", "everybody told their pool", date(2011, 4, 20), "Letter run 1"),
    ("pools", "appeals against pools closed", date(2011, 5, 4), "Panel list 2"),
    ("preferences", "preferences closed", date(2011, 5, 16), "Preferences, final"),
    ("preferences", "absent people reached", date(2011, 5, 16), "List of absent people, all reached"),
    ("offers", "suitable vacancies judged", date(2011, 6, 6), "Statutory offers 1"),
    ("offers", "offers answered", date(2011, 6, 9), "Statutory offers 1, answers"),
    ("matching", "ties settled by the panels", date(2011, 6, 14), "Panel note 21"),
    ("matching", "checked independently", date(2011, 6, 15), "Checker’s note 1"),
    ("matching", "decided by a person", date(2011, 6, 16), "Decision of the director 7"),
    ("impact", "equality impact of the result considered", date(2011, 6, 17), "Equality 2011/9"),
)
AFTER: Final = (
    ("appeals", "appeals closed", date(2011, 8, 12), "Appeals, list 2"),
    (
        "redeployment",
        "redeployment sought for everybody displaced",
        date(2011, 8, 26),
        "Redeployment register",
    ),
    (
        "notice",
        "notice decided by a person for each",
        date(2011, 8, 29),
        "Decision of the director 8: no notice, the search goes on",
    ),
    ("establishment", "establishment updated", date(2011, 9, 5), "Establishment, first day"),
    ("establishment", "hand-over of every child complete", date(2011, 9, 5), "Cut-over, certificate"),
)
