"""The only gate: roles, permissions, scopes, labels, restrictions, break-glass, the read audit and signing in.

What a page shows, and which rows a service's own tables hold, is registered here by the app that owns them.
"""
