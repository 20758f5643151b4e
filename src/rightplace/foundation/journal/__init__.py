"""The journal: files, entries, their chain, seals, and the projections that are worked out from them.

`journal.write` is the one way in for the application, `journal.bulk` for imports, demo and simulation.
Nothing here knows what a contact or an assessment is; the meaning lives in `domain/practice`.
"""
