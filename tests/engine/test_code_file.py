"""Machine code on disk is run only as it was written; whatever else lies there costs a compile and one notice."""

import errno
import os
import pickle

import pytest
from numba.core.compiler import CompileResult

from simulation.io import sealed_file
from simulation.jit import decorator, notices
from simulation.jit.cache import RulesCache
from simulation.jit.decorator import as_called, njit

pytestmark = pytest.mark.usefixtures("way")
linking_only = pytest.mark.skipif(not decorator.LINKING, reason="rules are compiled the plain way here")


@pytest.fixture(params=[pytest.param("linked", marks=linking_only), "plain"])
def way(request, monkeypatch):
    """Compiles what a test decorates this way."""
    monkeypatch.setattr(decorator, "LINKING", request.param == "linked")


@pytest.fixture
def start(monkeypatch, tmp_path, caplog):
    """Returns what begins as a process does: nothing is compiled or said yet, and all is on disk."""

    def begin():
        monkeypatch.setattr(decorator, "RULES", RulesCache(tmp_path / "rules"))
        notices._SAID.clear()
        caplog.clear()

    caplog.set_level("WARNING", "simulation")
    begin()
    yield begin
    notices._SAID.clear()


def half(x):
    return x / 2


def third(x):
    return x / 3


def found_on_disk(function, expected):
    """Decorate a function, call it, and return whether its machine code was found."""
    rule = njit(function)
    assert rule(3.0) == expected
    return sum(as_called(rule).stats.cache_hits.values()) == 1


def file_of(function):
    (file,) = decorator.RULES.folder.glob(f"*.{function.__name__}-*.code")
    return file


def flip(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


class Trap:
    """Fails a test that unpickles it."""

    def __reduce__(self):
        return pytest.fail, ("a damaged file was unpickled",)


DAMAGES = {
    "empty": lambda file: file.write_bytes(b""),
    "half": lambda file: os.truncate(file, file.stat().st_size // 2),
    "zeros": lambda file: file.write_bytes(bytes(file.stat().st_size)),
    "a bit": flip,
    "another's": lambda file: file.write_bytes(file_of(third).read_bytes()),
    "a trap": lambda file: file.write_bytes(pickle.dumps(Trap())),
    "a trap with a good checksum for another": lambda file: sealed_file.write_sealed(file, b"", pickle.dumps(Trap())),
    "writable": lambda file: file.chmod(0o666),
    "folder": lambda file: (file.unlink(), file.mkdir()),
}  # fmt: skip


def test_what_was_compiled_is_found_by_the_next_process_without_a_word(start, caplog):
    assert not found_on_disk(half, 1.5)
    assert caplog.messages == [notices.COMPILING]
    start()
    assert found_on_disk(half, 1.5) and caplog.messages == []


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_machine_code_is_made_again_with_one_notice(start, caplog, damage):
    assert not found_on_disk(half, 1.5) and not found_on_disk(third, 1.0)
    damage(file_of(half))
    start()
    assert not found_on_disk(half, 1.5) and found_on_disk(third, 1.0)
    (said,) = caplog.messages
    assert said.startswith(f"{notices.AGAIN}: {file_of(half)} ")
    start()
    assert found_on_disk(half, 1.5) and caplog.messages == []


def test_a_file_that_is_gone_or_leads_nowhere_is_as_on_the_first_day(start, caplog):
    found_on_disk(half, 1.5)
    file = file_of(half)
    file.unlink()
    file.symlink_to(file.parent / "nowhere")
    start()
    assert not found_on_disk(half, 1.5) and caplog.messages == [notices.COMPILING]
    start()
    assert found_on_disk(half, 1.5)


def test_an_edited_function_is_not_the_one_on_disk(start, monkeypatch, tmp_path):
    source = tmp_path / "rule.py"
    for number in (2, 4):
        source.write_text(f"def rule(x):\n    return x / {number}\n")
        names = {}
        exec(compile(source.read_text(), source, "exec"), names)
        start()
        from simulation.jit import code_file

        code_file._digest_of.cache_clear()
        assert not found_on_disk(names["rule"], 3 / number)


def test_a_full_disk_is_said_once_and_stops_nothing(start, caplog, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    assert not found_on_disk(half, 1.5) and not found_on_disk(third, 1.0)
    first, second = caplog.messages
    assert first == notices.COMPILING
    assert "No space left on device" in second and second.endswith(notices.REMEDY)
    assert list(decorator.RULES.folder.iterdir()) == []


def test_a_folder_that_cannot_be_is_said_once_and_stops_nothing(start, caplog, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(decorator, "RULES", RulesCache(tmp_path / "file" / "rules"))
    assert not found_on_disk(half, 1.5) and not found_on_disk(third, 1.0)
    (said,) = caplog.messages
    assert said.startswith(f"{notices.NOT_KEPT} {tmp_path / 'file' / 'rules'} (Not a directory)")
    assert notices.has_compiled()


def test_where_only_reading_is_allowed_what_is_there_is_read(start, caplog, monkeypatch):
    found_on_disk(half, 1.5)
    before = {file: file.stat().st_mtime_ns for file in decorator.RULES.folder.iterdir()}

    def refuse(*_, **__):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    for name in ("utime", "mkdir", "replace", "unlink"):
        monkeypatch.setattr(os, name, refuse)
    monkeypatch.setattr(os, "access", lambda *_: False)
    start()
    assert found_on_disk(half, 1.5) and caplog.messages == []
    assert not found_on_disk(third, 1.0)
    (said,) = caplog.messages
    assert said.startswith(notices.NOT_KEPT) and said.endswith(notices.REMEDY)
    assert before == {file: file.stat().st_mtime_ns for file in decorator.RULES.folder.iterdir()}


def test_a_version_of_numba_that_takes_its_results_apart_otherwise_keeps_nothing(start, caplog, monkeypatch):
    monkeypatch.delattr(CompileResult, "_reduce")
    assert not found_on_disk(half, 1.5) and not found_on_disk(third, 1.0)
    first, second = caplog.messages
    assert first == notices.COMPILING and "AttributeError" in second


def test_machine_code_that_numba_cannot_take_back_is_made_again(start, caplog, monkeypatch):
    found_on_disk(half, 1.5)
    start()
    monkeypatch.setattr(CompileResult, "_rebuild", lambda context: None)
    assert not found_on_disk(half, 1.5)
    (said,) = caplog.messages
    assert said.startswith(f"{notices.AGAIN}: TypeError")
