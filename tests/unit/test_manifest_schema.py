"""The published schema of manifests is in step, and what each kind of folder says of itself follows it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from code_map import ROOT
from fakes import fake_manifest

from simulation.api.manifest_schema import manifest_schema
from simulation.comparison.manifest import ComparisonManifest, comparison_manifest
from simulation.errors import InputError
from simulation.parameter_study.design import grid
from simulation.parameter_study.manifest import SweepManifest, sweep_manifest
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import Failure, ManifestHead, checksum_of, digest_of
from simulation.results.manifest_reader import read_as, stored_manifest
from simulation.results.stopping_rule import StoppingRecord, TargetState
from simulation.results.verification import verdict_of
from simulation.scenario import load_scenario
from simulation.scoring.film_manifest import FilmManifest, film_manifest
from simulation.sensitivity_analysis.manifest import StudyManifest
from simulation.sensitivity_analysis.study import StudyResult

PUBLISHED = ROOT / "docs" / "manifest.schema.json"
FAILED = (Failure(replicate=3, reason="too many events"),)
STOPPING = StoppingRecord(
    until=("ending.truce:0.02",), first=100, most=20_000, histories=1340,
    reached=(TargetState(target="ending.truce", asked=0.02, value=0.3, low=0.29, high=float("inf")),),
)  # fmt: skip


def a_comparison(**changes: object) -> ComparisonManifest:
    return comparison_manifest(["as it was", "b/c"], [fake_manifest(**changes), fake_manifest(**changes)])


def a_study() -> StudyManifest:
    return StudyManifest(
        method="sobol", scenario="aleppo", scenario_digest="0123456789ab", title="The road", seed=1, days=30.0,
        replicates=800, workers=2, engine_version="1", outcomes=("civilians_killed",), inputs=("fog", "speed"),
    )  # fmt: skip


def a_sweep() -> SweepManifest:
    scenarios = [load_scenario("duel", [f"inputs.red_fighters={number}"]) for number in (20, 25)]
    return sweep_manifest(
        load_scenario("duel"), grid({"inputs.red_fighters": ("20", "25")}), scenarios, replicates=800, seed=1,
        workers=2, outcomes=("ending.red_wins",),
    )  # fmt: skip


def a_film() -> FilmManifest:
    dates = [
        fake_manifest(as_of=date, scenario_digest=digest, asked_sequential=False).scored_against(
            ("mine.yaml",)
        )
        for date, digest in (("2024-11-28", "a" * 12), ("2024-11-29", "b" * 12))
    ]
    failing, whole = dates[0].done(FAILED), dates[1].done()
    return film_manifest(dates).following([failing, whole])


KINDS = {
    "run": fake_manifest().done(FAILED),
    "stopped run": fake_manifest().settled(STOPPING).done(),
    "hindcast": fake_manifest().scored_against(("../truth/my file.yaml",)).done(),
    "comparison": a_comparison().settled(STOPPING).done(FAILED),
    "sweep": a_sweep().done(FAILED),
    "film": a_film(),
    "sensitivity": a_study().found(
        StudyResult(cases=100, rows=20, histories=790, kept=("fog",), failed=FAILED)
    ),
}


def faults_of(document: Any) -> list[str]:
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(document)]


def test_the_published_schema_is_in_step() -> None:
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert published == manifest_schema(), "simulate schema --manifest > docs/manifest.schema.json"
    jsonschema.Draft202012Validator.check_schema(published)


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_follows_the_schema_and_can_be_read_back(name: str, tmp_path: Path) -> None:
    manifest = KINDS[name]
    manifest.write(tmp_path / "manifest.json")
    assert faults_of(json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))) == []
    assert str(read_as(type(manifest), tmp_path / "manifest.json")) == str(manifest)
    assert manifest.is_one_with(stored_manifest(tmp_path / "manifest.json"))


@pytest.mark.parametrize(
    "change", [{"seed": "1"}, {"kind": "photos"}, {"failed": [{"replicate": 3}]}, {"scenarios": None}]
)
def test_the_schema_refuses_what_is_no_manifest(change: dict[str, Any]) -> None:
    for manifest in KINDS.values():
        assert faults_of(manifest.document() | change) != []


def test_every_kind_has_the_whole_head_with_a_word_on_each_key() -> None:
    head = {*ManifestHead.model_fields, *ManifestHead.model_computed_fields}
    for form in (Manifest, ComparisonManifest, StudyManifest, FilmManifest):
        properties = manifest_schema()["$defs"][form.__name__]["properties"]
        assert head <= set(properties)
        assert [key for key, value in properties.items() if "description" not in value] == []


def test_keys_that_others_read_are_kept() -> None:
    """Scripts of other people read them since the first version of the form."""
    shared = {
        "files",
        "sha256",
        "schema_version",
        "command",
        "seed",
        "engine_version",
        "started",
        "finished",
        "digest",
    }
    ran = {"scenario", "scenario_digest", "title", "start", "days", "replicates", "per_case", "workers", "endings",
           "dissolves", "places", "packages", "python", "platform", "failed", "stopping"}  # fmt: skip
    compared = {"kind", "names", "folders", "asked", "replicates", "days", "stopping"}
    studied = {"kind", "method", "scenario", "scenario_digest", "asked_histories", "outcomes", "inputs", "packages",
               "histories", "cases", "rows", "kept", "failed"}  # fmt: skip
    for name, keys in (("run", ran), ("comparison", compared), ("sensitivity", studied)):
        assert shared | keys <= set(KINDS[name].document())


def test_digests_are_those_of_the_first_version() -> None:
    """Else folders that people have would be found different from themselves."""
    run = {"scenario": "aleppo", "scenario_digest": "0123456789ab", "seed": 1, "replicates": 200, "per_case": 1,
           "engine_version": "1"}  # fmt: skip
    assert fake_manifest().digest == digest_of(run)
    assert fake_manifest().scored_against(()).folder_name == f"hindcast-aleppo-{digest_of(run)}"
    assert a_comparison().digest == digest_of([["as it was", "b/c"], 2 * [digest_of(run)]])
    study = {"method": "sobol", "scenario": "aleppo", "scenario_digest": "0123456789ab", "seed": 1,
             "asked_histories": 800, "outcomes": ["civilians_killed"], "inputs": ["fog", "speed"],
             "engine_version": "1"}  # fmt: skip
    assert a_study().digest == digest_of(study)


def test_a_comparison_by_a_rule_is_one_with_what_was_asked_and_then_with_what_was_run() -> None:
    begun = a_comparison(stopping=StoppingRecord(until=STOPPING.until, first=100, most=20_000))
    settled, plain = begun.settled(STOPPING), a_comparison(replicates=1340)
    assert begun.is_open and begun.digest == begun.asked != settled.digest == plain.digest
    assert begun.is_one_with(settled.document()) and not begun.is_one_with(plain.document())
    assert settled.is_one_with(plain.document())


@pytest.mark.parametrize(
    ("version", "remedy"), [(3, "later version .*: update"), (1, "earlier version .* again")]
)
def test_another_schema_version_is_said_with_what_to_do(tmp_path: Path, version: int, remedy: str) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(fake_manifest().document() | {"schema_version": version}))
    with pytest.raises(InputError, match=rf"manifest\.json: .*schema_version is {version}.*{remedy}"):
        read_as(Manifest, file)


def test_a_wrong_type_is_not_made_to_fit(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    data = fake_manifest().document() | {"seed": "1"}
    file.write_text(json.dumps(data | {"sha256": checksum_of(data)}))
    with pytest.raises(InputError, match=r"seed must be a whole number"):
        read_as(Manifest, file)


def test_the_commands_that_repeat() -> None:
    assert KINDS["hindcast"].again == (
        "simulate hindcast scenario.yaml --replicates 200 --seed 1 --truth '../truth/my file.yaml'"
    )
    assert KINDS["comparison"].again == (
        "simulate compare runs/1-as-it-was/scenario.yaml runs/2-b-c/scenario.yaml --replicates 1340 --seed 1"
    )
    assert KINDS["sensitivity"].again == (
        "simulate sensitivity scenario.yaml --method sobol --histories 800 --seed 1 --outcomes civilians_killed"
    )


def test_a_film_is_known_by_what_was_asked_and_then_by_what_was_run() -> None:
    made = a_film()
    begun = made.model_copy(update={"finished": None, "failed": ()})
    assert begun.is_open and begun.digest == begun.asked and made.is_one_with(made.document())
    assert made.digest == digest_of(
        [["2024-11-28", made.hindcasts[0].run], ["2024-11-29", made.hindcasts[1].run]]
    )
    assert made.failed == (Failure(replicate=3, reason="2024-11-28: too many events"),)
    assert made.again == (
        "simulate hindcast runs/2024-11-28/scenario.yaml --as-of 2024-11-28,2024-11-29 --replicates 200 --seed 1 "
        "--no-sequential --truth runs/2024-11-28/mine.yaml"
    )


def test_a_verdict_counts_the_histories_that_a_study_played(tmp_path: Path) -> None:
    assert verdict_of(tmp_path, KINDS["sensitivity"], {}).histories == 790 - len(FAILED)
