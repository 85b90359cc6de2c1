"""Results folders: writing one safely, reading it back, and the statistics of one run."""
