"""The model: its state and numbers, the processes that can happen, what they change and how commanders choose."""
