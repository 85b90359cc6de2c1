"""A conflict of one's own, begun from an article and a box: files that are drafted for a person to read and correct."""
