"""Why a figure is not given."""


class TooFew(Exception):
    """There are too few schools or years for an honest answer: what is missing, and what to do instead."""

    def __init__(self, because: str, instead: str) -> None:
        super().__init__(f"{because} {instead}")
        self.because = because
        self.instead = instead
