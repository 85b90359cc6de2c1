"""A module of the package with an error planted in it, for one test."""

from __future__ import annotations

import sys
from types import ModuleType

from code_map import PACKAGE


def loaded(file: str, old: str = "", new: str = "") -> ModuleType:
    """Return a module of the package with an error planted in it, under a name of its own."""
    text = (PACKAGE / file).read_text(encoding="utf-8")
    assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    module = ModuleType("planted")
    sys.modules["planted"] = module  # dataclasses look for it there
    exec(compile(text.replace(old, new) if old else text, file, "exec"), module.__dict__)
    return module
