"""How files are opened, walked and written, so that no path hangs, leaks or is left half written. Knows no contents."""

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from typing import BinaryIO, cast

from mzplan.diagnostics import InputError, show
from mzplan.reading.in_use import is_in_use
from mzplan.said import say

StrPath = str | os.PathLike[str]

GIB = 1 << 30

DATA_LIMIT = GIB
"""Bytes of a data file that are read unless said otherwise."""


class Obstacle(StrEnum):
    """Why a file cannot be read."""

    VANISHED = "vanished"
    DANGLING = "dangling"
    FORBIDDEN = "forbidden"
    IN_USE = "in-use"
    LOOP = "loop"
    FOLDER = "folder"
    LINKED_FOLDER = "linked-folder"
    SPECIAL = "special"
    OUTSIDE = "outside"
    TOO_LARGE = "too-large"
    FAILED = "failed"


OBSTACLE_ZH: Mapping[Obstacle, str] = {
    Obstacle.VANISHED: "没有这个文件",
    Obstacle.DANGLING: "符号链接指向的文件不存在",
    Obstacle.FORBIDDEN: "没有读取权限",
    Obstacle.IN_USE: "文件正被别的程序（Excel、WPS、Word 等）打开",
    Obstacle.LOOP: "符号链接绕成了圈",
    Obstacle.FOLDER: "是文件夹",
    Obstacle.LINKED_FOLDER: "是通向文件夹的符号链接",
    Obstacle.SPECIAL: "不是普通文件，是管道、设备或套接字",
    Obstacle.OUTSIDE: "符号链接指到了项目外面",
    Obstacle.TOO_LARGE: "文件超过 {limit}",
}
"""Each in words, as far as the system's own would not do better."""
_CLOSE_IT = "{why}，请关掉它再试"


class FileError(Exception):
    """One file cannot be read; the others go on."""

    def __init__(self, obstacle: Obstacle, detail: str = "") -> None:
        super().__init__(f"{obstacle}: {detail}")
        self.obstacle = obstacle
        self.detail = detail
        """What the system said, in words of ours, or the limit that was passed, in bytes."""

    @property
    def reason(self) -> str:
        """Why, in the user's language as far as we know it, and whether to close the file."""
        told = obstacle_told(self.obstacle, self.detail)
        return say(_CLOSE_IT, why=told) if self.obstacle is Obstacle.IN_USE else told


def obstacle_told(obstacle: Obstacle, detail: str) -> str:
    """An obstacle in words, with the limit that was passed; what the system said where we have none."""
    if obstacle is not Obstacle.TOO_LARGE:
        return OBSTACLE_ZH.get(obstacle) or detail or obstacle
    limit = int(detail)
    size = f"{limit >> 20} MB" if limit >> 20 else f"{limit >> 10} KB"
    return say(OBSTACLE_ZH[obstacle], limit=size)


_OBSTACLES = {
    errno.ENOENT: Obstacle.VANISHED,
    errno.ENOTDIR: Obstacle.VANISHED,
    errno.EACCES: Obstacle.FORBIDDEN,
    errno.EPERM: Obstacle.FORBIDDEN,
    errno.ELOOP: Obstacle.LOOP,
    errno.EISDIR: Obstacle.FOLDER,
    errno.ENXIO: Obstacle.SPECIAL,
    errno.EWOULDBLOCK: Obstacle.SPECIAL,
}

_REASONS: Mapping[int, str] = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件太大",
    errno.EIO: "磁盘读写出错",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EISDIR: "是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENAMETOOLONG: "路径太长",
    errno.EINVAL: "系统不认这样的名字",
    errno.ELOOP: "符号链接绕成了圈",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.EBADF: "已经关闭",
    errno.ENODEV: "没有这个设备",
    errno.ENXIO: "没有这个设备",
    errno.ESTALE: "网络文件夹断开了",
    errno.ETIMEDOUT: "等待超时",
}
_OTHER_REASON = "系统错误（{words}）"
_UNREADABLE = "读不了 {path}：{reason}。"


def system_reason(error: OSError) -> str:
    """What the system said, in the user's language; an error that we have no words for keeps its own, in brackets."""
    if is_in_use(error):
        return FileError(Obstacle.IN_USE).reason
    known = LINK_REASON if isinstance(error, LinkError) else _REASONS.get(error.errno or 0)
    return known or say(_OTHER_REASON, words=error.strerror or type(error).__name__)


def unreadable(path: StrPath, why: FileError | OSError) -> InputError:
    """The error that what is there cannot be read, with its path and why."""
    reason = why.reason if isinstance(why, FileError) else system_reason(why)
    return InputError(say(_UNREADABLE, path=show(os.fspath(path), 4096), reason=show(reason)))


