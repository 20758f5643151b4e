"""What the pages of funding say, as plain classes."""
