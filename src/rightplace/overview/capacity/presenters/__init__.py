"""What the pages of capacity say, as plain classes. Templates only place them."""
