"""The establishment: posts, the seats in them, who sits in each, what each worker brings, who left, what became of what.

Tables, writers and questions of posts belong here, for every service; pages are the workforce app's, children nobody's.
"""
