"""The front door: a concern is told, read, screened, checked, decided and answered.

From a partner's or a neighbour's words to the team that the child is offered to. What happens after a team has
accepted does not belong here.
"""
