"""What supervision's pages say, as plain classes."""
