"""Postcodes, one-kilometre squares and the sixteen areas: where a child's address lies.

Fixed geography belongs here. Teams, schools and agencies, which change on a day, are dated rows elsewhere.
"""
