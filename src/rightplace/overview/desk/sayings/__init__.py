"""What each kind of entry is called on a page, in the field's words, and how its fields are said.

A kind without words of its own is said from its name and fields, so that nothing recorded is ever left out.
"""

from rightplace.overview.desk.sayings.saying import Saying, field_words, heading_of, saying_of

__all__ = ["Saying", "field_words", "heading_of", "saying_of"]
