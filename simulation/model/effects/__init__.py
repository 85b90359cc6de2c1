"""What a process does to the world: bodies of fighters, control, morale, people, truces."""

import simulation.model.state_type  # noqa: F401  (compiled functions are handed states)
