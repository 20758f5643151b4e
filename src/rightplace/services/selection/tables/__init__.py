"""The tables of the selection, by what happens in them."""
