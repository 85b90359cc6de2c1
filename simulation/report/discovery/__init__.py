"""The page of a discovery: under which inputs something happens."""
