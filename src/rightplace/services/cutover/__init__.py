"""The cut-over: when teams dissolve, every child moves with an accountable team at every instant."""
