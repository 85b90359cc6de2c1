"""Quickest ways are found once for a region, kept on disk under a name that cannot go stale, and shared."""

import code_map
import numpy as np
import pytest

from simulation.io.folders import bundled, cache_root
from simulation.region import load_region
from simulation.scenario.variants import variants
from simulation.world.land import way_rows
from simulation.world.world import build_world, build_worlds

FOUND = f"{code_map.module(code_map.TRAVEL)}.days_to"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SIMULATE_CACHE_DIR", str(tmp_path))
    assert cache_root() == tmp_path
    return tmp_path


@pytest.fixture
def valleys():
    return load_region(bundled("seeds") / "two_valleys" / "region")


def refuse(*_):
    raise AssertionError("found again")


def test_ways_on_disk_are_those_that_were_found(folder, monkeypatch, valleys):
    found = way_rows(valleys)
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr(FOUND, refuse)
    assert way_rows(valleys).tobytes() == found.tobytes()


def test_other_land_has_other_ways(folder, monkeypatch, valleys):
    way_rows(valleys)
    valleys.cells.ruggedness[7] += 100
    monkeypatch.setattr(FOUND, refuse)
    with pytest.raises(AssertionError, match="found again"):
        way_rows(valleys)


@pytest.mark.parametrize("content", [b"", b"half of a file", b"\x93NUMPY\x01\x00"])
def test_a_broken_file_is_replaced(folder, monkeypatch, valleys, content):
    found = way_rows(valleys)
    (file,) = folder.iterdir()
    file.write_bytes(content)
    assert way_rows(valleys).tobytes() == found.tobytes()
    monkeypatch.setattr(FOUND, refuse)
    way_rows(valleys)


@pytest.mark.parametrize("at", [10, 50, -10])
def test_a_file_with_one_wrong_bit_is_replaced(folder, valleys, at):
    """In its checksum, in what numpy writes first, and in a way."""
    found = way_rows(valleys)
    (file,) = folder.iterdir()
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)
    assert way_rows(valleys).tobytes() == found.tobytes()
    assert file.read_bytes() != content


def test_a_file_of_another_kind_is_not_taken(folder, valleys):
    found = way_rows(valleys)
    (file,) = folder.iterdir()
    with file.open("wb") as stream:
        np.save(stream, np.zeros((2, 3), np.uint8))
    assert way_rows(valleys).tobytes() == found.tobytes()


def test_ways_are_found_where_nothing_can_be_kept(folder, monkeypatch, valleys):
    (folder / "file").write_text("")
    monkeypatch.setenv("SIMULATE_CACHE_DIR", str(folder / "file" / "below"))
    assert np.isfinite(way_rows(valleys).km).any()


def test_the_oldest_files_are_dropped(folder, valleys):
    for k in range(12):
        valleys.cells.ruggedness[7] = 100 + k
        way_rows(valleys)
    assert len(list(folder.iterdir())) == 4


def test_worlds_of_one_region_share_its_ways():
    every = variants(["two-valleys", "two-valleys-ceasefire", "duel"], ablate=False)
    first, second, other = build_worlds(each.scenario for each in every)
    assert first.seeds is second.seeds and first.region is second.region is not other.region
    assert np.shares_memory(first.template.ways, second.template.ways)
    alone = build_world(every[1].scenario).template
    for name in ("ways", "ground", "places", "units", "cells", "actors"):
        assert getattr(alone, name).tobytes() == getattr(second.template, name).tobytes(), name
