"""Casework's own rules: vocabulary, days and clocks, entries, journeys, timescales, parts, need and figures.

A rule that a practice lead or a lawyer could dispute belongs here, as dated data with its source.
Storing, showing, sending and anything that asks for the present time do not.
"""
