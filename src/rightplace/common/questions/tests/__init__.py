"""Tests of question sets and drafts."""
