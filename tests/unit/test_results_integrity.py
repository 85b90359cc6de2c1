"""A folder is read as it was written or not at all: no flipped bit, lost row or other run's table passes."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pandas as pd
import pyarrow.parquet as pq
import pytest
from fakes import fake_manifest, fake_run, write_fake
from typer.testing import CliRunner

import cli
from simulation.api.verify import verify
from simulation.comparison.manifest import comparison_manifest
from simulation.errors import InputError
from simulation.results.folder import Results
from simulation.results.manifest_head import MANIFEST, Failure
from simulation.results.publication import Publication
from simulation.results.run_tables import RunTables

TABLES = ("outcomes", "places", "daily", "cells")
FLIPS = 300


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_fake(tmp_path_factory.mktemp("whole") / "run", replicates=20).folder


@pytest.fixture
def run(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "run")


def rewrite(file: Path, **changes: object) -> None:
    """Change a manifest as somebody would who also knows how it is sealed."""
    manifest = Results(file.parent).manifest
    manifest.model_copy(update=changes).write(file)


def test_no_flipped_bit_is_read_as_other_numbers(run: Path) -> None:
    told, random = Results(run).manifest, Random(1)
    names = [MANIFEST, "scenario.yaml", *(f"{table}.parquet" for table in TABLES)]
    for number in range(FLIPS):
        file = run / random.choice(names)
        good = file.read_bytes()
        bad = bytearray(good)
        bad[random.randrange(len(bad))] ^= 1 << random.randrange(8)
        file.write_bytes(bad)
        try:
            read = getattr(Results(run), file.stem)
        except InputError as error:
            assert file.name in str(error)
        else:
            assert read == told, f"flip {number} of {file.name}"  # of white space, or of a letter's case
        file.write_bytes(good)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file_is_never_read_as_one(run: Path, make: Callable[[Path], None]) -> None:
    """Whoever read a pipe would wait for its other end, where the file that it stands for is an empty one."""
    (run / "daily.parquet").unlink()
    make(run / "daily.parquet")
    (fault,) = verify(run).faults
    assert fault == f"{run / 'daily.parquet'}: not an ordinary file; run its command again"


def test_a_map_that_is_gone_is_not_taken_for_one_that_was_never_kept(run: Path) -> None:
    (run / "cells.parquet").unlink()
    with pytest.raises(InputError, match=r"cells\.parquet: missing, though the manifest lists it"):
        _ = Results(run).cells


@pytest.mark.parametrize("name", [*(f"{table}.parquet" for table in TABLES), "scenario.yaml"])
def test_a_changed_file_is_named_with_what_to_do(run: Path, name: str) -> None:
    with (run / name).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(InputError, match=rf"{name}: has changed .* run its command again"):
        getattr(Results(run), name.partition(".")[0])


def test_one_series_is_checked_too(run: Path) -> None:
    file = run / "daily.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(InputError, match=r"daily\.parquet: has changed"):
        Results(run).panel("killed")


def test_a_file_is_compared_once_an_opening(run: Path) -> None:
    results = Results(run)
    before = results.panel("killed")
    results.daily  # noqa: B018
    shutil.copyfile(run / "places.parquet", run / "daily.parquet")
    with pytest.raises(InputError, match="cannot be read as a table"):
        results.panel("killed")
    assert set(before) > {"government"}


def test_pages_of_tables_carry_checksums_of_their_own(run: Path) -> None:
    """For those who read the tables with another program."""
    file = run / "daily.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)
    with pytest.raises(OSError, match=r"(?i)crc"):
        pq.read_table(file, page_checksum_verification=True)


def test_a_file_that_is_in_no_record_is_not_read(run: Path) -> None:
    files = {name: record for name, record in Results(run).manifest.files.items() if name != "places.parquet"}
    rewrite(run / MANIFEST, files=files)
    with pytest.raises(InputError, match=r"places\.parquet: the manifest has no checksum of it"):
        Results(run).places  # noqa: B018


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"replicates": 21}, "holds 20 histories, the manifest says 21"),
        ({"replicates": 19}, "holds 20 histories, the manifest says 19"),
        ({"failed": (Failure(replicate=3, reason="x"),)}, "holds 20 histories, the manifest says 19"),
        ({"replicates": 21, "failed": (Failure(replicate=3, reason="x"),)}, "holds other histories"),
    ],
)
def test_histories_are_counted_against_the_manifest(run: Path, changes: dict[str, object], what: str) -> None:
    """As where two processes wrote one folder, and each file has the checksum of what was there in the end."""
    rewrite(run / MANIFEST, **changes)
    with pytest.raises(InputError, match=rf"outcomes\.parquet: {what}.*run its command again"):
        Results(run).outcomes  # noqa: B018
    assert not verify(run).is_whole


@pytest.mark.parametrize("edit", [{"seed": 2}, {"places": {}}, {"more": 1}, {"sha256": None}])
def test_an_edited_manifest_is_refused(run: Path, edit: dict[str, object]) -> None:
    data = json.loads((run / MANIFEST).read_text(encoding="utf-8"))
    (run / MANIFEST).write_text(json.dumps(data | edit))
    with pytest.raises(InputError, match=r"manifest\.json: has changed since it was written"):
        Results(run).manifest  # noqa: B018


def test_a_page_that_is_written_after_the_seal_is_recorded(tmp_path: Path) -> None:
    with Publication(fake_manifest(20), tmp_path / "run") as place:
        fill(place.working)
        place.seal(place.manifest.done())
        place.page(lambda page: page.write_text("a page", encoding="utf-8"))
    assert set(Results(tmp_path / "run").manifest.files) >= {"report.html", "outcomes.parquet"}
    (tmp_path / "run" / "report.html").write_text("A page", encoding="utf-8")
    assert any("report.html: has changed" in fault for fault in verify(tmp_path / "run").faults)


def fill(folder: Path) -> None:
    with RunTables(folder) as tables:
        tables.add(**fake_run(20).chunk(0, 20))
        tables.close()
    text = "# a duel, digest 0123456789ab: every value\nextends: duel\n"
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")


def scenario_faults(folder: Path) -> list[str]:
    """Return the faults of a made-up run, whose scenario is made up as well."""
    return [fault for fault in verify(folder).faults if "scenario.yaml" not in fault]


def test_a_whole_folder_has_no_fault_and_strangers_are_none(run: Path) -> None:
    (run / "notes.txt").write_text("mine", encoding="utf-8")
    assert scenario_faults(run) == []
    assert verify(run).strangers == ("notes.txt",)


def test_what_is_missing_and_what_has_changed_is_all_said(run: Path) -> None:
    (run / "places.parquet").unlink()
    (run / "cells.parquet").write_bytes(b"")
    faults = scenario_faults(run)
    assert [fault.split(": ")[0] for fault in faults] == [
        str(run / "cells.parquet"),
        str(run / "places.parquet"),
    ]
    assert "it has 0 bytes" in faults[0] and "missing" in faults[1]


def test_a_scenario_of_another_digest_is_a_fault(run: Path) -> None:
    """The made-up run names a digest that no scenario has."""
    (run / "scenario.yaml").write_text("extends: duel\n", encoding="utf-8")
    rewrite(run / MANIFEST, files=Results(run).manifest.recording(run).files)
    (fault,) = verify(run).faults
    assert "scenario.yaml: reads as the digest" in fault and "0123456789ab" in fault


@pytest.mark.parametrize("lost", ["outcomes.parquet", MANIFEST])
def test_a_run_within_a_comparison_is_looked_at_too(tmp_path: Path, lost: str) -> None:
    manifests = [fake_manifest(20), fake_manifest(20)]
    with Publication(comparison_manifest(["a", "b"], manifests), tmp_path / "pair") as place:
        for name in place.manifest.folders:
            write_fake(place.working / name, replicates=20)
        place.seal(place.manifest.done())
    assert scenario_faults(tmp_path / "pair") == []
    (tmp_path / "pair" / "runs" / "2-b" / lost).unlink()
    assert [f"2-b/{lost}: missing" in fault for fault in verify(tmp_path / "pair").faults] == [True]


def test_more_rows_than_recorded_are_a_fault_where_the_checksum_was_made_of_them(run: Path) -> None:
    files = dict(Results(run).manifest.files)
    files["cells.parquet"] = files["cells.parquet"].model_copy(update={"rows": 7})
    rewrite(run / MANIFEST, files=files)
    assert any("cells.parquet: has" in fault and "not 7" in fault for fault in verify(run).faults)


def test_rows_of_histories_that_are_not_there_are_a_fault(run: Path) -> None:
    table = pd.read_parquet(run / "places.parquet").assign(replicate=99)
    table.to_parquet(run / "places.parquet")
    rewrite(run / MANIFEST, files=Results(run).manifest.recording(run).files)
    assert any("rows of histories" in fault for fault in verify(run).faults)


def test_the_command_says_one_line_each_and_ends_with_2(run: Path, tmp_path: Path) -> None:
    (run / "places.parquet").unlink()
    done = CliRunner().invoke(cli.app, ["verify", str(run), str(tmp_path)])
    assert done.exit_code == 2 and done.stdout == ""
    lines = done.stderr.splitlines()
    assert any("places.parquet: missing" in line for line in lines)
    assert f"{tmp_path}: not a results folder: it has no manifest.json" in lines
    again = CliRunner().invoke(cli.app, ["verify", str(run), str(tmp_path), "--json"])
    document = json.loads(again.stdout)
    assert [each["whole"] for each in document["folders"]] == [False, False]
