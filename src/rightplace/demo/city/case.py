"""Children whom one team works with together: who answers, who has them, and what comes round again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rightplace.demo.city.agenda import Agenda, Recurring
from rightplace.demo.city.house import Hand, Place, Post, by_rule
from rightplace.demo.city.people import Child
from rightplace.demo.city.scene import Scene
from rightplace.demo.city.times import MINUTE, day_of, in_the_day, in_the_office, on, workday
from rightplace.demo.city.words import FOR_TEXT
from rightplace.demo.simulated.courses import Held, Stay
from rightplace.domain.practice.entries import Body
from rightplace.domain.practice.entries.caseflow import (
    CaseClosed,
    OfferRead,
    OfferWithdrawn,
    SupervisionDecided,
    TeamAccepted,
    TeamOffered,
    TeamPlaced,
    TeamSentBack,
    WorkerAllocated,
    WorkerEnded,
)
from rightplace.domain.practice.entries.keeping import NoteWritten
from rightplace.domain.simulation.names import ENQUIRY

LEFT = "LEFTRL"
GUARDED = ("offered", "assessing", "enquiring")
"""What must have ended before a child may be closed."""
ENDED_WITH_THE_CASE = ("need_plan", "leaving", "letter")
SENT_BACK, SENT_BACK_TWICE = 0.055, 0.12
"""Share of offers that go to the team next door first; and of those that the right team then sends back as well."""
WITHDRAWN = 0.015
"""Share of offers from team to team that are taken back once."""


class Case(Agenda):
    """Brothers and sisters on the same way, with their team and worker."""

    def __init__(self, scene: Scene, children: list[Child], concern: int, need: str, place: Place) -> None:
        super().__init__(scene, children)
        self.concern = concern
        self.need = need
        self.place = place
        self.worker: Post | None = None
        self.visiting: Recurring | None = None
        self.holding: Held | None = None
        self.growing = self.in_care = False
        self.stay: Stay | None = None

    # writing ----------------------------------------------------------------

    def say(
        self, at: int, body: Callable[[Child], Body], hand: Hand, *, ref: str = "", recorded: int = 0
    ) -> None:
        """The same occasion in each child's file."""
        self.scene.say_all(self.children, at, body, hand, ref=ref, concern=self.concern, recorded=recorded)

    def hand(self, at: int) -> Hand:
        """The worker, or the manager while there is none."""
        if self.worker is not None:
            return self.worker.hand
        return self.place.manager(day_of(at), self.rng).hand

    def manager(self, at: int) -> Hand:
        """The manager, who is never the worker."""
        but = self.worker.worker if self.worker else 0
        return self.place.manager(day_of(at), self.rng, but=but).hand

    # who answers ------------------------------------------------------------

    def hand_over(
        self,
        kind: str,
        for_what: str,
        at: int,
        by: Hand,
        *,
        fast: bool = False,
        because: str = "",
        stay: Stay | None = None,
    ) -> int:
        """Offer the children to the team of their area, until it accepts. Returns when it did.

        Now and then they are offered to the team next door first; the second sending back goes to the head of service.
        """
        scene, rng, area = self.scene, self.rng, self.scene.family.home.area
        own = place = self.place_of(kind, area, stay)
        if own.id == self.place.id:
            return at
        by_area = kind in ("family_support", "assessment")
        if by_area and not fast and rng.random() < SENT_BACK:
            place = scene.house.neighbour(kind, area, rng)
        for sent_back in range(2):
            if self.place.kind != "front_door" and rng.random() < WITHDRAWN and not fast:
                at = self._withdrawn(place, for_what, at, by)
            self._offer(place, for_what, at, by, because)
            answered = scene.not_on_the_first_morning(self._answer_time(at, fast))
            self.run(answered)
            if place is own and (sent_back == 0 or rng.random() > SENT_BACK_TWICE):
                return self._accepted(place, for_what, at, answered)
            manager = place.manager(day_of(answered), rng).hand
            because_of = lambda child: TeamSentBack(  # noqa: E731
                offer=child.refs["offer"], reasons=child.words.draw("sentback.reasons", rng),
                instead=child.words.draw("sentback.instead", rng),
            )  # fmt: skip
            self.say(answered, because_of, manager)
            at = in_the_office(answered, rng.randint(20, 150))
            by = self.place.manager(day_of(at), rng).hand
            place = own
        return self._placed(place, for_what, answered)

    def place_of(self, kind: str, area: int, stay: Stay | None) -> Place:
        """The team that takes them: the one of the worker who will have them, or the one that serves the area."""
        house = self.scene.house
        if kind == "leaving_care":
            return house.leaving
        if (kind, area) not in house.by_area:
            first = stay.held[0] if stay is not None and stay.held else None
            post = house.sat(first.seat, first.generation) if first is not None else None
            for place in house.by_quarter[(kind, house.quarters[area])]:
                if (post is not None and place.id == post.team) or place.id == self.place.id:
                    return place
        return house.team(kind, area, self.rng)

    def _offer(self, place: Place, for_what: str, at: int, by: Hand, because: str) -> None:
        rng = self.rng
        self.mark("offered", on=True)
        self.say(
            at,
            lambda child: TeamOffered(
                team=place.id, for_what=for_what, reasons=child.words.draw("offer.reasons", rng),
                because_of=child.refs.get(because, 0),
            ),
            by,
            ref="offer",
        )  # fmt: skip

    def _withdrawn(self, place: Place, for_what: str, at: int, by: Hand) -> int:
        """Offered too early and taken back, to be offered again with what was missing. Returns when."""
        self._offer(place, for_what, at, by, "")
        back = in_the_office(at, self.rng.randint(20, 90))
        self.run(back)
        body = "The chronology was missing. It is offered again with it."
        self.say(back, lambda child: OfferWithdrawn(offer=child.refs["offer"], reasons=body), by)
        return in_the_office(back, self.rng.randint(60, 300))

    def _answer_time(self, at: int, fast: bool) -> int:
        rng = self.rng
        if fast:
            return at + rng.randint(12, 75) * MINUTE
        return in_the_office(at, rng.randint(560, 1500) if rng.random() < 0.09 else rng.randint(25, 420))

    def _accepted(self, place: Place, for_what: str, offered: int, at: int) -> int:
        rng = self.rng
        manager = place.manager(day_of(at), rng)
        if rng.random() < 0.93:
            read = min(in_the_office(offered, rng.randint(4, 70)), at - MINUTE)
            if read > offered:
                self.say(read, lambda child: OfferRead(offer=child.refs["offer"]), manager.hand)
        note = ("for", FOR_TEXT.get(for_what, "assessment"))
        self.say(
            at,
            lambda child: TeamAccepted(
                offer=child.refs["offer"], note=child.words.draw("acceptance.note", rng, note)
            ),
            manager.hand,
        )
        return self._answers(place, at)

    def _placed(self, place: Place, for_what: str, at: int) -> int:
        """The second sending back: the head of service decides which team answers."""
        rng = self.rng
        late = rng.random() < 0.2
        at = at + (rng.randint(250, 400) if late else rng.randint(30, 225)) * MINUTE
        head = rng.choice(self.scene.house.heads).hand
        self.say(
            at,
            lambda child: TeamPlaced(
                team=place.id, for_what=for_what, offer=child.refs["offer"],
                reasons="Two teams have sent the children back. This team is nearest to the family and takes them today.",
            ),
            head,
        )  # fmt: skip
        return self._answers(place, at)

    def _answers(self, place: Place, at: int) -> int:
        """From now on this team has them, and nobody in it yet."""
        self.place, self.worker = place, None
        self.mark("offered", on=False)
        return at

    def allocate(self, at: int, *, now: bool = False) -> int:
        """Give the children a worker: in the same moment, in two days, or late. Returns when."""
        rng = self.rng
        mark = rng.random()
        if now or mark < 0.55:
            when = at
        elif mark < 0.93:
            when = max(in_the_office(at, rng.randint(30, 700)), at + MINUTE)
        else:
            when = in_the_day(rng, workday(day_of(at), rng.randint(3, 14)))
        before = self.worker.worker if self.worker else 0
        self.worker = None
        self.run(when)
        self._give(when, self.place.worker(day_of(when), rng, but=before))
        return when

    def take_up(self, stay: Stay, accepted: int) -> int:
        """From now on whoever the log names has them, each in turn. Returns when the first took them up.

        Raises Over when nobody did before the present, or before they were let go.
        """
        if not stay.held:
            if stay.before_the_log:
                return self.allocate(accepted, now=stay.stage == ENQUIRY)
            self.run(stay.until)
            return stay.until
        self.stay = stay
        first = max(stay.held[0].at + self.rng.randint(2, 25) * MINUTE, accepted)
        self.run(min(first, stay.until))
        self.follow_holders(stay, first)
        self.run(first + 1)
        return first

    def follow_holders(self, stay: Stay, first: int) -> None:
        """Put on the agenda who takes them up and who lets them go, while this stay lasts."""
        self.stay = stay
        for held in stay.held:
            self.at(max(held.at, first), partial(self._held, stay=stay, held=held), lasting=True)
            if max(held.until, first) < stay.until:
                until = max(held.until, first + MINUTE)
                self.at(until, partial(self._unheld, stay=stay, held=held), lasting=True)

    def post_of(self, at: int, held: Held) -> Post:
        """Who sat there; somebody else of the team where that one works in another team of the quarter."""
        post = self.scene.house.sat(held.seat, held.generation)
        if post is not None and post.team == self.place.id and post.begins <= day_of(at) < post.ends:
            return post
        return self.place.worker(day_of(at), self.rng, but=self.worker.worker if self.worker else 0)

    def _held(self, at: int, stay: Stay, held: Held) -> int:
        if self.stay is not stay or (self.worker is not None and held is self.holding):
            return 0
        post = self.post_of(at, held)
        self.holding = held
        if self.worker is not None and self.worker.worker == post.worker:
            return 0
        if self.worker is not None:
            self._end_worker(at, "OTHERS")
        self._give(at, post)
        return 0

    def _unheld(self, at: int, stay: Stay, held: Held) -> int:
        """Let go, because they leave or are away for long; who comes next is somebody else's line."""
        if self.stay is stay and held is self.holding and self.worker is not None:
            if self.worker.ends <= day_of(at):
                body = WorkerEnded(worker=self.worker.worker, change_reason=LEFT, reasons="Left the team")
                self.say(at, lambda child: body, by_rule(self.place.id))
            else:
                self._end_worker(at, "ABSENC")
            self.worker = None
        return 0

    def _end_worker(self, at: int, reason: str) -> None:
        assert self.worker is not None
        body = WorkerEnded(
            worker=self.worker.worker, change_reason=reason,
            reasons=self.children[0].words.draw("allocation.ended", self.rng),
        )  # fmt: skip
        self.say(at, lambda child: body, self.manager(at))

    def _give(self, when: int, post: Post) -> None:
        rng = self.rng
        manager = self.manager(when)
        if post.worker == manager.worker:
            manager = self.scene.house.heads[0].hand._replace(team=self.place.id)
        words = {child.file.id: child.words.knowing(worker=post.name) for child in self.children}
        self.say(
            when,
            lambda child: WorkerAllocated(
                worker=post.worker, reasons=words[child.file.id].draw("allocation.reasons", rng)
            ),
            manager,
        )
        for child in self.children:
            child.words = words[child.file.id]
        self.worker = post

    def keep_worker(self) -> None:
        """Put on the agenda that the worker leaves, or that another takes over, as it happens."""
        if self.worker is None:
            return
        leaves = on(self.worker.ends, 9 * 60, 30) if self.worker.ends < 10**6 else 0
        if leaves:
            post = self.worker
            self.at(leaves, lambda at: self._worker_left(at, post), lasting=True)

    def _worker_left(self, at: int, post: Post) -> int:
        if self.worker is not post:
            return 0
        body = WorkerEnded(worker=post.worker, change_reason=LEFT, reasons="Left the team")
        self.say(at, lambda child: body, by_rule(self.place.id))
        rng = self.rng
        gap = 0 if rng.random() < 0.4 else rng.randint(1, 6) if rng.random() < 0.85 else rng.randint(8, 20)
        self.at(max(at + 90 * MINUTE, on(workday(day_of(at), gap), 10 * 60)), self._follow, lasting=True)
        return 0

    def _follow(self, at: int) -> int:
        if self.worker is None:
            self.allocate(at, now=True)
            self.keep_worker()
        return 0

    def change_worker(self, at: int) -> int:
        """Another worker takes over, with a reason; the one before ends in the same moment."""
        if self.worker is not None:
            before = self.worker
            body = WorkerEnded(
                worker=before.worker, change_reason="CHCHAN" if self.rng.random() < 0.1 else "OTHERS",
                reasons=self.children[0].words.draw("allocation.ended", self.rng),
            )  # fmt: skip
            self.say(at, lambda child: body, self.manager(at))
            self.allocate(at, now=True)
            self.keep_worker()
        return 0

    def habits(self, at: int) -> None:
        """Supervision and notes, as long as the part lasts, and a worker who may leave."""
        rng = self.rng
        self.keep_worker()
        self.at(in_the_day(rng, day_of(at) + rng.randint(18, 40)), self._supervise)
        self.at(in_the_day(rng, day_of(at) + rng.randint(3, 25)), self._note)
        if self.stay is None and rng.random() < 0.22:
            self.at(in_the_day(rng, day_of(at) + rng.randint(40, 300)), self.change_worker)

    def _supervise(self, at: int) -> int:
        rng = self.rng
        self.say(
            at,
            lambda child: SupervisionDecided(
                decision=child.words.draw("supervision.decision", rng),
                actions=(child.words.draw("supervision.action", rng),),
            ),
            self.manager(at),
        )
        return in_the_day(rng, day_of(at) + rng.randint(28, 50))

    def _note(self, at: int) -> int:
        rng = self.rng
        child = rng.choice(self.children)
        body = NoteWritten(text=child.words.draw("note", rng), purpose="case note")
        self.scene.pen.say(child.file, body, at, self.hand(at), concern=self.concern)
        return in_the_day(rng, day_of(at) + rng.randint(10, 45))

    def childhood(self) -> None:
        """Put on the agenda, once, that each child is closed shortly before the eighteenth birthday."""
        if self.growing:
            return
        self.growing = True
        for child in self.children:
            at = on(child.eighteen - 4, 11 * 60)
            self.at(at, lambda moment, child=child: self._grown_up(moment, child), lasting=True)  # type: ignore[misc]

    def _grown_up(self, at: int, child: Child) -> int:
        """Closed in time, unless something is open that guards a closing: then the law ends it on the birthday."""
        if child not in self.children or self.in_care:
            return 0
        if any(child.refs.get(name) for name in GUARDED):
            self.children.remove(child)
            child.open_until = on(child.eighteen, 0)
        else:
            self.close(at, [child], "child in need", "RC6" if self.rng.random() < 0.4 else "RC7")
        return 0

    # letting go -------------------------------------------------------------

    def close(self, at: int, children: list[Child], part: str, code: str) -> None:
        """Let children go, each with reasons, the family's view and the team's load."""
        rng, scene = self.rng, self.scene
        by = self.manager(at)
        if self.worker is not None and by.worker == self.worker.worker:
            by = scene.house.heads[0].hand._replace(team=self.place.id)
        for child in children:
            body = CaseClosed(
                reasons=child.words.draw("closing.reasons", rng, ("from", part)), closure_reason=code,
                unseen_reason="" if child.seen else child.words.draw("closing.unseen", rng),
                family_view=child.words.draw("closing.family_view", rng), team_load=scene.load(len(self.place.workers)),
            )  # fmt: skip
            scene.pen.say(child.file, body, at, by, concern=self.concern)
            child.open_until = at
            for name in ENDED_WITH_THE_CASE:
                child.refs.pop(name, None)
        self.children = [child for child in self.children if child not in children]
