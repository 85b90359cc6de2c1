"""What is on record from before the start, and whether the histories could have given it."""
