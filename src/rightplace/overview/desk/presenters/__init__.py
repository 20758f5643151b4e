"""What the desk's pages say, as plain classes that templates only place."""
