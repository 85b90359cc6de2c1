"""What all tests share; that it lies here puts this folder on the path, so that every test finds `code_map`."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _notices_are_heard_again() -> Iterator[None]:
    """Undo what a command with --quiet does to the logger, or the order of tests would decide what others hear."""
    yield
    logging.getLogger("simulation").setLevel(logging.NOTSET)
