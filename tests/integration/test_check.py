"""`simulate check`, from the command to its verdicts, with a small record of a made-up war."""

import json
import shutil

import pytest
from commands import ROOT, bytes_of, manifest_of, simulate

from simulation import check, run

LINES = """\
title: What the valleys remember
start: 2024-01-01
note: Made up.
amounts:
  dead: {series: killed, by_day: 2}
events:
  any: {amount: dead, at_least: 0}
  late: {fell: Weirford, by_day: 30}
groups:
  - title: First days
    lines:
      - {id: any, what: The war has losses, event: any, shares: {low: 0.5}, source: us, confidence: H}
      - {id: absurd, what: Killed in two days, amount: dead, value: 1000000, source: nobody, confidence: L}
      - {id: late, what: Weirford falls, event: late, shares: {low: 0.01}, source: us, confidence: L}
"""
OPTIONS = ("-n", 25, "--days", 4, "--quiet")


@pytest.fixture
def valleys(tmp_path):
    """Write a scenario of the two valleys with a record."""
    shutil.copytree(ROOT / "seeds" / "two_valleys", tmp_path / "valleys")
    text = (ROOT / "scenarios" / "two-valleys.yaml").read_text(encoding="utf-8")
    (tmp_path / "two.yaml").write_text(text.replace("../seeds/two_valleys", "valleys"), encoding="utf-8")
    (tmp_path / "valleys" / "record").mkdir()
    (tmp_path / "valleys" / "record" / "lines.yaml").write_text(LINES, encoding="utf-8")
    return tmp_path


def test_a_failed_line_is_a_finding_and_an_error_only_where_asked(valleys):
    done = simulate("check", "two.yaml", *OPTIONS, "--out", "out", cwd=valleys)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        "1 of 2 lines of the record fails: absurd. 1 line could not be asked of a run of this length."
        in done.stdout
    )
    assert "FAILED" in done.stdout and (valleys / "out" / "report.html").is_file()
    strict = simulate("check", "two.yaml", *OPTIONS, "--strict", "--json", "--out", "out", cwd=valleys)
    assert (strict.returncode, strict.stderr) == (5, "")
    document = json.loads(strict.stdout)
    assert document["failed"] == ["absurd"] and document["manifest"] == manifest_of(valleys / "out")
    assert [each["verdict"] for each in document["lines"]] == ["within", "failed", "not measured"]


def test_strict_is_content_where_nothing_fails(valleys):
    file = valleys / "valleys" / "record" / "lines.yaml"
    file.write_text(LINES.replace("value: 1000000", "at_least: 0"), encoding="utf-8")
    assert simulate("check", "two.yaml", *OPTIONS, "--strict", "--no-report", cwd=valleys).returncode == 0


def test_its_folder_is_that_of_a_run_which_says_the_same(valleys):
    scenario, options = valleys / "two.yaml", {"replicates": 25, "overrides": ["days=4"]}
    checked = check(scenario, out=valleys / "checked", **options)
    played = run(scenario, out=valleys / "played", **options)
    assert bytes_of(checked.run.folder) == bytes_of(played.folder)
    assert "1 of 2 lines of the record fails: absurd." in played.text()
    assert '<section id="record"' in played.report.read_text(encoding="utf-8")
    again = run(valleys / "played" / "scenario.yaml", out=valleys / "again", **options | {"overrides": ()})
    assert "1 of 2 lines of the record fails: absurd." in again.text(), (
        "the record did not move with the folder"
    )


def test_what_is_wrong_is_said_before_the_first_history(valleys):
    file = valleys / "valleys" / "record" / "lines.yaml"
    file.write_text(LINES.replace("Weirford, by", "Weirfort, by"), encoding="utf-8")
    for command in ("check", "run"):
        done = simulate(command, "two.yaml", *OPTIONS, cwd=valleys)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.endswith(
            "valleys/record/lines.yaml:8 events.late.fell: there is no place 'Weirfort'; did you mean 'Weirford'?\n"
        )
    file.write_text(LINES.replace("2024-01-01", "2024-01-02"), encoding="utf-8")
    done = simulate("check", "two.yaml", *OPTIONS, cwd=valleys)
    assert done.returncode == 2
    assert done.stderr.endswith("lines.yaml:2 start: day 0 of the scenario is 2024-01-01, not 2024-01-02\n")
    assert not (valleys / "results").exists()


def test_seeds_without_a_record_are_told_so(tmp_path):
    done = simulate("check", "two-valleys", *OPTIONS, cwd=tmp_path)
    assert done.returncode == 0 and "Nothing is on record here" in done.stdout
    assert "What was understood" in done.stdout and "Cure: Write 'extends: base'" in done.stdout
    assert "record" not in simulate("run", "two-valleys", *OPTIONS, cwd=tmp_path).stdout


def test_a_world_in_which_nothing_can_happen_says_why_wherever_it_is_shown(tmp_path):
    (tmp_path / "dull.yaml").write_text(
        "extends: two-valleys\ninputs: {attack_start: 0.2}\nclaims: [{disbelieve: C01}, {disbelieve: C19}]\n"
    )
    options = ("--replicates", "20", "--quiet")
    done = simulate("check", "dull.yaml", *options, "--json", cwd=tmp_path)
    warnings = {each["kind"] for each in json.loads(done.stdout)["warnings"]}
    assert warnings == {"no_attacker", "all_alike", "few_uncertain"}
    text = " ".join(simulate("run", "dull.yaml", *options, cwd=tmp_path).stdout.split())
    assert text.startswith("Understood: nobody is at war; nobody attacks; no truce at the start.")
    assert "shots hit somebody in 0 of 20 histories" in text
    assert "To look at: 3 warnings. Nobody attacks: no claim says that somebody launched an attack." in text
    page = next(tmp_path.glob("results/*/report.html")).read_text(encoding="utf-8")
    assert "What was understood" in page and "Give a claim the word &#x27;launched&#x27;" in page
