"""Outcome statistics: fair comparison, its uncertainty, small numbers. Pure Python, no Django, no clock."""
