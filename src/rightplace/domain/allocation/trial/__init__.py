"""Invented cities to measure allocation on. Nobody in them exists; hours, distances and shares are made up in the open."""
