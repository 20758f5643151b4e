"""What the pages of signals say, as plain classes."""
