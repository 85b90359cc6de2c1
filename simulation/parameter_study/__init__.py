"""One scenario at many points of its inputs, with the same luck at each: the points, their runs, and what differs."""
