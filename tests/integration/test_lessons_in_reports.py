"""What a class is asked stands before the answer, and what it is told stands folded after it."""

import pytest

from simulation import compare, load_scenario, run
from simulation.report.lesson import code_html

PROMPT = "<summary>Predict before you read on</summary>"
ANSWER = '<section id="answer">'


@pytest.fixture(scope="module")
def lesson():
    return load_scenario("two-valleys-ceasefire").lesson


def test_the_report_of_a_run_asks_before_it_answers(lesson, tmp_path):
    page = run("two-valleys-ceasefire", replicates=4, out=tmp_path / "run").report.read_text("utf-8")
    before, _, after = page.partition(ANSWER)
    assert PROMPT in before and code_html(lesson.predict) in before
    for text in (*lesson.notice, *lesson.attempts, lesson.debrief):
        assert code_html(text) in after and code_html(text) not in before


def test_the_report_of_a_comparison_has_every_lesson_and_asks_the_one_that_differs(lesson, tmp_path):
    choices = ["two-valleys", "two-valleys-ceasefire"]
    page = compare(choices, replicates=4, out=tmp_path / "two").report.read_text("utf-8")
    before, _, after = page.partition(ANSWER)
    assert PROMPT in before and code_html(lesson.predict) in before
    for told in (lesson, load_scenario("two-valleys").lesson):
        assert code_html(told.debrief) in after
    assert after.count("<summary>Lesson</summary>") == 2


def test_several_circumstances_at_once_ask_for_no_prediction(tmp_path):
    choices = ["two-valleys", "two-valleys-ceasefire", "two-valleys-steady-guard"]
    page = compare(choices, replicates=4, out=tmp_path / "three").report.read_text("utf-8")
    assert PROMPT not in page
    assert page.count("<summary>Lesson</summary>") == 3
