"""The organisation: areas, agencies, schools, teams, workers, memberships and the rota, all dated.

Who may read what is decided in access; what happened to a child is in the journal.
"""
