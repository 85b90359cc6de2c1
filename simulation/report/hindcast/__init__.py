"""The page of a hindcast: what happened, beside the forecast and naive ones."""
