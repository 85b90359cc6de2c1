"""Plain words for numbers, and tables for a terminal."""
