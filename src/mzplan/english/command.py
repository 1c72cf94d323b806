"""English for what the command say."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "{path} 的扩展名 {suffix} 不是 {format} 的，打不开：写成 {known}，或换一个 --format。": (
            "{path}: no file of the format {format} is called {suffix}, and nothing would open it: "
            "call it {known}, or choose another --format."
        ),
    }
)
