"""What every service stands on: the organisation, access, the journal, people.

Nothing here knows a service, a page or the demo. Inside, organisation < access < journal < people.
"""
