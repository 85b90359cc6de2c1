"""The page of a hindcast: what happened, held against the forecast and against naive ones."""
