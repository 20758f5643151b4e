"""What one child's life adds to what is counted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rightplace.domain.simulation.published.lives import Counted, Happened, Life, walk


def counted(
    *told: tuple[int, str] | tuple[int, str, str],
    first: int = 0,
    last: int = 2_000,
    waited: Sequence[tuple[int, int]] = (),
    until: int | None = None,
) -> Counted:
    found = Counted(first, last)
    walk(Life([Happened(*each) for each in told], waited, until), found)
    return found


def share(found: Counted, name: str) -> tuple[int, int]:
    held = found.shares[name]
    return sum(held.passed.values()), sum(held.of.values())


CLOSED = ("case.closed", "RC7")


@pytest.mark.parametrize(
    ("told", "new", "again"),
    [
        (((500, "contact.received"),), 1, 0),
        (((100, "contact.received"),), 0, 0),
        (((500, "contact.received"), (501, "contact.decided", "advice"), (600, "contact.received")), 1, 1),
        (((500, "contact.received"), (501, "contact.decided", "advice"), (1_000, "contact.received")), 2, 0),
        (
            (
                (500, "contact.received"),
                (501, "contact.decided", "assessment"),
                (502, "referral.accepted"),
                (520, "contact.received"),
                (521, "contact.decided", "advice"),
                (540, "contact.received"),
            ),
            1,
            0,
        ),
        (
            (
                (500, "contact.received"),
                (501, "contact.received"),
                (502, "contact.decided", "advice"),
                (503, "contact.decided", "advice"),
                (600, "contact.received"),
            ),
            1,
            1,
        ),
        (((500, "contact.received"), (600, *CLOSED), (700, "contact.received")), 1, 1),
    ],
    ids=[
        "nobody knew the child",
        "before anybody can know who is new",
        "again within a year",
        "again after more than a year",
        "about a child who is open, twice",
        "twice before anybody decided",
        "again after the case was closed",
    ],
)
def test_who_is_new_and_who_comes_again(told, new, again):
    found = counted(*told)
    assert (sum(found.new.of.values()), sum(found.again.of.values())) == (new, again)


@pytest.mark.parametrize(
    ("told", "ends", "care"),
    [
        (
            ((600, "conference.review"), (600, "protectionplan.ended"), (601, "needplan.began")),
            (1, 1),
            (0, 1),
        ),
        (((600, "conference.review"), (601, "protectionplan.ended"), (605, "care.began")), (0, 1), (1, 1)),
        (((600, "conference.review"),), (0, 1), (0, 1)),
        (((600, "conference.review"), (700, "protectionplan.ended"), (700, *CLOSED)), (0, 0), (0, 0)),
    ],
    ids=["it ended", "the child came into care", "it goes on", "it ended without a review"],
)
def test_what_a_first_review_decides(told, ends, care):
    found = counted((500, "protectionplan.began"), *told)
    assert share(found, "review.ends.1") == ends
    assert share(found, "review.care") == care


def test_each_review_counts_for_itself_and_a_plan_from_before_the_record_for_none():
    told = (
        (500, "protectionplan.began"),
        (590, "conference.review"),
        (770, "conference.review"),
        (771, "protectionplan.ended"),
        (771, "case.closed", "RC7"),
    )
    found = counted(*told)
    assert share(found, "review.ends.1") == (0, 1)
    assert share(found, "review.ends.2") == (1, 1)
    assert share(found, "plan.down") == (0, 1)
    assert share(counted(*told, first=550), "review.ends.2") == (0, 0)


def test_a_stay_is_seen_from_where_the_record_begins_to_where_it_ends():
    found = counted((100, "care.began"), first=300, last=1_000)
    (stay,) = found.stays["care"]
    assert not stay.over
    assert stay.seen_from == pytest.approx(200 * 253 / 365)
    assert stay.lasted == pytest.approx(900 * 253 / 365)
    assert counted((100, "care.began"), (200, "care.ended"), first=300).stays == {}


ON_A_PLAN = (
    (500, "contact.received", "police"),
    (501, "contact.decided", "assessment"),
    (502, "referral.accepted"),
    (540, "assessment.authorised"),
    (541, "enquiry.began"),
    (550, "conference.initial"),
    (550, "protectionplan.began"),
)


def test_advice_about_a_child_on_a_plan_closes_nothing_and_is_no_contact_of_the_front_door():
    found = counted(*ON_A_PLAN, (600, "contact.received", "school"), (601, "contact.decided", "advice"))
    assert share(found, "return.contact") == (0, 0)
    assert share(found, "door.assess.police") == (1, 1)
    assert share(found, "door.assess.school") == (0, 0)
    assert found.sources == {"police": 1}


def test_a_second_contact_during_family_support_does_not_end_it():
    found = counted(
        (500, "contact.received"),
        (501, "contact.decided", "family support team"),
        (510, "familysupport.began"),
        (550, "contact.received"),
        (551, "contact.decided", "no further action"),
        (600, "referral.accepted"),
    )
    assert share(found, "support.escalates") == (1, 1)


def test_at_eighteen_a_stay_is_seen_no_longer_but_has_not_ended_as_others_do():
    (stay,) = counted((500, "needplan.began"), until=600).stays["need"]
    assert (stay.lasted, stay.over) == (pytest.approx(100 * 253 / 365), False)


def test_a_record_of_less_than_two_years_does_not_know_who_is_new():
    found = counted((100, "contact.received"), last=600)
    assert not found.knows_who_is_new
    assert sum(found.told_of.of.values()) == 1
    assert sum(found.new.of.values()) == 0


def test_days_without_a_worker_are_not_the_works_own():
    found = counted(
        (100, "needplan.began"), (300, "case.closed", "RC7"), first=200, waited=((90, 120), (250, 260))
    )
    (stay,) = found.stays["need"]
    assert (stay.seen_from, stay.lasted) == pytest.approx((80 * 253 / 365, 170 * 253 / 365))


def test_family_support_that_steps_up_is_over_once():
    found = counted(
        (500, "familysupport.began"), (600, "referral.accepted"), (600, "familysupport.ended", "stepped up")
    )
    assert [stay.over for stay in found.stays["support"]] == [True]
    assert share(found, "support.escalates") == (1, 1)
