"""A sheet of the workbook: titled, headed, filtered and ready to print. Knows nothing of tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from rich.cells import cell_len
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jiyao.errors import WriteError
from jiyao.writers.ledger import MARK, Cell
from jiyao.writers.wording import xml_safe

#: The most characters that a cell holds; the writer drops longer ones without a word.
_CELL_LIMIT = 32_767
#: The last row that a sheet can have, counted from 0.
_LAST_ROW = 1_048_575
#: The first day that a workbook can write as a date.
_FIRST_DAY = date(1900, 1, 1)
_A3 = 8
_LINE_HEIGHT, _ROW_PADDING, _HIGHEST_ROW = 15.5, 10.0, 409.0
_INK, _RULE, _HEAD, _HAND = "#1f2933", "#b8c0c8", "#e8ecf0", "#fdf8e8"


class Style(Enum):
    """The looks of a cell."""

    TITLE = auto()
    NOTE = auto()
    SECTION = auto()
    HEAD = auto()
    TEXT = auto()
    CENTRE = auto()
    DATE = auto()
    NUMBER = auto()
    MUTED = auto()
    ALERT = auto()
    STRONG = auto()
    DOUBTFUL = auto()
    HAND = auto()
    HAND_CENTRE = auto()
    HAND_DATE = auto()


_LOOKS: dict[Style, dict[str, object]] = {
    Style.TITLE: {"font_size": 20, "bold": True, "align": "center", "border": 0},
    Style.NOTE: {"font_size": 10, "font_color": "#5f6b76", "align": "center", "border": 0},
    Style.SECTION: {"font_size": 13, "bold": True, "border": 0, "text_wrap": False},
    Style.HEAD: {"bold": True, "align": "center", "bg_color": _HEAD},
    Style.TEXT: {},
    Style.CENTRE: {"align": "center"},
    Style.DATE: {"align": "center", "num_format": "yyyy-mm-dd"},
    Style.NUMBER: {"align": "center", "num_format": "0.00"},
    Style.MUTED: {"font_color": "#5f6b76", "font_size": 10},
    Style.ALERT: {"font_color": "#9c4a00", "font_size": 10},
    Style.STRONG: {"bold": True},
    Style.DOUBTFUL: {"italic": True, "font_color": "#8a5a00"},
    Style.HAND: {"bg_color": _HAND},
    Style.HAND_CENTRE: {"align": "center", "bg_color": _HAND},
    Style.HAND_DATE: {"align": "center", "bg_color": _HAND, "num_format": "yyyy-mm-dd"},
}
_COMMON = {"font_name": "宋体", "font_size": 11, "font_color": _INK, "valign": "vcenter", "text_wrap": True}
_BORDER = {"border": 1, "border_color": _RULE}


class Styles:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        """Add the formats to ``book``."""
        self._formats: dict[Style, Format] = {
            style: book.add_format({**_COMMON, **_BORDER, **looks}) for style, looks in _LOOKS.items()
        }

        self._book = book

    def __getitem__(self, style: Style) -> Format:
        """The format of ``style``."""
        return self._formats[style]

    def tint(self, ink: str, ground: str) -> Format:
        """A format that only colours, for a rule."""
        return self._book.add_format({"font_color": ink, "bg_color": ground})


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: ``width`` in half-width characters."""

    heading: str
    width: int
    style: Style
    hidden: bool = False


class Sheet:
    """A worksheet that is filled from the top."""

    def __init__(self, book: Workbook, styles: Styles, name: str) -> None:
        """Add an empty sheet to ``book``."""
        self.sheet: Worksheet = book.add_worksheet(name)
        self.styles = styles
        self.row = 0
        self._widths: tuple[int, ...] = ()
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A3)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()
        self.sheet.set_footer("&L&9&A&R&9第 &P 页，共 &N 页")

    def title(self, title: str, note: str, width: int) -> None:
        """A title row and a line of explanation, over the first ``width`` columns."""
        for text, style, height in ((title, Style.TITLE, 38), (note, Style.NOTE, 20)):
            self.sheet.set_row(self.row, height)
            self.sheet.merge_range(self.row, 0, self.row, width - 1, "", self.styles[style])
            self.write(0, text, style)
            self.row += 1

    def section(self, text: str) -> None:
        """A heading within the sheet, after an empty row."""
        self.row += 1
        self.sheet.set_row(self.row, 26)
        self.write(0, text, Style.SECTION)
        self.row += 1

    def head(self, columns: tuple[SheetColumn, ...], *, set_widths: bool = True) -> None:
        """The row of headings; it sets the widths of the columns unless a head above has done so."""
        self.sheet.set_row(self.row, 34)
        if set_widths:
            self._widths = tuple(0 if column.hidden else column.width for column in columns)
        for number, column in enumerate(columns):
            if set_widths:
                self.sheet.set_column(number, number, column.width, None, {"hidden": column.hidden})
            self.write(number, column.heading, Style.HEAD)
        self.row += 1

    def line(self, cells: list[Cell], styles: list[Style]) -> None:
        """A row of values, high enough for its wrapped texts: not every program sees to that itself."""
        if self.row > _LAST_ROW:
            raise WriteError("xlsx", "has more rows than a sheet can hold", "write csv or parquet, or fewer files")
        pairs = zip(cells, self._widths, strict=False)
        self.sheet.set_row(self.row, _height(max(_lines(cell, width) for cell, width in pairs)))
        for number, (cell, style) in enumerate(zip(cells, styles, strict=True)):
            self.write(number, cell, style)
        self.row += 1

    def write(self, column: int, cell: Cell, style: Style) -> None:
        """One cell, by its type: a text is a text whatever it starts with."""
        form = self.styles[style]
        match cell:
            case None | False | "":
                self.sheet.write_blank(self.row, column, None, form)
            case True:
                self.sheet.write_string(self.row, column, MARK, form)
            case date() if cell >= _FIRST_DAY:
                self.sheet.write_datetime(self.row, column, cell, form)
            case int() | float():
                self.sheet.write_number(self.row, column, cell, form)
            case _:
                self.sheet.write_string(self.row, column, _fitted(xml_safe(str(cell))), form)

    def finish(self, head: int, width: int, *, frozen_columns: int = 0, last: int | None = None) -> None:
        """Freeze and repeat the heading row ``head``, and filter the rows below it up to ``last``."""
        bottom = max(self.row - 1 if last is None else last, head)
        self.sheet.freeze_panes(head + 1, frozen_columns)
        self.sheet.repeat_rows(head)
        self.sheet.autofilter(head, 0, bottom, width - 1)


def _lines(cell: Cell, width: int) -> int:
    """How many lines a cell takes in a column of ``width`` half-width characters; a hidden one (0) takes none."""
    if not isinstance(cell, str) or width == 0:
        return 1
    room = max(width - 1, 2)
    return sum(1 + (cell_len(line) - 1) // room if line else 1 for line in cell.split("\n"))


def _height(lines: int) -> float:
    """The height of a row, in points."""
    return min(_LINE_HEIGHT * lines + _ROW_PADDING, _HIGHEST_ROW)


def _fitted(text: str) -> str:
    """Cut to what a cell holds, counted as the spreadsheet counts: in UTF-16 units."""
    if len(text) * 2 <= _CELL_LIMIT:
        return text
    units = text.encode("utf-16-le")
    if len(units) // 2 <= _CELL_LIMIT:
        return text
    return units[: (_CELL_LIMIT - 1) * 2].decode("utf-16-le", errors="ignore") + "…"
