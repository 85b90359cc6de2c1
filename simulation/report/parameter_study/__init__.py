"""The page of a sweep: what happens at each point, with the same luck."""
