r"""Readers: one value's exact text to a typed value, or to a fault that says what is wrong and what to write.

Plain functions, so that the policy layer can type the cells of a sheet by the policy's own declarations.
All is matched with ``[0-9]`` and ASCII ranges: ``\d`` and ``int()`` take full-width and Arabic digits.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Final

from kpigen.finding import Rule
from kpigen.month import Month, Period
from kpigen.reading.faults import Fault
from kpigen.reading.fullwidth import FULL_WIDTH, narrow
from kpigen.reading.hygiene import code_point
from kpigen.text import Text, say

__all__ = [
    "DATE_FORM",
    "FLAG_FORM",
    "ID_FORM",
    "MAX_DIGITS",
    "MISSING_VALUE",
    "MONTH_FORM",
    "NUMBER_FORM",
    "TEXT_FORM",
    "read_agent",
    "read_day",
    "read_flag",
    "read_identifier",
    "read_month",
    "read_number",
    "read_period",
    "read_slug",
    "read_text",
    "read_whole",
]

NUMBER_FORM: Final = Rule("number-form")
DATE_FORM: Final = Rule("date-form")
MONTH_FORM: Final = Rule("month-form")
FLAG_FORM: Final = Rule("flag-form")
ID_FORM: Final = Rule("id-form")
TEXT_FORM: Final = Rule("text-form")
MISSING_VALUE: Final = Rule("missing-value")

MAX_DIGITS: Final = 12
"""How many digits a number may have, before and after the point together."""

NUMBER: Final = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
WHOLE: Final = r"(?:0|[1-9][0-9]*)"
SLUG: Final = r"[a-z][a-z0-9.-]*"
AGENT: Final = r"[A-Z][0-9]{3,6}"
MAX_ID: Final = 64

_NUMBER = re.compile(NUMBER)
_WHOLE = re.compile(WHOLE)
_SLUG = re.compile(SLUG)
_AGENT = re.compile(AGENT)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SHORT = 40  # what is longer is never guessed at: the patterns take quadratic time on texts made for it
_DAY_LIKE = re.compile(r"([0-9]{4})\s*[-/.年]?\s*([0-9]{1,2})\s*[-/.月]?\s*([0-9]{1,2})\s*日?")
_MONTH_LIKE = re.compile(r"([0-9]{4})\s*[-/.年]?\s*([0-9]{1,2})\s*月?")
_YES = frozenset({"true", "yes", "y", "on", "1", "t", "是", "有", "对", "√", "✓"})
_NO = frozenset({"false", "no", "n", "off", "0", "f", "否", "无", "没有", "×", "✗"})
_CURRENCY = re.compile(r"[¥￥$€£%％‰元]|RMB|CNY|USD|EUR", re.IGNORECASE)


def read_number(text: str) -> Decimal | Fault:
    """Read a decimal number.

    Args:
        text: exactly what the file says.

    Returns:
        The number with the digits that were written (``91.50`` keeps its zero), or the fault: no form but
        ``-?digits[.digits]`` is taken, without leading zeros, and at most 12 digits.
    """
    if not _NUMBER.fullmatch(text):
        return _number_fault(text)
    digits = len(text) - text.startswith("-") - ("." in text)
    if digits > MAX_DIGITS:
        message = say("“{text}” has {count} digits.", text=text[:40], count=digits)
        return Fault(NUMBER_FORM, message, say("Write at most {limit} digits.", limit=MAX_DIGITS))
    return Decimal(text)


def read_whole(text: str) -> int | Fault:
    """Read a whole number from 0 on.

    Args:
        text: exactly what the file says.

    Returns:
        The number, or the fault: also for a negative number and for one with a fraction.
    """
    if _WHOLE.fullmatch(text) and len(text) <= MAX_DIGITS:
        return int(text)
    number = read_number(text)
    if isinstance(number, Fault):
        return number
    if number < 0 or text.startswith("-"):
        return Fault(NUMBER_FORM, say("“{text}” is below zero.", text=text), say("Write a whole number from 0 on."))
    return Fault(NUMBER_FORM, say("“{text}” has a fraction.", text=text), say("Write a whole number, such as 3."))


def read_month(text: str) -> Month | Fault:
    """Read a month, exactly ``YYYY-MM``.

    Args:
        text: exactly what the file says.

    Returns:
        The month, or the fault, which shows the right form where the month can be guessed.
    """
    month = Month.parse(text)
    if month is not None:
        return month
    if not text:
        return _missing(say("a month such as 2026-09"))
    message = say("“{text}” is no month.", text=text[:40])
    guess = _MONTH_LIKE.fullmatch(narrow(text[:_SHORT]).strip())
    meant = Month.parse(f"{guess[1]}-{int(guess[2]):02}") if guess else None
    if meant:
        return Fault(MONTH_FORM, message, say("Write {right}.", right=str(meant)))
    return Fault(MONTH_FORM, message, say("Write the year and the month from 01 to 12, such as 2026-09."))


def read_period(text: str) -> Period | Fault:
    """Read a quarter, a half-year or a year, exactly ``YYYY-Q3``, ``YYYY-H2`` or ``YYYY``.

    Args:
        text: exactly what the file says.

    Returns:
        The period, or the fault.
    """
    period = Period.parse(text)
    if period is not None:
        return period
    if not text:
        return _missing(say("a period such as 2026-Q3"))
    message = say("“{text}” is no quarter, half-year or year.", text=text[:40])
    return Fault(MONTH_FORM, message, say("Write it like 2026-Q3, 2026-H2 or 2026."))


def read_day(text: str) -> date | Fault:
    """Read a date, exactly ``YYYY-MM-DD``, that exists.

    Args:
        text: exactly what the file says.

    Returns:
        The date, or the fault: for a day past the month's last one it names the last one.
    """
    if match := _DAY.fullmatch(text):
        return _existing(text, int(match[1]), int(match[2]), int(match[3]))
    if not text:
        return _missing(say("a date such as 2026-09-30"))
    message = say("“{text}” is no date.", text=text[:40])
    if guess := _DAY_LIKE.fullmatch(narrow(text[:_SHORT]).strip()):
        right = f"{guess[1]}-{int(guess[2]):02}-{int(guess[3]):02}"
        if isinstance(_existing(right, int(guess[1]), int(guess[2]), int(guess[3])), date):
            return Fault(DATE_FORM, message, say("Write {right}.", right=right))
    return Fault(DATE_FORM, message, say("Write year, month and day, such as 2026-09-30."))


def read_flag(text: str) -> bool | Fault:
    """Read ``yes`` or ``no``; ``true``, ``是``, ``Y`` and the like are faults that show the right word.

    Args:
        text: exactly what the file says.

    Returns:
        True for ``yes``, False for ``no``, or the fault.
    """
    if text in {"yes", "no"}:
        return text == "yes"
    if not text:
        return _missing(say("yes or no"))
    message = say("“{text}” is neither yes nor no.", text=text[:40])
    word = narrow(text).strip().lower()
    if word in _YES:
        return Fault(FLAG_FORM, message, say("Write {right}.", right="yes"))
    if word in _NO:
        return Fault(FLAG_FORM, message, say("Write {right}.", right="no"))
    return Fault(FLAG_FORM, message, say("Write yes or no, in small letters."))


def read_slug(text: str) -> str | Fault:
    """Read the id of a department, team, policy, person or rule.

    Args:
        text: exactly what the file says.

    Returns:
        The id, or the fault: anything but small letters, digits, points and hyphens after a small letter.
    """
    if len(text) <= MAX_ID and _SLUG.fullmatch(text):
        return str(text)
    if len(text) > MAX_ID:
        message = say("“{text}” has {count} characters.", text=text[:40], count=len(text))
        return Fault(ID_FORM, message, say("Write at most {limit} characters.", limit=MAX_ID))
    return _id_fault(
        text,
        _SLUG,
        text.lower(),
        say("Write a small letter a–z, then small letters, digits, points or hyphens."),
    )


def read_agent(text: str) -> str | Fault:
    """Read an agent's id, such as ``A001``.

    Args:
        text: exactly what the file says.

    Returns:
        The id, or the fault: a letter that only looks like an ASCII one is named with its code point.
    """
    if _AGENT.fullmatch(text):
        return str(text)
    return _id_fault(
        text, _AGENT, text.upper(), say("Write a capital letter A–Z and three to six digits, such as A001.")
    )


def read_identifier(text: str, prefix: str) -> str | Fault:
    """Read the id of a record, such as ``C-2026-09-003``.

    Args:
        text: exactly what the file says.
        prefix: the letter of the kind of record: C, E, P or J.

    Returns:
        The id, or the fault.
    """
    form = identifier_form(prefix)
    if form.fullmatch(text):
        return str(text)
    hint = say("Write {prefix}, the month and a number: {example}.", prefix=prefix, example=f"{prefix}-2026-09-003")
    return _id_fault(text, form, text.upper(), hint)


def identifier_form(prefix: str) -> re.Pattern[str]:
    """Return what a record's id with the letter ``prefix`` looks like; ``re`` itself keeps it compiled."""
    return re.compile(rf"{prefix}-[0-9]{{4}}-(?:0[1-9]|1[0-2])-[0-9]{{3,4}}")


