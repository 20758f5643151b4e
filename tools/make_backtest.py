"""Fit the pooled numbers that the capacity model ships, and judge it on authorities held out.

    python tools/make_backtest.py DIR [--pooled] [--held-out] [--drift]

`--pooled` writes `pooled.json` beside the code from the whole folder. `--held-out` fits one half of the authorities,
judges the other half as if its folder had been sent to us, then the other way round, and writes both tables into
`docs/backtest.md`. The halves come from a fixed draw over the sorted codes. `--drift` writes how many published
authorities the control charts would have called on.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from rightplace.domain.simulation.published.backtesting import Backtest, backtest
from rightplace.domain.simulation.published.measures import BY_NAME
from rightplace.domain.simulation.published.pooling import pooled
from rightplace.domain.simulation.published.prior import SHIPPED, as_plain
from rightplace.domain.simulation.published.reading import Published, read
from rightplace.domain.simulation.published.watching import SHARES, USUAL_YEARS, alarms_of, tally

PAGE = Path(__file__).parent.parent / "docs" / "backtest.md"
DRAW = 11


def main() -> None:
    """Do what was asked for."""
    folder = Path(sys.argv[1])
    published = read(
        {path.name: path.read_text(encoding="utf-8-sig") for path in sorted(folder.glob("*.csv"))}
    )
    if "--pooled" in sys.argv:
        SHIPPED.write_text(
            json.dumps(as_plain(pooled(published)), separators=(",", ":")) + "\n", encoding="utf-8"
        )
    if "--held-out" in sys.argv:
        first, second = halves(published)
        for mark, lent, judged in (("second half", first, second), ("first half", second, first)):
            write(mark, table(backtest(judged, pooled(lent)), published.years[-1]))
    if "--drift" in sys.argv:
        write("drift", called(published))


def halves(published: Published) -> tuple[Published, Published]:
    """Two halves of the authorities by a fixed draw."""
    order = np.random.default_rng(DRAW).permutation(len(published.places))
    cut = len(order) // 2
    return published.only(sorted(order[:cut].tolist())), published.only(sorted(order[cut:].tolist()))


def table(found: Backtest, year: int) -> str:
    """A line for each measure."""
    account = found.account()["measures"]
    heads = (
        "measure | n | authorities | 80% ranges that held (95% range) | 1, 2, 3 years ahead | interval score"
    )
    lines = [
        f"Published figures up to {year}; origins 2019 to 2023, 1 to 3 years ahead, as far as 2025.",
        "",
        f"| {heads} | naive | drift | AutoETS | of the best other | error, of naive's |",
        "|---|--:|--:|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, one in account.items():
        low, high = one["coverage80_range"]
        best = min(one["naive"], one["drift"], one["autoets"])
        ahead = " ".join(f"{share:.2f}" for share in one["coverage80_by_horizon"].values())
        error = one["absolute_error"]["ours"] / one["absolute_error"]["naive"]
        held = f"{one['coverage80']:.3f} ({low:.2f} to {high:.2f})"
        scores = " | ".join(f"{one[key]:,.4g}" for key in ("interval_score", "naive", "drift", "autoets"))
        lines.append(
            f"| {BY_NAME[name].title} (`{name}`) | {one['n']} | {one['authorities']} | {held} | {ahead} | {scores} | "
            f"{one['interval_score'] / best:.3f} | {error:.2f} |"
        )
    lines += ["", *(f"- `{name}`: {why}" for name, why in found.not_testable.items())]
    return "\n".join(lines)


def called(published: Published) -> str:
    """A line for each share that was watched."""
    first = published.years[0]
    rows = tally(published)
    any_ = sum(bool(alarms_of(published, row)) for row in range(len(published.places)))
    last = published.years[-1]
    lines = [
        f"Published figures, usual years {first} to {first + USUAL_YEARS - 1}, watched to {last}.",
        f"{any_} of {len(published.places)} authorities would have been called on at least once.",
        "",
        "| share | authorities watched | called | of these with capacity known | people short at the time |",
        "|---|--:|--:|--:|--:|",
    ]
    titles = {name: title for name, title, *_ in SHARES}
    for name, one in rows.items():
        counts = " | ".join(str(one[key]) for key in ("watched", "called", "capacity_known", "under_strain"))
        lines.append(f"| {titles[name]} | {counts} |")
    return "\n".join(lines)


def write(mark: str, text: str) -> None:
    """Put a table between its marks."""
    page = PAGE.read_text(encoding="utf-8")
    start, end = f"<!-- {mark} -->\n", f"<!-- end of {mark} -->"
    before, _, rest = page.partition(start)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{start}\n{text}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
