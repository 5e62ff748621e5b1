"""What stops a build of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpigen.text import Lang

if TYPE_CHECKING:
    from kpigen.text import Text

__all__ = ["SiteError"]


class SiteError(Exception):
    """The site cannot be built from what is there: ``text`` says why, ``details`` quotes what was found."""

    def __init__(self, text: Text, details: str = "") -> None:
        super().__init__("\n".join(filter(None, (text.said(Lang.EN), details))))
        self.text = text
        self.details = details
