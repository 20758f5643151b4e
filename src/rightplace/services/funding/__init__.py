"""Partner funding: agreements by year, contributions due and paid, unit costs, statements."""
