"""The library: one module a question. The commands that play histories call these."""
