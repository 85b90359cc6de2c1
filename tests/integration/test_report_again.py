"""The page of a finished run is written again from its folder, and only there where it belongs."""

import shutil

import pytest
from commands import bytes_of, simulate

from simulation import compare, open_run, verify
from simulation.errors import InputError
from simulation.results.manifest_head import MANIFEST


@pytest.fixture
def folder(valleys, tmp_path):
    return shutil.copytree(valleys, tmp_path / "run")


def parts_of(page):
    """Return the figures of a page, and what its text says before the sources."""
    return page.read_text(encoding="utf-8").split('id="sources"')[0].split("<main")[1]


def test_a_damaged_page_is_written_again_from_the_tables(folder, valleys, tmp_path):
    (folder / "report.html").unlink()
    tables = bytes_of(folder)
    done = simulate("report", folder, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == f"Report   {folder / 'report.html'}"
    assert verify(folder).faults == () and bytes_of(folder) == tables
    again, first = (parts_of(each / "report.html") for each in (folder, valleys))
    assert len(again) > 100_000 and again.count("data-for=") == first.count("data-for=")
    assert again.split('id="plot')[0] == first.split('id="plot')[0]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["run"]


def test_a_page_of_somebody_else_stays(folder, tmp_path):
    (folder / "report.html").write_text("my thesis", encoding="utf-8")
    done = simulate("report", folder, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(
        f"{folder / 'report.html'}: holds something else, which is never overwritten"
    )
    assert (folder / "report.html").read_text(encoding="utf-8") == "my thesis"


def test_another_engine_writes_no_page(folder, tmp_path):
    manifest = open_run(folder).manifest.model_copy(update={"engine_version": "0.1.0+0000000000000000"})
    manifest.write(folder / MANIFEST)
    before = (folder / "report.html").read_bytes()
    done = simulate("report", folder, cwd=tmp_path)
    assert done.returncode == 2
    assert "the report plays histories again, which only the engine that made" in done.stderr
    assert "that is 0.1.0+0000" in done.stderr
    assert (folder / "report.html").read_bytes() == before
    assert len(open_run(folder).outcomes) == 30


def test_a_part_of_a_comparison_gets_no_page(tmp_path):
    whole = compare(
        "duel", against=["inputs.red_fighters=21"], replicates=20, report=False, out=tmp_path / "c"
    ).folder
    part = sorted((whole / "runs").iterdir())[0]
    done = simulate("report", part, cwd=tmp_path)
    assert done.returncode == 2 and "is a part of the comparison in" in done.stderr
    assert verify(whole).faults == () and len(open_run(part).outcomes) == 20
    with pytest.raises(InputError, match=f"holds a comparison, not a run; one of its runs is {part}"):
        open_run(whole)
