"""Small invented questions, tight enough that rules and hours bite and equals are common."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from rightplace.domain.allocation.model import Away, Child, Group, Place, Question, Worker

DAY = 739_678
SKILLS = ("child_protection", "court", "infants")
LANGUAGES = ("", "", "Urdu", "Polish")
WORKS = ("child_in_need", "child_protection", "court")
places = st.none() | st.builds(Place, st.sampled_from((0, 900, 4_000)), st.sampled_from((0, 3_333)))


@st.composite
def workers(draw: st.DrawFn, key: int) -> Worker:
    minutes = draw(st.sampled_from((0, 300, 600, 901)))
    return Worker(
        key=key,
        minutes=minutes,
        load=draw(st.integers(0, minutes + 60)),
        newly_qualified=draw(st.booleans()),
        skills=frozenset(draw(st.sets(st.sampled_from(SKILLS)))),
        languages=frozenset({"English", *draw(st.sets(st.sampled_from(LANGUAGES[2:])))}),
        place=draw(places),
        full=draw(st.sampled_from((False, False, False, True))),
        away=draw(
            st.sampled_from(
                ((), (), (Away(DAY + 10, DAY + 20),), (Away(DAY - 9, DAY + 60),), (Away(DAY - 9),))
            )
        ),
    )


@st.composite
def groups(draw: st.DrawFn, key: int, many_workers: int) -> Group:
    someone = st.integers(1, max(1, many_workers))
    minutes = draw(st.lists(st.sampled_from((30, 45, 150, 270)), min_size=1, max_size=3))
    return Group(
        key=key,
        children=tuple(
            Child(key * 10 + n, each, draw(st.sampled_from(WORKS))) for n, each in enumerate(minutes)
        ),
        must=frozenset(draw(st.sets(st.sampled_from(SKILLS), max_size=1))),
        better=frozenset(draw(st.sets(st.sampled_from(SKILLS), max_size=2))),
        language=draw(st.sampled_from(LANGUAGES)),
        place=draw(places),
        conflicts=frozenset(draw(st.sets(someone, max_size=1))),
        present=draw(st.none() | someone),
        siblings_with=frozenset(draw(st.sets(someone, max_size=1))),
        supported=draw(st.booleans()),
    )


@st.composite
def questions(draw: st.DrawFn, most_groups: int = 4, most_workers: int = 5) -> Question:
    """A question of a few families and workers, in any order."""
    many_groups, many_workers = draw(st.integers(1, most_groups)), draw(st.integers(1, most_workers))
    made = Question(
        DAY,
        tuple(draw(groups(key, many_workers)) for key in range(1, many_groups + 1)),
        tuple(draw(workers(key)) for key in range(1, many_workers + 1)),
    )
    return replace(
        made,
        groups=tuple(draw(st.permutations(made.groups))),
        workers=tuple(draw(st.permutations(made.workers))),
    )


def family(key: int = 1, minutes: int = 150, **more: object) -> Group:
    """One invented child that takes two and a half hours a week."""
    return Group(key, (Child(key * 10, minutes, "child_in_need"),), **more)  # type: ignore[arg-type]


def somebody(key: int, **more: object) -> Worker:
    """One invented worker with twenty hours for families."""
    return Worker(key, **({"minutes": 1_200} | more))  # type: ignore[arg-type]


def asked(groups: list[Group], workers: list[Worker]) -> Question:
    return Question(DAY, tuple(groups), tuple(workers))