def refused_at(error: OSError) -> str:
    """The path that the system refused, as it is called from here: for what is not there yet, the folder to be it in.

    Empty where the system names none.
    """
    path = os.fsdecode(error.filename2 or error.filename or "")
    there = next(filter(os.path.lexists, upward(path)), path) if path else ""
    return from_here(there) if is_within(there, os.getcwd()) else there


_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def file_error(error: OSError | ValueError) -> FileError:
    """What the system said, as one of our own obstacles (a ValueError is a name with a NUL in it)."""
    if not isinstance(error, OSError):
        return FileError(Obstacle.VANISHED)
    obstacle = Obstacle.IN_USE if is_in_use(error) else _OBSTACLES.get(error.errno or 0, Obstacle.FAILED)
    return FileError(obstacle, system_reason(error))


def open_regular(path: StrPath, limit: int = DATA_LIMIT, within: str = "", *, folder: int | None = None) -> BinaryIO:
    """A regular file of at most `limit` bytes, open for reading without buffer; FileError for anything else.

    Opened first and judged by its descriptor, so that a pipe or device never blocks and nothing can be swapped in
    between. With `within`, a symbolic link must not lead out of that folder; with `folder`, the descriptor of one, the
    path is a name in it that may not be a link at all.
    """
    try:
        if within and not is_within(real_path(path), _real_folder(absolute(within))):
            raise FileError(Obstacle.OUTSIDE)
        descriptor = os.open(path, _READ if folder is None else _READ | os.O_NOFOLLOW, dir_fd=folder)
    except (OSError, ValueError) as error:
        is_folder = isinstance(error, PermissionError) and os.path.isdir(path) and os.access(path, os.R_OK)
        refusal = FileError(Obstacle.FOLDER) if is_folder else file_error(error)  # as Windows tells of one
        if refusal.obstacle is Obstacle.VANISHED and not isinstance(error, ValueError) and os.path.islink(path):
            refusal = FileError(Obstacle.DANGLING)
        raise refusal from error
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise FileError(Obstacle.LINKED_FOLDER if os.path.islink(path) else Obstacle.FOLDER)
        if not stat.S_ISREG(status.st_mode):
            raise FileError(Obstacle.SPECIAL)
        if status.st_size > limit:
            raise FileError(Obstacle.TOO_LARGE, str(limit))
        return os.fdopen(descriptor, "rb", buffering=0)
    except BaseException:
        os.close(descriptor)
        raise


_HELD = 1 << 20
"""Bytes of a stream that are held in memory; more go to a temporary file."""


def spooled(stream: BinaryIO, limit: int) -> BinaryIO:
    """What a stream gives, to be read more than once: all of it, or a byte more than `limit`; OSError when it fails."""
    head = stream.read(_HELD)
    if len(head) < _HELD:
        return BytesIO(head)
    import tempfile  # for this alone

    file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # whoever reads it closes it
    piece, size = head, 0
    while piece:
        _write_all(file, piece)
        size += len(piece)
        piece = stream.read(min(_HELD, limit + 1 - size))
    return cast("BinaryIO", file)


def reopened(content: BinaryIO) -> BinaryIO:
    """The same bytes from the start, for the caller to close."""
    if isinstance(content, BytesIO):
        return BytesIO(content.getbuffer())
    content.seek(0)
    return os.fdopen(os.dup(content.fileno()), "rb", buffering=0)


