"""What is true of children's services whatever computer runs it: words, entries, fold, timescales, figures.

Pure functions and frozen values belong here, with the packs that they read.
Django, the database, the web and anything that asks what time it is now do not.
"""
