"""Early help: the whole-family assessment, the team around the family, its plan, reviews and what changed."""