def may_exist(path: StrPath) -> bool:
    """Whether something stands there, or may: where nobody lets us look, opening it says why."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        return error.errno != errno.EINVAL  # Windows, of a name that none can have
    return True


def is_folder(path: StrPath) -> bool:
    """Whether a folder is known to stand there; False where nobody lets us look, for which some a `Path` raises."""
    return os.path.isdir(path)


def absolute(path: StrPath) -> str:
    """The path from the root on, without `.` and `..`; a link is followed only where it turns back (`link/..`)."""
    whole = os.path.join(os.getcwd(), path)
    there, turn, rest = (whole + os.sep).rpartition(f"{os.sep}{os.pardir}{os.sep}")
    return os.path.normpath(os.path.join(os.path.realpath(there + turn), rest) if turn else whole)


def real_path(path: StrPath) -> str:
    """The real path of a file; that of its folder is remembered, as thousands of files may lie there."""
    file = absolute(path)
    folder, name = os.path.split(file)
    return os.path.realpath(file) if not name or os.path.islink(file) else os.path.join(_real_folder(folder), name)


def location_in(folder: str, path: StrPath) -> str | None:
    """Where a file lies in a resolved folder, however it is named; None when it does not lie there.

    A link, of the file or of a folder on its way, lies where it stands, wherever it leads: the folders on the way are
    looked at from the nearest upward. A link elsewhere that leads to a file in the folder lies there too.
    """
    file = absolute(path)
    above, name = os.path.split(file)
    if (home := _way_into(folder, above)) is not None:
        return os.path.join(home, name)
    real = real_path(file)
    return real if is_within(real, folder) else None


@lru_cache(maxsize=1024)
def _way_into(folder: str, way: str) -> str | None:
    for here in upward(way):
        if is_within(real := _real_folder(here), folder):
            return os.path.normpath(os.path.join(real, os.path.relpath(way, here)))
    return None


@lru_cache(maxsize=1024)
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder)


def way_from(folder: StrPath, path: StrPath) -> str | None:
    """How a path is called from a folder; None when no way leads there, as from one drive of Windows to another.

    A mapped or `subst` drive and what it stands for are two names of one place, of which a resolved path has the other.
    """
    with suppress(ValueError):
        return os.path.relpath(path, folder)
    real = os.path.realpath(path)
    with suppress(ValueError):
        way = os.path.relpath(real, os.path.realpath(folder))
        return way if os.path.realpath(os.path.join(folder, way)) == real else None
    return None


def from_here(path: StrPath) -> str:
    """How a path is called from the working folder; as it stands where no way leads there."""
    way = way_from(os.curdir, path)
    return os.fspath(path) if way is None else way


def upward(folder: StrPath) -> Iterator[str]:
    """The folder and every one above it, from the root on, links not followed."""
    here = absolute(folder)
    yield here
    while (above := os.path.dirname(here)) != here:
        yield (here := above)


def is_within(path: str, folder: str) -> bool:
    """Whether a resolved path is the folder or lies below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


LINK_REASON = "是符号链接，不会通过它写到别处"
_OWN_STREAM = re.compile(r"/dev/(?:stdin|stdout|stderr)|/(?:dev|proc/(?:self|\d+))/fd/\d+", re.ASCII)
"""Links of the system's to streams that are open already."""
_DIRECTLY = os.O_WRONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_PERMISSIONS = 0o777


class LinkError(OSError):
    """A file is not written because a link stands in its place."""


def is_link(path: StrPath) -> bool:
    """Whether a link stands there, be it dangling; those of the system's to our own open streams do not count."""
    return os.path.islink(path) and not _OWN_STREAM.fullmatch(os.path.normpath(os.path.join(os.getcwd(), path)))


def write_whole(path: StrPath, data: bytes) -> None:
    """Write the file whole or not at all; OSError when it cannot be, LinkError when a link stands there.

    The bytes go to a temporary file in the same folder, which then takes the place of the old one and keeps who may
    read, write and run it, but no set-user-id, set-group-id or sticky bit. A device or a pipe is written directly, as
    nothing can take its place; a file that is our own standard output is written on.
    """
    if is_link(path):
        raise LinkError(errno.ELOOP, LINK_REASON, os.fspath(path))
    is_stream = os.path.islink(path)
    mode = os.lstat(path).st_mode if os.path.lexists(path) else None
    if mode is not None and stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))  # Windows calls it forbidden
    if mode is not None and not stat.S_ISREG(mode):
        flags = _DIRECTLY | (os.O_APPEND if is_stream else _NO_LINK)
        with os.fdopen(os.open(path, flags), "wb", buffering=0) as stream:
            _write_all(stream, data)
        return
    temporary = os.path.join(os.path.dirname(path), f".mzplan-{os.urandom(6).hex()}.tmp")
    try:
        with os.fdopen(os.open(temporary, _CREATE, 0o666), "wb", buffering=0) as stream:
            _write_all(stream, data)
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(stream.fileno(), mode & _PERMISSIONS)
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def hold_place(path: StrPath, size: int) -> None:
    """Put an empty file of that size where there is none; OSError when it cannot be."""
    with os.fdopen(os.open(path, _CREATE, 0o600), "wb", buffering=0) as stream:
        stream.truncate(size)


def append(path: StrPath, data: bytes) -> None:
    """Add to the end of a file that others write to as well; OSError when it cannot be."""
    with os.fdopen(os.open(path, _APPEND, 0o666), "ab", buffering=0) as stream:
        _write_all(stream, data)


def _write_all(stream: BinaryIO, data: bytes) -> None:
    """An unbuffered file may take less than it is given."""
    rest = memoryview(data)
    while rest:
        rest = rest[stream.write(rest) :]
