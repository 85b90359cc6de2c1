"""Under which inputs something happens in a run: the conditions, found in one half and counted in the other."""
