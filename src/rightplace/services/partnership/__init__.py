"""The partnership: its board, commitments by agency, meetings, disputes, pilots."""
