"""The page of a comparison: which changed circumstance makes a difference, how large, and how sure that is."""
