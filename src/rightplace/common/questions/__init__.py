"""Forms as data: question sets in files, a form made from them, and what is typed saved field by field.

Drafts are not record: they expire, and are sealed until then. What a signed answer means belongs to the service.
"""
