"""What a class is given: sheets that ask without telling, answers that are those of the run, and trials by number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from simulation import LessonKit, lesson, pack
from simulation.errors import InputError
from simulation.report.cover import ASKS, BEGIN, covered
from simulation.scenario import load_scenario
from simulation.scenario.catalogue import names
from simulation.scenario.lesson_steps import PROGRAM, question_of, trial, trials
from simulation.statistics.intervals import ending_shares

BAD = "extends: duel\nlesson: {predict: PREDICT, notice: [a], try: [b], debrief: c}\n"


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> LessonKit:
    return lesson("duel", replicates=60, out=tmp_path_factory.mktemp("class") / "duel")


def told(page: Path) -> str:
    return re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))


def test_the_worksheet_asks_and_the_teachers_page_has_the_answers(kit: LessonKit) -> None:
    outcomes = kit.done.results.outcomes
    for share in ending_shares(outcomes, kit.done.manifest.endings).values():
        answer = f"{share.count} of 60 histories"
        assert answer in told(kit.teacher) and answer not in told(kit.worksheet)
    assert load_scenario("duel").question in told(kit.worksheet)


def test_what_tells_the_result_is_under_the_cover(kit: LessonKit) -> None:
    before, cover, after = kit.report.read_text(encoding="utf-8").partition(ASKS)
    whole = (kit.folder / "run" / "report.html").read_text(encoding="utf-8")
    assert cover and "of 60 histories" in after and "of 60 histories" not in before.partition("<body>")[2]
    assert before.rpartition("<details")[2].startswith(' class="cover"') and BEGIN in whole
    with pytest.raises(ValueError, match="where its result begins"):
        covered("<p>another page</p>")


def test_a_page_of_somebody_elses_is_not_replaced(kit: LessonKit) -> None:
    kept = kit.worksheet.read_text(encoding="utf-8")
    kit.worksheet.write_text("my notes", encoding="utf-8")
    with pytest.raises(InputError, match=r"worksheet\.html"):
        lesson("duel", replicates=70, out=kit.folder)
    assert kit.done.results.manifest.replicates == 60
    assert kit.worksheet.read_text(encoding="utf-8") == "my notes"
    kit.worksheet.write_text(kept, encoding="utf-8")


@pytest.mark.parametrize(
    ("predict", "why"),
    [
        ("Write it down.", "has to end in a command"),
        ("Then `simulate sweep duel`.", "invalid choice: 'sweep'"),
        ("Then `simulate run duel --open`.", "unrecognized arguments: --open"),
        ("Then `simulate run duel two-valleys`.", "runs more than one thing"),
    ],
)
def test_a_lesson_without_a_command_to_play_says_so(predict: str, why: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(BAD.replace("PREDICT", f'"{predict}"'), encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(why)):
        lesson(file, replicates=1, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", names())
def test_every_trial_can_be_told_and_run_by_its_number(name: str) -> None:
    found = load_scenario(name).lesson
    assert found is not None and f"`{PROGRAM}" not in question_of(found)
    for each in trials(found):
        assert each.steps
        assert PROGRAM not in each.told and not re.search(r"[.?!][.:]|:$| :", each.told)
    with pytest.raises(InputError, match=f"no trial {len(found.attempts) + 1}"):
        trial(found, len(found.attempts) + 1)


def test_a_trial_runs_by_its_number_and_writes_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    listed = runner.invoke(cli.app, ["try", "duel"])
    assert listed.exit_code == 0 and listed.stdout.startswith("1. One more fighter")
    done = runner.invoke(cli.app, ["try", "duel", "2", "-n", "10"])
    assert done.exit_code == 0 and "blue_kill_rate=1.25" in done.stdout and list(tmp_path.glob("results/*"))
    Path("my.yaml").write_text("extends: aleppo\n", encoding="utf-8")
    refused = runner.invoke(cli.app, ["try", "two-valleys", "3", "-n", "2"])
    assert refused.exit_code == 2 and "says something else" in refused.output
    assert runner.invoke(cli.app, ["try", "duel", "7"]).exit_code == 2


UPDATED = """
extends: two-valleys
given: ["place.Weirford.holder = highland_league @ 2024-01-08"]
lesson: {predict: "Then `simulate run PATH`.", notice: [a], try: ["`simulate run duel`"], debrief: c}
"""


def test_a_lesson_on_reports_is_packed_without_a_what_if_page(tmp_path: Path) -> None:
    file = tmp_path / "told.yaml"
    file.write_text(UPDATED.replace("PATH", str(file)), encoding="utf-8")
    done = pack(str(file), out=tmp_path / "pack", replicates=60, points=2)
    pages = {page.name for page in (done.folder / "pupils" / "told").iterdir()}
    assert pages == {"article.html", "worksheet.html", "report.html"}


def test_a_pack_is_refused_before_anything_is_played(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean 'duel'"):
        pack(["duel", "duell"], out=tmp_path / "pack", replicates=20)
    assert not (tmp_path / "pack").exists()
