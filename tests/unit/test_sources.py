"""Chains: every number has a source or an assumption, every claim a sentence, and edits show where they were made."""

from __future__ import annotations

import ast
import csv
import json
import re
import shutil
from functools import lru_cache
from pathlib import Path

import code_map
import pytest
from fakes import fake_chains, fake_material, write_fake
from typer.testing import CliRunner

import cli
from simulation.documents import load_seeds
from simulation.errors import InputError
from simulation.io.yaml_file import parse, read_yaml
from simulation.model.parameters import PARAMETERS
from simulation.outcomes.variables import OUTCOMES
from simulation.region.description import RegionDescription
from simulation.report.run.page import page
from simulation.scenario import load_scenario
from simulation.scenario.catalogue import names
from simulation.scenario.input_registry import GIVEN
from simulation.sources import Entry, SourceChains, chains_of, found, named

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
EDITED = """
extends: aleppo
claims:
  - disbelieve: C47
  - add: {id: Z01, subject: russia, predicate: deconflicts, object: hts, day: "2024-11-28",
      said_by: scenario, verified: false, assumption: suppose a channel is opened, text: They keep apart.}
inputs:
  fog: 0.3
measures:
  - bombardment: {by: russia, sorties_per_day: 20, from_day: 3, source: "assumption: follows claim C26"}
"""


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    file = tmp_path / "my.yaml"
    file.write_text(EDITED, encoding="utf-8")
    return file


@lru_cache(maxsize=32)
def bundled(name: str) -> SourceChains:
    return fake_chains() if name == "aleppo" else chains_of(load_scenario(name))


def entries(chains: SourceChains, *groups: str) -> dict[str, Entry]:
    return {e.key: e for group in chains.groups if group.id in groups for e in group.entries}


def simulate(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli.app, ["sources", *arguments])
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("name", ["aleppo", "two-valleys", "duel"])
def test_every_number_has_a_source_or_an_assumption(name: str) -> None:
    scenario, chains = load_scenario(name), bundled(name)
    seeds = load_seeds(scenario.seeds, scenario.claim_edits)
    numbers = entries(chains, "actor-numbers", "rule-numbers")
    assert set(numbers) == set(scenario.inputs) >= set(PARAMETERS)
    assert set(entries(chains, "forces")) == {force.id for force in seeds.forces}
    bases = numbers | entries(chains, "forces", "map", "weights")
    # Four of the rules' numbers are plain numbers in the file of the duel: it is an exercise.
    plain = {key for key, entry in bases.items() if entry.basis not in ("source", "assumption")}
    assert plain <= (
        {"front_width", "give_way_rate", "rally_rate", "wounded_per_killed"} if name == "duel" else set()
    )
    assert {
        key for key, entry in bases.items() if len(entry.because.split()) < 2 or not entry.written
    } == set()


@pytest.mark.parametrize("name", names())
def test_every_measure_and_number_of_a_bundled_scenario_has_a_source(name: str) -> None:
    scenario = load_scenario(name)
    assert [measure for measure in scenario.measures if not measure.source] == []
    plain = {key for key, each in scenario.inputs.items() if each.source == GIVEN}
    assert plain == set() or name == "duel"


def test_every_number_of_the_first_case_has_a_reason_of_its_own() -> None:
    reasons = {key: e.because for key, e in entries(bundled("aleppo"), "rule-numbers").items()}
    assert [key for key, reason in reasons.items() if "default of the model" in reason] == []


@pytest.mark.parametrize("folder", [SEEDS, SEEDS / "two_valleys", SEEDS / "duel"], ids=lambda path: path.name)
def test_every_column_of_the_region_has_a_source_or_an_assumption(folder: Path) -> None:
    description = parse(read_yaml(folder / "region" / "region.yaml"), RegionDescription)
    covered = {column for each in description.numbers for column in each.columns}
    columns = set()
    for table in ("cells", "places", "governorates"):
        lines = (folder / "region" / f"{table}.csv").read_text(encoding="utf-8").splitlines()
        head = next(csv.reader(line for line in lines if not line.startswith("#")))
        columns |= {f"{table}.{column}" for column in head}
    assert covered == columns


@pytest.mark.parametrize("name", ["aleppo", "two-valleys", "duel"])
def test_every_chain_ends_in_a_sentence_an_assumption_or_the_run(name: str) -> None:
    chains = bundled(name)
    for group in chains.groups:
        for entry in group.entries:
            assert entry.because, entry.key
            leads = [key for _, keys in entry.see for key in keys]
            assert [key for key in (*leads, *entry.claims) if key.lower() not in chains.by_name] == []
            if group.id == "relations" and not entry.key.startswith("bloc-"):
                assert entry.claims, entry.key
    for cited in chains.cited.values():
        assert cited.sentence and cited.document and re.search(r":\d+$", cited.written), cited.id


