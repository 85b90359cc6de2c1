"""A results folder can be moved anywhere and repeated there, to the byte, or says why not."""

import shutil
import subprocess

import pytest
from code_map import ROOT
from commands import COMMAND, SECONDS, bytes_of, environment, manifest_of, simulate

from simulation import compare, hindcast, open_run, run, sensitivity, verify, write_report
from simulation.errors import InputError

DUEL = {"replicates": 20, "report": False}
SETTINGS = ["inputs.red_fighters=21", "days=30"]
TRUTH = "title: t\nstart: 2024-01-01\ntruth:\n  - {outcome: civilians_killed, value: 100}\n"


@pytest.fixture
def own(tmp_path):
    """A scenario with a copy of the duel's seeds beside it."""
    shutil.copytree(ROOT / "seeds" / "duel", tmp_path / "m" / "seeds")
    text = (ROOT / "scenarios" / "duel.yaml").read_text(encoding="utf-8")
    (tmp_path / "m" / "own.yaml").write_text(text.replace("../seeds/duel", "seeds"), encoding="utf-8")
    return tmp_path / "m" / "own.yaml"


@pytest.mark.parametrize("overrides", [[], SETTINGS])
@pytest.mark.parametrize("bundled", [True, False])
def test_a_moved_run_is_repeated_to_the_byte(bundled, overrides, own, tmp_path, monkeypatch):
    first = run("duel" if bundled else own, **DUEL, overrides=overrides, out=tmp_path / "r").folder
    tables, digest = bytes_of(first), manifest_of(first)["digest"]
    moved = shutil.move(first, tmp_path / "archive" / "deep" / "r")
    shutil.rmtree(own.parent)
    monkeypatch.chdir(moved)
    run("scenario.yaml", **DUEL, out=moved.parent / "once-more")
    monkeypatch.chdir(tmp_path)
    run(moved / "scenario.yaml", **DUEL, out=moved)
    for folder in (moved, moved.parent / "once-more"):
        assert bytes_of(folder) == tables and manifest_of(folder)["digest"] == digest
        assert verify(folder).faults == ()


def test_a_copy_of_the_scenario_is_extended_as_the_original_is(tmp_path):
    folder = run("duel", **DUEL, out=tmp_path / "r").folder
    shutil.copy(folder / "scenario.yaml", tmp_path / "copy.yaml")
    for name in ("duel", "copy"):
        (tmp_path / f"of-{name}.yaml").write_text(f"extends: {name}.yaml\n", encoding="utf-8")
    one, other = (
        run(tmp_path / f"of-{name}.yaml", **DUEL, overrides=SETTINGS, out=tmp_path / name).folder
        for name in ("duel", "copy")
    )
    assert bytes_of(one) == bytes_of(other)
    assert manifest_of(one)["scenario_digest"] == manifest_of(other)["scenario_digest"]


def test_another_world_is_refused(own, tmp_path):
    folder = run(own, **DUEL, out=tmp_path / "r").folder
    with (folder / "inputs" / "seeds" / "laydown.yaml").open("a", encoding="utf-8") as file:
        file.write("# another army\n")
    with pytest.raises(InputError, match=r"scenario\.yaml:1: this line says that the digest is "):
        run(folder / "scenario.yaml", **DUEL)
    assert [fault.split(": ")[1][:11] for fault in verify(folder).faults] == ["has changed"]


def a_comparison(folder):
    return compare("duel", **DUEL, against=SETTINGS[:1], out=folder)


def a_study(folder):
    return sensitivity("two-valleys", histories=400, method="morris", report=False, out=folder)


def a_hindcast(folder):
    (folder.parent / "truth.yaml").write_text(TRUTH, encoding="utf-8")
    return hindcast("two-valleys", truth=[folder.parent / "truth.yaml"], **DUEL, out=folder)


@pytest.mark.parametrize(
    ("make", "table"), [(a_comparison, "endings"), (a_study, "effects"), (a_hindcast, "outcomes")]
)
def test_folders_of_every_kind_are_verified(make, table, tmp_path):
    make(tmp_path / "out")
    (tmp_path / "out" / "mine.txt").write_text("notes", encoding="utf-8")
    folder = shutil.move(tmp_path / "out", tmp_path / "moved")
    found = verify(folder)
    assert (found.faults, found.strangers) == ((), ("mine.txt",)) and found.is_whole
    file = folder / f"{table}.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    wrong = simulate("verify", folder, cwd=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith(f"{file}: has changed since it was written")


def report_and_run(folder, elsewhere):
    """Write the report of a folder again, beside it, and run its scenario again into another; return both."""
    again = simulate("report", folder, "--out", elsewhere / "page.html", cwd=elsewhere)
    assert (again.returncode, again.stderr) == (0, "")
    once_more = simulate(
        "run",
        folder / "scenario.yaml",
        "-n",
        20,
        "--quiet",
        "--no-report",
        "--out",
        elsewhere / "run",
        cwd=elsewhere,
    )
    assert (once_more.returncode, once_more.stderr) == (0, "")
    return elsewhere / "page.html", elsewhere / "run"


def test_a_folder_from_an_archive_reports_and_runs_again(own, tmp_path):
    first = run(own, replicates=20, out=tmp_path / "r").folder
    tables, page = bytes_of(first), (first / "report.html").read_bytes()
    archive = shutil.make_archive(tmp_path / "sent", "zip", first)
    shutil.rmtree(own.parent)
    shutil.rmtree(first)
    shutil.unpack_archive(archive, tmp_path / "other" / "place")
    written, once_more = report_and_run(tmp_path / "other" / "place", tmp_path)
    assert bytes_of(once_more) == tables
    assert written.stat().st_size > len(page) / 2
    assert (tmp_path / "other" / "place" / "report.html").read_bytes() == page
    assert verify(tmp_path / "other" / "place").faults == ()


def test_a_folder_that_may_only_be_read_reports_and_runs_again(own, in_mount, tmp_path):
    folder = run(own, replicates=20, out=tmp_path / "r").folder
    in_mount("size=64k", tmp_path)  # skips where nothing may be mounted
    read_only = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" || exit 99; "$@"'
    mounted = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", read_only, str(folder)]
    for arguments, status in (
        (["report", folder], 2),
        (["report", folder, "--out", tmp_path / "page.html"], 0),
        (["run", folder / "scenario.yaml", "-n", "20", "--quiet", "--no-report", "--out", tmp_path / "b"], 0),
    ):
        done = subprocess.run(
            [*mounted, *COMMAND, *map(str, arguments)],
            cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        assert done.returncode == status, done.stderr
        if status:
            assert "may only be read; name another file for the page with --out" in done.stderr
    assert bytes_of(tmp_path / "b") == bytes_of(folder) and (tmp_path / "page.html").is_file()


def test_another_engine_neither_reports_nor_runs_under_the_same_name(own, tmp_path):
    folder = run(own, **DUEL, out=tmp_path / "r").folder
    manifest = open_run(folder).manifest
    manifest.model_copy(update={"engine_version": "0.1.0+0000000000000000"}).write(folder / "manifest.json")
    with pytest.raises(
        InputError, match=r"were made by the engine 0\.1\.0\+0000|only .* that is 0\.1\.0\+0000"
    ):
        write_report(folder, out=tmp_path / "page.html")
    with pytest.raises(InputError, match="holds a different run, which is never overwritten"):
        run(folder / "scenario.yaml", **DUEL, out=folder)
    assert len(open_run(folder).outcomes) == 20 and not (tmp_path / "page.html").exists()
