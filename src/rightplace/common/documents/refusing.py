"""The sentence with which an attachment is refused."""


class NotTaken(ValueError):
    """An attachment that is not taken in. The sentence stands beside the field."""
