"""Group the city's one-kilometre squares into sixteen areas in four quarters, and write areas.toml.

Run `python tools/make_areas.py` after make_places.py. The same squares always give the same areas.
Areas are contiguous (squares share an edge) and balanced by homes' postcodes, which stand in for people.
Seeds lie far apart; the lightest area always grows next; then border squares change sides while that helps.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

PLACES = Path(__file__).parent.parent / "src/rightplace/foundation/organisation/places"

Square = tuple[int, int]
Weights = dict[Square, int]
Parts = dict[Square, int]

# Neutral names: trees, none of them a district of the city. Within a quarter, from north to south.
NAMES = {
    "north": ("Alder", "Birch", "Cherry", "Damson"),
    "east": ("Elm", "Fir", "Gorse", "Hazel"),
    "south": ("Hawthorn", "Juniper", "Linden", "Maple"),
    "west": ("Rowan", "Spruce", "Walnut", "Willow"),
}
# Where each quarter lies from the middle, in directions east and north; the city leans to the north-east.
DIRECTIONS = {"north": (0.5, 1.0), "east": (1.0, -0.3), "south": (-0.5, -1.0), "west": (-1.0, 0.6)}

BALANCE, SHAPE, BORDER = 400.0, 1.0, 0.4

HEADING = """\
# The sixteen areas of the demonstration city, in four quarters, made of one-kilometre squares.
# A square is three digits of kilometres east and three north. `postcodes` counts those of homes.
# Names are invented and neutral; these are not wards. Worked out by tools/make_areas.py; do not edit.
# Source of the squares: ONS Postcode Directory 2026, Open Government Licence v3.0. Contains OS data
# (c) Crown copyright and database right 2026, Royal Mail data (c) Royal Mail copyright and database right
# 2026, and National Statistics data.
"""


def weights_of(text: str) -> Weights:
    """Count the homes' postcodes of each square in postcodes.txt."""
    found: Weights = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        for group in line.split("\t")[1].split(" "):
            square = (int(group[:3]), int(group[3:6]))
            found[square] = found.get(square, 0) + len(group[6:].partition("/")[0]) // 2
    return found


def beside(square: Square) -> tuple[Square, ...]:
    """The four squares that share an edge with this one."""
    x, y = square
    return ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1))


def connected(squares: set[Square]) -> bool:
    """Say whether one can walk from any square to any other over shared edges."""
    if not squares:
        return False
    start = min(squares)
    seen, waiting = {start}, [start]
    while waiting:
        for near in beside(waiting.pop()):
            if near in squares and near not in seen:
                seen.add(near)
                waiting.append(near)
    return len(seen) == len(squares)


def far(a: Square, b: Square) -> float:
    """Squared distance."""
    return float((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def middle(weights: Weights, squares: Iterable[Square]) -> tuple[float, float]:
    """Centre of gravity; an empty square still counts a little."""
    chosen = list(squares)
    total = sum(weights[s] + 1 for s in chosen)
    east = sum((weights[s] + 1) * s[0] for s in chosen) / total
    north = sum((weights[s] + 1) * s[1] for s in chosen) / total
    return east, north


def grow(weights: Weights, seeds: list[Square]) -> Parts:
    """Let the lightest part take the free square nearest its seed, until none is free."""
    parts: Parts = {seed: number for number, seed in enumerate(seeds)}
    loads = [weights[seed] for seed in seeds]
    while len(parts) < len(weights):
        for number in sorted(range(len(seeds)), key=lambda n: (loads[n], n)):
            edge = {
                near
                for square, part in parts.items()
                if part == number
                for near in beside(square)
                if near in weights and near not in parts
            }
            if edge:
                taken = min(edge, key=lambda s: (far(s, seeds[number]), s))
                parts[taken] = number
                loads[number] += weights[taken]
                break
        else:
            raise ValueError("The squares do not hang together.")
    return parts


def cost(weights: Weights, parts: Parts, count: int) -> float:
    """How bad a grouping is: uneven loads first, then sprawl, then long borders."""
    fair = sum(weights.values()) / count
    bad = 0.0
    for number in range(count):
        squares = [s for s, part in parts.items() if part == number]
        centre = middle(weights, squares)
        bad += BALANCE * (sum(weights[s] for s in squares) / fair - 1) ** 2
        bad += SHAPE * sum((s[0] - centre[0]) ** 2 + (s[1] - centre[1]) ** 2 for s in squares) / len(squares)
    borders = sum(1 for s in parts for near in beside(s) if near in parts and parts[near] != parts[s])
    return bad + BORDER * borders / 2


def improved(weights: Weights, parts: Parts, count: int) -> Parts:
    """Let squares on a border change sides while the grouping gets better and every part stays whole."""
    best, moved = cost(weights, parts, count), True
    while moved:
        moved = False
        for square in sorted(parts):
            own = parts[square]
            for other in sorted({parts[near] for near in beside(square) if near in parts} - {own}):
                left = {s for s, part in parts.items() if part == own and s != square}
                if not connected(left):
                    continue
                parts[square] = other
                now = cost(weights, parts, count)
                if now < best - 1e-9:
                    best, moved, own = now, True, other
                else:
                    parts[square] = own
    return parts


def quarters(weights: Weights) -> dict[str, set[Square]]:
    """Part the city in four, from the outermost square of each direction."""
    seeds = [
        max(weights, key=lambda s, way=way: (s[0] * way[0] + s[1] * way[1], s))  # type: ignore[misc]
        for way in DIRECTIONS.values()
    ]
    parts = improved(weights, grow(weights, seeds), len(seeds))
    return {
        name: {s for s, part in parts.items() if part == number} for number, name in enumerate(DIRECTIONS)
    }


def areas_within(weights: Weights, count: int) -> list[set[Square]]:
    """Part a quarter, from seeds each as far as can be from those before; named from north to south."""
    seeds = [min(weights)]
    while len(seeds) < count:
        seeds.append(max(weights, key=lambda s: (min(far(s, seed) for seed in seeds), s)))
    parts = improved(weights, grow(weights, seeds), count)
    found = [{s for s, part in parts.items() if part == number} for number in range(count)]
    return sorted(found, key=lambda squares: -middle(weights, squares)[1])


def toml(weights: Weights) -> str:
    """The whole of areas.toml."""
    blocks, number = [HEADING], 0
    for quarter, squares in quarters(weights).items():
        inside = {s: weights[s] for s in squares}
        for name, own in zip(NAMES[quarter], areas_within(inside, len(NAMES[quarter])), strict=True):
            number += 1
            words = [f'"{x:03d}{y:03d}"' for x, y in sorted(own)]
            lines = [", ".join(words[at : at + 10]) for at in range(0, len(words), 10)]
            blocks.append(
                f'\n[[area]]\nnumber = {number}\nkey = "{quarter}-{name.lower()}"\nquarter = "{quarter}"\n'
                f'name = "{name}"\npostcodes = {sum(weights[s] for s in own)}\n'
                "squares = [\n" + "".join(f"  {line},\n" for line in lines) + "]\n"
            )
    return "".join(blocks)


def main() -> int:
    """Write areas.toml and say what went into it."""
    weights = weights_of((PLACES / "postcodes.txt").read_text(encoding="utf-8"))
    (PLACES / "areas.toml").write_text(toml(weights), encoding="utf-8")
    sys.stdout.write(f"areas.toml: {len(weights)} squares, {sum(weights.values()):,} homes' postcodes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
