"""What a git host needs: workflows, templates of proposals and issues, all made from one source."""

from kpigen.hosting.install import Install
from kpigen.hosting.rendering import MANIFEST, files

__all__ = ["MANIFEST", "Install", "files"]
