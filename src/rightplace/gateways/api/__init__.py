"""The partners' API: an agency's own system tells concerns, and asks what became of them.

A token is an agency's; what it may do is what a colleague of that agency may. What a concern means is the front door's.
"""
