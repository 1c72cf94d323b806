"""English for what the command say."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "{path} 的扩展名 {suffix} 不是 {format} 的，打开它的程序读不了：{format} 的文件叫 {known}；要别的格式，改 --format。": (
            "{path}: {suffix} is not what files of the format {format} are called, and what opens such a file cannot read it. "
            "Call it {known}, or choose another --format."
        ),
    }
)
