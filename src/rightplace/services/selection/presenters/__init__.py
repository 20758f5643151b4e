"""What the selection’s pages say, as plain classes."""
