"""Returns and imports: what other systems send us, and what the department is sent.

Belongs here: formats of national returns, read and written, each in a package of its own.
Does not belong here: rules of practice, pages, the partners' API.
"""
