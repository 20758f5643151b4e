"""Sixty invented cases for deciding blind: two managers decide the same case apart and see where they differ.

Cases and their loader belong here; what managers decided is a row of the front door's.
"""
