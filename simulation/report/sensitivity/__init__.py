"""The page of a study of sensitivity: what is chance, which unknown inputs drive what, and how sure that is."""
