"""Opening, walking and writing files: nothing hangs, leaks or is left half written."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mzplan.reading.files import FileError, LinkError, Obstacle, open_regular, system_reason, write_whole
from mzplan.reading.together import write_together
from mzplan.reading.walk import walk_files


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


def refuse(error: OSError, monkeypatch: pytest.MonkeyPatch, function: str = "open") -> None:
    """The system refuses whatever it is asked."""

    def forbid(*_: object, **__: object) -> int:
        raise error

    monkeypatch.setattr(os, function, forbid)


@pytest.mark.parametrize("mark", ["~$填报表.xlsx", "~$表.xlsx", ".~填报表.xlsx", ".~lock.填报表.xlsx#"])
def test_a_file_that_is_marked_as_open_is_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str) -> None:
    """Excel, Word, WPS and LibreOffice lay a mark beside it; without any, the rights are wanting."""
    path = tmp_path / "填报表.xlsx"
    refuse(PermissionError(errno.EACCES, "Permission denied", str(path)), monkeypatch)
    with pytest.raises(FileError) as forbidden:
        open_regular(path)
    assert forbidden.value.obstacle is Obstacle.FORBIDDEN
    (tmp_path / mark).symlink_to("whoever has it open")
    with pytest.raises(FileError) as refused:
        open_regular(path)
    assert refused.value.obstacle is Obstacle.IN_USE
    assert refused.value.reason == "文件正被别的程序（Excel、WPS、Word 等）打开，请关掉它再试"


@pytest.mark.parametrize("number", [32, 33])
def test_windows_says_that_a_file_is_in_use(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    error = PermissionError(errno.EACCES, "Permission denied", "a.csv")
    error.winerror = number  # type: ignore[attr-defined]  # which only Windows has
    refuse(error, monkeypatch)
    with pytest.raises(FileError) as refused:
        open_regular("a.csv")
    assert refused.value.obstacle is Obstacle.IN_USE


def test_a_result_is_not_written_over_a_file_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused is to put the new file, which has another name, in its place."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    (tmp_path / "~$a.xlsx").write_bytes(b"")
    refuse(PermissionError(errno.EACCES, "Permission denied", "new", None, str(path)), monkeypatch, "replace")
    with pytest.raises(PermissionError) as refused:
        write_whole(path, b"new")
    assert system_reason(refused.value) == FileError(Obstacle.IN_USE).reason
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.xlsx", "~$a.xlsx"]
    assert path.read_bytes() == b"old"


def test_a_folder_given_as_a_file_is_called_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also on Windows, which calls it forbidden."""
    with pytest.raises(OSError, match="Is a directory") as written:
        write_whole(tmp_path, b"")
    assert system_reason(written.value) == "是文件夹"
    refuse(PermissionError(errno.EACCES, "Permission denied", str(tmp_path)), monkeypatch)
    with pytest.raises(FileError) as refused:
        open_regular(tmp_path)
    assert refused.value.obstacle is Obstacle.FOLDER


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


def test_the_walk_is_sorted_and_passes_over_what_programs_leave_behind(tmp_path: Path) -> None:
    for name in (
        "b/2.CSV",
        "a/1.csv",
        "a/~$1.csv",
        "a/.~lock.1.csv#",
        "a/.hidden.csv",
        ".git/x.csv",
        "a/notes.txt",
        "a/Thumbs.db",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    (tmp_path / "b" / "again").symlink_to(tmp_path)
    (tmp_path / "c" / "empty.csv").mkdir(parents=True)
    (tmp_path / "c" / "empty").mkdir()
    assert [os.path.relpath(path, tmp_path) for path in walk_files(str(tmp_path))] == [
        "a/1.csv",
        "a/notes.txt",
        "b/2.CSV",
        "b/again",
        "c/empty.csv",
    ]


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, "新".encode())
    assert path.read_text() == "新"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("target", ["real", "nowhere", "link", "/dev/null", "/dev/stdout", "."])
def test_nothing_is_written_through_a_link_or_in_its_place(target: str, tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(target)
    with pytest.raises(LinkError) as refused:
        write_whole(tmp_path / "link", b"new")
    assert system_reason(refused.value) == "是符号链接，不会通过它写到别处"
    assert str((tmp_path / "link").readlink()) == target
    assert (tmp_path / "real").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]


def test_a_link_that_comes_between_is_replaced_and_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").write_text("old")
    path = tmp_path / "out.csv"
    usual = os.fsync

    def meanwhile(descriptor: int) -> None:
        usual(descriptor)
        path.symlink_to("real")

    monkeypatch.setattr(os, "fsync", meanwhile)
    write_whole(path, b"new")
    assert ((tmp_path / "real").read_text(), path.read_text(), path.is_symlink()) == ("old", "new", False)


def test_a_hard_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    os.link(tmp_path / "real", tmp_path / "out")
    write_whole(tmp_path / "out", b"new")
    assert ((tmp_path / "real").read_text(), (tmp_path / "out").read_text()) == ("old", "new")


@pytest.mark.parametrize("bits", [0o4755, 0o2755, 0o1777, 0o7777, 0o600])
def test_only_permissions_are_kept(bits: int, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("old")
    path.chmod(bits)
    write_whole(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == bits & 0o777


@pytest.mark.parametrize("path", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("into", ["pipe", "file"])
def test_our_own_standard_output_is_written_on(path: str, into: str, tmp_path: Path) -> None:
    script = (
        f"print('first', flush=True); from mzplan.reading.files import write_whole; write_whole({path!r}, b'second')"
    )
    if into == "pipe":
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
        assert done.stdout == b"first\nsecond"
        return
    with (tmp_path / "out").open("wb") as stream:
        subprocess.run([sys.executable, "-c", script], stdout=stream, check=True)
    assert (tmp_path / "out").read_bytes() == b"first\nsecond"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_whole(tmp_path / "pipe", b"x")
    assert os.read(reader, 9) == b"x"
    os.close(reader)


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


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_written_together_bring_their_folders_and_keep_who_may_read_them(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"1")
    old.chmod(0o640)
    (tmp_path / "gone").write_bytes(b"1")
    gone = {tmp_path / "gone": None, tmp_path / "never": None}
    write_together({old: b"2", tmp_path / "a/b/new": b"3", tmp_path / "a/other": b"4", **gone})
    assert files_in(tmp_path) == {"old": b"2", "a/b/new": b"3", "a/other": b"4"}
    assert old.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("obstacle", ["folder", "link", "pipe"])
def test_where_one_of_several_cannot_be_written_all_is_as_it_was(obstacle: str, tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"1")
    last = tmp_path / "last"
    match obstacle:
        case "folder":
            last.mkdir()
        case "link":
            last.symlink_to("old")
        case "pipe":
            os.mkfifo(last)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OSError):
        write_together({tmp_path / "old": b"2", tmp_path / "a/b/new": b"3", last: b"4"})
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "old").read_bytes() == b"1"


def test_what_took_its_place_already_goes_back_when_the_next_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two", "gone"):
        (tmp_path / name).write_bytes(b"1")
    replace = Path.replace

    def failing(path: Path, target: Path) -> Path:
        if target.name == "two" and path.read_bytes() == b"2":
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="No space"):
        write_together({tmp_path / "gone": None, **{tmp_path / name: b"2" for name in ("new", "one", "two")}})
    assert files_in(tmp_path) == {"one": b"1", "two": b"1", "gone": b"1"}
