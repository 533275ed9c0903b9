"""What several articles say together, and two graphs: disagreements, the quote ledger, differences.

Pure functions over `kg.model`, for whoever holds statements: the page, a query, a command.
"""