def read_text(text: str, limit: int, *, lines: bool = False) -> str | Fault:
    """Read text for people, without the blanks around it.

    Args:
        text: exactly what the file says.
        limit: how many characters it may have.
        lines: whether it may have several lines.

    Returns:
        The text, or the fault: it is empty, too long, or has line breaks where it may not.
    """
    plain = text.strip()
    if not plain:
        return _missing(say("some text"))
    if len(plain) > limit:
        message = say("This text has {count} characters.", count=len(plain))
        return Fault(TEXT_FORM, message, say("Write at most {limit} characters.", limit=limit))
    if not lines and "\n" in plain:
        return Fault(TEXT_FORM, say("This text has a line break."), say("Write it in one line."))
    return str(plain)


def _missing(what: Text) -> Fault:
    return Fault(MISSING_VALUE, say("A value is missing."), say("Write {what}.", what=what))


def _existing(text: str, year: int, month: int, day: int) -> date | Fault:
    """Make a date of its numbers, or say which of them does not exist."""
    if not 1900 <= year < 3000 or not 1 <= month <= 12:  # noqa: PLR2004 - months
        return Fault(
            DATE_FORM,
            say("“{text}” is no date.", text=text),
            say("Write a year from 1900 to 2999 and a month from 01 to 12, such as 2026-09-30."),
        )
    last = calendar.monthrange(year, month)[1]
    if 1 <= day <= last:
        return date(year, month, day)
    message = say("“{text}” does not exist: {month} has {days} days.", text=text, month=f"{year}-{month:02}", days=last)
    return Fault(DATE_FORM, message, say("The last day of that month is {last}.", last=f"{year}-{month:02}-{last}"))


