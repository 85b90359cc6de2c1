"""How time passes: clocks, one replicate, many replicates. Knows processes only through their table."""
