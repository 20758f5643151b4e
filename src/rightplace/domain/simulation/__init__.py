"""The capacity model: a simulated children's service in the words of the real one."""
