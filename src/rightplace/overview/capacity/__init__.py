"""Capacity: what happens if. Questions in plain words, jobs around the simulation, answers in pictures and sentences.

Figures of teams only: no child is named here, and none can be asked about. The model itself is `domain/simulation`.
"""
