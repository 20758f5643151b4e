"""Invented content for the style guide: every component once, on the demo's Tuesday at 10:20."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from markupsafe import Markup

from rightplace.common.web import charts, maps, pieces, ribbon, tags
from rightplace.common.web.forms import DayField
from rightplace.common.web.pieces import Column, Figure, Happening, Link, Looked, Row, Thread
from rightplace.domain.practice import workdays
from rightplace.domain.practice.journey.refusals import Refused

NOW = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)
TODAY = date(2026, 3, 3)


class WorryForm(forms.Form):
    """One public question."""

    worry = forms.CharField(
        label="What are you worried about?",
        help_text="Say what you saw or heard, and when. You can say “not known”.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": "Say what you are worried about, in a few words or many."},
    )


class EveryField(forms.Form):
    """One of each kind of field."""

    level = forms.ChoiceField(
        label="Level of need",
        choices=[("2", "Universal plus"), ("3", "Additional"), ("4", "Complex or significant")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a level of need."},
    )
    told = forms.MultipleChoiceField(
        label="Who has been told?", choices=[("m", "Mother"), ("f", "Father"), ("c", "The child")],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    born = DayField(label="Date of birth", help_text="For example 27 3 2019.", required=False)
    reasons = forms.CharField(
        label="Reasons",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write why you decide so."},
    )
    team = forms.ChoiceField(
        label="Team",
        choices=[("", "Choose a team"), ("7", "South family support")],
        error_messages={"required": "Choose the team that is offered the child."},
    )
    paper = forms.FileField(
        label="Attach a file", required=False, help_text="A picture or a PDF, up to 10 MB."
    )


def content() -> dict[str, Any]:
    """Everything that the style guide shows."""
    return _about_a_child() | _lists() | _drawings() | _forms()


def _about_a_child() -> dict[str, Any]:
    return {
        "now": NOW,
        "identity": pieces.Identity(
            name="Maya Lindqvist-Osei", age="7 years", where="Child in need", team="South family support",
            worker="Joan Achterberg", last_seen="Tue 24 Feb, alone", warnings=[tags.late("visit in pairs")],
        ),
        "sentences": [
            Markup("Maya is in <strong>family support</strong> with South, since 12 January."),
            "Joan Achterberg last saw her on Tue 24 Feb, at school, on her own.",
            Markup("A visit is due by <strong>Fri 6 Mar</strong>; nothing is late."),
        ],
        "threads_found": _threads(),
        "lookers": [
            Looked("Tue 3 Mar, 09:41", "Joan Achterberg", "family support worker", "her own work"),
            Looked("Mon 2 Mar, 16:05", "Tom Eyre", "front door worker", "a new contact about a sibling"),
        ],
        "lines": pieces.day_lines(
            workdays.calendar().working_days_listed(date(2026, 3, 26).toordinal(), date(2026, 4, 8).toordinal()),
            due=date(2026, 4, 8).toordinal(),
            tag=tags.still_open("visit due"),
        ),
    }  # fmt: skip


def _threads() -> list[Thread]:
    school = [
        Happening("Tue 24 Feb 2026", "Visit made, seen alone", "Maya showed her drawings and spoke about the move.",
                  "Joan Achterberg, family support worker", "15:30", "#"),
        Happening("Mon 12 Jan 2026", "South family support accepted", by="Priya Raman, manager", clock="11:02",
                  mark="decided"),
        Happening("Fri 9 Jan 2026", "Visit not made in time", by="Recorded by a rule", mark="late",
                  tag=tags.late("late by 2 days")),
        Happening("Wed 7 Jan 2026", "Front door decided: family support", "Level 3, additional; four indicators.",
                  "Tom Eyre, front door worker", "16:48", "#", mark="decided"),
    ]  # fmt: skip
    other = [
        Happening("Thu 5 Feb 2026", "Allegation about a member of staff", by="Sealed; ask the designated officer",
                  mark="sealed", tag=tags.sealed()),
    ]  # fmt: skip
    return [
        Thread("Neglect, raised by a school", school, "Concern 4,102 · with a brother"),
        Thread("Something else", other, "Concern 4,377"),
    ]


def _lists() -> dict[str, Any]:
    waiting = [
        ("Child 20,114", "Left alone at night", NOW - timedelta(hours=2), "Decide"),
        ("Child 20,120", "Bruise to the arm, no account", NOW + timedelta(minutes=40), "Decide"),
        ("Child 20,131", "Not in school since January", NOW + timedelta(hours=5), "Ask the school"),
        ("Child 20,140", "Young carer, tired and hungry", NOW + timedelta(days=2), "Offer to South"),
        ("Child 20,158", "Housing: eviction notice", NOW + timedelta(days=9), "Read"),
        ("Child 20,160", "Reason not given", None, "Ask the sender"),
    ]
    columns = [Column(each) for each in ("Child", "Reason", "From", "Time left", "Next step")]
    groups = pieces.by_due(waiting, due=lambda each: each[2], now=NOW, row=_row)
    return {
        "all_tags": [
            tags.late("late by 2 hours"), tags.due_soon("40 minutes left"), tags.still_open("due Fri 6 Mar"),
            tags.met(), tags.not_known(), tags.sealed(), tags.plain("Concern 4,102"),
        ],
        "columns": columns,
        "groups": groups,
        "figures_found": [
            Figure("41", "children have no worker.", "#", Markup("The longest has waited <strong>12 days</strong>."),
                   pieces.Definition("Open children without an allocated worker at 10:20.", "Children who are closed.",
                                     "Promise 1", "Two children whose team is being settled.", "#")),
            Figure("3 of 1,204", "visits are late.", "#", "Yesterday it was 5."),
        ],
        "work": pieces.Progress("Reading a return of 10,000 children", 4210, 10000, "/style/"),
        "pages_found": pieces.Pages(4, 12, "?page={page}", "Contacts 76 to 100 of 291"),
        "sections": [pieces.Answers("The child", [
            pieces.Answer("Name", "Maya Lindqvist-Osei", "#"),
            pieces.Answer("Date of birth", "Not known; about 7", "#"),
            pieces.Answer("Where is the child now?", None, "#"),
        ])],
    }  # fmt: skip


def _row(each: tuple[str, str, datetime | None, str]) -> Row:
    child, reason, due, step = each
    tag = tags.due_tag(due, NOW, soon=timedelta(hours=4))
    return Row(
        [Link(child, "#", "7 years"), reason, "Hill Road School", tag, Link(step, "#")],
        late=tag.css == "late",
    )


def _drawings() -> dict[str, Any]:
    months = [date(2024 + place // 12, place % 12 + 1, 1) for place in range(2, 26)]
    ours: list[float | None] = [31, 33, 30, 35, 34, 38, 36, 41, None, None, 44, 43, 40, 38, 37, 35, 36, 33, 31, 30, 28,
                                29, 27, 26]  # fmt: skip
    like = [34 + (place % 3) for place in range(24)]
    caption = charts.Caption(NOW, 1204, "open children")
    weeks = [TODAY + timedelta(weeks=place) for place in range(0, 27, 2)]
    return {
        "line": charts.LineChart(
            finding="Fewer children wait for a first visit than a year ago.",
            series=[charts.Series("South", list(zip(months, ours, strict=True)), subject=True),
                    charts.Series("Other quarters", list(zip(months, like, strict=True)))],
            limits=charts.Limits(22, 42), caption=caption, unit="children waiting",
            change=charts.Change(date(2025, 2, 1), "counted from acceptance"), drawn="waits",
        ),
        "bars": charts.BarChart(
            finding="South carries the most work for each worker.",
            bars=[charts.Bar("South", 37.5, subject=True), charts.Bar("East", 31), charts.Bar("North-west", 28.5),
                  charts.Bar("Central", None)],
            heading="Quarter", figure="Hours a week", caption=caption, limit=(34, "hours that a worker has"),
        ),
        "fan": charts.FanChart(
            finding="With no change, South is likely to pass its promise in June.",
            points=[charts.FanPoint(day, 26 + p * 0.2, 27 + p * 0.7, 28 + p * 1.0, 29 + p * 1.4, 30 + p * 2.2)
                    for p, day in enumerate(weeks)],
            before=[(TODAY - timedelta(weeks=place), 24 + (6 - place) * 0.5) for place in range(12, -1, -2)],
            promise=(36, "promise"), caption=charts.Caption(NOW, 400, "runs of the capacity model"),
            unit="hours of work for each worker",
        ),
        "city": _city(),
        "ribbon": _ribbon(),
    }  # fmt: skip


def _ribbon() -> ribbon.Ribbon:
    return ribbon.Ribbon(
        says="In family support since January, after a closed assessment last summer.",
        tracks=[
            ribbon.Track("Part", [
                ribbon.Span(date(2025, 5, 6), date(2025, 5, 9), "Front door"),
                ribbon.Span(date(2025, 5, 9), date(2025, 7, 21), "Assessment", "lead"),
                ribbon.Span(date(2026, 1, 5), date(2026, 1, 12), "Front door"),
                ribbon.Span(date(2026, 1, 12), None, "Family support", "lead"),
            ]),
            ribbon.Track("Team", [
                ribbon.Span(date(2025, 5, 6), date(2025, 7, 21), "South assessment"),
                ribbon.Span(date(2025, 7, 21), date(2026, 1, 5), "not open to anybody", "unknown"),
                ribbon.Span(date(2026, 1, 5), None, "South family support"),
            ]),
        ],
        marks=[ribbon.Mark(date(2025, 5, 6), "Police"), ribbon.Mark(date(2025, 11, 18), "School"),
               ribbon.Mark(date(2026, 1, 5), "School")],
        first=date(2025, 4, 1), last=TODAY,
    )  # fmt: skip


def _city() -> maps.CityMap:
    """An invented city: a rounded shape of squares in sixteen blocks."""
    squares = []
    for x in range(20):
        for y in range(20):
            if (x - 9.5) ** 2 + (y - 9.5) ** 2 < 95:
                count = (x * 7 + y * 13) % 23 + (12 if 6 < x < 13 else 2)
                value = None if (x, y) in {(4, 4), (4, 5), (15, 12)} else count
                squares.append(maps.Square(400 + x, 280 + y, x // 5 * 4 + y // 5, value))
    return maps.CityMap(
        finding="More children are open to family support in the middle of the city.",
        squares=squares,
        areas={number: f"Area {number + 1}" for number in range(16)},
        figure="Children",
        caption=charts.Caption(NOW, sum(int(s.value or 0) for s in squares), "open children"),
    )


def _forms() -> dict[str, Any]:
    return {
        "refused": Refused(
            "somebody has not answered: the police check is open",
            "wait for the answer until 14:20, or decide with the reason why it cannot wait",
            "Working Together 2023, chapter 1",
        ),
        "form": EveryField({"born_day": "31", "born_month": "2", "born_year": "2019"}),
    }
