"""What leaves the house: what was shared or refused, on which basis, and what a text to somebody gives away.

Rules about disclosure itself belong here. Who is told what of a contact is the front door's own decision.
"""
