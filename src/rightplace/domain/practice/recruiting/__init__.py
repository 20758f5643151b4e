"""A council's own list of steps to a first day, of checks, reasons, themes and rates: dated local data, a sample here."""

from rightplace.domain.practice.recruiting.local import Check, Local, Named, Rate, StepOf, local_on

__all__ = ["Check", "Local", "Named", "Rate", "StepOf", "local_on"]
