"""Build the site into build/site; stop at a link that leads nowhere, or at anything asked of the network.

`python docs/build_site.py`, with the packages of `.[docs]`. Importing the functions that it lists compiles nothing.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import build_main

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "build" / "site"
LOADED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc\s*=\s*["']?(?:https?:)?//"""
    r"""|<link\b[^>]*\bhref\s*=\s*["']?(?:https?:)?//|@import\s+(?:url\()?["']?(?:https?:)?//|\burl\(["']?(?:https?:)?//"""
)
"""What a browser fetches by itself from elsewhere when it opens a page or a style."""


def main() -> int:
    """Build the site again and return the exit status: 0, or 1 with what is wrong on stderr."""
    shutil.rmtree(SITE, ignore_errors=True)
    options = ["--quiet", "--fail-on-warning", "--keep-going", "--fresh-env"]
    beside = ROOT / "build" / "site-doctrees"
    places = [f"--conf-dir={ROOT / 'docs' / 'site'}", f"--doctree-dir={beside}", str(ROOT), str(SITE)]
    if build_main([*options, *places]):
        return 1
    files = [*SITE.rglob("*.html"), *SITE.rglob("*.css")]
    fetching = [file for file in files if LOADED.search(file.read_text(encoding="utf-8"))]
    for file in fetching:
        print(f"{file}: loads something from the network", file=sys.stderr)
    if not fetching:
        print(SITE / "index.html")
    return bool(fetching)


if __name__ == "__main__":
    sys.exit(main())
