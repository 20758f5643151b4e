"""What is agreed, due and paid is recorded with its reason and author, and nothing is written over."""

from datetime import date

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.services.funding import actions, queries
from rightplace.services.funding.models import Agreement, Contribution, Payment, Share
from rightplace.services.funding.tests.families import agreed, priced


def test_a_year_is_due_in_three_terms_that_add_up_to_the_penny(agreement):
    terms = Contribution.objects.filter(agreement=agreement).order_by("term")
    assert [each.pence for each in terms] == [100_001, 100_000, 100_000]
    assert [each.due for each in terms] == [date(2025, 6, 30), date(2025, 10, 31), date(2026, 2, 28)]


def test_an_agreement_that_begins_in_winter_is_due_in_one_term(city, mill_lane):
    made = actions.make_agreement(
        agency=mill_lane, what_for="Family support", begins=date(2026, 1, 5), shares={2025: 5_000},
        yearly={2025: 90_000}, because="Agreed at the turn of the year.", by=city.head_of_service.actor,
    )  # fmt: skip
    assert [each.pence for each in made.contributions.all()] == [90_000]


def test_an_agreement_needs_a_reason_and_is_made_once(city, agreement, lark_hill):
    with pytest.raises(Refused, match="already has an agreement"):
        agreed(city, lark_hill)
    with pytest.raises(Refused, match="has a reason"):
        actions.set_share(
            agreement=agreement, year=2025, hundredths=10, because=" ", by=city.head_of_service.actor
        )
    assert Agreement.objects.count() == 1


def test_nobody_agrees_without_the_right_to(city, lark_hill, agreement):
    due = agreement.contributions.first()
    for person in (city.analyst, city.family_support_manager, city.head_teacher):
        with pytest.raises(NotAllowed):
            agreed_by(person, lark_hill)
        with pytest.raises(NotAllowed):
            actions.record_payment(
                contribution=due, on=date(2026, 3, 2), pence=1, reference="", by=person.actor
            )
    assert not Payment.objects.exists()


def agreed_by(person, agency):
    actions.make_agreement(
        agency=agency, what_for="x", begins=date(2025, 4, 1), shares={2025: 1}, yearly={}, because="y",
        by=person.actor,
    )  # fmt: skip


def test_a_share_said_anew_leaves_the_first_readable(city, agreement):
    actions.set_share(
        agreement=agreement, year=2025, hundredths=2_500, because="Half of it, said the forum.",
        by=city.director.actor,
    )  # fmt: skip
    assert queries.shares_of([agreement.pk])[agreement.pk, 2025].hundredths == 2_500
    assert [each.hundredths for each in Share.objects.filter(year=2025).order_by("id")] == [5_000, 2_500]


def test_a_contribution_said_anew_stands_for_the_first_and_keeps_what_was_paid(city, agreement):
    first = agreement.contributions.get(term=1)
    head = city.head_of_service.actor
    actions.record_payment(contribution=first, on=date(2025, 7, 1), pence=40_000, reference="A1", by=head)
    actions.change_contribution(
        contribution=first, due=date(2025, 7, 31), pence=90_000, because="A smaller school now.", by=head
    )
    dues = {each.contribution.term: each for each in queries.due_and_paid(head, 2025)}
    assert (dues[1].contribution.pence, dues[1].paid, dues[1].left) == (90_000, 40_000, 50_000)
    assert Contribution.objects.get(pk=first.pk).pence == 100_001
    with pytest.raises(Refused, match="Somebody changed"):
        actions.change_contribution(
            contribution=first, due=date(2025, 7, 31), pence=1, because="Again.", by=head
        )


def test_a_payment_is_taken_back_by_another_row(city, agreement):
    due, head = agreement.contributions.get(term=2), city.head_of_service.actor
    paid = actions.record_payment(
        contribution=due, on=date(2025, 11, 3), pence=100_000, reference="A2", by=head
    )
    actions.reverse_payment(payment=paid, because="Written against the wrong school.", by=head)
    assert sorted(Payment.objects.values_list("pence", flat=True)) == [-100_000, 100_000]
    with pytest.raises(Refused, match="already been reversed"):
        actions.reverse_payment(payment=paid, because="Again.", by=head)
    actions.record_payment(contribution=due, on=date(2025, 11, 3), pence=100_000, reference="A2", by=head)


@pytest.mark.parametrize(
    ("pence", "on", "says"),
    [(0, date(2026, 3, 2), "more than nothing"), (5, date(2026, 3, 4), "still to come")],
)
def test_a_payment_that_cannot_be_is_refused(city, agreement, pence, on, says):
    due = agreement.contributions.get(term=1)
    with pytest.raises(Refused, match=says):
        actions.record_payment(
            contribution=due, on=on, pence=pence, reference="", by=city.head_of_service.actor
        )


def test_the_same_reference_is_not_taken_twice(city, agreement):
    due, head = agreement.contributions.get(term=1), city.head_of_service.actor
    actions.record_payment(contribution=due, on=date(2026, 3, 2), pence=5, reference="A3", by=head)
    with pytest.raises(Refused, match="already written down"):
        actions.record_payment(contribution=due, on=date(2026, 3, 2), pence=5, reference="A3", by=head)


def test_a_cost_without_a_source_is_refused(city):
    with pytest.raises(Refused, match="where it is from"):
        priced(city, source=" ")


def test_an_agreement_ends_with_a_reason(city, agreement, lark_hill):
    head = city.head_of_service.actor
    actions.end_agreement(
        agreement=agreement, on=date(2026, 4, 1), because="The school joined a trust.", by=head
    )
    agreement.refresh_from_db()
    assert (agreement.ends, agreement.ended_because) == (date(2026, 4, 1), "The school joined a trust.")
    assert agreement.end_recorded_by_id == head.worker
