"""The desk: what a worker, a manager and a head of service open each morning, and a child's story.

My day, a child's story, why is this due, a team, finding a child, and keeping the record true belong here.
Deciding contacts and handing children over do not: those are the services' and caseflow's own pages.
"""
