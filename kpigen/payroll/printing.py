"""Statements on paper: a PDF with an A4 page for each agent of a month, black on white.

Pure but for the font, which the library reads. The same payroll and font give the same bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from fpdf import FPDF, XPos, YPos

from kpigen.month import Month
from kpigen.payroll.slip import slips
from kpigen.text import say, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpigen.payroll.font import Face
    from kpigen.payroll.month import Payroll
    from kpigen.payroll.slip import Entry, Slip
    from kpigen.text import Text

__all__ = ["print_statements"]

_MARGIN: Final = 20
_FOOT: Final = 38
_AMOUNT: Final = 35
_TITLE, _TEXT, _SMALL = 16, 10.5, 8.5
#: How high a line of each size is, in millimetres.
_HIGH: Final = {_TITLE: 9.0, _TEXT: 6.0, _SMALL: 4.4}


def print_statements(payroll: Payroll, face: Face) -> tuple[bytes, frozenset[str]]:
    r"""Return the PDF of a month's statements, and the characters of its texts that the font does not have.

    Each of these is printed as its number, ``\u3402``: a name is never shortened in silence.
    """
    paper = _Paper(payroll, face)
    for slip in slips(payroll):
        paper.print(slip)
    return bytes(paper.output()), frozenset(paper.missing)


class _Paper(FPDF):
    """The sheet that is printed on; the library calls :meth:`header` and :meth:`footer` on every page."""

    def __init__(self, payroll: Payroll, face: Face) -> None:
        super().__init__(format="A4")
        self._payroll = payroll
        self._characters = face.characters
        self._slip: Slip | None = None
        self._next: Slip | None = None
        self._began = 0
        self.missing: set[str] = set()
        month = Month.parse(payroll.document.month)
        if month is None:
            raise TypeError("a document's month is one")
        self.set_creation_date(datetime(month.year, month.number, 1, tzinfo=UTC))
        self.set_title(f"{payroll.document.department} {month}")
        self.set_lang("zh-CN" if payroll.lang == "zh" else "en")
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=_FOOT)
        self.add_font("statement", "", face.path, collection_font_number=face.number)

    def print(self, slip: Slip) -> None:
        """Print a statement on a new page, and on more where one does not hold it."""
        self._next = slip
        self.add_page()
        self._section(say("Gross pay"), slip.paid, slip.gross)
        self._section(say("Deductions"), slip.taken, slip.deductions)
        self._net(slip)
        self.ln(3)
        for note in slip.notes:
            self._small(note)

    def header(self) -> None:
        """Print whose statement it is, of which month, and whether it may still change."""
        if self._next is not None:  # only now has the page before it got its footer
            self._slip, self._next, self._began = self._next, None, self.page_no() - 1
        slip, payroll = self._slip, self._payroll
        if slip is None:
            raise TypeError("a page belongs to a statement")
        month = payroll.words().month(payroll.document.month)
        self._line(
            say("Statement of {month}", month=month).said(payroll.lang), payroll.status.said(payroll.lang), _TITLE
        )
        self._line(slip.agent, "", _TEXT + 2)
        colon = say(": ").said(payroll.lang)
        self._small(" · ".join(f"{word}{colon}{said}" for word, said in slip.facts))
        self.ln(1)
        self._rule(0.5)
        if not payroll.closed:
            self._small(
                say("This is a draft: the month is not closed yet, and amounts may still change.").said(payroll.lang)
            )

    def footer(self) -> None:
        """Print who approved, the proof, and which page of the statement it is."""
        payroll = self._payroll
        self.set_y(4 - _FOOT)
        self._rule(0.2)
        for text in self._approval():
            self._small(text)
        page = say("Page {number}", number=self.page_no() - self._began).said(payroll.lang)
        self._line(self._slip.agent if self._slip else "", page, _SMALL)

    def _approval(self) -> Sequence[str]:
        payroll = self._payroll
        if payroll.close is None:
            return (say("Not approved yet.").said(payroll.lang),)
        people = say(", ").said(payroll.lang).join(payroll.department.reviewers)
        approved = say("Approved with the close of the month; reviewers: {people}", people=people)
        return (
            approved.said(payroll.lang),
            say("Digest of the close: {digest}", digest=payroll.close).said(payroll.lang),
        )

    def _section(self, title: Text, entries: Sequence[Entry], total: str) -> None:
        """Print lines under a title, and their sum."""
        self.ln(2)
        if not entries:
            self._line(title.said(self._payroll.lang), total, _TEXT)
            return
        self._keep(self._height(entries[0]) + _HIGH[_TEXT])
        self._line(title.said(self._payroll.lang), "", _TEXT)
        self._rule(0.2)
        for entry in entries:
            self._keep(self._height(entry))
            self._line(entry.name, entry.amount, _TEXT)
            self._small(self._reason(entry), room=_AMOUNT)
        self._keep(_HIGH[_TEXT] * 2)
        self._rule(0.2)
        self._line(say("{name}, total", name=title).said(self._payroll.lang), total, _TEXT)

    def _net(self, slip: Slip) -> None:
        self._keep(_HIGH[_TITLE] * 2)
        self.ln(2)
        self._rule(0.5)
        self._line(say("Pay").said(self._payroll.lang), slip.net, _TITLE - 2)
        self._rule(0.5)

    def _reason(self, entry: Entry) -> str:
        return say("; ").said(self._payroll.lang).join(filter(None, (entry.clauses, entry.reason)))

    def _height(self, entry: Entry) -> float:
        """Return how high an entry is, its reason included."""
        self.set_font("statement", size=_SMALL)
        reason = self._able(self._reason(entry))
        high = self.multi_cell(self.epw - _AMOUNT, _HIGH[_SMALL], reason, align="L", dry_run=True, output="HEIGHT")
        if not isinstance(high, float):
            raise TypeError("a height is what was asked for")
        return _HIGH[_TEXT] + high

    def _keep(self, height: float) -> None:
        """Begin a new page unless so much still fits, so that a line is not torn from its reason."""
        if self.will_page_break(height):
            self.add_page()

    def _line(self, text: str, amount: str, size: float) -> None:
        """Print a line with what stands at its right; a text too long for it goes on below."""
        high = _HIGH.get(size, _HIGH[_TEXT] + 1)
        self.set_font("statement", size=size)
        right = self._able(amount)
        room = max(_AMOUNT, self.get_string_width(right) + 4) if right else 0
        top, page = self.y, self.page
        self.multi_cell(self.epw - room, high, self._able(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        if not right or self.page != page:
            return
        below = self.y
        self.set_xy(self.l_margin + self.epw - room, top)
        self.cell(room, high, right, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(below)

    def _small(self, text: str, room: float = 0) -> None:
        self.set_font("statement", size=_SMALL)
        if text:
            self.multi_cell(
                self.epw - room, _HIGH[_SMALL], self._able(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
            )

    def _rule(self, width: float) -> None:
        self.set_line_width(width)
        self.line(self.l_margin, self.y, self.l_margin + self.epw, self.y)
        self.ln(1)

    def _able(self, text: str) -> str:
        """Return ``text`` as it can be printed: nothing unseen, and numbers for what the font does not have."""
        seen = visible(text)
        lacking = {char for char in seen if ord(char) not in self._characters}
        if not lacking:
            return seen
        self.missing |= lacking
        return "".join(f"\\u{ord(char):04x}" if char in lacking else char for char in seen)
