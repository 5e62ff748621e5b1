"""The policy language: one module a mechanism, each with its schema and its computation; and compiled policies."""

from kpigen.policy.compiling import compile_policy
from kpigen.policy.rules import Policy
from kpigen.policy.version import Version

__all__ = ["Policy", "Version", "compile_policy"]
