"""Accounts: by which name the git host knows a person."""

from __future__ import annotations

import re
from typing import Annotated, Final

from kpigen.finding import Rule
from kpigen.reading.faults import Fault
from kpigen.reading.scalars import Read
from kpigen.text import say

__all__ = ["ACCOUNT_FORM", "Account", "read_account", "same_account"]

ACCOUNT_FORM: Final = Rule("account-form")

MAX_ACCOUNT: Final = 64
ACCOUNT: Final = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"

_ACCOUNT = re.compile(ACCOUNT)


def read_account(text: str) -> str | Fault:
    """Read the name of an account, without the @ that the host shows before it.

    Args:
        text: exactly what the file says.

    Returns:
        The name, or the fault. GitHub has letters, digits and inner hyphens; GitLab also dots and underscores.
    """
    if _ACCOUNT.fullmatch(text) and len(text) <= MAX_ACCOUNT:
        return text
    message = say("“{text}” is no account.", text=text[:40])
    bare = text.removeprefix("@")
    if bare != text and _ACCOUNT.fullmatch(bare) and len(bare) <= MAX_ACCOUNT:
        return Fault(ACCOUNT_FORM, message, say("Write {right}.", right=bare))
    hint = say("Write the name by which the git host knows the person: letters, digits and, inside it, - . _")
    return Fault(ACCOUNT_FORM, message, hint)


def same_account(account: str) -> str:
    """Return what two ways to write one account have in common: hosts do not tell capital letters from small ones."""
    return account.lower()


Account = Annotated[
    str, Read(str, read_account, {"type": "string", "pattern": f"^(?:{ACCOUNT})$", "maxLength": MAX_ACCOUNT})
]
"""The name of an account at the git host, ``wang-min``."""
