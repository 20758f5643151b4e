"""Persons: who they are as their files say, how they are found, how a file is opened for one.

Names and addresses are journal entries; what lies here is worked out from them so that a child can be found.
Nothing is linked by the system: a likely match is decided by a person.
"""
