"""What a process does to the world: bodies of fighters, control, morale, people, truces."""
