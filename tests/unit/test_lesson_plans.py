"""The planned lessons: six in their order, every stage opened, and answers whose numbers are those of the run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fakes import write_fake

from simulation.errors import InputError
from simulation.report.lesson_kit.answers import check_numbers, filled
from simulation.report.lesson_kit.run_facts import RunFacts
from simulation.report.lesson_kit.run_numbers import NUMBERS, slips
from simulation.report.pack.index import Entry, index_page
from simulation.results.summary import fallen_shares, spread_of
from simulation.scenario import load_scenario
from simulation.scenario.catalogue import names
from simulation.scenario.lesson import Lesson
from simulation.scenario.lesson_plan import ALONE, MINUTES, NAMED, USUAL, LessonPlan, minutes_of
from simulation.scenario.lesson_stage import Stage
from simulation.statistics.intervals import ending_shares
from simulation.world.world import build_world

ROOT = Path(__file__).parents[2]


def lesson(name: str) -> Lesson:
    found = load_scenario(name).lesson
    assert found is not None
    return found


def planned() -> dict[str, LessonPlan]:
    found = {name: lesson(name).plan for name in names()}
    kept = {name: plan for name, plan in found.items() if plan is not None}
    return dict(sorted(kept.items(), key=lambda item: item[1].number))


def test_there_are_six_and_the_page_for_teachers_lists_them_in_their_order() -> None:
    plans = planned()
    assert [plan.number for plan in plans.values()] == [1, 2, 3, 4, 5, 6]
    page = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| `([^`]+)` \| (.+?) \|$", page, re.MULTILINE)
    assert rows == [(str(plan.number), name, plan.about.strip()) for name, plan in plans.items()]


@pytest.mark.parametrize("name", planned())
def test_a_planned_lesson_opens_every_stage_and_says_what_to_do_without(name: str) -> None:
    plan = planned()[name]
    assert [step.stage for step in plan.steps if step.stage is not None] == list(Stage)
    assert "No phones" in " ".join(plan.fails) and "No computer" in " ".join(plan.fails)
    assert f"pupils/{name}/report.html" in " ".join(plan.fails)


def test_the_lessons_without_a_plan_share_one_of_as_many_minutes() -> None:
    assert lesson("duel").plan is None and lesson("duel").steps == USUAL
    *_, (_, last, _) = minutes_of(USUAL)
    assert last == MINUTES and [step.stage for step in USUAL] == list(Stage)


def test_every_number_that_may_be_named_is_told() -> None:
    assert set(NUMBERS) == {*NAMED, *ALONE}


@pytest.mark.parametrize("name", planned())
def test_the_numbers_that_answers_name_are_there(name: str) -> None:
    single = name in ("aleppo", "goma", "aleppo-as-of-28-november")
    updated = name in ("aleppo-as-of-28-november", "allies-free-in-december")
    plan, world = planned()[name], build_world(load_scenario(name))
    check_numbers(plan, world, compares=not single, updated=updated)


@pytest.mark.parametrize(
    ("name", "compares", "updated", "why"),
    [
        ("aleppo", True, False, "command is a comparison"),
        ("aleppo-as-of-28-november", False, False, "run is not updated on reports"),
        ("no-bombardment", False, False, "command is one run"),
        ("aleppo-as-of-28-november", True, True, r"name change\.place\.NAME"),
    ],
)
def test_a_number_that_the_command_does_not_have_is_refused(
    name: str, compares: bool, updated: bool, why: str
) -> None:
    plan, world = planned()[name], build_world(load_scenario("aleppo"))
    with pytest.raises(InputError, match=why):
        check_numbers(plan, world, compares=compares, updated=updated)


def test_a_place_that_is_not_there_is_refused_before_anything_is_played() -> None:
    plan, scenario = planned()["aleppo"], load_scenario("goma")
    with pytest.raises(InputError, match=r"place\.Aleppo\}: there is no 'Aleppo'"):
        check_numbers(plan, build_world(scenario), compares=False, updated=False)


def test_the_first_page_of_a_pack_has_the_planned_lessons_first() -> None:
    entries = [Entry(name=f"n{k}", title=f"t{k}", question="?", pages=(), number=k) for k in (0, 2, 1)]
    found = re.findall(r"<h2>(.*?)</h2>", index_page(entries))
    assert found == ["Lesson 1: t1", "Lesson 2: t2", "t0"]


def test_answers_say_the_numbers_of_the_run(tmp_path: Path) -> None:
    results, world = write_fake(tmp_path / "run"), build_world(load_scenario("aleppo"))
    facts = RunFacts(world=world, runs=[("of 100", results)])
    place = next(iter(results.manifest.places))
    share = fallen_shares(results)[place]
    told = filled(f"It falls in {{place.{place}}}.", facts)
    assert re.fullmatch(
        rf"It falls in [\d,]+ of [\d,]+ histor(y|ies) \({100 * share.low:.0f} to .*\)\.", told
    )
    shares = ending_shares(results.columns("ending"), results.manifest.endings)
    assert f"{sum(each.count > 0 for each in shares.values())} of " in filled("{endings}", facts)
    middle = spread_of(results, "civilians_killed").quantiles[2]
    assert filled("{outcome.civilians_killed}", facts).startswith(f"{middle:,.0f} (")
    ends = [int(number) for number in re.findall(r"\d+(?= [a-zA-Z])", slips(facts))]
    assert ends[-1] == 100 and ends == sorted(ends)
    both = RunFacts(world=world, runs=[("one", results), ("other", results)])
    assert filled(f"{{place.{place}}}", both).count(" of ") == 2
