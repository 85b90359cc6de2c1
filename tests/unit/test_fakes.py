"""The made-up run that the tests of pages and tables use."""

from __future__ import annotations

from fakes import ENDINGS, fake_run


def test_made_up_run_holds_every_ending() -> None:
    """The other tests rest on it."""
    endings = set(fake_run().outcomes["ending"].tolist())
    assert endings == {ending.id for ending in ENDINGS}
