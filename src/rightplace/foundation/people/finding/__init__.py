"""Finding a person that is already known, whatever was typed: blocking keys, comparing, candidates.

Here: pure comparison of what is asked with what is known, and the one SQL statement that fetches candidates.
Not here: models, projections, who may see what (people, access), and any linking: a person decides that.
"""
