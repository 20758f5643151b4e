"""A change of structure to tell stories of: thirty people of two professions, a coordinator among them, for 21 places.

What is bulk is written here through the same actions as pages use: posts, people, most wishes and marks. What is decided
is typed in the stories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from playwright.sync_api import Locator, Page, expect

from rightplace.common.documents.spreadsheets import rows_of
from rightplace.domain.restructuring import shipped_stages
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation.establishment import actions, people
from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.programme import actions as programmes
from rightplace.foundation.organisation.programme.stages import roles_of
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.restructure import actions as restructure
from rightplace.services.restructure import declaring
from rightplace.services.selection import matching, pooling, preferring, scoring
from rightplace.services.selection.models import Exercise, Job, Member, Panel, Pool, Run, ScoreSheet
from rightplace.services.selection.scoring import Given, Weighed
from rightplace.testing.organisation import LONG_AGO, Colleague, SmallCity, colleague
from rightplace.testing.stories import Hand

BEGAN, FIRST = date(2026, 1, 5), date(2026, 9, 1)
FAMILY, YOUTH, ALL = 20, 9, 30
TITLES: Final = ("Family worker", "Youth worker", "Coordinator")
FIRST_NAMES = (
    "Ada", "Bo", "Cleo", "Dev", "Efe", "Fay", "Gil", "Hal", "Ira", "Jo", "Kit", "Lin", "Mo", "Nia", "Oz", "Pia", "Quin",
    "Rue", "Sol", "Tam", "Uma", "Val", "Wes", "Xan", "Yara", "Zed", "Abe", "Bea", "Cal", "Dot",
)  # fmt: skip
LAST_NAMES = ("Birch", "Calder", "Dunn", "Elms", "Fenn", "Gray")
CRITERIA = (Weighed("c1", "Work with whole families", 3), Weighed("c2", "Plans that change something", 2),
            Weighed("c3", "Work with schools", 1))  # fmt: skip
PATIENCE: Final = 120_000
"""Milliseconds that a page may take where a machine is busy; on a quiet one it takes some hundred."""

TIED: Final = (13, 14)
"""Two family workers with the same marks, where the last places are."""


@dataclass
class Change:
    """The programme, who holds the old posts, and who works on it."""

    city: SmallCity
    hand: Hand
    people: list[Colleague] = field(default_factory=list)
    old: list[Post] = field(default_factory=list)
    new: list[Post] = field(default_factory=list)
    team: Team = field(init=False)
    programme: Programme = field(init=False)

    @property
    def hr(self) -> Actor:
        return self.city.human_resources.actor

    @property
    def exercise(self) -> Exercise:
        return Exercise.objects.get(programme=self.programme)

    @property
    def scorers(self) -> list[Colleague]:
        city = self.city
        return [city.assessment_manager, city.other_assessment_manager, city.family_support_manager,
                city.other_family_support_manager]  # fmt: skip

    def member(self, place: int) -> Member:
        return Member.objects.get(exercise=self.exercise, worker=self.people[place].worker)

    def on(self, day: date) -> None:
        """The clock goes to the morning of a day."""
        self.hand.now = self.hand.now.replace(year=day.year, month=day.month, day=day.day)


def people_and_posts(city: SmallCity, hand: Hand, clerks: int = 0) -> Change:
    """Who is there before anything is proposed: old posts with their people, and the team that will be."""
    made = Change(city, hand)
    made.on(BEGAN)
    made.team = organisation.open_team(
        agency=city.authority,
        name="Family help",
        kind="family_support",
        begins=FIRST,
        by=city.administrator.actor,
    )
    for place in range(ALL + clerks):
        who = colleague(
            f"{FIRST_NAMES[place % ALL]} {LAST_NAMES[(place + place // ALL) % 6]}",
            city.family_support,
            RoleCode.FAMILY_SUPPORT_WORKER,
        )
        made.people.append(who)
        made.old.append(_held(made, who, place))
    return made


def _kind(place: int) -> tuple[str, str]:
    if place < FAMILY:
        return "Family worker", "family_support"
    if place < FAMILY + YOUTH:
        return "Youth worker", "youth_work"
    return ("Coordinator", "family_support") if place < ALL else ("Clerk", "other")


def _held(made: Change, who: Colleague, place: int) -> Post:
    title, profession = _kind(place)
    hours = Decimal("18.5") if place in (27, 28) else Decimal(37)
    post = actions.open_post(
        title=f"{title} of an area", grade="GR4", profession=profession, role=RoleCode.FAMILY_SUPPORT_WORKER, funding="core",
        team=who.team, hours=Decimal(37), begins=LONG_AGO, by=made.hr, reference=f"OLD-{place:02d}",
    )  # fmt: skip
    people.say_contract(worker=who.worker, hours=hours, begins=LONG_AGO, by=made.hr)
    people.say_particulars(worker=who.worker, profession=profession, begins=LONG_AGO, by=made.hr)
    people.seat_worker(
        seat=post.seats.get(), worker=who.worker, kind="substantive", begins=LONG_AGO, by=made.hr, hours=hours
    )
    return post


def new_posts() -> list[tuple[str, str, str, list[int]]]:
    """The new posts as a sheet has them: reference, title, profession, and the places of the old ones that it comes of."""
    rows = [
        (f"NEW-{n:02d}", "Family worker", "family_support", [n] if n < 8 else [n, n + 6]) for n in range(14)
    ]
    rows += [(f"NEW-{14 + n}", "Youth worker", "youth_work", [20 + n]) for n in range(6)]
    return [*rows, ("NEW-20", "Coordinator", "family_support", [29])]


def proposed(made: Change) -> None:
    """The programme with both sides and the evidence of every stage before the pools."""
    by = made.hr
    made.programme = programmes.begin_programme(
        title="One family help team", purpose="Families tell their story once.", lead=made.city.director.worker,
        begins=BEGAN, by=by,
    )  # fmt: skip
    programmes.set_first_day(programme=made.programme, on=FIRST, by=by)
    made.programme.refresh_from_db()
    for post in made.old:
        programmes.put_post(programme=made.programme, post=post, side="old", by=by)
    for reference, title, profession, come in new_posts():
        post = actions.open_post(
            title=title, grade="GR5", profession=profession, role=RoleCode.FAMILY_SUPPORT_WORKER, funding="core",
            team=made.team, hours=Decimal(37), begins=FIRST, by=by, reference=reference,
        )  # fmt: skip
        programmes.put_post(programme=made.programme, post=post, side="new", by=by)
        made.new.append(post)
        for place in come:
            actions.say_lineage(
                before=made.old[place], after=post, on=FIRST, kind="merged", because="One team", by=by
            )
    _shown(made, "pools")
    for place, who in enumerate(made.people):
        declaring.seal(
            made.programme.pk, who.worker.pk,
            {"sex": "woman" if place % 3 else "man", "disability": "disabled" if place in (1, 2, 3) else "not disabled"},
        )  # fmt: skip


def _shown(made: Change, until: str) -> None:
    """Evidence of every stage before one, a day apart."""
    for place, stage in enumerate(shipped_stages()):
        if stage.id == until:
            return
        on = BEGAN + timedelta(days=place)
        made.on(on)
        for kind in stage.evidence:
            for of in roles_of(made.programme.pk) if stage.each else ("",):
                if kind == "job evaluated":
                    restructure.record_evaluation(
                        programme=made.programme, role=of, grade="GR5", points=412, on=on, evaluators="Two trained evaluators",
                        reference="JE/1", equal_pay=True, equal_pay_words="Held against work of equal value: the same.",
                        by=made.hr,
                    )  # fmt: skip
                else:
                    restructure.show_stage(
                        programme=made.programme,
                        stage=stage.id,
                        kind=kind,
                        on=on,
                        reference="D/1",
                        of=of,
                        by=made.hr,
                    )


def marks_of(place: int) -> tuple[int, int, int]:
    """What both scorers give somebody: the later in the list the less, two of them the same."""
    total = 30 - (min(place, TIED[0]) if place in TIED else place)
    first = min(5, total // 3)
    second = min(5, (total - 3 * first) // 2)
    return first, second, min(5, total - 3 * first - 2 * second)


# --- what a story of appeals begins with -----------------------------------------------------------------------


def pooled(made: Change) -> None:
    """The selection begun, pools agreed and told, everybody's wishes said; the closing day has passed."""
    made.on(date(2026, 1, 19))
    exercise = pooling.begin_exercise(
        programme=made.programme, opens=date(2026, 1, 20), closes=date(2026, 1, 30), by=made.hr
    )
    pooling.make_jobs(exercise=exercise, by=made.hr)
    for title, kind, posts in ((TITLES[0], Pool.Kind.RING_FENCE, made.old[:FAMILY]),
                               (TITLES[1], Pool.Kind.RING_FENCE, made.old[FAMILY : FAMILY + YOUTH]),
                               (TITLES[2], Pool.Kind.SLOT_IN, made.old[-1:])):  # fmt: skip
        pooling.make_pool(
            exercise=exercise, name=f"{title}s", kind=kind, because="Most duties go on.", posts=posts, by=made.hr,
            jobs=list(Job.objects.filter(exercise=exercise, title=title)), majority_of_duties=True, similar_level=True,
        )  # fmt: skip
    pooling.fill_pools(exercise=exercise, by=made.hr)
    pooling.agree_pools(exercise=exercise, reference="Minutes 12", by=made.hr)
    pooling.tell_pools(exercise=exercise, by=made.hr)
    made.on(date(2026, 1, 22))
    wish(made, range(ALL))


