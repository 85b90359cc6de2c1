"""The pages of a pack: what a class opens from a stick, with nothing installed and no network."""
