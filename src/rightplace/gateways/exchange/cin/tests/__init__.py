"""Tests of the census reader, and the writer of invented returns that they read.

Everybody in these returns is invented. The writer is for tests and benchmarks; it is not shipped.
"""
