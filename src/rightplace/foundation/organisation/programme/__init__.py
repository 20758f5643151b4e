"""A programme of change: which posts and teams are the old side, which the new, and the evidence that each stage is done.

Kept here because the restructure, the selection and the cut-over all stand on it, and services never import each other.
"""
