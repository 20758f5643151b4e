"""What the pages of recruitment say, as plain classes."""
