"""The page: lines, items, header, roll, clauses. Nothing here knows of a model."""
