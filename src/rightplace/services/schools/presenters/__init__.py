"""What the pages of schools say, as plain classes: questions, link people and absences, lists."""