def wish(made: Change, places: Iterable[int]) -> None:
    """People name the place of their own kind."""
    jobs = {job.title: job for job in Job.objects.filter(exercise=made.exercise)}
    for place in places:
        preferring.say_preferences(
            member=made.member(place), jobs=[jobs[_kind(place)[0]]], by=made.people[place].actor
        )


def trained(made: Change, who: Iterable[Colleague]) -> None:
    for each in who:
        scoring.record_training(worker=each.worker, on=LONG_AGO, what="Fair selection, two days", by=made.hr)


def scored(made: Change) -> Panel:
    """A panel of two has scored everybody but the coordinator, who slots in."""
    made.on(date(2026, 2, 3))
    trained(made, made.scorers)
    panel = scoring.make_panel(
        exercise=made.exercise, title="Family help panel", jobs=list(Job.objects.filter(exercise=made.exercise)),
        criteria=CRITERIA, scorers=[each.worker for each in made.scorers[:2]], by=made.hr,
    )  # fmt: skip
    for place in range(FAMILY + YOUTH):
        scoring.assess(
            panel=panel,
            member=made.member(place),
            scorers=[each.worker for each in made.scorers[:2]],
            by=made.hr,
        )
    for place in range(FAMILY + YOUTH):
        marks = {
            code: Given(points, "Said how")
            for code, points in zip(("c1", "c2", "c3"), marks_of(place), strict=True)
        }
        for sheet in ScoreSheet.objects.filter(assessment__member=made.member(place)).select_related(
            "assessment"
        ):
            by = next(each for each in made.scorers if each.worker.pk == sheet.scorer_id).actor
            scoring.save_sheet(sheet=sheet, marks=marks, by=by)
            scoring.sign_sheet(sheet=sheet, no_conflict=True, by=by)
    return panel


