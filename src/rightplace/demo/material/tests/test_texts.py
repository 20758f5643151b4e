"""The texts: enough of them, fillable, fitting, and fit to be read by the child."""

import re
from collections import Counter
from itertools import product
from random import Random

import pytest

from rightplace.demo.material.texts import CHANCE, Tag, Text, draw, pick, pronouns, texts
from rightplace.demo.material.volumes import volumes

GIVEN = {"child", "sibling", "mother", "father", "worker", "source"} | set(pronouns("U"))
EVERYTHING = [text for kind in texts().values() for text in kind]
ROUTES = {
    "advice",
    "family support team",
    "assessment",
    "strategy discussion",
    "another agency",
    "no further action",
    "to the team that has the child",
}
AGENCIES = {
    "police", "health", "education", "housing", "voluntary", "adult care", "probation", "drug and alcohol",
    "mental health", "other authority",
}  # fmt: skip
FAMILY = {"child": "Keira", "mother": "Ms Dunstan", "worker": "Ngozi"}


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("contact.concern", 120),
        ("decision.reasons", 60),
        ("check.answer", 60),
        ("visit.note", 20),
        ("assessment.summary", 20),
        ("plan.goal", 25),
        ("closing.reasons", 12),
        ("sentback.reasons", 8),
        ("supervision.decision", 12),
        ("story.summary", 12),
    ],
)
def test_there_are_enough_texts_of_a_kind(kind: str, least: int) -> None:
    assert len(texts()[kind]) >= least


def test_no_text_is_there_twice() -> None:
    said = Counter((text.kind, text.says) for text in EVERYTHING)
    assert [text for text, count in said.items() if count > 1] == []


def test_every_blank_can_be_filled() -> None:
    known = GIVEN | {name.capitalize() for name in GIVEN} | CHANCE.keys()
    assert {blank for text in EVERYTHING for blank in text.blanks} <= known


def test_no_verb_after_a_pronoun_is_wrong_for_a_child_called_they() -> None:
    wrong = re.compile(r"\{[Tt]hey\} (now |already )?[a-z]+s\b|\{(child|mother|father|sibling|worker)\} \{")
    assert [text.says for text in EVERYTHING if wrong.search(text.says)] == []


def test_no_text_uses_a_word_that_judges_or_hides() -> None:
    banned = re.compile(
        r"\b(failed to|non-?complian\w+|manipulative|attention.seeking|promiscuous|streetwise|perpetrator|DNA|NFA|LAC"
        r"|service user|lifestyle choice|putting (him|her)self at risk|disclosed|hard to reach|feral|cohort)\b",
        re.IGNORECASE,
    )
    assert [text.says for text in EVERYTHING if banned.search(text.says)] == []


def test_a_text_ends_as_a_sentence_does() -> None:
    assert [text.says for text in EVERYTHING if not text.says.endswith((".", "?"))] == []


@pytest.mark.parametrize("source", sorted(set(volumes().contacts.sources.of) - {"school", "education"}))
def test_every_source_has_a_concern_about_a_child_of_any_age(source: str) -> None:
    for age in range(18):
        assert pick("contact.concern", Random(age), {"source": source, "age": age}, **FAMILY, **pronouns("F"))


def test_schools_have_a_concern_about_any_pupil_and_health_about_a_child_not_yet_born() -> None:
    for age in range(4, 18):
        pick("contact.concern", Random(age), {"source": "school", "age": age}, **FAMILY, **pronouns("M"))
    for age in range(16):
        pick("contact.concern", Random(age), {"source": "education", "age": age}, **FAMILY, **pronouns("M"))
    for source in ("health", "police", "authority"):
        unborn = pick("contact.concern", Random(1), {"source": source, "age": -1}, mother="Ms Dunstan")
        assert unborn.youngest == -1
        assert "{child}" not in unborn.says


def test_every_need_that_is_told_can_be_decided_on_every_route() -> None:
    needs = {(text.need, text.youngest, text.oldest) for text in texts()["contact.concern"]}
    for (need, youngest, oldest), route in product(needs, ROUTES):
        for age in (max(youngest, 0), min(oldest, 17)):
            asked: dict[str, Tag] = {"need": need, "age": age, "route": route}
            assert draw("decision.reasons", Random(3), asked, **FAMILY, **pronouns("U"))


def test_every_agency_can_answer_nothing_something_and_serious() -> None:
    for agency, finds in product(AGENCIES, ("nothing", "something", "serious")):
        for age in (0, 3, 9, 17):
            asked: dict[str, Tag] = {"agency": agency, "finds": finds, "age": age, "need": "emotional"}
            assert draw("check.answer", Random(2), asked, **FAMILY, **pronouns("F"))
        assert draw(
            "check.question", Random(2), {"agency": agency}, **FAMILY, father="Mr Orme", **pronouns("F")
        )


def test_every_route_has_an_outcome_a_next_step_and_something_to_do() -> None:
    for kind, route in product(("feedback.outcome", "feedback.next", "feedback.to_do"), ROUTES):
        assert draw(kind, Random(1), {"route": route}, **FAMILY, **pronouns("F"))
    for route in ROUTES:
        assert draw(
            "decision.alternatives", Random(1), {"route": route}, **FAMILY, father="Mr Orme", **pronouns("F")
        )


def test_what_goes_back_to_a_referrer_never_repeats_what_an_agency_answered() -> None:
    told_back = " ".join(
        text.says for kind in texts() if kind.startswith("feedback.") for text in texts()[kind]
    )
    assert not re.search(r"\b(police|hospital|conviction|bail|mental|drug|pregnan)", told_back.lower())


def test_a_child_without_a_brother_is_not_given_one() -> None:
    for seed in range(300):
        said = draw("contact.concern", Random(seed), {"source": "school"}, **FAMILY, **pronouns("F"))
        assert "{" not in said
    with pytest.raises(LookupError):
        pick("contact.concern", Random(1), {"source": "nobody"}, **FAMILY)


def test_a_tag_that_no_text_has_is_a_fault_and_not_a_silence() -> None:
    with pytest.raises(LookupError, match="domestic_abuse"):
        pick("decision.reasons", Random(1), {"route": "assessment", "need": "domestic_abuse"}, **FAMILY)


def test_the_same_seed_says_the_same() -> None:
    def said(seed: int) -> str:
        return draw(
            "contact.concern", Random(seed), {"source": "police", "age": 9}, **FAMILY, **pronouns("M")
        )

    assert said(4) == said(4)
    assert len({said(seed) for seed in range(40)}) > 5


def test_a_text_that_is_asked_for_by_need_is_the_likelier() -> None:
    asked: dict[str, Tag] = {"route": "assessment", "need": "unborn", "age": -1}
    drawn = Counter(pick("decision.reasons", Random(n), asked, **FAMILY).need for n in range(200))
    assert drawn["unborn"] > 0.4 * 200
    assert set(drawn) <= {"unborn", ""}


def test_blanks_are_filled_for_her_him_and_them() -> None:
    text = Text("x", "{They} {was} glad, and {their} coat kept {them} warm.", {}, 0, 17, frozenset({"They"}))
    assert text.fill(Random(1), **pronouns("F")) == "She was glad, and her coat kept her warm."
    assert text.fill(Random(1), **pronouns("M")) == "He was glad, and his coat kept him warm."
    assert text.fill(Random(1), **pronouns("")) == "They were glad, and their coat kept them warm."
