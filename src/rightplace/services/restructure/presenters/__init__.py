"""What the restructure's pages say, as plain classes."""
