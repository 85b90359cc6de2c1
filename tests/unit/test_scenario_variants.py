"""Scenarios side by side: labels that differ, settings of their own, and one measure left out at a time."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from simulation.comparison.changes import change_table, changes
from simulation.comparison.common_ground import check_comparable
from simulation.errors import InputError
from simulation.scenario import load_scenario
from simulation.scenario.description import measure_words
from simulation.scenario.loader import load_scenario as load
from simulation.scenario.measures import Distraction
from simulation.scenario.variants import chosen, variants, without
from simulation.world.world import World, build_world

MEASURES = """\
extends: aleppo
measures:
  - bombardment: {by: russia, sorties_per_day: 60, from_day: 1}
  - distraction: {of: iran_affiliated, availability: 0.9, from_day: 0}
"""


def world(*overrides: str, file: str | Path = "two-valleys") -> World:
    return build_world(load_scenario(file, overrides))


def table(name: str, *pair: World) -> pd.DataFrame:
    return change_table({name: changes(*pair)})


def labels(*choices: object, **more: object) -> list[str]:
    return [each.label for each in chosen(choices, **more)]  # type: ignore[arg-type]


def test_a_label_is_the_file_and_its_own_settings(tmp_path: Path) -> None:
    assert labels("duel", "duel --set inputs.red_fighters=21") == ["duel", "duel red_fighters=21"]
    assert labels("duel", against=["inputs.red_fighters=21"]) == ["duel", "duel red_fighters=21"]
    assert labels("duel", "duel") == ["duel (1)", "duel (2)"]


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.yaml").write_text("extends: duel\n")
    assert labels(tmp_path / "a" / "mine.yaml", tmp_path / "b" / "mine.yaml") == ["a/mine", "b/mine"]
    assert labels(load_scenario(tmp_path / "a" / "mine.yaml"), tmp_path / "b" / "mine.yaml") == [
        "a/mine",
        "b/mine",
    ]


def test_a_bundled_scenario_is_not_said_to_lie_in_the_folder_one_is_in(tmp_path: Path) -> None:
    (tmp_path / "duel.yaml").write_text("extends: duel\n")
    assert labels("duel", tmp_path / "duel.yaml") == ["scenarios/duel", f"{tmp_path.name}/duel"]
    assert labels("duel", load_scenario("duel")) == ["duel (1)", "duel (2)"]


def test_settings_for_all_apply_to_all() -> None:
    found = chosen(["duel", "duel --set inputs.red_fighters=21"], ["inputs.blue_fighters=9"])
    assert [each.scenario.inputs["blue_fighters"].value for each in found] == [9, 9]
    assert [each.scenario.inputs["red_fighters"].value for each in found] == [20, 21]


def test_one_scenario_alone_is_refused() -> None:
    with pytest.raises(InputError, match="one scenario is nothing to compare"):
        variants(["duel"], ablate=False)
    with pytest.raises(InputError, match="no measures that could be left out"):
        variants(["duel"], ablate=True)
    with pytest.raises(InputError, match="--ablate takes one scenario"):
        variants(["duel"], against=["days=3"], ablate=True)


def test_ablation_leaves_each_measure_out_once(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(MEASURES)
    whole, *parts = variants([tmp_path / "mine.yaml"], ablate=True)
    assert [each.label for each in parts] == [
        "without the bombardment by Russia",
        "without the availability of Iran-affiliated groups",
    ]
    assert not whole.left_out and all(each.left_out for each in parts)
    for k, part in enumerate(parts):
        assert part.scenario.measures == whole.scenario.measures[:k] + whole.scenario.measures[k + 1 :]
    assert len({each.scenario.digest for each in (whole, *parts)}) == 3


@pytest.mark.parametrize(("share", "words"), [(0, "none"), (0.9, "0.9"), (1, "all")])
def test_none_and_all_of_an_actors_means_are_said_in_words(share: float, words: str) -> None:
    told = measure_words(Distraction(of="iran", availability=share, from_day=0), {"iran": "Iran"})
    assert told.startswith(f"the availability of Iran: {words} of its means are free")


def test_without_a_measure_the_later_ones_keep_their_place_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(MEASURES)
    scenario = load(tmp_path / "mine.yaml")
    before = {path: place for path, place in scenario.origin.items() if path.startswith("measures[1]")}
    after = {
        path: place for path, place in without(scenario, 0).origin.items() if path.startswith("measures[")
    }
    assert after == {path.replace("[1]", "[0]", 1): place for path, place in before.items()}


def test_changes_name_an_input_with_its_unit(tmp_path: Path) -> None:
    rows = table("b", world(file="duel"), world("inputs.red_fighters=21", file="duel"))
    assert rows.to_numpy().tolist() == [
        ["b", "inputs.red_fighters", "input", "20 fighters", "21 fighters", "given in the scenario"]
    ]


def test_a_difference_in_the_last_digit_is_shown() -> None:
    one, other = (
        world("inputs.red_kill_rate=1", file="duel"),
        world("inputs.red_kill_rate=1.00000001", file="duel"),
    )
    (row,) = table("b", one, other).to_dict("records")
    assert row["reference"] != row["value"]


def test_measures_of_one_subject_share_a_row(tmp_path: Path) -> None:
    for name, strikes in (("a", 60), ("b", 20)):
        text = MEASURES.replace("sorties_per_day: 60", f"sorties_per_day: {strikes}")
        (tmp_path / f"{name}.yaml").write_text(text)
    rows = table("b", *(world(file=tmp_path / f"{name}.yaml") for name in "ab"))
    assert rows[["path", "reference", "value"]].to_numpy().tolist() == [
        [
            "measures[0]",
            "the bombardment by Russia: 60 strikes a day from day 1",
            "the bombardment by Russia: 20 strikes a day from day 1",
        ]
    ]


def test_a_claim_disbelieved_is_a_change(tmp_path: Path) -> None:
    claim = next(iter(world().seeds.claims))
    (tmp_path / "a.yaml").write_text(f"extends: two-valleys\nclaims:\n  - disbelieve: {claim}\n")
    rows = table("a", world(), world(file=tmp_path / "a.yaml"))
    row = rows[rows["kind"] == "claim"].iloc[0]
    assert row["path"] == f"claims.{claim}"
    assert row["reference"].startswith("believed: ") and row["value"].startswith("not believed: ")


def test_titles_and_sources_are_no_change(tmp_path: Path) -> None:
    lesson = "lesson: {predict: Guess., notice: [This.], try: [That.], debrief: So.}"
    (tmp_path / "a.yaml").write_text(f"extends: duel\ntitle: Another\nquestion: Why?\n{lesson}\n")
    assert not changes(world(file="duel"), world(file=tmp_path / "a.yaml"))


def test_scenarios_without_common_ground_are_refused() -> None:
    with pytest.raises(InputError, match=r"'b' cannot be compared with 'a': its actors are others"):
        check_comparable(["a", "b"], [world(file="duel"), world()])
    with pytest.raises(InputError, match=r"its length is 3 days, not 10,000 days; give both the same"):
        check_comparable(["a", "b"], [world(file="duel"), world("days=3", file="duel")])
    with pytest.raises(InputError, match=r"its first day is 2024-01-02, not 2024-01-01"):
        check_comparable(["a", "b"], [world(file="duel"), world("start=2024-01-02", file="duel")])
    check_comparable(["a", "b"], [world(), world("inputs.road_speed=50")])


CAMPAIGN = "  - bombardment: {{by: river_council, sorties_per_day: {}, from_day: {}, until_day: {}}}\n"
SHIFTS = (
    "  - morale: {of: river_council, cohesion: -0.1, from_day: 1}\n",
    "  - morale: {of: river_council, cohesion: 0.3, from_day: 1}\n",
)
CEASEFIRE = "  - ceasefire: {{between: [highland_league, river_council], compliance: 1, from_day: {}, until_day: {}}}\n"
BREACH = "  - breach: {between: [highland_league, river_council], from_day: 3}\n"


def valleys(folder: Path, name: str, *items: str) -> World:
    text = f"extends: two-valleys\nmeasures:\n{''.join(items)}" if items else "extends: two-valleys\n"
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return world(file=folder / f"{name}.yaml")


def test_changes_say_what_is_in_force_when(tmp_path: Path) -> None:
    whole, more = CAMPAIGN.format(40, 2, 10), CAMPAIGN.format(80, 4, 6)
    one, two = valleys(tmp_path, "one", whole), valleys(tmp_path, "two", whole, more)
    name = "the bombardment by Council"
    told = (
        f"{name}: 40 strikes a day from day 2 to day 4, 80 strikes a day from day 4 to day 6, "
        "40 strikes a day from day 6 to day 10"
    )
    assert table("b", one, two)[["path", "reference", "value"]].to_numpy().tolist() == [
        ["measures[0], measures[1]", f"{name}: 40 strikes a day from day 2 to day 10", told]
    ]
    none = table("b", two, valleys(tmp_path, "none"))
    assert none["value"].tolist() == ["not set; strikes as the actor's input says: none"]
    pause = valleys(tmp_path, "pause", whole, CAMPAIGN.format(0, 4, 6))
    assert (
        "to day 4, the end of strikes by Council: 0 strikes a day from day 4 to day 6, the bombardment by Council: 40"
    ) in table("b", one, pause)["value"].item()


def test_a_pair_in_the_other_order_is_not_named_again(tmp_path: Path) -> None:
    turned = CEASEFIRE.replace("highland_league, river_council", "river_council, highland_league")
    items = (CEASEFIRE.format(2, 8), turned.replace("compliance: 1", "compliance: 0.5").format(4, 6))
    none, both = valleys(tmp_path, "none"), valleys(tmp_path, "both", *items)
    assert table("b", none, both)["value"].tolist() == [
        "the ceasefire of League and Council: kept to 1 (1 is wholly) from day 2 to day 4, kept to 0.5 (1 is wholly) "
        "from day 4 to day 6, kept to 1 (1 is wholly) from day 6 to day 8"
    ]


def test_what_is_in_force_alike_is_no_change_however_it_is_written(tmp_path: Path) -> None:
    one = valleys(tmp_path, "one", CAMPAIGN.format(40, 2, 10))
    parts = CAMPAIGN.format(40, 2, 6), CAMPAIGN.format(40, 6, 10)
    for name, items in (("parts", parts), ("turned", parts[::-1])):
        other = valleys(tmp_path, name, *items)
        assert not changes(one, other) and not changes(other, one)
        assert other.template.measures.tobytes() == one.template.measures.tobytes()


def test_an_end_after_the_run_is_not_told_and_is_no_change(tmp_path: Path) -> None:
    none, whole = valleys(tmp_path, "none"), valleys(tmp_path, "whole", CAMPAIGN.format(40, 2, "null"))
    days = whole.scenario.days
    last, late = (valleys(tmp_path, f"until{k}", CAMPAIGN.format(40, 2, f"{days + k:g}")) for k in range(2))
    said = "the bombardment by Council: 40 strikes a day from day 2"
    assert table("b", none, late)["value"].tolist() == [said] == table("b", none, whole)["value"].tolist()
    assert not changes(whole, late) and not changes(late, whole)
    assert table("b", whole, last)["value"].tolist() == [f"{said} to day {days:g}"]


def test_what_happens_otherwise_is_a_change_though_all_is_the_same(tmp_path: Path) -> None:
    there, here = (valleys(tmp_path, f"shift{k}", *SHIFTS[::way]) for k, way in enumerate((1, -1)))
    assert table("b", there, here)[["path", "value"]].to_numpy().tolist() == [
        ["measures", "the same in another order"]
    ]
    again = valleys(tmp_path, "again", CEASEFIRE.format(2, 4), BREACH, CEASEFIRE.format(4, 6))
    once = valleys(tmp_path, "once", CEASEFIRE.format(2, 6), BREACH)
    assert table("b", again, once)[["reference", "value"]].to_numpy().tolist() == [
        ["written as 3 measures", "written as 2 measures"]
    ]