def worked_out() -> Run:
    """The background work that a page asked for is done."""
    run = Run.objects.latest("pk")
    matching.work_out(run)
    run.refresh_from_db()
    return run


# --- how a story types -----------------------------------------------------------------------------------------


def patient(as_: Callable[..., Page]) -> Callable[..., Page]:
    """A browser of somebody's own that waits as long as a busy machine needs."""

    def sits_down(person: Colleague, *size: object) -> Page:
        page = as_(person, *size)
        page.context.set_default_timeout(PATIENCE)
        return page

    return sits_down


def part(page: Page, key: str) -> Locator:
    """A part of a page, by the key of its heading."""
    return page.locator(f"section[aria-labelledby={key}]")


def press(where: Page | Locator, name: str) -> None:
    where.get_by_role("button", name=name, exact=True).click()


def unfold(where: Page | Locator, name: str) -> None:
    """A form that is folded away is opened by its name."""
    where.locator("summary", has_text=name).first.click()


def day(where: Page | Locator, name: str, on: date) -> None:
    """A date typed into its three boxes."""
    for box in ("day", "month", "year"):
        where.locator(f"input[name={name}_{box}]").fill(str(getattr(on, box)))


def reads(page: Page, *words: str) -> None:
    for each in words:
        expect(page.get_by_text(each).first).to_be_visible(timeout=PATIENCE)


def filled_sheet(sent: bytes, made: Change, *, but: Iterable[int] = (), spoilt: int = -1) -> bytes:
    """A scorer's template with marks, evidence and a signature typed into each row, but for some; one mark is too high."""
    heading, *lines = rows_of(sent)
    places = {each.worker.pk: place for place, each in enumerate(made.people)}
    left = set(but)
    for line in lines:
        place = places[int(line[1])]
        if place in left:
            continue
        line += [""] * (len(heading) - len(line))
        for at, points in enumerate(marks_of(place)):
            line[4 + 2 * at], line[5 + 2 * at] = (
                str(points),
                "Told of a plan that schools and parents made together",
            )
        line[-1] = "yes"
        if place == spoilt:
            line[4] = "9"
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in [heading, *lines]).encode()
