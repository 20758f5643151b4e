"""A partner's own pages: a school's page, and what an agency was given and gave."""
