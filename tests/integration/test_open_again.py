"""Comparisons, studies and hindcasts are opened again as they were returned, and their pages are written again."""

import json
import re
import shutil

import pytest
from commands import simulate

from simulation import compare, hindcast, open_results, run, sensitivity, verify
from simulation.errors import InputError
from simulation.results.manifest_head import MANIFEST, checksum_of
from simulation.results.unfinished import REQUEST

MAKE = {
    "compare": lambda out: compare("two-valleys-ceasefire", ablate=True, replicates=20, out=out),
    "sensitivity": lambda out: sensitivity("two-valleys", histories=400, overrides=["days=6"], out=out),
    "hindcast": lambda out: hindcast("aleppo", replicates=12, overrides=["days=6"], out=out),
}
PAGES = {"compare": "report.html", "sensitivity": "report.html", "hindcast": "hindcast.html"}
OTHER = {"engine_version": "0.1.0+0000000000000000"}


@pytest.fixture(scope="module", params=MAKE)
def made(request, tmp_path_factory):
    """A thing of each kind with its page, as it was returned."""
    return request.param, MAKE[request.param](tmp_path_factory.mktemp("made") / request.param)


@pytest.fixture
def folder(made, tmp_path):
    return shutil.copytree(made[1].folder, tmp_path / "moved")


def told(done):
    """Return what is printed of a thing, without where it lies."""
    summary = json.dumps(done.summary(), sort_keys=True)
    return re.sub(r"/[^\"\s]*/(moved|made\d+/[a-z]+)\b", "HERE", summary)


def changed(folder, name=MANIFEST, **changes):
    """Change a manifest as somebody would who also knows how it is sealed."""
    data = json.loads((folder / name).read_text(encoding="utf-8")) | changes
    (folder / name).write_text(json.dumps(data | {"sha256": checksum_of(data)}), encoding="utf-8")


def test_it_is_opened_as_it_was_returned(made, folder):
    again = open_results(folder)
    assert type(again) is type(made[1]) and told(again) == told(made[1])
    assert again.failed == made[1].failed and again.report == folder / PAGES[made[0]]


def test_its_page_is_written_again(made, folder, tmp_path):
    page = folder / PAGES[made[0]]
    before = page.read_bytes()
    page.write_bytes(before[: len(before) // 2])
    done = simulate("report", folder, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert page.read_bytes() == before and verify(folder).faults == ()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["moved"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"schema_version": 99}, "a later version of this program: update that"),
        ({"schema_version": 1}, "an earlier version of this program"),
        ({"finished": None}, "does not say that its .* was finished"),
        (OTHER, r"again, which only the engine that made.* that is 0\.1\.0\+0000"),
    ],
)
def test_what_differs_is_said(folder, changes, said):
    changed(folder, **changes)
    with pytest.raises(InputError, match=said):
        open_results(folder)


def test_a_changed_table_is_refused(folder):
    table = next(iter(sorted(folder.rglob("*.parquet"))))
    with table.open("ab") as file:
        file.write(b"x")
    with pytest.raises(InputError, match="has changed since it was written"):
        open_results(folder)


def test_an_unfinished_folder_is_none(folder):
    (folder / MANIFEST).rename(folder / REQUEST)
    with pytest.raises(InputError, match=r"an unfinished (comparison|study|hindcast); simulate resume"):
        open_results(folder)


def test_a_run_is_opened_too(tmp_path):
    done = run("duel", replicates=20, report=False, out=tmp_path / "run")
    assert told(open_results(done.folder)) == told(done)
