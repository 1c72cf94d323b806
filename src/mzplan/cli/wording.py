"""What `mzplan plan check --document` reads: the document of a plan, in whatever form a draft may have."""

from pathlib import Path

from mzplan.bulletin.verify.draft import LIMIT, read_draft
from mzplan.cli.project import contents
from mzplan.plan.document_text import Wording


def wording_of(path: Path) -> Wording:
    """The document in a file; InputError when it cannot be read."""
    blocks = read_draft(path.name, contents(path, LIMIT))
    return Wording(str(path), [(block.text, block.places) for block in blocks])
