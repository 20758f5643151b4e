"""Telling an agency's own system that something of the agency's has moved.

Here belong addresses, keys, events, sending and its log. No name and no free text ever goes out: a number and a link.
"""
