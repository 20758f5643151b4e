"""The promises, and what holds across layers: one test module a promise.

Tests of one package lie beside it; nothing here is imported by the program.
"""
