"""What the pages about services and places say, as plain classes."""
