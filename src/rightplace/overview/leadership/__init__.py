"""Figures as sentences that open their lists, for leaders: what do we know, how do we know it, what are we doing.

A figure is defined in `domain/practice/figures`; here it is counted for one reader, now or on a past day.
"""
