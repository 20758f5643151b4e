"""Finding children early: what partners already know, joined per family, put before a person."""
