"""What a cluster is found by, which workers are refused, and how many histories a block has."""

from __future__ import annotations

import re
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from simulation.cluster.block_size import BlockSize
from simulation.cluster.connection import connected
from simulation.cluster.identity import Identity, identity
from simulation.cluster.packet import Packet
from simulation.errors import InputError
from simulation.model.state import LAYOUT
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world

pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="needs the extra dask")


@pytest.fixture(scope="module")
def duel() -> World:
    return build_world(load_scenario("duel"))


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("tcp://127.0.0.1:9", "no Dask scheduler answers at tcp://127.0.0.1:9 "),
        ("tcp://127.0.0.1:port", "no Dask scheduler answers at tcp://127.0.0.1:port "),
        ("smoke://127.0.0.1:9", "no Dask scheduler answers at smoke://127.0.0.1:9 "),
        (
            "cluster",
            "--on must be dask, an address such as tcp://192.168.0.5:8786, or a scheduler file, not 'cluster'",
        ),
        ("gone.json", "gone.json: cannot be read: No such file or directory"),
        ("empty.json", "empty.json: not a scheduler file, which dask scheduler --scheduler-file writes"),
        ("torn.json", "torn.json: not a scheduler file, which dask scheduler --scheduler-file writes"),
    ],
)
def test_what_is_no_cluster_is_said_within_seconds(
    on: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.json").write_text("{}")
    Path("torn.json").write_text('{"address": "tcp:')
    began = time.monotonic()
    with pytest.raises(InputError) as caught, connected(on):
        pass
    assert str(caught.value).startswith(said) and len(caught.value.lines()) == 1
    assert time.monotonic() - began < 20


def test_the_workers_of_another_cluster_are_not_ours_to_number() -> None:
    with pytest.raises(InputError, match="--workers are started here"), connected("tcp://127.0.0.1:9", 2):
        pass


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("engine", r"has simulate other, and here it is .*: install the same version"),
        ("python", r"has Python other, and here it is 3\.\d+: start it with the same version"),
        ("distributed", r"has distributed other, and here it is .*: install the same version"),
        ("arithmetic", r"reckons exp or log differently in the last digit than here"),
    ],
)
def test_a_worker_that_differs_is_told_how(field: str, said: str) -> None:
    here = identity()
    assert here.difference(Identity(*here)) == ""
    difference = here.difference(here._replace(**{field: "other"}))
    assert re.match(said, difference)


def test_a_block_has_as_many_histories_as_take_a_second(duel: World) -> None:
    size = BlockSize(duel)
    assert size.next(1_000_000, 2) == 3  # of histories that may last ten thousand days
    size.note(3, 0.003, 10_000)
    assert size.next(1_000_000, 2) == 1000
    assert size.next(40, 2) == 10
    assert size.next(1, 2) == 1
    size.note(1000, 1.0, 8 << 20)
    assert size.next(1_000_000, 2) == 2


def test_a_world_arrives_as_it_was_sent_with_arrays_of_its_own(duel: World) -> None:
    """Compiled code is handed a table of where arrays lie, and those of another process lie somewhere else."""
    sent = Packet.of(duel)
    come = sent.open()
    assert len(sent.content) < sent.size / 50
    assert come.scenario.digest == duel.scenario.digest and come.actors == duel.actors
    for row, name in zip(come.template._table, LAYOUT, strict=True):
        mine, theirs = getattr(duel.template, name), getattr(come.template, name)
        assert mine.tobytes() == theirs.tobytes() and type(mine) is type(theirs)
        assert row[0] == theirs.ctypes.data != mine.ctypes.data
    assert come.template.address == come.template._table.ctypes.data
