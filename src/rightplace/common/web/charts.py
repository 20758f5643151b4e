"""Charts made on the server: a line with its limits, bars from zero, a fan of what may come.

One colour for the subject and grey for the rest, at most four lines with their names on them, dashed limits, a
marked line where a definition changed, the finding as title, the day and the count below, and the same figures as a
table. What is not known is hatched, and is never drawn as nought.
"""

from rightplace.common.web.barcharts import Bar, BarChart
from rightplace.common.web.charting import Caption, Captioned, Point, Series, figure_words, fitted
from rightplace.common.web.fancharts import FanChart, FanPoint
from rightplace.common.web.linecharts import MOST_SERIES, Change, Limits, LineChart

__all__ = [
    "MOST_SERIES", "Bar", "BarChart", "Caption", "Captioned", "Change", "FanChart", "FanPoint", "Limits", "LineChart", "Point",
    "Series", "figure_words", "fitted",
]  # fmt: skip
