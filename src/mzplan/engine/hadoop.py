"""What lies at an address, through the file systems that Spark's Java knows: `file:`, `hdfs:`, `s3a:` and others.

A city's data there are a folder of files like any other, and no second reader of them is wanted. So the folder is
mirrored: names and sizes are listed and made here, empty, and all that goes by names is as ever. Which files are sound
Spark tells from the address, and only their figures come; what the rules have to look at is brought as it stands, one
file at a time, and read by Python.
"""

import atexit
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from mzplan.diagnostics import InputError, show
from mzplan.engine.sound import Means
from mzplan.engine.spark_session import running
from mzplan.reading.files import hold_place
from mzplan.reading.parquet import is_parquet
from mzplan.reading.walk import is_hidden, must_be_few
from mzplan.said import say
from mzplan.submissions.mirror import Mirror
from mzplan.submissions.places import README

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_NO_FOLDER = "{address} 那里没有文件夹。请检查地址；应是数据文件夹，里面是 <报告期>/<单位 id>.csv。"
_USUAL = "data"
"""What the folder is called that stands for a whole store."""


@cache
def mirrored(address: str, means: Means) -> Mirror:
    """The folder that stands for the one at that address, until the process ends; InputError where none is there."""
    with running(means) as session:
        files, path = _system(session, address)
        home = str(path.toString()).rstrip("/")
        if is_parquet(home) or not (files.exists(path) and files.getFileStatus(path).isDirectory()):
            raise InputError(say(_NO_FOLDER, address=show(address, 400)))
        top = Path(mkdtemp(prefix="mzplan-")).resolve()
        atexit.register(rmtree, top, ignore_errors=True)
        folder = top / (path.getName() or _USUAL)
        folder.mkdir()
        mirror = Mirror(address, home, folder, lambda *there: _fetch(means, *there), lambda it: _exists(means, it))
        for count, (name, size) in enumerate(_below(files, path, folder), 1):
            must_be_few(count, address)
            if size is None:
                name.mkdir()
                continue
            hold_place(name, size)
            if is_hidden(name.name) or README.fullmatch(name.name):
                mirror.bring(str(name))  # whether it may lie there is asked of its contents
    return mirror


def _below(files: Any, path: Any, folder: Path) -> Iterator[tuple[Path, int | None]]:
    """All below a folder, each before what is in it: what it is called here, and its bytes, None of a folder."""
    for status in files.listStatus(path):
        there = status.getPath()
        here = folder / there.getName()
        if status.isDirectory():
            yield here, None
            yield from _below(files, there, here)
        else:
            yield here, status.getLen()


def _system(session: "SparkSession", address: str) -> tuple[Any, Any]:
    """The file system of an address, and the path that it is there."""
    path = session._jvm.org.apache.hadoop.fs.Path(address)
    files = path.getFileSystem(session._jsc.hadoopConfiguration())
    # That of this computer hides checksums beside its files, and cannot open what has a colon in its name.
    raw = files.getRaw() if files.getScheme() == "file" else files
    return raw, raw.makeQualified(path)


def _fetch(means: Means, address: str, file: str) -> None:
    with running(means) as session:
        files, path = _system(session, address)
        files.copyToLocalFile(False, path, session._jvm.org.apache.hadoop.fs.Path(f"file:{file}"), True)


def _exists(means: Means, address: str) -> bool:
    with running(means) as session:
        files, path = _system(session, address)
        return bool(files.exists(path))
