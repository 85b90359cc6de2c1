"""How Sphinx makes the site: the pages of this project where they lie, and the public functions.

`python docs/build_site.py` builds it into build/site. The source folder is the whole project, so that a link from
one page to another, or to a file of the project, is the same on the site as where the page is kept. The list of
pages at the side is that of docs/README.md.
"""

from __future__ import annotations

import os.path
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

project = "simulate"
release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
root_doc = "README"
include_patterns = ["*.md", "docs/*.md", "*/README.md", "*/*/README.md"]
exclude_patterns = [".*", "build", "dist", "results", "docs/*.in.md"]
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]

myst_heading_anchors = 4
smartquotes = False  # a quoted name in a docstring is to be copied as it is
default_role = "code"  # of docstrings, where a name stands between single backticks

autodoc_default_options = {"members": True, "undoc-members": True, "member-order": "bysource"}
autodoc_class_signature = "separated"
python_maximum_signature_line_length = 90
python_use_unqualified_type_names = True
add_module_names = False

html_theme = "pydata_sphinx_theme"
html_title = "simulate"
html_static_path = ["static"]
html_css_files = ["site.css"]
templates_path = ["templates"]
html_sidebars = {"**": ["pages.html"]}
html_copy_source = html_show_sourcelink = False
html_show_search_summary = (
    False  # fetched from the pages found, which a browser refuses to a site read from disk
)
html_context = {"default_mode": "auto"}
html_theme_options = {
    "navbar_center": [],
    "navbar_persistent": [],
    "navbar_end": ["search-button", "theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": [],
    "footer_end": [],
}


def setup(app: Any) -> None:
    """Give the first page the list of all others, and the site an index.html."""
    app.connect("source-read", _list_pages)
    app.connect("build-finished", _lead_to_the_first_page)


def listed() -> dict[str, list[str]]:
    """Return the pages that docs/README.md names, without their endings, by its headings."""
    text = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    sections = [section.split("\n", 1) for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]]
    found = {head: re.findall(r"^- .*$", body, re.MULTILINE) for head, body in sections}
    return {
        head: [
            os.path.normpath(f"docs/{link}")
            for line in lines
            for link in re.findall(r"\]\(([^)]+)\.md\)", line)
        ]
        for head, lines in found.items()
        if lines
    }


def _list_pages(app: Any, page: str, source: list[str]) -> None:
    if page == root_doc:
        sections = listed()
        known = {root_doc, *(name for names in sections.values() for name in names)}
        for head, names in (sections | {"More": sorted(app.project.docnames - known)}).items():
            entries = "\n".join(f"/{name}" for name in names)
            source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {head}\n\n{entries}\n```\n"


def _lead_to_the_first_page(app: Any, trouble: Exception | None) -> None:
    if trouble is None and app.builder.format == "html":
        page = f'<!doctype html><meta charset="utf-8"><title>{project}</title>\n'
        page += f'<meta http-equiv="refresh" content="0; url={root_doc}.html">\n'
        page += f'<a href="{root_doc}.html">{project}</a>\n'
        (Path(app.outdir) / "index.html").write_text(page, encoding="utf-8")
