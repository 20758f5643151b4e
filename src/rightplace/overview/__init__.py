"""What people look at: my day, a child's story, a team, the director's questions. Reads everything, writes nothing."""
