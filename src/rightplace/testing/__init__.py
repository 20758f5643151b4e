"""What the tests of every layer stand on: a database for each worker, a served site, a browser.

Only tests and `make pictures` use it; it is not in the wheel, and nothing of practice belongs here.
"""
