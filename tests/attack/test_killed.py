"""What is killed at any moment is finished to the same bytes; `killed.py` tries a hundred moments of each command."""

import killed

FEW = 2
SEED = 34
"""With it the moments lie near the middle of a command, one is gone on from by `resume` and one by the same command."""


def test_killed_commands_are_finished_to_the_byte(tmp_path):
    outcomes = killed.attack(list(killed.COMMANDS), FEW, SEED, tmp_path)
    assert len(outcomes) == FEW * len(killed.COMMANDS)
    assert [each.wrong for each in outcomes if each.wrong] == []
    assert any(each.at == "parts on the disk" for each in outcomes), outcomes
