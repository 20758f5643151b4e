"""A text is held against what others told us: the same words in a row are found, and nothing else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.common.disclosure.repeating import FEWEST, repeats

POLICE = "Two call-outs since June. The father was arrested on 3 May for assault, no charge followed."


def test_what_the_police_said_is_found_whatever_its_case_and_punctuation():
    assert repeats("You may know: THE FATHER WAS ARRESTED on 3 May, for assault!", [POLICE]) == [
        "THE FATHER WAS ARRESTED on 3 May, for assault"
    ]


def test_the_same_facts_in_other_words_are_not_a_repetition():
    assert repeats("A family support team has been asked to work with the family.", [POLICE]) == []


def test_three_words_in_a_row_are_common_speech():
    assert repeats("He was arrested on Monday", ["arrested on monday by them"]) == []


def test_a_run_of_common_words_says_nothing():
    assert repeats("this is not for you", ["they say this is not for you"]) == []


def test_each_phrase_is_named_once_in_the_order_of_the_text():
    text = "No charge followed at all. The father was arrested on 3 May. The father was arrested on 3 May."
    assert repeats(text, [POLICE, "no charge followed at all"]) == [
        "No charge followed at all", "The father was arrested on 3 May",
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), max_size=12),
    st.integers(0, 12),
    st.integers(4, 8),
)
def test_any_run_copied_from_a_source_is_found(words, start, length):
    copied = words[start : start + length]
    found = repeats(" ".join(copied), [" ".join(words)])
    assert bool(found) == (len(copied) >= FEWEST)
