"""Drafting the region of a scenario from packaged public data: land, relief, provinces, people, roads, control."""
