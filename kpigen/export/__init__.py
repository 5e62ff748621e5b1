"""Export: results and policies as versioned JSON documents with stable bytes; the only source of the pages."""

from kpigen.export.history import history_document
from kpigen.export.index import index_document
from kpigen.export.month import month_document
from kpigen.export.policy import policy_document

__all__ = ["history_document", "index_document", "month_document", "policy_document"]
