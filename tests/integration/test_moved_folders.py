"""A results folder can be moved anywhere and repeated there, to the byte, or says why not."""

import shutil

import pytest
from code_map import ROOT
from commands import bytes_of, manifest_of, simulate

from simulation import compare, hindcast, run, sensitivity, verify
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
