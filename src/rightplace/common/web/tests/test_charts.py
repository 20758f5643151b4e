"""A chart says what its table says, hides nothing that is not known, and begins at nought."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from rightplace.common.web import axes, charts, maps, palette, ribbon, svg
from rightplace.common.web.charts import Bar, BarChart, Caption, FanChart, FanPoint, Limits, LineChart, Series

NOW = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)
CAPTION = Caption(NOW, 41, "children")
DAYS = [date(2026, 1, 1) + timedelta(days=7 * place) for place in range(6)]


def line(values, **more):
    points = list(zip(DAYS, values, strict=True))
    return LineChart(
        finding="Fewer wait.", series=[Series("South", points, subject=True)], caption=CAPTION, **more
    )


def bars(*values):
    return BarChart(finding="South has most.", bars=[Bar(f"Team {n}", v) for n, v in enumerate(values)],
                    heading="Team", figure="Children", caption=CAPTION)  # fmt: skip


def test_the_table_below_a_line_has_the_figures_of_the_line():
    chart = line([5, 7, None, 6.5, 0, 1204])
    assert [row.cells for row in chart.rows] == [
        ["Thu 1 Jan 2026", "5"], ["Thu 8 Jan 2026", "7"], ["Thu 15 Jan 2026", "not known"],
        ["Thu 22 Jan 2026", "6.5"], ["Thu 29 Jan 2026", "0"], ["Thu 5 Feb 2026", "1,204"],
    ]  # fmt: skip
    assert [column.heading for column in chart.columns] == ["Day", "South"]


def test_a_gap_of_what_is_not_known_breaks_the_line_and_is_hatched():
    drawn = line([5, 7, None, 6, 5, 4]).svg(640)
    subject = re.findall(rf'<path d="M([^"]+)"[^>]*stroke="{palette.PETROL}"', drawn)
    assert [len(piece.split("L")) for piece in subject] == [2, 3]
    assert 'fill="url(#chart-640)"' in drawn
    assert "<title>not known</title>" in drawn
    assert 'fill="url(#chart-640)"' not in line([5, 7, 6, 6, 5, 4]).svg(640)


def test_limits_are_dashed_and_a_changed_definition_is_marked():
    drawn = line([5, 7, 6, 6, 5, 4], limits=Limits(3, 8), change=charts.Change(DAYS[2], "counted anew")).svg(
        640
    )
    assert "expected: at most 8" in drawn
    assert "expected: at least 3" in drawn
    assert "counted anew" in drawn
    assert drawn.count("stroke-dasharray") >= 3


def test_five_lines_are_refused():
    five = [Series(str(number), [(DAYS[0], number)]) for number in range(5)]
    with pytest.raises(ValueError, match="four"):
        LineChart(finding="All.", series=five, caption=CAPTION)


def test_bars_begin_at_nought_and_are_as_long_as_their_figures():
    drawn = bars(40, 20, 10).svg(640)
    found = re.findall(
        rf'<rect x="([\d.]+)"[^>]*width="([\d.]+)" height="22" fill="{palette.GREYS[2]}"', drawn
    )
    assert len({x for x, _ in found}) == 1
    lengths = [float(width) for _, width in found]
    assert lengths == pytest.approx([lengths[0], lengths[0] / 2, lengths[0] / 4], abs=0.2)


def test_a_bar_that_is_not_known_is_no_bar_of_nought():
    assert "not known" in bars(3, None).svg(640)
    assert "not known" not in bars(3, 0).svg(640)
    assert [row.cells[1] for row in bars(3, None, 0).rows] == ["3", "not known", "0"]


def test_a_fan_has_its_half_and_its_four_in_five_and_the_same_table():
    points = [FanPoint(day, 1, 2, 3, 4, 5 + place) for place, day in enumerate(DAYS)]
    chart = FanChart(finding="It may rise.", points=points, caption=CAPTION, before=[(date(2025, 12, 1), 3)],
                     promise=(6, "promise"))  # fmt: skip
    drawn = chart.svg(640)
    for said in ("4 in 5", "half", "middle", "promise: 6"):
        assert said in drawn
    assert chart.rows[0].cells[:2] == ["Mon 1 Dec 2025", "3"]
    assert chart.rows[1].cells[2:] == ["1", "2", "3", "4", "5"]


def test_no_text_in_a_drawing_is_smaller_than_fourteen_and_none_has_a_style():
    for drawn in (line([5, 7, 6, 6, 5, 4]).svg(640), bars(1, 2).svg(340), tracks().svg(1080)):
        assert {int(size) for size in re.findall(r'font-size="(\d+)"', drawn)} == {14}
        assert "style=" not in drawn


def test_a_drawing_says_in_words_what_it_shows():
    drawn = line([5, 7, 6, 6, 5, 4]).svg(640)
    assert 'role="img" aria-label="Line chart. Fewer wait. The same figures follow as a table."' in drawn


def test_names_in_a_drawing_cannot_become_markup():
    assert svg.text(0, 0, "</text><script>", "#000") == (
        '<text x="0" y="0" fill="#000" text-anchor="start" font-size="14">&lt;/text&gt;&lt;script&gt;</text>'
    )


@pytest.mark.parametrize("most", [0, 0.4, 1, 3, 7, 42, 58.5, 99, 1204, 73000])
def test_the_axis_begins_at_nought_and_holds_the_most(most):
    marks = axes.ticks(most)
    assert marks[0] == 0
    assert marks[-1] >= most
    assert len(marks) <= 7


def test_names_at_the_ends_of_lines_never_overlap():
    placed = sorted(axes.apart([100, 101, 102, 290], 18, 20, 290))
    assert all(after - before >= 18 for before, after in pairwise(placed))


def test_the_caption_has_the_day_and_the_count():
    assert CAPTION.words == "Counted Tue 3 Mar 2026, 10:20: 41 children."


def city(*values, **more):
    squares = [maps.Square(400 + place, 280, place // 2, value) for place, value in enumerate(values)]
    return maps.CityMap(finding="More in the east.", squares=squares, areas={0: "West", 1: "Mid", 2: "East"},
                        figure="Children", caption=CAPTION, **more)  # fmt: skip


def test_a_square_with_fewer_than_eight_is_not_told():
    drawn = city(7, 8, 30, None).svg()
    assert re.findall(r"<title>([^<]+)</title>", drawn) == [
        "West: fewer than 8", "West: 8 to 29", "Mid: 30 and more", "Mid: not known",
    ]  # fmt: skip
    assert 'fill="url(#map-hatch)"' in drawn


def test_areas_with_few_children_have_no_total_and_unknown_squares_are_counted():
    assert [row.cells for row in city(3, 4, 30, None, None, None).rows] == [
        ["East", "2", "2", "not known"], ["Mid", "2", "1", "30 known"], ["West", "2", "0", "fewer than 8"],
    ]  # fmt: skip


def test_a_rate_is_held_back_when_its_count_is_small():
    square = maps.Square(400, 280, 0, value=312.5, count=5)
    assert square.too_few
    assert not maps.Square(400, 280, 0, value=2.5, count=50).too_few


def test_a_map_has_at_most_five_steps_from_light_to_dark():
    found = city(*range(8, 80, 3))
    assert found.colours == list(palette.STEPS)
    assert found.step(8) == 0
    assert found.step(79) == 4
    assert len(found.legend) == 7


def test_a_city_where_nothing_is_known_is_still_drawn():
    found = city(None, None)
    assert found.svg().count("h24v24h-24z") == 2
    assert found.svg().count("url(#map-hatch)") == 1, "what looks and says the same is one shape"
    assert [words for _, words in found.legend] == ["fewer than 8, not told", "not known"]


def tracks():
    return ribbon.Ribbon(
        says="In assessment.",
        tracks=[ribbon.Track("Part", [ribbon.Span(date(2026, 1, 1), None, "Assessment", "lead")])],
        marks=[ribbon.Mark(date(2026, 1, 1), "School")], first=date(2025, 12, 1), last=NOW.date(),
    )  # fmt: skip


def test_a_childs_way_is_drawn_and_told_in_words():
    assert [row.cells for row in tracks().rows] == [
        ["Part", "Assessment", "Thu 1 Jan 2026", "still open"],
        ["Contacts", "School", "Thu 1 Jan 2026", "Thu 1 Jan 2026"],
    ]
    assert "Assessment" in tracks().svg(1080)


def test_a_bar_may_have_a_mark_of_its_own_which_stands_in_the_table_too():
    chart = BarChart(
        finding="Ada has too much.", bars=[Bar("Ada", 30, True, own=20), Bar("Bo", 5, own=None)], heading="Worker",
        figure="Hours", own="Hours there are", caption=CAPTION, missing="left out",
    )  # fmt: skip
    assert [column.heading for column in chart.columns] == ["Worker", "Hours", "Hours there are"]
    assert [row.cells for row in chart.rows] == [["Ada", "30", "20"], ["Bo", "5", "left out"]]
    drawn = chart.svg(640)
    assert "The mark on a bar: hours there are" in drawn
    assert len(re.findall(rf'<line[^>]*stroke="{palette.INK}"', drawn)) == 1


def test_a_mark_beyond_every_bar_is_still_inside_the_drawing():
    chart = BarChart(
        finding="Little.",
        bars=[Bar("Ada", 1, own=50)],
        heading="Who",
        figure="Hours",
        own="Room",
        caption=CAPTION,
    )
    assert chart.most == 50


def test_a_long_name_is_cut_with_dots_and_stands_in_full_in_the_table():
    name = "Analysis, audit, information governance, administration and everything else that there is"
    chart = BarChart(finding="Long.", bars=[Bar(name, 3)], heading="Kind", figure="Seats", caption=CAPTION)
    assert charts.fitted(name, 200).endswith("…")
    assert name not in chart.svg(340)
    assert chart.rows[0].cells[0] == name
    assert charts.fitted("Front door", 200) == "Front door"
