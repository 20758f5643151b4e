"""Whom to give a family to: the facts of a team, the suggestion on the manager's page, several at once, moves.

`domain/allocation` reckons; here are only the facts, the words, and what a person decides. Nothing moves of itself.
"""
