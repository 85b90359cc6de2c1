"""What the workers of a test are asked to keep of histories; they import this module as the test does."""

import time


class Numbers:
    """Keeps the numbers of histories, after a moment."""

    def __init__(self, world):
        self.world = world

    def __call__(self, histories):
        time.sleep(0.02 * len(histories))
        return [history.replicate for history in histories]


class Failing:
    """Fails."""

    def __init__(self, world):
        self.world = world

    def __call__(self, histories):
        raise ZeroDivisionError("planted in a worker")
