"""The page and the parts that replay a single history."""
