"""Groups of inputs in scenarios: inherited, overridden, printed, told of, and counted as one in studies."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from simulation.comparison.change import ChangeKind
from simulation.comparison.changes import changes
from simulation.errors import InputError
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.acceptance import check_scenario
from simulation.scenario.description import input_words, range_words
from simulation.scenario.digest import canonical
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.resolution import resolved_text, short_text
from simulation.sensitivity_analysis.entries import columns_of, group_moves, group_sentences, study_entries
from simulation.sensitivity_analysis.request import requested_inputs
from simulation.sources import chains_of
from simulation.sources.printout import printout
from simulation.world.world import build_world

VALID = Path(__file__).parents[1] / "scenarios" / "valid"
GROUPS = VALID / "groups.yaml"
MEMBERS = ("river_council_cohesion", "river_council_confidence", "army_shock")


def groups(*settings: str) -> Scenario:
    return load_scenario(GROUPS, settings)


def test_a_group_says_its_members_and_which_are_turned_round() -> None:
    assert groups().together["nerve"].signs == dict(zip(MEMBERS, (1, 1, -1), strict=True))
    assert groups().together["others"].signs == {"near_shock": -1, "highland_league_cohesion": 1}


def test_a_scenario_that_extends_another_changes_parts_of_a_group() -> None:
    found = load_scenario(VALID / "groups-inherited.yaml")
    assert found.together["nerve"].correlation == 0 and len(found.together["nerve"].of) == 3
    assert found.together["others"].of == ("highland_league_cohesion", "highland_league_confidence")
    assert found.together["others"].correlation == 0.3
    assert found.inputs["near_shock"].value == 0


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("together.nerv.correlation=0", "there is no 'together.nerv'; did you mean 'nerve'?"),
        ("together.nerve.corelation=0", "unknown field 'corelation'; did you mean 'correlation'?"),
        ("together.nerve.correlation=2", "must be less than 1, not 2"),
        ("together.nerve.of[0]=-fogg", "unknown input 'fogg'; did you mean 'fog'?"),
        ("together.nerve.of[0]=near_shock", "'near_shock' is in the group 'nerve'; it can be in one only"),
        ("inputs.army_shock.weights=[1]", "army_shock: choice: values must be"),
        (
            "inputs.army_shock.values.3=1",
            "nothing is at '3' of 'inputs.army_shock.values': it has the items 0 to 2",
        ),
    ],
)
def test_a_wrong_setting_of_a_group_says_what_is_wrong(setting: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        groups(setting)
    assert message in str(caught.value)


def test_settings_reach_into_groups_and_make_them() -> None:
    assert groups("together.nerve.correlation=0.2").together["nerve"].correlation == 0.2
    made = 'together.pair={correlation: 0.5, of: [red_fighters, -blue_fighters], source: "assumption: x"}'
    assert load_scenario("duel", [made]).together["pair"].signs == {"red_fighters": 1, "blue_fighters": -1}


def test_groups_are_part_of_what_a_scenario_is(tmp_path: Path) -> None:
    digests = {groups(*each).digest for each in ((), ("together.nerve.correlation=0.5",))}
    assert len(digests) == 2
    assert "together" not in canonical(load_scenario("two-valleys"))
    text = resolved_text(groups(), tmp_path)
    (tmp_path / "again.yaml").write_text(text, encoding="utf-8")
    again = load_scenario(tmp_path / "again.yaml")
    assert (again.digest, again.together) == (groups().digest, groups().together)
    assert "nerve: {correlation: 0.6, of: [river_council_cohesion, river_council_confidence," in text
    assert f"# {GROUPS}:6" in text or "groups.yaml:6" in text
    assert "nerve: {correlation: 0.6" in short_text(groups())


def test_a_group_made_by_hand_is_checked_as_a_file_is() -> None:
    known = groups()
    fine = InputGroup(correlation=0.1, of=("fog", "-rally_rate"), source="test")
    check_scenario(dataclasses.replace(known, together={"fine": fine}))
    with pytest.raises(InputError, match="unknown input 'nobody'"):
        strange = InputGroup(correlation=0.1, of=("fog", "nobody"), source="test")
        check_scenario(dataclasses.replace(known, together={"strange": strange}))
    with pytest.raises(InputError, match="must be a InputGroup"):
        dataclasses.replace(known, together={"none": {"correlation": 0.1}})


def test_the_world_draws_a_group_together() -> None:
    world = build_world(groups())
    columns = [list(world.scenario.inputs).index(name) for name in MEMBERS]
    drawn = world.cases(range(4096), 1)[0][:, columns]
    found = np.corrcoef(drawn.T)
    assert found[0, 1] > 0.5 and found[0, 2] < -0.4 and found[1, 2] < -0.4
    apart = build_world(groups("together.nerve.correlation=0")).cases(range(4096), 1)[0][:, columns]
    assert np.abs(np.corrcoef(apart.T) - np.eye(3)).max() < 0.08
    assert np.array_equal(np.sort(apart, axis=0)[:, 2], np.sort(drawn, axis=0)[:, 2])


def test_a_constant_member_is_said() -> None:
    found = [(each.path, each.message) for each in build_world(groups("inputs.army_shock=1")).notices]
    assert found == [("together.nerve.of", "army_shock is a constant; only the others are drawn together")]
    inherited = build_world(
        load_scenario(VALID / "groups-inherited.yaml", ["inputs.highland_league_confidence=0.5"])
    )
    assert [(each.path, each.message) for each in inherited.notices] == [
        ("together.others", "highland_league_confidence is a constant, so no two inputs go together")
    ]
    assert build_world(groups()).notices == ()


def test_another_correlation_is_a_difference() -> None:
    here, there = build_world(groups()), build_world(groups("together.nerve.correlation=0"))
    (found,) = changes(here, there)
    assert (found.kind, found.path, found.name) == (ChangeKind.GROUP, "together.nerve", "nerve")
    assert found.reference.words.endswith(
        "Council: confidence and army shock (turned round), with correlation 0.6"
    )
    assert found.value.words == "drawn apart"
    (back,) = changes(there, here)
    assert back.source == "assumption: one army"
    other = build_world(groups("together.nerve.source=another"))
    assert changes(here, other) == ()


def test_the_value_of_a_discrete_input_is_told_in_words() -> None:
    inputs = groups().inputs
    assert input_words(inputs["near_shock"]) == "0 (probability 0.5) or 1 (0.5)"
    assert input_words(inputs["army_shock"]) == "0 (probability 0.25), 1 (0.5) or 2 (0.25)"
    assert range_words(inputs["army_shock"]) == "0, 1 or 2"
    assert range_words(inputs["river_council_cohesion"]).count(" to ") == 1
    assert repr(inputs["near_shock"]).endswith("near_shock: bernoulli {'p': 0.5}>")


def test_the_sources_of_a_group_are_told() -> None:
    text = printout(groups("together.nerve.correlation=0.2"), groups(), "nerve").text()
    assert "with correlation 0.2" in text and "one army" in text
    assert "before: Council: cohesion" in " ".join(text.split())
    assert "groups" not in {group.id for group in chains_of(load_scenario("two-valleys")).groups}


def test_a_study_counts_a_group_as_one() -> None:
    scenario = groups()
    entries = study_entries(scenario.inputs, scenario.together)
    assert not set(MEMBERS) & entries.keys()
    assert entries["nerve"].signs == dict(zip(MEMBERS, (1, 1, -1), strict=True))
    assert entries["nerve"].meaning.startswith("drawn together: Council: cohesion")
    assert [
        len(each) for each in columns_of([entries["nerve"], entries["others"]], list(scenario.inputs))
    ] == [3, 2]
    for words in (group_sentences, group_moves):
        assert [text.split("”")[0] for text in words(scenario.together, scenario.inputs)] == [
            "“Nerve",
            "“Others",
        ]


def test_where_a_group_has_no_effect_its_members_count_alone() -> None:
    plain = load_scenario("two-valleys")
    uncertain = [name for name, each in plain.inputs.items() if each.dist is not None]
    assert list(study_entries(plain.inputs, plain.together)) == uncertain
    apart = groups("together.nerve.correlation=0")
    assert set(MEMBERS) <= study_entries(apart.inputs, apart.together).keys()
    fixed = groups("inputs.army_shock=1", "inputs.river_council_confidence=0.5")
    found = study_entries(fixed.inputs, fixed.together)
    assert "river_council_cohesion" in found and "nerve" not in found


def test_a_study_is_asked_for_a_group_by_its_name() -> None:
    world = build_world(groups())
    assert requested_inputs(["nerve"], world) == ("nerve",)
    assert {"nerve", "others"} <= set(requested_inputs([], world))
    with pytest.raises(InputError, match="drawn together with others, and they count as one: name 'nerve'"):
        requested_inputs(["army_shock"], world)
