"""Sentences for what can go wrong when files are read and written."""

from __future__ import annotations

from app.i18n import mark

SENTENCES: dict[str, str] = {
    "exchange.too_large": mark("The file is larger than {limit} MB. Please split it or delete what is not needed."),
    "exchange.too_many_rows": mark("The table has more than {limit} rows. Please split it."),
    "exchange.too_many_columns": mark("The table has more than {limit} columns. Please keep those that are needed."),
    "exchange.cell_too_long": mark(
        "A cell has more than {limit} characters. Please check whether a quotation mark is missing in the file."
    ),
    "exchange.unpacks_too_large": mark(
        "The workbook would take too much memory. Please copy the table into a new workbook and try again."
    ),
    "exchange.not_a_table": mark("This is not a table. Please choose a CSV, XLSX, XLS or ODS file."),
    "exchange.web_page": mark(
        "This is a web page or XML file, whatever its name says. "
        "Please open it in your spreadsheet program and save it as XLSX."
    ),
    "exchange.encrypted": mark(
        "The workbook is protected by a password. Please save it without one and try again, then delete that copy."
    ),
    "exchange.damaged": mark("The workbook is damaged. Please open it in your spreadsheet program and save it again."),
    "exchange.empty": mark("The table is empty. Please check the file or choose another sheet."),
    "exchange.no_sheet": mark("The workbook has no such sheet. Please choose another one."),
    "exchange.unreadable": mark(
        "The file cannot be read. Please check that it still exists and is not open elsewhere."
    ),
    "exchange.unknown_encoding": mark("This encoding is not known. Please choose another one."),
    "exchange.unknown_separator": mark("A separator is a single character. Please choose another one."),
    "exchange.no_name_column": mark("No column is mapped to a name. Please say which column holds the names."),
}
