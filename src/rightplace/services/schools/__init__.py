"""Schools and their link people: who it is each day, what they are asked and how fast they answer."""
