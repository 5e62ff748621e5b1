"""Items that are computed: one module a conversion, told by its key; a new one is a module and a line here."""

from typing import Annotated, Final

from kpigen.policy.items.bands import BandsItem
from kpigen.policy.items.conversion import Conversion
from kpigen.policy.items.less import LessItem
from kpigen.policy.items.line import LineItem
from kpigen.policy.items.parts import PartsItem
from kpigen.policy.items.raters import RatersItem
from kpigen.policy.items.ratings import RatingsItem
from kpigen.policy.items.share import ShareItem
from kpigen.reading.decode import by_key

__all__ = ["CONVERSIONS", "Conversion", "ItemField"]

CONVERSIONS: Final = (LineItem, BandsItem, RatingsItem, ShareItem, LessItem, PartsItem, RatersItem)
"""Every conversion."""

ItemField = Annotated[
    LineItem | BandsItem | RatingsItem | ShareItem | LessItem | PartsItem | RatersItem,
    by_key(**{each.key: each for each in CONVERSIONS}),
]
"""The declaration of an item, its conversion told by its key."""
