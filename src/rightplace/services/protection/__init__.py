"""Strategy discussions: called, held with their quorum, minuted, their actions followed."""
