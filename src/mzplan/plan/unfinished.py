"""What whoever began a plan left for its author to write: texts that open with a mark, told until it is taken away."""

from collections.abc import Mapping

from mzplan.diagnostics import Diagnostic
from mzplan.plan.file_rules import UNFINISHED
from mzplan.plan.findings import Findings
from mzplan.plan.yaml_border import Path, Value, YamlDocument, key_of

MARK = "【待改】"

_MESSAGES: Mapping[str, tuple[str, str]] = {
    "unfinished": ("{key} 还没有改：{text}", "照今年的文件写，删去“【待改】”"),
}


def unfinished(document: YamlDocument) -> list[Diagnostic]:
    """A finding for each text of a plan file that is still marked, in the order of the file."""
    found = Findings(_MESSAGES)
    waiting: list[tuple[Path, Value]] = [((), document.value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*path, key), each) for key, each in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [((*path, at), each) for at, each in reversed(list(enumerate(value)))]
        elif isinstance(value, str) and value.startswith(MARK):
            found.report(
                UNFINISHED, document.place(path), "unfinished", key=key_of(path), text=value.removeprefix(MARK)
            )
    return found.found
