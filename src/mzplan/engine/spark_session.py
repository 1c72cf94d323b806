"""Spark started and stopped: its Java, its cluster, and what can go wrong with either told in a sentence."""

import atexit
import logging
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from tempfile import TemporaryFile
from threading import Timer
from typing import IO, TYPE_CHECKING, Any

from mzplan.diagnostics import InputError, show
from mzplan.engine.sound import Means
from mzplan.said import say

if TYPE_CHECKING:
    from subprocess import Popen

    from pyspark.sql import SparkSession

_NO_JAVA = (
    "--engine spark 需要 Java 17 或更新的版本，这台电脑上没有。请安装（Debian：apt install openjdk-17-jre-headless）。"
)
_NO_CLUSTER = "Spark 的集群（--master {master}）在 {seconds} 秒内没有答复。请检查地址，集群是否在运行、有无空闲。"
_LITTLE_MEMORY = "Spark 的内存不够：--memory {memory} 太小（至少 512MB），或机器空闲的内存太少。请写大些。"
_NO_FILE = "Spark 看不到 {path}：集群的每台机器都要能以这个路径读到数据。请放到共享盘上。"
_NOT_STARTED = "Spark 没有启动（{reason}）。请检查 --master、Java 和 Spark 的设置。"
_ENDED = "Spark 的 Java 中途停了，多半是内存不够。请用 --memory 写大些。"
_FAILED = "Spark 读不了这些文件（{reason}）。"
_USUAL = "（没有指定）"

_PATIENCE = 120
"""Seconds in which a cluster has to have done a first task."""
_FAREWELL = 10
"""Seconds for Java to end."""
_JAVA = re.compile(r"JAVA_HOME is not set|UnsupportedClassVersionError")
_MEMORY = re.compile(r"OutOfMemory|emory \d+ must be at least|maximum heap|initial heap|insufficient memory|heap space")
_UNSEEN = re.compile(
    r"(?:FILE|PATH)_NOT_(?:EXIST|FOUND).*?file:/*(/.*?)\.? |File file:/*(/.*?) does not exist", re.DOTALL
)
_CAUSE = re.compile(r'^(?:Caused by|Error|Exception in thread "main" [\w.$]+)?: (?:[\w.$]+: )?(.*\S)', re.MULTILINE)
"""What Java says that something came of, the innermost last."""
_SHOWN = 200
_UNITS: Mapping[str, int] = {"MB": 10**6, "GB": 10**9, "TB": 10**12, "MIB": 2**20, "GIB": 2**30, "TIB": 2**40}
_SETTINGS: Mapping[str, str] = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # What of a file cannot be read is missed where lines are counted, one that is not seen has to be told, and the
    # patterns of the statement are written for the usual literals.
    "spark.sql.files.ignoreCorruptFiles": "true",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
}


class _Spark:
    """Java, and the session in it once that has started."""

    def __init__(self, told: IO[bytes]) -> None:
        self.told = told
        """What Java writes for people."""
        self.java: Popen[bytes] | None = None
        self.session: SparkSession | None = None
        self.is_late = False

    def start(self, means: Means) -> "SparkSession":
        """The session, once its cluster has done a task."""
        from pyspark import SparkConf, SparkContext  # for those who have it
        from pyspark.java_gateway import launch_gateway  # likewise
        from pyspark.logger import PySparkLogger  # likewise
        from pyspark.sql import SparkSession  # likewise

        # Whoever speaks to Java writes what goes wrong with it to stderr, and leaves it to be told.
        logging.getLogger().addHandler(logging.NullHandler())
        PySparkLogger.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
        conf = SparkConf(loadDefaults=False).setAppName("mzplan").setAll([*_SETTINGS.items(), *_memory(means.memory)])
        if means.master:
            conf.setMaster(means.master)
        gateway = launch_gateway(conf, {"stdout": self.told, "stderr": self.told})
        atexit.register(_stop, gateway)
        self.java = gateway.proc
        alarm = Timer(_PATIENCE, self._give_up, [gateway.proc])
        alarm.start()
        try:
            with warnings.catch_warnings(action="ignore", category=RuntimeWarning):  # of what it could not stop
                context = SparkContext(conf=conf, gateway=gateway)
            context.setLogLevel("ERROR")
            session = SparkSession(context)
            session.range(1).collect()
        finally:
            alarm.cancel()
        self.session = session
        return session

    def _give_up(self, java: "Popen[bytes]") -> None:
        self.is_late = True
        java.kill()

    def refusal(self, error: BaseException, means: Means) -> str:
        """Why it does not go on, from what Python was told, and what Java has written before it ran or had to end."""
        text = str(error)
        has_ended = self.java is not None and self.java.poll() is not None
        if has_ended or not self.session:  # while it runs it writes of files too that are left to Python
            self.told.seek(0)
            text += f"\n{self.told.read().decode(errors='replace')}"
        if self.is_late:
            return say(_NO_CLUSTER, master=show(means.master, _SHOWN) or _USUAL, seconds=_PATIENCE)
        if _JAVA.search(text):
            return _NO_JAVA
        if _MEMORY.search(text):
            return say(_LITTLE_MEMORY, memory=means.memory or _USUAL)
        if unseen := _UNSEEN.search(text):
            return say(_NO_FILE, path=show(unseen[1] or unseen[2], _SHOWN))
        if has_ended:
            return _ENDED
        reason = show([text.partition("\n")[0], *_CAUSE.findall(text)][-1], _SHOWN)
        return say(_FAILED if self.session else _NOT_STARTED, reason=reason)


@cache
def _spark(_memory: str, _master: str) -> _Spark:
    """The one of this process, which asks for the same each time: Java starts once, and ends with it."""
    return _Spark(TemporaryFile())


@contextmanager
def running(means: Means) -> Iterator["SparkSession"]:
    """Spark with those means, which is started unless it runs; InputError where it cannot, or fails in the meantime."""
    from py4j.protocol import Py4JError  # for those who have it
    from pyspark.errors import PySparkException  # likewise

    spark = _spark(means.memory, means.master)
    try:
        yield spark.session or spark.start(means)
    except (Py4JError, PySparkException, ConnectionError, EOFError) as error:
        raise InputError(spark.refusal(error, means)) from None


def _stop(gateway: Any) -> None:
    """Give back what there is of the cluster, and end Java, whether or not it answers."""
    from pyspark import SparkContext  # for those who have it

    alarm = Timer(_FAREWELL, gateway.proc.kill)
    alarm.start()
    if context := SparkContext._active_spark_context:
        with (
            suppress(OSError),
            warnings.catch_warnings(action="ignore", category=RuntimeWarning),
        ):  # of one that is dead
            context.stop()
    gateway.shutdown()
    gateway.proc.communicate()
    alarm.cancel()


def _memory(size: str) -> Sequence[tuple[str, str]]:
    """What Java knows a size like `2GB` by, for each process of Spark; nothing where none is given."""
    if not size:
        return []
    digits = size.rstrip("MGTBibmgt")
    kib = int(digits) * _UNITS[size.removeprefix(digits).upper()] >> 10
    return [(f"spark.{process}.memory", f"{kib}k") for process in ("driver", "executor")]
