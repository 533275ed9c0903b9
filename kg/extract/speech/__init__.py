"""Whose words: who has the turn in an interview or transcript."""
