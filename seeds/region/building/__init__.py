"""The steps by which build_region.py makes the Syrian region out of public data."""
