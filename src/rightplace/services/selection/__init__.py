"""Who is placed where in a change of structure: pools, preferences, panels, matching, letters, appeals, trial periods."""
