"""Files in and out: text, YAML and CSV read in one place, and values that know where they were written."""
