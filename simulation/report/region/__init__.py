"""The page of a drafted region."""
