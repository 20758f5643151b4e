"""What the capacity engine says happens in the demonstration city: to whom, when, and who had them. Nothing is dressed here."""
