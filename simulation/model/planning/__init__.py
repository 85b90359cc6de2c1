"""How a commander thinks: what he sees, what he attacks, what he defends, where a unit can go."""
