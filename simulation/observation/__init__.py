"""Reports as observations of a history: what each speaks of, and how likely it is where a history is as it is."""
