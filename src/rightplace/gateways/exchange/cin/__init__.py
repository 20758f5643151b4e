"""Reading a children in need census return of another system, and accounting for each child in it.

Belongs here: the file's layouts, the guarded XML reader, what is odd about a child, the tally.
Does not belong here: journal entries, files, teams, Django. What is read is only handed on.
"""

from rightplace.gateways.exchange.cin.account import Account
from rightplace.gateways.exchange.cin.children import (
    Assessment,
    CinPlan,
    PreProceedings,
    ProtectionPlan,
    ReadChild,
    Referral,
    Section47,
)
from rightplace.gateways.exchange.cin.findings import Finding, Weight
from rightplace.gateways.exchange.cin.headers import Header
from rightplace.gateways.exchange.cin.parser import RefusedFile
from rightplace.gateways.exchange.cin.reader import CinReturn, read

__all__ = [
    "Account",
    "Assessment",
    "CinPlan",
    "CinReturn",
    "Finding",
    "Header",
    "PreProceedings",
    "ProtectionPlan",
    "ReadChild",
    "Referral",
    "RefusedFile",
    "Section47",
    "Weight",
    "read",
]
