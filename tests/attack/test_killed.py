"""What is killed at any moment is finished to the same bytes; `killed.py` tries a hundred moments of each command."""

import killed
import pytest

FEW = 4


@pytest.mark.parametrize("command", killed.COMMANDS)
def test_a_killed_command_is_finished_to_the_byte(command, tmp_path):
    outcomes = killed.attack([command], FEW, 2, tmp_path)
    assert [each.wrong for each in outcomes if each.wrong] == []
    assert any(each.at == "parts on the disk" for each in outcomes), outcomes
