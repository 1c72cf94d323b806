"""Opening, walking and writing files: nothing hangs, leaks or is left half written."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from mzplan.reading.files import FileError, Obstacle, open_regular, system_reason, walk_csv, write_whole


def test_a_regular_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\r\n")
    with open_regular(path) as stream:
        assert stream.read() == b"\xff\r\n"


def fifo(path: Path) -> None:
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.symlink_to(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def large(path: Path) -> None:
    path.write_bytes(b"x" * 11)


@pytest.mark.parametrize(
    ("make", "obstacle"),
    [
        (fifo, Obstacle.SPECIAL),
        (device, Obstacle.SPECIAL),
        (loop, Obstacle.LOOP),
        (Path.mkdir, Obstacle.FOLDER),
        (large, Obstacle.TOO_LARGE),
        (lambda path: None, Obstacle.VANISHED),
    ],
)
def test_what_is_not_a_readable_file_is_refused_at_once(
    tmp_path: Path, make: Callable[[Path], None], obstacle: Obstacle
) -> None:
    make(tmp_path / "odd.csv")
    with pytest.raises(FileError) as refused:
        open_regular(tmp_path / "odd.csv", limit=10)
    assert refused.value.obstacle is obstacle


def test_a_name_with_a_nul_is_refused_like_one_that_is_not_there() -> None:
    with pytest.raises(FileError) as refused:
        open_regular("a\0b.csv")
    assert refused.value.obstacle is Obstacle.VANISHED


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbid)
    with pytest.raises(FileError) as refused:
        open_regular(tmp_path / "a.csv")
    assert (refused.value.obstacle, refused.value.detail) == (Obstacle.FORBIDDEN, "没有权限")


def test_a_link_must_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("password")
    data = tmp_path / "data"
    data.mkdir()
    (data / "inside.csv").write_text("a")
    (data / "out.csv").symlink_to(tmp_path / "secret")
    (data / "in.csv").symlink_to(data / "inside.csv")
    with pytest.raises(FileError) as refused:
        open_regular(data / "out.csv", within=str(data))
    assert refused.value.obstacle is Obstacle.OUTSIDE
    with open_regular(data / "in.csv", within=str(data)) as stream:
        assert stream.read() == b"a"


def test_the_walk_is_sorted_and_passes_over_what_is_not_data(tmp_path: Path) -> None:
    for name in ("b/2.CSV", "a/1.csv", "a/~$1.csv", "a/.~lock.1.csv#", "a/.hidden.csv", ".git/x.csv", "a/notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    (tmp_path / "b" / "again").symlink_to(tmp_path)
    assert [os.path.relpath(path, tmp_path) for path in walk_csv(str(tmp_path))] == ["a/1.csv", "b/2.CSV"]


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, "新".encode())
    assert path.read_text() == "新"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_an_interruption_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")

    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_device_is_written_directly_and_a_full_disk_is_an_error(tmp_path: Path) -> None:
    write_whole("/dev/null", b"gone")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    with pytest.raises(OSError, match="No space left"):
        write_whole("/dev/full", b"x")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘空间不足"),
        (PermissionError(errno.EACCES, "Permission denied"), "没有权限"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), "系统错误（Invalid cross-device link）"),
        (OSError("odd"), "系统错误（OSError）"),
    ],
)
def test_what_the_system_said_is_in_the_users_language(error: OSError, words: str) -> None:
    assert system_reason(error) == words


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "none" / "out.csv", b"x")
