"""Whose words they are: quotations, reported clauses, and who speaks."""
