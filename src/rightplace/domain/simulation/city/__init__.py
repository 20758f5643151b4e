"""A simulated city as files: its log as outlines of families, outlines as entries that the ordinary rules judge.

city = city_of(given, census, found.logs[0], days)       # found = run(..., keep=Keep(logged=1, lines=...))
for outline in outlines(city):                           # a family, with everything that happened to it
    for file in entries(outline, staff):                 # its files, for journal.bulk
        Story(file.file, file.writes, file.kind, file.salt)
"""

from rightplace.domain.simulation.city.entries import Filed, Hand, Staff, all_entries, entries
from rightplace.domain.simulation.city.moments import Moments
from rightplace.domain.simulation.city.outline import City, Event, Outline, city_of, outlines
from rightplace.domain.simulation.city.seats import Person, Seats

__all__ = [
    "City",
    "Event",
    "Filed",
    "Hand",
    "Moments",
    "Outline",
    "Person",
    "Seats",
    "Staff",
    "all_entries",
    "city_of",
    "entries",
    "outlines",
]
