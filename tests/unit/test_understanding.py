"""What was understood, in small made-up worlds: each warning is seen in the world that deserves it, and in no other."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulation.io.folders import bundled
from simulation.scenario import load_scenario
from simulation.understanding.caveats import caveats_of
from simulation.understanding.histories import played_in
from simulation.understanding.picture import Picture, picture_of
from simulation.understanding.sentences import document, head_lines, points
from simulation.understanding.terminal import understood_text
from simulation.world.world import build_world

VALLEYS = bundled("seeds") / "two_valleys"


class Valleys:
    """A copy of the two valleys, with the priors of base, in which a test changes one thing."""

    def __init__(self, folder: Path) -> None:
        self.seeds, self.file = Path(shutil.copytree(VALLEYS, folder / "seeds")), folder / "mine.yaml"

    def picture(self, *lines: str) -> Picture:
        head = (
            "extends: base\ntitle: T\nquestion: Q?\nstart: 2024-01-01\nseeds: seeds\nregion: seeds/region\n"
        )
        self.file.write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return picture_of(build_world(load_scenario(self.file)))

    def change(self, name: str, old: str, new: str) -> None:
        file = self.seeds / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def valleys(tmp_path: Path) -> Valleys:
    return Valleys(tmp_path)


def added(said: str, by: str = "reporter", verified: str = "false") -> str:
    rest = f"said_by: {by}, verified: {verified}, assumption: a test, text: Made up."
    return f"{{add: {{id: X01, {said}, {rest}}}}}"


def kinds(picture: Picture) -> list[str]:
    found = caveats_of(picture)
    assert all(each.words.endswith(".") and each.cure.endswith(".") for each in found)
    return [each.kind for each in found]


def told(picture: Picture) -> dict[str, str]:
    return {name: "; ".join(lines) for name, lines in points(picture)}


def test_of_a_world_in_which_all_is_well_everything_is_told_and_nothing_warned_of(valleys: Valleys) -> None:
    picture = valleys.picture()
    assert kinds(picture) == []
    assert told(picture) == {
        "Blocs": "League; Council and Company",
        "Wars": "League against Council and Company",
        "Attack": "League attacks Council",
        "Truces at the start": "none",
        "Troops without an enemy in reach": "Company: it lies quiet, as claims say",
        "Forces on the other side's ground": "none",
        "Claims that the map contradicts": "none",
        "Uncertain": "104 of 122 numbers of the rules and 15 of 15 of the actors",
    }
    assert head_lines(picture)[2] == "To look at: nothing stands out."


def test_a_world_without_an_attacker_says_so_first(valleys: Valleys) -> None:
    picture = valleys.picture("claims: [{disbelieve: C01}]")
    assert kinds(picture) == ["no_attacker"]
    lines = head_lines(picture)
    assert (
        "nobody attacks" in lines[0] and "1 warning. Nobody attacks" in lines[2] and "check mine" in lines[2]
    )


def test_an_attack_that_makes_no_war_is_seen(valleys: Valleys) -> None:
    edits = [
        added(
            "subject: highland_league, predicate: deconflicts, object: river_council, since: '2024-02'",
            verified="true",
        )
    ]
    assert "attack_on_nobody" in kinds(valleys.picture(f"claims: [{', '.join(edits)}, {{disbelieve: C19}}]"))


def test_an_attacker_who_stands_beside_the_enemy_has_him_in_reach(valleys: Valleys) -> None:
    valleys.change(
        "laydown.yaml",
        "where: {places: [Larch]}",
        "where: {front: [Larch, Old Fort], against: river_council}",
    )
    valleys.change("laydown.yaml", "where: {places: [Saddle Pass]}", "where: {places: [Weirford]}")
    assert kinds(valleys.picture("inputs: {attack_reach: 1}")) == []


def test_an_attacker_who_stands_too_far_off_is_seen(valleys: Valleys) -> None:
    valleys.change("laydown.yaml", "where: {places: [Larch]}", "where: {places: [Old Fort]}")
    assert kinds(valleys.picture()) == []
    picture = valleys.picture("inputs: {attack_reach: 5}")
    assert kinds(picture) == ["attacker_out_of_reach"]
    (idle,) = [each for each in picture.idle if each.attacks]
    assert idle.actor == "highland_league" and idle.km is not None and idle.km > 5


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        ("laydown.yaml", "mobility: (mobile|local)", "mobility: static", "all its forces are static"),
        (
            "actors.yaml",
            r"low: 0.3, best: 0.6, high: 0.9",
            "low: 0, best: 0.01, high: 0.9",
            "0.01",
        ),
    ],
)
def test_an_attacker_who_can_hardly_attack_is_seen(
    name: str, old: str, new: str, why: str, valleys: Valleys
) -> None:
    file = valleys.seeds / name
    file.write_text(re.sub(old, new, file.read_text(encoding="utf-8")), encoding="utf-8")
    picture = valleys.picture()
    assert kinds(picture) == ["attacker_stands_still"]
    (caveat,) = caveats_of(picture)
    assert why in caveat.words


@pytest.mark.parametrize(
    ("since", "found"),
    [("2021", ["old_truce"]), ("2023-10-02", ["old_truce"]), ("2023-10-04", []), ("2024-01-02", [])],
)
def test_a_truce_that_is_older_than_ninety_days_is_seen(
    valleys: Valleys, since: str, found: list[str]
) -> None:
    said = f"subject: highland_league, predicate: truce_with, object: river_council, since: '{since}'"
    picture = valleys.picture(f"claims: [{added(said)}]")
    assert kinds(picture) == found
    assert (told(picture)["Truces at the start"] == "none") == (since > "2024")


def test_a_truce_of_friends_stops_nothing(valleys: Valleys) -> None:
    said = "subject: free_company, predicate: truce_with, object: river_council, since: '2021'"
    picture = valleys.picture(f"claims: [{added(said)}]")
    assert kinds(picture) == [] and "not at war here" in told(picture)["Truces at the start"]


def test_rules_of_which_few_are_uncertain_are_seen() -> None:
    assert kinds(picture_of(build_world(load_scenario("two-valleys")))) == ["few_uncertain"]


def test_a_bloc_that_hangs_on_a_claim_of_the_enemy_is_seen(valleys: Valleys) -> None:
    said = "subject: river_council, predicate: supports, object: free_company"
    enemy = f"claims: [{{disbelieve: C10}}, {added(said, by='highland_league')}]"
    picture = valleys.picture(enemy)
    assert kinds(picture) == ["bloc_by_enemy"]
    (hanging,) = picture.hanging
    assert (hanging.speaker, hanging.claims) == ("highland_league", ("X01",))
    assert kinds(valleys.picture(enemy.replace("by: highland_league", "by: reporter"))) == []
    assert kinds(valleys.picture(f"claims: [{added(said, by='highland_league')}]")) == []
    known = enemy.replace("verified: false", "verified: true")
    assert kinds(valleys.picture(known)) == []


def test_places_that_nobody_can_reach_are_seen(valleys: Valleys) -> None:
    valleys.change("laydown.yaml", "where: {places: [South Market]}", "where: {places: [Weirford]}")
    file = valleys.seeds / "region" / "cells.csv"
    around = ("0.025,0.225", "0.075,0.275", "0.075,0.225")
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not any(f",{each}," in line for each in around)))
    picture = valleys.picture()
    assert kinds(picture) == ["unreachable"] and picture.unreachable == ("South Market",)


def test_claims_that_the_map_contradicts_and_forces_on_enemy_ground_are_told(valleys: Valleys) -> None:
    valleys.change("laydown.yaml", "where: {places: [Old Fort]}", "where: {places: [Old Fort, Millbridge]}")
    said = "subject: highland_league, predicate: controls, place: Millbridge, day: '2023-12-30'"
    picture = valleys.picture(f"claims: [{added(said)}]")
    assert (
        told(picture)["Claims that the map contradicts"]
        == "X01: League has Millbridge; on the map it is held by Council"
    )
    assert told(picture)["Forces on the other side's ground"] == "1 of 9 units of League on ground of Council"
    later = valleys.picture(f"claims: [{added(said.replace('2023-12-30', '2024-01-01'))}]")
    assert later.contradicted == ()


class Histories:
    """As much of a results folder as is looked at."""

    def __init__(self, endings: list[str], killed: list[int], changes: int) -> None:
        self.table = pd.DataFrame({"ending": endings, "fighters_killed_a": killed})
        self.outcome_names, self.count = ("fighters_killed_a", "events"), changes

    def columns(self, *names: str) -> pd.DataFrame:
        return self.table[list(names)]

    def changes(self) -> list[tuple[slice, np.ndarray]]:
        return [(slice(0, 10), np.zeros(self.count)), (slice(10, 20), np.zeros(0))]


@pytest.mark.parametrize(
    ("endings", "changes", "alike"),
    [(["a"] * 20, 0, True), (["a"] * 20, 1, False), (["a"] * 19 + ["b"], 0, False), (["a"] * 19, 0, False)],
)
def test_histories_that_are_all_alike_are_seen(
    valleys: Valleys, endings: list[str], changes: int, alike: bool
) -> None:
    import dataclasses

    played = played_in(Histories(endings, [0] * (len(endings) - 1) + [3], changes))  # type: ignore[arg-type]
    assert (played.histories, played.shots, played.alike) == (len(endings), 1, alike)
    picture = dataclasses.replace(valleys.picture(), played=played)
    assert kinds(picture) == (["all_alike"] if alike else [])
    assert f"shots hit somebody in 1 of {len(endings)} histories" in head_lines(picture)[1]


def test_the_terminal_and_the_document_hold_every_warning_with_its_cure(valleys: Valleys) -> None:
    picture = valleys.picture("claims: [{disbelieve: C01}]")
    (caveat,) = caveats_of(picture)
    text = " ".join(understood_text(picture).split())
    assert caveat.words in text and f"Cure: {caveat.cure}" in text
    assert document(picture)["warnings"] == [
        {"kind": "no_attacker", "message": caveat.words, "cure": caveat.cure}
    ]
