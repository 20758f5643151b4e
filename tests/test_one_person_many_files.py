"""Which files are one person: links merge, unlinks part, whatever order they are read in."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.foundation.journal.folding import LINK, UNLINK, groups

FILES = range(1, 9)
numbers = st.sampled_from(FILES)
changes = st.lists(st.tuples(numbers, numbers, st.sampled_from([LINK, LINK, UNLINK])), max_size=14)


def recorded(told: list[tuple[int, int, int]]) -> list[tuple[int, int, int, int]]:
    return [(moment, file, named, kind) for moment, (file, named, kind) in enumerate(told)]


def slowly(told: list[tuple[int, int, int]]) -> dict[int, int]:
    """The same by keeping every group as a set and looking through all of them each time."""
    together = [{file} for file in FILES]
    for file, named, kind in told:
        mine = next(group for group in together if file in group)
        theirs = next(group for group in together if named in group)
        if kind == LINK and mine is not theirs:
            together = [g for g in together if g is not mine and g is not theirs] + [mine | theirs]
        elif kind == UNLINK and mine is theirs:
            together = [g for g in together if g is not mine] + [g for g in (mine - {named}, {named}) if g]
    return {file: min(group) for group in together for file in group}


@settings(max_examples=200)
@given(changes)
def test_groups_agree_with_a_slow_reading(told):
    assert groups(recorded(told), FILES) == slowly(told)


@given(changes, st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_matter(told, chance):
    shuffled = recorded(told)
    chance.shuffle(shuffled)
    assert groups(shuffled, reversed(FILES)) == groups(recorded(told), FILES)


def test_a_person_is_the_smallest_file():
    assert groups([(1, 9, 4, LINK)], [4, 9, 5]) == {4: 4, 9: 4, 5: 5}


def test_links_are_followed_through():
    assert set(groups([(1, 3, 2, LINK), (2, 2, 1, LINK)], [1, 2, 3]).values()) == {1}


def test_unlink_takes_out_the_file_that_it_names_and_leaves_the_rest_together():
    told = [(1, 1, 2, LINK), (2, 2, 3, LINK), (3, 1, 2, UNLINK)]
    assert groups(told, [1, 2, 3]) == {1: 1, 3: 1, 2: 2}


def test_a_file_that_leads_can_leave():
    assert groups([(1, 2, 1, LINK), (2, 3, 2, LINK), (3, 2, 1, UNLINK)], [1, 2, 3]) == {1: 1, 2: 2, 3: 2}


def test_unlinking_strangers_changes_nothing():
    assert groups([(1, 1, 2, UNLINK)], [1, 2]) == {1: 1, 2: 2}


def test_a_file_may_be_linked_again():
    told = [(1, 1, 2, LINK), (2, 1, 2, UNLINK), (3, 2, 1, LINK)]
    assert groups(told, [1, 2]) == {1: 1, 2: 1}
