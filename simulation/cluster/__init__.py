"""Histories beyond one machine: the workers of a Dask cluster play them, and the caller alone writes files."""
