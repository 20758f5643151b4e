"""Teams: which there are, who is in them in which role from which day, and who has an account."""
