"""The command `rightplace`: one module for each group of commands, listed in `main.py`.

A command reads its arguments, calls an action or a query and says what came of it; it decides nothing itself.
Standard output is for the answer alone; exit code 0 holds, 1 does not hold, 2 used wrongly.
"""
