"""Who answers for a child: offer, accept, send back, place, allocate, close. Every service uses these.

Casework itself (assessing, visiting, deciding) does not belong here, nor does any one service's page.
"""
