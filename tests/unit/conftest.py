"""Nothing in this folder compiles: its tests answer while one is still thinking of the change."""

from __future__ import annotations

import pytest
from numba.core.dispatcher import Dispatcher

import simulation.jit.decorator  # noqa: F401  (the first import after an edit compiles an example: not within a test)


@pytest.fixture(autouse=True)
def _nothing_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that compiles a rule, or looks for one in the cache: its place is `tests/engine`."""

    def compiles(dispatcher: Dispatcher, *_: object) -> None:
        raise AssertionError(f"a test of tests/unit compiles {dispatcher.py_func.__name__}")

    monkeypatch.setattr(Dispatcher, "compile", compiles)
