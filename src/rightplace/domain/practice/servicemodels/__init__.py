"""The parts of the system that a child can be in, as each service model names them.

Names for combinations of tracks belong here, as packs; the same file reads rightly under every one of them.
What opens or closes a process, and a council's own labels (MASH, hub), do not.
"""

from rightplace.domain.practice.servicemodels.models import (
    LEGAL,
    PROCESSES,
    SERVICES,
    Part,
    ServiceModel,
    ServiceModels,
    load_models,
    service_models,
    shipped_models,
)

__all__ = [
    "LEGAL",
    "PROCESSES",
    "SERVICES",
    "Part",
    "ServiceModel",
    "ServiceModels",
    "load_models",
    "service_models",
    "shipped_models",
]
