"""The workforce: how posts are filled, what everybody carries in hours, and the formal word of whoever is full.

Tables of posts lie in the organisation, hours are counted in caseflow; nothing of a child is kept here.
"""
