"""The manifest names a run and can be read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import fake_manifest

from simulation.errors import InputError
from simulation.results.manifest_head import Failure
from simulation.results.manifest_reader import read_manifest


def test_round_trip(tmp_path: Path) -> None:
    manifest = fake_manifest().done((Failure(replicate=3, reason="too many events"),))
    manifest.write(tmp_path / "manifest.json")
    assert read_manifest(tmp_path / "manifest.json") == manifest


def test_digest_follows_identity_alone() -> None:
    same = fake_manifest(workers=9, title="Other words", command=("simulate",)).digest
    assert same == fake_manifest().digest
    for change in ({"seed": 2}, {"per_case": 2}, {"scenario": "b"}, {"engine_version": "2"}):
        assert fake_manifest(**change).digest != fake_manifest().digest
    assert fake_manifest(replicates=3).digest != fake_manifest().digest


def test_folder_name_says_scenario_and_digest() -> None:
    manifest = fake_manifest()
    assert manifest.folder_name == f"aleppo-{manifest.digest}"
    assert len(manifest.digest) == 12


@pytest.mark.parametrize("change", [{"workers": 0}, {"per_case": 0}, {"days": 0.0}, {"days": float("nan")}])
def test_impossible_values_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(change))):
        fake_manifest(**change)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema_version": 1}', "\x00"])
def test_what_is_not_a_manifest_is_an_input_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(InputError, match=r"manifest\.json"):
        read_manifest(tmp_path / "manifest.json")


def test_a_later_schema_is_refused(tmp_path: Path) -> None:
    data = fake_manifest().document() | {"schema_version": 3}
    (tmp_path / "manifest.json").write_text(json.dumps(data))
    with pytest.raises(InputError, match="schema_version is 3"):
        read_manifest(tmp_path / "manifest.json")