def _number_fault(text: str) -> Fault:
    """Say why a text is no number, and how the number it seems to mean is written."""
    if not text:
        return _missing(say("a number"))
    message = say("“{text}” is no number.", text=text[:40])
    ascii_form = narrow(text).strip()
    if ascii_form != text and _NUMBER.fullmatch(ascii_form):
        rule = FULL_WIDTH if text.strip() != ascii_form else NUMBER_FORM
        return Fault(rule, message, say("Write {right}.", right=ascii_form))
    bare = _CURRENCY.sub("", ascii_form).strip()
    if bare != ascii_form and _NUMBER.fullmatch(bare.replace(",", "")):
        hint = say(
            "Write {right} without a sign: the policy says what the number counts.",
            right=bare.replace(",", ""),
        )
        return Fault(NUMBER_FORM, message, hint)
    for pattern, form in _MENDABLE:
        if pattern.fullmatch(ascii_form):
            right = form(ascii_form)
            if _NUMBER.fullmatch(right):
                return Fault(NUMBER_FORM, message, say("Write {right}.", right=right))
    return Fault(NUMBER_FORM, message, say("Write digits and, if need be, a point: 18 or 18.5."))


def _unpadded(text: str) -> str:
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, fraction = digits.partition(".")
    return sign + (whole.lstrip("0") or "0") + point + fraction


# What people write for a number, and how it is meant.
_MENDABLE = (
    (re.compile(r"-?[0-9]{1,3}(?:[,_' ][0-9]{3})+(?:\.[0-9]+)?"), lambda text: re.sub("[,_' ]", "", text)),
    (re.compile(r"\+[0-9]+(?:\.[0-9]+)?"), lambda text: _unpadded(text[1:])),
    (re.compile(r"-?\.[0-9]+"), lambda text: text.replace(".", "0.")),
    (re.compile(r"-?[0-9]+\."), lambda text: _unpadded(text[:-1])),
    (re.compile(r"-?0[0-9]+(?:\.[0-9]+)?"), _unpadded),
)


def _id_fault(text: str, form: re.Pattern[str], other_case: str, hint: Text) -> Fault:
    """Say why a text is no id: a look-alike of an ASCII character, the wrong case, or the wrong form."""
    if not text:
        return _missing(say("an id"))
    odd = next((char for char in text if not " " <= char <= "~"), None)
    if odd is not None:
        rule = FULL_WIDTH if narrow(odd) != odd else ID_FORM
        message = say(
            "“{text}” holds “{char}” ({code}), which is no plain letter or digit.",
            text=text[:40],
            char=odd,
            code=code_point(odd),
        )
        plain = unicodedata.normalize("NFKC", text)
        return Fault(rule, message, say("Write {right}.", right=plain) if form.fullmatch(plain) else hint)
    message = say("“{text}” has not the form of this id.", text=text[:40])
    return Fault(ID_FORM, message, say("Write {right}.", right=other_case) if form.fullmatch(other_case) else hint)
