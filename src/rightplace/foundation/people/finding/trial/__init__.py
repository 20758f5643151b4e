"""The trial of the search: an invented city of families, questions as people ask them, and the figures.

Only invented people; nothing here is used when somebody is looked for. Not here: what the search itself does.
"""
