"""The highest numbers that the library and the command line take; nothing is imported to know them."""

from __future__ import annotations

MOST_REPLICATES = 2**31 - 1
MOST_REPLICATE = 2**32 - 1
"""The highest number of a history that is looked at alone."""
MOST_SEED = 2**63 - 1
MOST_WORKERS = 1024
MOST_PAGE_BYTES = 8 * 10**9
"""Of memory for what the page of a run draws at a time."""
