"""Whatever is done to a file, whoever reads it answers with a sentence: no traceback, no hang, little memory.

`python tests/attack/inputs.py --count 10000` tries more, in processes that may be lost.
"""

from pathlib import Path

import pytest
from inputs import Attack, prepare

CASES = 240

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(),
    reason="the system does not tell the peak of a program's memory",
)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What became of the first cases of seed 0."""
    folder = tmp_path_factory.mktemp("attack")
    prepare(folder / "sound")
    with Attack(0, folder / "sound", folder / "copy").begun() as attack:
        return [attack.attempt(number) for number in range(CASES)]


def test_what_reads_a_damaged_file_answers_in_a_sentence(outcomes):
    assert [each for each in outcomes if each.wrong] == []


def test_both_the_refused_and_the_accepted_are_among_them(outcomes):
    """An attack in which nothing is played, or nothing refused, tries too little."""
    assert {each.status for each in outcomes} >= {"done", "refused"}
