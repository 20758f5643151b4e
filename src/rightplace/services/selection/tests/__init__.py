"""Tests of the selection."""
