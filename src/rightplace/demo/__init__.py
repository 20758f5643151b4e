"""The demonstration: a synthetic city, the guided strip, choosing whom to be.

Not part of the production wheel. Nothing below the demo knows that it exists.
"""
