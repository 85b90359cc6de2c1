"""What each command of `simulate` does, in groups; `cli.py` puts them together."""
