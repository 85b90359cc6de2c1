"""YAML texts that were read before come back as they were, and never in the place of others."""

from pathlib import Path

import pytest

from simulation.errors import InputError
from simulation.io import yaml_cache, yaml_data
from simulation.io.folders import bundled
from simulation.io.yaml_file import read_text, read_yaml

TEXT = "".join(f"k{k}: [{k}, {k}.5, 'text {k}', null, true]\n" for k in range(60))
PLACE = Path("some.yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SIMULATE_CACHE_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def reads(monkeypatch):
    """Return the texts that are read and not found."""
    texts, read = [], yaml_data.data_of

    def noted(text, path):
        texts.append(text)
        return read(text, path)

    monkeypatch.setattr(yaml_data, "data_of", noted)
    return texts


def test_a_text_is_read_once(reads, folder):
    first, second = read_text(TEXT, PLACE), read_text(TEXT, PLACE)
    assert reads == [TEXT] and len(list(folder.iterdir())) == 1
    assert (second.data, second.lines) == (first.data, first.lines)
    assert second.data["k7"] == [7, 7.5, "text 7", None, True] and second.line_of(("k7", 1)) == 8


def test_all_that_comes_with_the_program_comes_back_as_it_was_read(reads):
    files = [*bundled("scenarios").glob("*.yaml"), *bundled("seeds").rglob("*.yaml")]
    before = [read_yaml(file) for file in files]
    reads.clear()
    assert [read_yaml(file) for file in files] == before
    assert all(len(text) <= yaml_cache._SHORT for text in reads)


def test_what_is_changed_in_the_data_is_not_kept():
    read_text(TEXT, PLACE).data["k1"].append("more")
    assert read_text(TEXT, PLACE).data["k1"] == [1, 1.5, "text 1", None, True]


def test_other_texts_and_other_readers_have_other_files(reads, monkeypatch):
    read_text(TEXT, PLACE)
    assert read_text(TEXT.replace("k7", "k7b"), PLACE).data["k7b"]
    monkeypatch.setattr(yaml_cache, "_reader", lambda: b"another")
    read_text(TEXT, PLACE)
    assert len(reads) == 3


def test_a_mistake_is_told_each_time_with_its_own_file():
    for name in ("one.yaml", "two.yaml"):
        with pytest.raises(InputError, match=f"{name}:61: .*given twice"):
            read_text(TEXT + "k7: again", Path(name))


@pytest.mark.parametrize("content", [b"", b"half of a file"])
def test_a_broken_file_is_replaced(reads, folder, content):
    read_text(TEXT, PLACE)
    (file,) = folder.iterdir()
    file.write_bytes(content)
    assert read_text(TEXT, PLACE).data["k3"][0] == 3
    assert len(reads) == 2 and file.read_bytes() != content


def test_only_the_last_used_are_kept(folder, monkeypatch):
    monkeypatch.setattr(yaml_cache, "_MOST", 3)
    for k in range(6):
        read_text(f"{TEXT}n: {k}", PLACE)
    assert len(list(folder.iterdir())) == 3


def test_texts_are_read_where_nothing_can_be_kept(folder, monkeypatch):
    (folder / "file").write_text("")
    monkeypatch.setenv("SIMULATE_CACHE_DIR", str(folder / "file" / "below"))
    assert read_text(TEXT, PLACE).data["k3"][0] == 3
