"""What children's services do, one app a service. They meet in the journal and in caseflow, never in each other."""
