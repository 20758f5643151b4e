"""Code lists of the national returns and of casework, each code with its label, years and source.

Words that have a code somewhere belong here, as data in `lists/`.
Levels of need and indicators (`need/`), names of parts (`servicemodels/`) and local labels do not.
"""

from rightplace.domain.practice.vocabulary.codes import (
    Code,
    CodeList,
    code_list,
    code_lists,
    collection_year,
    known,
    label,
    load_code_lists,
    sex_in_layout_of,
    valid,
)

__all__ = [
    "Code",
    "CodeList",
    "code_list",
    "code_lists",
    "collection_year",
    "known",
    "label",
    "load_code_lists",
    "sex_in_layout_of",
    "valid",
]
