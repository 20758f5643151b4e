"""Rightplace: a child's file is a journal, and everything else is worked out from it.

The folders are the layers: domain, foundation, common, services, overview, gateways, demo; lower never names higher.
Nothing is imported here, so that the pure domain can be used without Django.
"""

__version__ = "0.1.0"
