"""The pure fold: entries of a file to a journey of three tracks, an accountable team, a worker, doubts.

No clock: what is late or how old something is, is worked out when it is read.
Nothing here knows of databases or pages.
"""

from rightplace.domain.practice.journey.fold import fold
from rightplace.domain.practice.journey.journey import REDUCERS, Journey
from rightplace.domain.practice.journey.refusals import Refused, refused

__all__ = ["REDUCERS", "Journey", "Refused", "fold", "refused"]
