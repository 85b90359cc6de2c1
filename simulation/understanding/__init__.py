"""What was understood: what a world has become of its documents, and what in it makes that nothing happens."""
