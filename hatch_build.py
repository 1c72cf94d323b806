"""What a release alone knows of itself: its addresses, and links that lead there from the page of a package registry.

`MZPLAN_REPOSITORY` says where the repository is (https://github.com/OWNER/mzplan); without it nothing is claimed, since
a name that nobody owns may be anybody's tomorrow.
"""

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(?P<image>!?)(?P<text>\[[^\]]*\])\((?![a-z]+:|#)(?P<path>[^)\s]+)\)")
_VERSION = re.compile(r'__version__ = "([^"]+)"')


def _leading(link: re.Match[str], at: str) -> str:
    """The link with its whole address: an image's own bytes, else a page that shows the file."""
    address = at.format(kind="raw" if link["image"] else "blob")
    return f"{link['image']}{link['text']}({address}/{link['path']})"


class CustomMetadataHook(MetadataHookInterface):
    """Fills in `readme` and `urls`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the README, its links leading to the files of the tag."""
        root = Path(self.root)
        text = root.joinpath("README.md").read_text(encoding="utf-8")
        address = os.environ.get("MZPLAN_REPOSITORY", "").rstrip("/")
        if address:
            (version,) = _VERSION.findall(root.joinpath("src", "mzplan", "__init__.py").read_text(encoding="utf-8"))
            at = f"{address}/{{kind}}/v{version}"
            text = _LINK.sub(lambda link: _leading(link, at), text)
            metadata["urls"] = {
                "Source": address,
                "Documentation": at.format(kind="blob") + "/README.md",
                "Changelog": at.format(kind="blob") + "/CHANGELOG.md",
                "Issues": f"{address}/issues",
            }
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
