"""The library: one module a question. The commands call these and nothing else."""
