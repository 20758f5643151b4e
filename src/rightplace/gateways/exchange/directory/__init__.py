"""Directories of services in Open Referral UK 3.0: reading those of others, JSON and CSV, and writing ours.

Nothing of what was read is judged here; that a row is taken, doubted or refused is said by the directory itself.
"""
