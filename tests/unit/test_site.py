"""The site's pages and pictures are those that are there; links and anchors are checked when the site is built."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from code_map import ROOT
from ruamel.yaml import YAML

import simulation

DOCS = ROOT / "docs"


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_the_list_of_pages_names_every_page() -> None:
    links = set(re.findall(r"^- .*?\]\(([\w-]+\.md)\)", text_of(DOCS / "README.md"), re.MULTILINE))
    pages = {page.name for page in DOCS.glob("*.md") if not page.name.endswith(".in.md")}
    assert links == pages - {"README.md"}


def test_every_picture_of_the_gallery_is_there_shown_and_taken_by_the_script() -> None:
    there = {picture.stem for picture in (DOCS / "images" / "gallery").iterdir()}
    shown = re.findall(r"\]\(images/gallery/([\w-]+)\.webp\)", text_of(DOCS / "gallery.md"))
    taken = re.findall(r'Figure\(\s*"([\w-]+)"', text_of(DOCS / "build_gallery.py"))
    assert sorted(shown) == sorted(taken) == sorted(there)


def test_the_page_of_functions_has_every_public_name_and_no_other() -> None:
    page = text_of(DOCS / "api.md")
    assert set(re.findall(r"^\.\. auto\w+:: (\w+)$", page, re.MULTILINE)) == set(simulation.__all__)


def test_the_citation_names_the_version_and_the_licence_of_the_package() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    citation = YAML(typ="safe").load(text_of(ROOT / "CITATION.cff"))
    assert (citation["version"], citation["license"]) == (project["version"], project["license"])
    assert citation["authors"][0]["name"] in text_of(ROOT / "LICENSE")
