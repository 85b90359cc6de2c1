"""Past runs are listed from what their manifests say, and nothing else is taken for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import fake_manifest, write_fake
from typer.testing import CliRunner

import cli
from simulation import past_runs
from simulation.errors import InputError
from simulation.results.engine_digest import engine_version
from simulation.results.manifest_head import MANIFEST


def test_past_runs_are_listed_with_what_they_say(tmp_path: Path) -> None:
    write_fake(tmp_path / "old", replicates=20)
    write_fake(tmp_path / "new", replicates=30, seed=4, engine_version=engine_version())
    for name, date in (("old", "2026-01-01T00:00:00+00:00"), ("new", "2026-02-01T00:00:00+00:00")):
        manifest = fake_manifest(20 if name == "old" else 30, **({} if name == "old" else {"seed": 4}))
        changes = {"finished": date} | ({} if name == "old" else {"engine_version": engine_version()})
        manifest.model_copy(update=changes).write(tmp_path / name / MANIFEST)
    (tmp_path / "photos").mkdir()
    (tmp_path / ".old.partial-12345678").mkdir()
    (tmp_path / ".old.partial-12345678" / MANIFEST).write_text("{}", encoding="utf-8")
    new, old = past_runs(tmp_path)
    assert (new.folder.name, new.histories, new.seed, new.state, new.this_engine) == (
        "new",
        30,
        4,
        "finished",
        True,
    )
    assert (old.folder.name, old.histories, old.state, old.this_engine) == ("old", 20, "finished", False)
    assert (old.kind, old.scenarios, old.date) == ("run", ("aleppo",), "2026-01-01T00:00:00+00:00")


def test_what_cannot_be_read_and_what_is_not_finished_say_so(tmp_path: Path) -> None:
    for name in ("broken", "open"):
        (tmp_path / name).mkdir()
    (tmp_path / "broken" / MANIFEST).write_text("{", encoding="utf-8")
    fake_manifest(20).model_copy(update={"finished": None}).write(tmp_path / "open" / MANIFEST)
    states = {each.folder.name: each.state for each in past_runs(tmp_path)}
    assert states == {"broken": "unreadable", "open": "unfinished"}
    assert "broken" in next(each.trouble for each in past_runs(tmp_path) if each.trouble)


def test_the_command_prints_a_table_or_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_fake(tmp_path / "results" / "run", replicates=20)
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(cli.app, ["results"])
    assert told.exit_code == 0 and "run" in told.stdout and "20" in told.stdout and "another" in told.stdout
    (found,) = json.loads(CliRunner().invoke(cli.app, ["results", "results", "--json"]).stdout)["runs"]
    assert found["folder"] == str(Path("results/run")) and found["state"] == "finished"
    (tmp_path / "empty").mkdir()
    assert CliRunner().invoke(cli.app, ["results", "empty"]).stdout == "no results folders in empty\n"
    with pytest.raises(InputError, match=r"nowhere: cannot be read as a folder: No such file"):
        past_runs("nowhere")
