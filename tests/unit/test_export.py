"""Exported tables hold the rows of the folder, and nothing that is not an export is overwritten."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fakes import write_fake
from typer.testing import CliRunner

import cli
from simulation import export
from simulation.errors import InputError
from simulation.results import export as module
from simulation.results.file_record import record_of
from simulation.results.folder import Results
from simulation.results.manifest_head import MANIFEST

TABLES = ("outcomes", "places", "daily", "cells")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_fake(tmp_path_factory.mktemp("whole") / "run", replicates=300).folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "run")


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    words = frame.select_dtypes("category").columns
    return frame.astype(dict.fromkeys(words, object))


def test_the_archive_holds_every_digit_of_every_row(folder: Path, tmp_path: Path) -> None:
    path = export(folder, out=tmp_path / "x.zip")
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["about.txt", *(f"{name}.csv" for name in sorted(TABLES))]
        for name in TABLES:
            with archive.open(f"{name}.csv") as file:
                found = pd.read_csv(file, dtype=str, keep_default_na=False)
            wanted = _plain(pd.read_parquet(folder / f"{name}.parquet"))
            assert list(found) == list(wanted) and len(found) == len(wanted)
            for column in wanted:
                texts, values = found[column].to_list(), wanted[column].to_list()
                assert [type(value)(text) for text, value in zip(texts, values, strict=True)] == values
    before = path.read_bytes()
    assert export(folder, out=path).read_bytes() == before


def test_what_is_unknown_is_an_empty_cell(folder: Path, tmp_path: Path) -> None:
    file = folder / "outcomes.parquet"
    table = pa.table({"odd": [1.5, float("nan")], "name": ["", '=1+1, "x"']})
    pq.write_table(table, file)
    manifest = Results(folder).manifest
    records = dict(manifest.files) | {file.name: record_of(file)}
    manifest.model_copy(update={"files": records}).write(folder / MANIFEST)
    with zipfile.ZipFile(export(folder, tables="outcomes", out=tmp_path / "x.zip")) as archive:
        assert archive.namelist() == ["about.txt", "outcomes.csv"]
        rows = archive.read("outcomes.csv").decode().splitlines()
    assert rows == ['"odd","name"', '1.5,""', ',"=1+1, ""x"""']


def test_a_workbook_has_a_sheet_for_each_table(folder: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = export(folder, form="xlsx", tables=["outcomes", "places"], out=tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(path, read_only=True)
    assert book.sheetnames == ["outcomes", "places"]
    head, *rows = book["places"].iter_rows(values_only=True)
    wanted = _plain(Results(folder).places)
    assert head == tuple(wanted)
    found = pd.DataFrame(rows, columns=list(wanted))
    pd.testing.assert_frame_equal(found, wanted, rtol=1e-15, atol=0, check_dtype=False)
    assert export(folder, form="xlsx", tables="outcomes", out=path) == path


def test_a_table_longer_than_a_sheet_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openpyxl")
    monkeypatch.setattr(module, "SHEET_ROWS", 299)
    with pytest.raises(InputError, match=r"has 300 rows and a sheet at most 299; name the tables"):
        export(folder, form="xlsx", tables="outcomes", out=tmp_path / "x.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("content", [b"thesis", b"PK\x03\x04", None])
def test_another_file_is_never_overwritten(folder: Path, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "x.zip"
    if content is None:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("about.txt", "mine")
    else:
        file.write_bytes(content)
    before = file.read_bytes()
    with pytest.raises(InputError, match="holds something else, which is never overwritten"):
        export(folder, out=file)
    assert file.read_bytes() == before


def test_a_wrong_table_and_a_changed_one_are_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no table 'outcome', but .*did you mean 'outcomes'"):
        export(folder, tables="outcome", out=tmp_path / "x.zip")
    with (folder / "places.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(InputError, match=r"places\.parquet: has changed"):
        export(folder, out=tmp_path / "x.zip")
    assert [each.name for each in tmp_path.iterdir()] == ["run"]


def test_the_command_names_the_file(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli.app, ["export", "run"])
    assert (done.exit_code, done.stdout) == (0, "Tables  run.zip\n") and (tmp_path / "run.zip").is_file()
    assert CliRunner().invoke(cli.app, ["export", "run", "--csv", "--xlsx"]).exit_code == 2
