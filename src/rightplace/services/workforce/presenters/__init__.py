"""What the workforce's pages say, as plain classes."""
