"""What `mzplan check` would do, without doing it: which files it would look at, and by which settings."""

from collections.abc import Iterable, Mapping, Sequence
from json import dumps

from mzplan.check.settings import Settings
from mzplan.cli.language import tell
from mzplan.reading.files import StrPath
from mzplan.render.check.report import shown_path
from mzplan.said import say
from mzplan.submissions.sources import Source

Setting = str | bool | int | list[str]


def files_text(sources: Iterable[Source]) -> str:
    """Each file on a line of its own, in the order of a report."""
    return "".join(f"{shown_path(path)}\n" for path in sorted(source.path for source in sources))


def settings_text(settings: Settings, file: StrPath | None, given: Mapping[str, str | Sequence[str]]) -> str:
    """The settings in force as TOML, after where they come from; `given` is what else decides about a run."""
    ours: dict[str, Setting] = {
        **{key: value if isinstance(value, str) else list(value) for key, value in given.items()},
        **{key: sorted(getattr(settings, key)) for key in ("select", "ignore", "error", "warn")},
        "strict": settings.strict,
        "jobs": settings.jobs,
    }
    head = tell(say("# 设置文件：{path}\n", path=shown_path(str(file)) if file else "没有"))
    return head + "".join(f"{key} = {dumps(value, ensure_ascii=False)}\n" for key, value in ours.items())
