"""What comes with the program: the site's templates, pages and settings, and the policies to start from.

They stand at the top of kpigen's own repository. A wheel holds copies of them, made when it is built (``setup.py``), so
that an installed kpigen has what a clone has.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["shipped"]

_PACKAGE: Final = Path(__file__).parent


def shipped() -> Path:
    """Return the folder that holds ``site/``, ``mkdocs.yml`` and ``policy/``."""
    copies = _PACKAGE / "_shipped"
    return copies if copies.is_dir() else _PACKAGE.parent
