"""Sealed files come back as they were written, or are known not to; nobody else's are believed."""

import os
import time

import pytest

from simulation.io.sealed_file import BrokenSealError, lock_folder, make_folder, read_sealed, write_sealed

KEY, CONTENT = b"for this", bytes(range(256)) * 4
owners_only = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owners here")


@pytest.fixture
def file(tmp_path):
    write_sealed(tmp_path / "file", KEY, CONTENT)
    return tmp_path / "file"


def flipped(at):
    def damage(file):
        content = bytearray(file.read_bytes())
        content[at] ^= 8
        file.write_bytes(content)

    return damage


def made_folder(file):
    file.unlink()
    (file / "more").mkdir(parents=True)


def made_pipe(file):
    file.unlink()
    os.mkfifo(file)


def led_in_a_circle(file):
    file.unlink()
    file.symlink_to(file)


def grown(file):
    """A hole of 64 GiB takes no room on the disk, and would take it in memory."""
    os.truncate(file, 2**36)


def for_another(file):
    write_sealed(file, b"for that", CONTENT)


DAMAGES = {
    "is damaged": [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(CONTENT[:39]),
        lambda file: os.truncate(file, file.stat().st_size // 2),
        lambda file: file.write_bytes(bytes(file.stat().st_size)),
        lambda file: file.write_bytes(file.read_bytes() + b"\0"),
        *(flipped(at) for at in (0, 7, 8, 39, 40, 500, -1)),
        for_another,
        grown,
    ],
    "is no file": [made_folder, made_pipe],
    "cannot be read": [led_in_a_circle],
    "can be written by others": [lambda file: file.chmod(0o664), lambda file: file.chmod(0o646)],
}


def test_what_was_written_is_read(file):
    assert read_sealed(file, KEY) == CONTENT
    assert [each.name for each in file.parent.iterdir()] == ["file"]


@pytest.mark.parametrize("name", ["none", "none/below", "file/below"])
def test_no_file_is_nothing(file, name):
    assert read_sealed(file.parent / name, KEY) is None


@owners_only
@pytest.mark.parametrize(("why", "damage"), [(why, each) for why, many in DAMAGES.items() for each in many])
def test_whatever_else_is_there_is_found_out_and_makes_room(file, why, damage):
    damage(file)
    with pytest.raises(BrokenSealError, match=why):
        read_sealed(file, KEY)
    write_sealed(file, KEY, CONTENT)
    assert read_sealed(file, KEY) == CONTENT


def test_a_link_that_leads_nowhere_makes_room(file):
    file.unlink()
    file.symlink_to(file.parent / "nowhere")
    assert read_sealed(file, KEY) is None
    write_sealed(file, KEY, CONTENT)
    assert read_sealed(file, KEY) == CONTENT
    assert [each.name for each in file.parent.iterdir()] == ["file"]


@owners_only
def test_a_file_of_somebody_else_is_not_believed(file, monkeypatch):
    owner = file.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    if owner == 0:  # root's files are everybody's
        assert read_sealed(file, KEY) == CONTENT
        os.chown(file, 12345, -1)
    with pytest.raises(BrokenSealError, match="belongs to somebody else"):
        read_sealed(file, KEY)


def test_a_writer_that_fails_leaves_what_was_there(file, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_sealed(file, KEY, b"other")
    assert read_sealed(file, KEY) == CONTENT
    assert [each.name for each in file.parent.iterdir()] == ["file"]


def test_what_a_killed_writer_left_is_cleared_after_an_hour(file):
    old, new, other = (
        file.parent / name
        for name in (".file.1.simulate-partial", ".file.2.simulate-partial", ".mine.partial")
    )
    for each, age in ((old, 4000), (new, 60), (other, 4000)):
        each.write_text("half")
        os.utime(each, (time.time() - age,) * 2)
    write_sealed(file, KEY, CONTENT)
    assert sorted(file.parent.iterdir()) == sorted((file, new, other))


@owners_only
@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o077])
def test_nobody_else_may_write_to_what_is_made(tmp_path, umask):
    before = os.umask(umask)
    try:
        make_folder(tmp_path / "above" / "folder")
        write_sealed(tmp_path / "above" / "folder" / "file", KEY, CONTENT)
    finally:
        os.umask(before)
    assert read_sealed(tmp_path / "above" / "folder" / "file", KEY) == CONTENT
    lock_folder(tmp_path / "above" / "folder")


@owners_only
@pytest.mark.parametrize("mode", [0o777, 0o775, 0o757, 0o000])
def test_a_folder_of_ours_is_locked(tmp_path, mode):
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(mode)
    lock_folder(folder)
    assert folder.stat().st_mode & 0o722 == 0o700


@owners_only
def test_a_folder_that_its_owner_made_read_only_stays_so(tmp_path):
    tmp_path.chmod(0o555)
    lock_folder(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o555
    tmp_path.chmod(0o755)


@owners_only
def test_a_folder_of_somebody_else_is_not_used(tmp_path, monkeypatch):
    owner = tmp_path.stat().st_uid
    if owner == 0:
        os.chown(tmp_path, 12345, -1)
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    for used in (lock_folder, make_folder):
        with pytest.raises(PermissionError, match="belongs to somebody else"):
            used(tmp_path)


def test_a_folder_that_cannot_be_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADirectoryError):
        make_folder(tmp_path / "file" / "folder")
    with pytest.raises(FileNotFoundError):
        lock_folder(tmp_path / "none")


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_is_no_folder_makes_room_for_one(tmp_path, kind):
    folder = tmp_path / "folder"
    folder.write_text("") if kind == "file" else folder.symlink_to(tmp_path / "nowhere")
    make_folder(folder)
    assert folder.is_dir() and not folder.is_symlink()
