"""A page that is no part of a folder is whole or as it was, and never over something else."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from simulation.errors import InputError, RunError
from simulation.results.whole_file import checked_file, write_whole
from simulation.selftest.page import TITLE

MARK = "<!-- ours -->"
DOCS = Path(__file__).parents[2] / "docs"


def _write(path: Path) -> None:
    path.write_text(f"{MARK} after")


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    write_whole(page, _write, MARK)

    def half(path: Path) -> None:
        path.write_text("half")
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(RunError, match=r"page\.html is full"):
        write_whole(page, half, MARK)
    assert page.read_text() == f"{MARK} after" and [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("check", [checked_file, lambda path, mark: write_whole(path, _write, mark)])
def test_what_is_not_ours_is_never_overwritten(check, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name, text in (("thesis.html", "thesis"), ("late.html", " " * 5000 + MARK)):
        (tmp_path / name).write_text(text)
        with pytest.raises(InputError, match="holds something else, which is never overwritten"):
            check(tmp_path / name, MARK)
        assert (tmp_path / name).read_text() == text
    for place in (tmp_path, tmp_path / "thesis.html" / "below.html", Path("s3://bucket/page.html")):
        with pytest.raises(InputError):
            check(place, MARK)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["late.html", "thesis.html"]


def test_ours_and_empty_files_are_replaced_and_links_followed(tmp_path: Path) -> None:
    (tmp_path / "ours.html").write_text(f"<html>{MARK} before")
    (tmp_path / "empty.html").touch()
    (tmp_path / "link.html").symlink_to(tmp_path / "disk" / "far.html")
    for name in ("ours.html", "empty.html", "link.html"):
        write_whole(tmp_path / name, _write, MARK)
        assert (tmp_path / name).read_text() == f"{MARK} after"
    assert (tmp_path / "link.html").is_symlink() and (tmp_path / "disk" / "far.html").is_file()


def test_a_check_leaves_nothing_and_knows_folders_that_are_missing(tmp_path: Path) -> None:
    assert checked_file(tmp_path / "new" / "page.html", MARK) == tmp_path / "new" / "page.html"
    assert list(tmp_path.iterdir()) == []
    write_whole(tmp_path / "new" / "page.html", _write, MARK)
    assert (tmp_path / "new" / "page.html").is_file()


def test_a_device_takes_what_is_written(tmp_path: Path) -> None:
    write_whole(Path("/dev/null"), _write, MARK)
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_whole(checked_file(tmp_path / "pipe", MARK), _write, MARK)
    assert os.read(reader, 100) == f"{MARK} after".encode()
    os.close(reader)


def test_the_page_of_checks_is_known_by_how_it_begins() -> None:
    assert checked_file(DOCS / "verification.md", TITLE) == DOCS / "verification.md"
    with pytest.raises(InputError, match="something else"):
        checked_file(DOCS / "results.md", TITLE)
