"""Days and clocks: the one import for London's days, working days, months, office hours and durations.

The parts are `londontime`, `calendars`, `officehours` and `durations`; the dated facts, `bankholidays.toml`.
Everything here is a function of its arguments: nothing asks what time it is.
"""

from rightplace.domain.practice.calendars import (
    DEFAULT_DEFINITION,
    Calendar,
    CountedDay,
    add_months,
    add_months_ico,
    age_on,
    birthday,
    calendar,
    load_calendars,
)
from rightplace.domain.practice.durations import Duration, Unit, due, due_from_day, lead, not_before
from rightplace.domain.practice.londontime import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    UnclearTime,
    at_from_local,
    day_of,
    end_of_day,
    from_date,
    from_datetime,
    local_clock,
    offset_at,
    start_of_day,
    to_date,
    to_datetime,
    to_london,
)
from rightplace.domain.practice.officehours import OfficeHours, weekday_hours

__all__ = [
    "DAY",
    "DEFAULT_DEFINITION",
    "HOUR",
    "MINUTE",
    "SECOND",
    "Calendar",
    "CountedDay",
    "Duration",
    "OfficeHours",
    "UnclearTime",
    "Unit",
    "add_months",
    "add_months_ico",
    "age_on",
    "at_from_local",
    "birthday",
    "calendar",
    "day_of",
    "due",
    "due_from_day",
    "end_of_day",
    "from_date",
    "from_datetime",
    "lead",
    "load_calendars",
    "local_clock",
    "not_before",
    "offset_at",
    "start_of_day",
    "to_date",
    "to_datetime",
    "to_london",
    "weekday_hours",
]
