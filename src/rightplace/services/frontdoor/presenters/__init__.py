"""What the front door's pages say, as plain classes: made of rows and opened words, shown by templates.

Each gathers all that its page needs before anything is shown. Nothing is decided and nothing is written here.
"""
