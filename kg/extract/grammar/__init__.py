"""What the parse says, without opinion: phrases, participants, subjects, adjuncts."""
