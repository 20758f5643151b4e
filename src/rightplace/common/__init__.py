"""What every service uses: moving a child between teams, asking questions, sharing, and the design system.

An app belongs here when two services need it and it knows neither of them.
What only one service needs stays in that service; what is below the pages stays in `foundation`.
"""
