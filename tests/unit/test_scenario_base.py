"""The base: priors of all rules without a world, which others extend and nobody runs."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

from simulation.errors import InputError
from simulation.io.folders import bundled
from simulation.io.yaml_file import read_yaml
from simulation.model.parameters import PARAMETERS
from simulation.scenario import load_scenario
from simulation.scenario.loader import base_of
from simulation.scenario.schema import json_schema
from simulation.sources import printout
from simulation.world.consistency import validity_of

FIRST_CASE = re.compile(
    r"syria|aleppo|idlib|\bhama\b|\bhoms\b|damascus|latakia|turk|russia|\biran|hezbollah|israel|leban|\bhts\b|\bsohr\b|kurd"
    r"|afrin|saraqib|white helmets|\bsdf\b|\bsna\b",
    re.IGNORECASE,
)


def test_the_base_has_every_rule_with_a_source_and_no_word_of_the_first_case() -> None:
    inputs = base_of("base")
    assert inputs is not None and set(inputs) == set(PARAMETERS)
    assert all(each.source and each.source != "given in the scenario" for each in inputs.values())
    assert sum(each.dist is not None for each in inputs.values()) > len(inputs) / 2
    assert not FIRST_CASE.findall((bundled("scenarios") / "base.yaml").read_text(encoding="utf-8"))


def test_a_new_conflict_takes_all_priors_and_the_small_one_none(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "extends: base\nstart: 2024-01-01\nseeds: bundled:seeds/two_valleys\nregion: bundled:seeds/two_valleys/region\n"
    )
    mine, small, prior = load_scenario(file), load_scenario("two-valleys"), base_of("base") or {}
    assert all(mine.inputs[name].dist == prior[name].dist for name in PARAMETERS)
    assert set(mine.together) == {"army_brittleness", "surprise"}
    assert [name for name in PARAMETERS if small.inputs[name].dist] == [] and not small.together


def test_the_sources_of_a_new_conflict_hold_no_word_of_the_first_case(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "extends: base\nstart: 2024-01-01\nseeds: bundled:seeds/two_valleys\nregion: bundled:seeds/two_valleys/region\n"
    )
    assert FIRST_CASE.findall(printout(load_scenario(file), None, None).text()) == []


def test_a_source_alone_argues_the_same_numbers_again() -> None:
    here, prior = load_scenario("aleppo").inputs["army_shock"], (base_of("base") or {})["army_shock"]
    assert here.parameters == prior.parameters and here.source != prior.source


def test_nobody_can_run_a_base_and_all_that_is_wrong_with_one_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"names no seeds, region and start.*write 'extends: base'"):
        load_scenario("base")
    assert validity_of("base", ())["message"].startswith("valid as a base for others")
    file = tmp_path / "worse.yaml"
    file.write_text("extends: base\ninputs: {fgo: 3, fog: 99, army_fighters: 5}\nmeasures: 3\n")
    messages = [each["message"] for each in validity_of(str(file), ())["errors"]]
    assert len(messages) == 3
    assert [
        word
        for word in ("did you mean 'fog'", "within 0 to 3", "must be a list")
        if word not in str(messages)
    ] == []


def test_the_schema_takes_a_base_and_what_drops_its_numbers() -> None:
    schema = json_schema()
    for name in ("base", "two-valleys"):
        data = read_yaml(bundled("scenarios") / f"{name}.yaml").data
        jsonschema.validate({**data, "start": "2024-01-01"} if "start" in data else data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"title": "a", "question": "b", "inputs": {}, "seeds": "c"}, schema)
