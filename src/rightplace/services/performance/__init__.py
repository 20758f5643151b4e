"""Objectives agreed by both, recognition, and support that is fair from the first word to an appeal.

In it: what a worker and those who lead the worker agree and write. Not in it: supervision, learning, any score.
"""
