"""The ways in and out: returns and imports, the partners' API, the command.

A gateway translates and calls the actions and queries of the layers below; no rule of practice lives here.
Only the demo stands above it.
"""
