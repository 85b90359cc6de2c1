"""What can happen: one process a file, and the table that lists them."""
