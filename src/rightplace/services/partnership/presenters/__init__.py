"""What the pages of the partnership say, as plain classes: the board, a dispute, a pilot."""
