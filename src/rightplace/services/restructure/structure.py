"""Both sides of a programme with what became of what, in posts, hours and money; what has no link says why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.restructuring import BeforeAndAfter, Lineage, Link, Unit, before_and_after, unaccounted
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation.establishment.tables import Lineage as LineageRow
from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.foundation.organisation.programme.tables import Programme, ProgrammePost, TeamLineage
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.restructure.actions import KEEP
from rightplace.services.restructure.models import GradeCost, Unlinked

WEEK = Decimal(37)
"""Hours of a whole-time post."""
SAME = frozenset({LineageRow.Kind.CONTINUED})


@transaction.atomic
def say_unlinked(*, programme: Programme, post: Post, because: str, by: Actor) -> Unlinked:
    """Say that an old post ends without a successor, or that a new one comes of none, and why."""
    require(by, KEEP)
    side = ProgrammePost.objects.filter(programme=programme, post=post).values_list("side", flat=True).first()
    if side is None:
        raise Refused("The post is on no side of this programme.", "Put it into the programme first.")
    if not because.strip():
        raise Refused("An end has a reason.", "Say why.")
    here = {"in_programmes__programme": programme}
    linked = (
        post.became.filter(after__in=Post.objects.filter(**here)).exists()
        if side == ProgrammePost.Side.OLD
        else post.came_from.filter(before__in=Post.objects.filter(**here)).exists()
    )
    if linked:
        raise Refused("The post has a link to the other side.", "It cannot both go on and end.")
    if Unlinked.objects.filter(programme=programme, post=post).exists():
        raise Refused("That is said already.", "Look at the post's line.")
    return Unlinked.objects.create(
        programme=programme, post=post, because=because.strip()[:200], **recorded(by)
    )


@transaction.atomic
def say_cost(*, programme: Programme, grade: str, pence: int, source: str, by: Actor) -> GradeCost:
    """Say what a whole-time post of a grade costs in a year, and how that is known."""
    require(by, KEEP)
    if pence <= 0 or not source.strip() or not grade.strip():
        raise Refused("A cost is a sum with a source.", "Give pounds a year, and where the figure stands.")
    if GradeCost.objects.filter(programme=programme, grade=grade.strip()).exists():
        raise Refused("The cost of this grade is said already.", "Look at the list on this page.")
    return GradeCost.objects.create(
        programme=programme, grade=grade.strip(), pence=pence, source=source.strip(), **recorded(by)
    )


@dataclass(frozen=True)
class Structure:
    """Both sides of a programme, loaded once. A protected old post stays: it stands on the new side as it is."""

    old: Sequence[Post]
    new: Sequence[Post]
    protected: Mapping[int, str]
    links: Sequence[tuple[int, int, str]]
    unlinked: Mapping[int, str]
    costs: Mapping[str, int]
    teams: Sequence[TeamLineage] = field(default_factory=tuple)

    @property
    def unpriced(self) -> tuple[str, ...]:
        """The grades whose cost nobody has said: money is not known while there is one."""
        return tuple(sorted({post.grade for post in (*self.old, *self.after)} - self.costs.keys()))

    @property
    def roles(self) -> tuple[str, ...]:
        """The titles of the new posts, each once."""
        return tuple(sorted({post.title for post in self.new}))

    @cached_property
    def staying(self) -> list[Post]:
        """Protected posts that go on as they are, without a new one in their stead."""
        linked = {before for before, _, _ in self.links}
        return [post for post in self.old if post.pk in self.protected and post.pk not in linked]

    @cached_property
    def after(self) -> list[Post]:
        """What there is afterwards: the new posts, and those that stay."""
        return [*self.new, *self.staying]

    @cached_property
    def lineage(self) -> Lineage:
        """The whole as the rules of accounting read it."""
        stay = {post.pk for post in self.staying}
        links = [Link(old=self._name[a], new=self._name[b], same=kind in SAME) for a, b, kind in self.links]
        links += [
            Link(old=f"{self._name[pk]}", new=f"{self._name[pk]} (stays)", same=True) for pk in sorted(stay)
        ]
        new = [self._unit(post) for post in self.new]
        new += [self._unit(post, " (stays)") for post in self.staying]
        olds = {post.pk for post in self.old}
        return Lineage(
            old=tuple(self._unit(post) for post in self.old), new=tuple(new), links=tuple(links),
            ended=frozenset(self._name[pk] for pk in self.unlinked if pk in olds),
            created=frozenset(self._name[pk] for pk in self.unlinked if pk not in olds),
        )  # fmt: skip

    @cached_property
    def _name(self) -> dict[int, str]:
        return {post.pk: post.reference for post in (*self.old, *self.new)}

    def _unit(self, post: Post, more: str = "") -> Unit:
        return Unit(
            id=post.reference + more, title=post.title, places=1, minutes=int(post.hours * 60),
            pence=int(self.costs.get(post.grade, 0) * post.hours / WEEK),
        )  # fmt: skip

    @property
    def totals(self) -> BeforeAndAfter:
        return before_and_after(self.lineage)

    @property
    def unaccounted(self) -> tuple[str, ...]:
        """Every post of which nobody has said what becomes of it, or where it comes from."""
        return unaccounted(self.lineage)

    def flows(self) -> Counter[tuple[int, int]]:
        """How many posts go from each old team to each new one; to team 0 those that end, from 0 those that are new."""
        team = {post.pk: post.team_id for post in (*self.old, *self.new)}
        found: Counter[tuple[int, int]] = Counter()
        first: set[int] = set()
        for before, after, _ in self.links:
            if before not in first:
                found[(team[before], team[after])] += 1
            first.add(before)
        olds = {post.pk for post in self.old}
        for pk in self.unlinked:
            found[(team[pk], 0) if pk in olds else (0, team[pk])] += 1
        for post in self.staying:
            found[(post.team_id, post.team_id)] += 1
        return found


def structure_of(programme: int) -> Structure:
    """Both sides of a programme. Six queries however many posts."""
    sides = list(
        ProgrammePost.objects.filter(programme=programme)
        .select_related("post__team")
        .order_by("post__team__name", "post__reference")
    )
    old, new = ([each.post for each in sides if each.side == side] for side in ("old", "new"))
    here = [each.post_id for each in sides]
    links = LineageRow.objects.filter(before__in=here, after__in=here).order_by("id")
    return Structure(
        old=old,
        new=new,
        protected={each.post_id: each.because for each in sides if each.protected},
        links=list(links.values_list("before", "after", "kind")),
        unlinked=dict(Unlinked.objects.filter(programme=programme).values_list("post", "because")),
        costs=dict(GradeCost.objects.filter(programme=programme).values_list("grade", "pence")),
        teams=list(
            TeamLineage.objects.filter(programme=programme).select_related("before", "after").order_by("id")
        ),
    )


def by_team(posts: Iterable[Post]) -> dict[int, list[Post]]:
    """Posts by team, in the order in which they come."""
    found: dict[int, list[Post]] = {}
    for post in posts:
        found.setdefault(post.team_id, []).append(post)
    return found
