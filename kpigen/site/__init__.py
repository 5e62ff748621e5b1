"""The published site: read-only pages in Chinese and English, made from the published JSON alone."""

from kpigen.site.build import build
from kpigen.site.failure import SiteError

__all__ = ["SiteError", "build"]
