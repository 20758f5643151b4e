"""A programme of change: its reasons, both structures, consultation, papers, stages, and what it means for one person.

Who gets which post is the selection's, how children move at the first day the cut-over's; rules are the domain's.
"""
