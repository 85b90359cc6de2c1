"""How drafted files are written: YAML by the line, every text quoted, every basis marked as a draft."""

from __future__ import annotations

import json
import re
import unicodedata

from simulation.documents.seed_model import DRAFT


def quoted(text: str) -> str:
    """Return a text as YAML, and as Markdown's head, read it."""
    return json.dumps(text, ensure_ascii=False)


def drafted(reason: str) -> str:
    """Return a reason that no world is built from until somebody has read it and taken the mark away."""
    return quoted(f"{DRAFT} {reason}")


def word(name: str) -> str:
    """Return a name as an id: small letters, digits and `_`, with a letter first."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return found if found[:1].isalpha() else f"x_{found}".rstrip("_")