def test_lines_are_where_things_stand() -> None:
    chains = bundled("aleppo")
    cited = chains.cited["C47"]
    for text, at in (("id: C47", cited.written), ("S16.", cited.sentence_written)):
        file, line = at.split(":")
        assert text in (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    number = entries(chains, "actor-numbers")["government_cohesion"]
    file, line = number.written.split(":")
    assert (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1].strip() == "cohesion:"


@pytest.mark.parametrize(
    ("name", "group", "key"),
    [("hts", "actors", "hts"), ("Nusra Front", "actors", "hts"), ("hts-government", "relations", "government-hts"),
     ("government-hts", "wars", "war-government-hts"), ("government_cohesion", "actor-numbers", None),
     ("inputs.fog", "rule-numbers", "fog"), ("c47", "claims", "C47"), ("Aleppo", "places", "Aleppo"),
     ("background S10", "claims", "B12"), ("israel-hezbollah", "wars", "truce-hezbollah-israel"),
     ("hts-reserve", "forces", None), ("places.weight", "map", None), ("aleppo_falls", "results", None),
     ("fighters_killed_hts", "results", "fighters_killed"), ("casualty", "processes", None)],
)  # fmt: skip
def test_a_name_finds_its_chain(name: str, group: str, key: str | None) -> None:
    assert (group, key or name) in [(g.id, entry.key) for g, entry in named(bundled("aleppo"), name)]


def test_two_actors_on_whom_no_claim_bears_are_neither() -> None:
    ((group, entry),) = named(bundled("aleppo"), "turkey-hezbollah")
    assert (group.id, entry.because) == ("relations", "no claim bears on the two")


def test_an_unknown_name_says_what_is_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'government_cohesion'"):
        named(bundled("aleppo"), "goverment_cohesion")
    status, out, err = simulate("aleppo", "hts-goverment")
    assert (status, out) == (2, "")
    assert err == "nothing in aleppo is called 'hts-goverment'; did you mean 'hts-government'?\n"
    with pytest.raises(InputError, match="a relation such as red-blue"):
        named(bundled("duel"), "!?")


def test_a_single_chain_tells_the_whole_sentence() -> None:
    status, out, _ = simulate("aleppo", "opposition_factions_restraint")
    text = " ".join(out.split())
    assert status == 0
    for words in ("from 0 to 0.7, likeliest 0.25", "assumption: backed by Turkey", "C47 Turkey has backed several",
                  "said by the reporter, verified", "has stationed troops in parts of the north-west.”",
                  "seeds/documents/2024-11-28-northern-syria.md:"):  # fmt: skip
        assert words in text


def test_a_result_leads_to_its_processes_and_a_place_to_the_rules_of_the_map() -> None:
    assert [g.id for g in found(bundled("aleppo"), "displaced_peak").groups] == ["results", "processes"]
    assert {"cells.control", "cells.population"} <= {
        column
        for key, entry in entries(found(bundled("aleppo"), "people_held_hts"), "map").items()
        for column in (key, *entry.names)
    }
    place = found(bundled("aleppo"), "Saraqib")
    assert {"places.weight", "places.population"} <= set(entries(place, "map"))


def test_a_region_may_leave_out_what_its_columns_rest_on(tmp_path: Path) -> None:
    shutil.copytree(SEEDS / "two_valleys", tmp_path / "seeds")
    description = tmp_path / "seeds" / "region" / "region.yaml"
    text = description.read_text(encoding="utf-8")
    description.write_text(text[: text.index("numbers:")], encoding="utf-8")
    file = tmp_path / "own.yaml"
    file.write_text("extends: two-valleys\nseeds: seeds\nregion: seeds/region\n", encoding="utf-8")
    status, out, _ = simulate(str(file), "Weirford")
    assert status == 0 and "held by" in out
    chains = chains_of(load_scenario(file))
    for group in chains.groups:
        for entry in group.entries[:1]:
            assert found(chains, entry.key)


def test_outcomes_are_all_there_and_made_by_the_processes_that_do_it() -> None:
    doers = {"fighters_killed_": ("kill",), "fighters_wounded_": ("wound", "heal"), "fighters_captured_": ("capture",),
             "fighters_deserted_": ("desert",), "civilians_killed": ("kill_civilians",),
             "area_km2_": ("change_control",), "fighters_sent": ("raise_unit",)}  # fmt: skip
    for outcome, functions in doers.items():
        assert set(OUTCOMES[outcome].makers) == set().union(*map(processes_that_call, functions)), outcome
    losing_or_gaining = ("kill", "wound", "capture", "desert", "raise_unit", "heal")
    assert set(OUTCOMES["fighters_left_"].makers) == set().union(*map(processes_that_call, losing_or_gaining))


def test_an_ending_says_with_its_numbers_when_it_holds() -> None:
    ends = entries(bundled("aleppo"), "results")
    assert ends["thrown_back"].value == (
        "holds when the bloc of HTS has lost again most of what it had taken: of 100 km² or more at some midnight no "
        "more than 50 of 100 parts are left"
    )
    lost = ends["truce_aleppo_lost"]
    assert lost.value == (
        "holds when a truce of HTS and Government is in force, and the bloc of Government has lost Aleppo"
    )
    assert {"truce", "day", "seize"} <= set(dict(lost.see)["made by"])
    assert ends["truce"].value == "holds when a truce of HTS and Government is in force"


def test_an_actor_says_what_binds_it_and_that_it_is_listed() -> None:
    actors = entries(bundled("aleppo"), "actors")
    assert dict(actors["hezbollah"].facts)["bound by"].startswith("the war with Israel")
    assert "listed" in dict(actors["hts"].facts) and "listed" not in dict(actors["hezbollah"].facts)


def processes_that_call(function: str) -> set[str]:
    """Return the processes whose file calls a function of the effects."""
    return {
        file.stem
        for file in (code_map.PACKAGE / code_map.PROCESSES).glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function
    }


def test_disbelief_and_additions_show_with_file_and_line(edited: Path) -> None:
    chains = chains_of(load_scenario(edited))
    changed = {entry.key: entry for entry in chains.changed}
    backing = changed["opposition_factions-turkey"]
    assert backing.value == "neither friends nor foes: no believed claim bears on them"
    assert backing.change.startswith("as documented: support each other")
    assert backing.change.endswith(f"C47 is not believed ({edited}:4)")
    assert changed["opposition_factions_restraint"].value == "0"
    assert (
        "from 0 to 0.7, likeliest 0.25; C47 is not believed"
        in changed["opposition_factions_restraint"].change
    )
    assert changed["hts-russia"].value.startswith("neither friends nor foes")
    assert changed["hts-russia"].change.endswith(f"Z01 is added ({edited}:5)")
    assert changed["war-hts-russia"].value == "not at war"
    assert not chains.cited["C47"].believed
    assert chains.cited["Z01"].sentence == "suppose a channel is opened"
    assert "government-hts" not in changed


def test_the_scenarios_own_numbers_and_measures_show_as_such(edited: Path) -> None:
    chains = chains_of(load_scenario(edited))
    fog = entries(chains, "rule-numbers")["fog"]
    assert (fog.basis, fog.value, fog.written) == ("scenario", "0.3", f"{edited}:8")
    measure = entries(chains, "measures")["measures[0]"]
    assert (measure.basis, measure.claims, measure.written) == ("assumption", ("C26",), f"{edited}:10")


def test_an_override_is_said_to_come_from_the_command_line() -> None:
    arguments = ("aleppo", "hts_fighters", "--set", "inputs.hts_fighters=9000", "--json")
    status, out, _ = simulate(*arguments)
    (entry,) = json.loads(out)["groups"]["actor-numbers"]["entries"]
    assert (status, entry["value"], entry["basis"]) == (0, "9000 fighters", "scenario")
    assert entry["written"] == "command line (--set inputs.hts_fighters=9000)"
    assert entry["change"].startswith("before: from 10000 to 30000 fighters, likeliest 15000")


def test_nothing_is_changed_where_nothing_was_edited() -> None:
    # The kind of an army is no range that an actor's file can give.
    assert [each.key for each in bundled("aleppo").changed] == ["government_endurance"]
    assert bundled("duel").changed == ()


def test_json_holds_everything_and_the_list_names_it() -> None:
    whole = json.loads(simulate("aleppo", "--json")[1])
    assert list(whole["groups"]) == [group.id for group in bundled("aleppo").groups]
    assert len(whole["claims"]) == len(bundled("aleppo").cited)
    assert {cited["document"] for cited in whole["claims"].values()} == set(whole["documents"])
    text = simulate("aleppo")[1]
    for heading in ("ACTORS", "RELATIONS AND BLOCS", "WARS, TRUCES", "NUMBERS OF ACTORS", "NUMBERS OF THE RULES",
                    "MEASURES", "LAYDOWN OF FORCES", "MAP AND PEOPLE", "CLAIMS AND THEIR SENTENCES"):  # fmt: skip
        assert f"\n{heading}" in text
    assert max(len(line) for line in text.splitlines()) <= 110


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page(fake_material(write_fake(tmp_path_factory.mktemp("sources") / "run")))


def test_every_link_of_the_report_leads_to_one_place(html: str) -> None:
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_sections_that_show_who_holds_what_say_that_it_begins_with_the_map(html: str) -> None:
    begin = re.findall(r"What a side holds on day 0 is read off the map: <a href=[^>]*>([^<]*)</a>", html)
    assert begin and set(begin) == {"cells.control"}


def test_tables_of_the_report_lead_to_the_chains(html: str) -> None:
    before = html.split('<section id="sources"')[0]
    for target in ("from-results-contained", "from-places-aleppo", "from-actors-government", "from-claims-c11",
                   "from-results-displaced-peak", "from-processes-casualty"):  # fmt: skip
        assert f'href="#{target}"' in before, target


def test_the_report_has_every_input_and_every_claim_and_stays_small(html: str) -> None:
    part = html.split('<section id="sources"')[1].split("</section>")[0]
    chains = bundled("aleppo")
    for key in (*entries(chains, "actor-numbers"), *entries(chains, "rule-numbers"), *chains.cited):
        assert f"<h3>{key}</h3>" in part
    assert len(part) < 600_000
