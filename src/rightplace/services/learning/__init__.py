"""Courses, what each role asks for, the supervised first year, and steps of a career.

In it: who learned what, what is due, and whether those who were trained are still here. Not in it: supervision, any score.
"""
