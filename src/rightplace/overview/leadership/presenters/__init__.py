"""What leaders' pages say, as plain classes that templates only place."""
