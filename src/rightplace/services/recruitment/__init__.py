"""From a vacancy to a first day, and whether people stay: steps, candidates, leavers, interviews, initiatives.

Posts and seats are the organisation's; nothing here decides on a person.
"""
