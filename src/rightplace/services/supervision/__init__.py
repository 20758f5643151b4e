"""Supervision: who supervises whom, sessions in two parts, who read the personal one, and whether it happens at all.

Decisions about a child belong to the child's file; the personal part lies here, sealed and behind row security.
"""
