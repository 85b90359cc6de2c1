"""The decorator of compiled functions, and how they are linked and cached."""
