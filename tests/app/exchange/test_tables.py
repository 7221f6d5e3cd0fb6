from __future__ import annotations

import codecs
import io
import traceback
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from app.errors import Fault
from app.exchange import tables, workbooks
from app.exchange.columns import guess_mapping
from app.exchange.drafts import read_drafts
from app.exchange.fields import Field
from app.exchange.problems import Code
from app.exchange.quotes import MAX_CELL, WHOLE_LINE
from app.exchange.tables import MAX_COLUMNS, MAX_ROWS, SourceKind, find_separator, read_table
from app.exchange.workbooks import cell_text

CANARY = "Zwitscherling"
ROSTER = "Nachname;Vorname;Interessen\r\nÖzdemir;Aylin;Segeln, Schach\r\nGroß;Jérôme;Kochen\r\n"
EXPECTED = (("Nachname", "Vorname", "Interessen"), ("Özdemir", "Aylin", "Segeln, Schach"), ("Groß", "Jérôme", "Kochen"))

_ODS_START = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
_ODS_END = "</office:spreadsheet></office:body></office:document-content>"


def xlsx(fill: Callable[[Any], None]) -> bytes:
    """The bytes of a workbook that ``fill`` wrote."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        fill(book)
    return buffer.getvalue()


def zipped(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in members.items():
            package.writestr(name, text)
    return buffer.getvalue()


def ods(body: str, *, encrypted: bool = False, doctype: str = "") -> bytes:
    """A spreadsheet of OpenDocument with this XML between its outer elements."""
    entry = "<manifest:encryption-data/>" if encrypted else ""
    start = _ODS_START.replace("?>", f"?>{doctype}", 1)
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest:manifest "
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
            'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet">'
            f"{entry}</manifest:file-entry></manifest:manifest>",
            "content.xml": start + body + _ODS_END,
        }
    )


def ods_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def code_of(source: Path | bytes | str, **options: Any) -> str:
    """The Fault's code, after making sure that nothing of a cell is in it or in what a log would print."""
    with pytest.raises(Fault) as caught:
        read_table(source, **options)
    printed = "".join(traceback.format_exception(caught.value))
    assert CANARY not in printed + repr(caught.value.args) + repr(caught.value.facts)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (ROSTER.encode("cp1252"), "cp1252"),
        (ROSTER.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF8 + ROSTER.encode("utf-8"), "utf-8"),
        (codecs.BOM_UTF16_LE + ROSTER.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + ROSTER.encode("utf-16-be"), "utf-16-be"),
        (ROSTER.encode("utf-16-le"), "utf-16-le"),
        (ROSTER.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_finds_the_encoding(content: bytes, encoding: str) -> None:
    table = read_table(content)
    assert table.rows == EXPECTED
    assert (table.encoding, table.separator, table.kind) == (encoding, ";", SourceKind.CSV)


def test_a_given_encoding_goes_first() -> None:
    assert read_table("Größe".encode("latin-1"), encoding="cp850").rows != (("Größe",),)
    assert code_of(b"x", encoding="no-such") == "exchange.unknown_encoding"


def test_utf8_cut_off_in_a_letter_stays_utf8() -> None:
    content = ("Name;Ort\n" + "Müller;Köln\n" * 20 + "Groß").encode()[:-1]
    table = read_table(content)
    assert table.encoding == "utf-8"
    assert table.rows[1] == ("Müller", "Köln")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_finds_the_separator_and_keeps_quoted_cells(separator: str, ends: str) -> None:
    lines = [separator.join(row) for row in [("a", "b", "c"), ('"x ""y""; z, w\n2"', "1", "2"), ("3", "4", "5")]]
    table = read_table((ends.join(lines) + ends).encode())
    assert table.separator == separator
    assert table.rows[1][0] == 'x "y"; z, w\n2'
    assert len(table.rows) == 3


def test_commas_in_cells_do_not_outdo_a_ragged_roster() -> None:
    text = "Personalliste, Stand heute\n\nName;Ort;Hobby;Team\n" + "Müller, Anna;Köln\nGroß, Ida;Jena;Chor;QS\n" * 30
    assert find_separator(text) == ";"


def test_one_column() -> None:
    assert read_table("Name\nMüller\nGroß\n".encode()).rows == (("Name",), ("Müller",), ("Groß",))


def test_the_line_that_excel_writes_for_the_separator() -> None:
    table = read_table(b"sep=,\r\na,b;c\r\n1,2;3\r\n")
    assert (table.separator, table.rows) == (",", (("a", "b;c"), ("1", "2;3")))


def test_pasted_cells_with_quotes_and_tabs() -> None:
    table = read_table('Name\tBemerkung\r\nMüller\t"zwei\nZeilen"\r\nGroß\tein "Wort"\r\n')
    assert table.kind is SourceKind.PASTED
    assert table.rows == (("Name", "Bemerkung"), ("Müller", "zwei\nZeilen"), ("Groß", 'ein "Wort"'))


def test_a_quote_never_closed_swallows_nothing() -> None:
    table = read_table(b'Name;Ort\n"Hansi;Jena\nIda;Suhl\n')
    assert [row[-1] for row in table.rows] == ["Ort", "Jena", "Suhl"]


def test_a_quote_closed_many_rows_later_swallows_nothing() -> None:
    table = read_table('Name;Abteilung\n"Müller, Jörg;IT\nMaier, Eva;IT\nHuber, "Max;IT\n'.encode())
    assert table.rows[1:] == (("Müller, Jörg", "IT"), ("Maier, Eva", "IT"), ('Huber, "Max', "IT"))
    assert table.as_they_stand == {1, 3}
    mapping = guess_mapping(table.rows)
    drafts = read_drafts(table.rows, mapping, today=date(2026, 3, 1), as_they_stand=table.as_they_stand)
    said = {draft.row: [problem.code for problem in draft.problems] for draft in drafts}
    assert said == {2: [Code.OPEN_QUOTE], 3: [], 4: [Code.OPEN_QUOTE]}


@pytest.mark.parametrize(
    ("lines", "torn"),
    [
        ('"Ida;IT\nUdo;HR\nEva";QS', {1, 3}),  # a cell of three lines, each of which is a row
        ('"Ida;IT\nUdo;"HR, IT"\nEva;QS', {1}),
        ('Ida;"IT\nUdo;HR\nEva;QS', {1}),
    ],
)
def test_an_open_quote_costs_no_row(lines: str, torn: set[int]) -> None:
    table = read_table(f"Name;Ort\n{lines}\n".encode())
    assert [row[0] for row in table.rows] == ["Name", "Ida", "Udo", table.rows[3][0]]
    assert "Eva" in table.rows[3][0]
    assert table.as_they_stand == torn


def test_a_cell_of_several_lines_is_one_cell() -> None:
    text = 'Name;Bemerkung;Kann\n"Müller, Jörg";"Zeile 1\nZeile 2";"Excel (3)\nCAD (2)"\n"Maier, ""Evi""";x;y\n'
    table = read_table(text.encode())
    assert table.rows[1:] == (("Müller, Jörg", "Zeile 1\nZeile 2", "Excel (3)\nCAD (2)"), ('Maier, "Evi"', "x", "y"))
    assert not table.as_they_stand


@pytest.mark.parametrize(
    "text",
    [
        "Name\nMüller, Jörg\nMaier, Eva\n",
        "Teilnehmende\nMüller, Dr. Jörg, jun.\nCher\n",
        "Müller, Jörg\nMaier, Eva\nvon der Heide, Anna-Lena\n",
        "Jörg Müller\nEva Maier\n",
    ],
)
@pytest.mark.parametrize("pasted", [True, False])
def test_a_single_column_of_names(text: str, pasted: bool) -> None:
    table = read_table(text if pasted else text.encode())
    assert table.separator == WHOLE_LINE
    assert [row for row in table.rows if len(row) != 1] == []
    mapping = guess_mapping(table.rows)
    assert mapping.columns[0].field is Field.FULL_NAME
    drafts = read_drafts(table.rows, mapping, today=date(2026, 3, 1))
    assert len(drafts) == len(text.splitlines()) - (mapping.header_row == 0)


@pytest.mark.parametrize(
    "text",
    [
        "Vorname, Nachname\nJörg, Müller\nEva, Maier\n",
        "Name,Ort\nAnna Weiß,Jena\nIda Groß,Suhl\n",
        "Name\nMüller,Jörg\nMaier,Eva\n",
        "Jörg,Müller,IT\nEva,Maier,QS\n",
        "Müller, 4711\nMaier, 4712\n",
    ],
)
def test_commas_between_columns_still_cut(text: str) -> None:
    assert read_table(text.encode()).separator == ","


def test_one_column_by_choice() -> None:
    table = read_table(b'a,b;c\n"d;e"\n', separator=WHOLE_LINE)
    assert table.rows == (("a,b;c",), ("d;e",))


def test_error_values_and_zeros_of_a_number_format_come_as_a_workbook_shows_them(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "staff.xlsx"))
    book.add_worksheet("Müller & Söhne").write_number(0, 0, 7)
    sheet = book.add_worksheet("Liste <1>")
    five = book.add_format({"num_format": "00000"})
    sheet.write_row(0, 0, ["Pers.-Nr.", "Name", "Telefon"])
    sheet.write_number(1, 0, 124, five)
    sheet.write_string(1, 1, "Kurz, Li")
    sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    sheet.write_number(2, 0, 125, book.add_format({"num_format": "0.00"}))
    sheet.write_string(2, 1, "00x", five)
    book.close()
    rows = read_table(tmp_path / "staff.xlsx", sheet="Liste <1>").rows
    assert rows[1:] == (("00124", "Kurz, Li", "#DIV/0!"), ("125", "00x", ""))
    (draft, _) = read_drafts(rows, guess_mapping(rows), today=date(2026, 3, 1))
    assert [(problem.code, problem.value) for problem in draft.problems] == [(Code.ERROR_CELL, "#DIV/0!")]
    assert read_table(tmp_path / "staff.xlsx").rows == (("7",),)


def test_error_values_and_zeros_come_as_an_ods_shows_them() -> None:
    def number(value: int, said: str, more: str = "") -> str:
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}" {more}>'
            f"<office:annotation><text:p>07</text:p></office:annotation><text:p>{said}</text:p></table:table-cell>"
        )

    error = (
        '<table:table-cell office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    row, sheet = "<table:table-row {}>{}</table:table-row>", '<table:table table:name="{}">{}</table:table>'
    other = sheet.format("Erstes", row.format("", number(5, "00005")))
    body = row.format("", ods_cell("Pers.-Nr.") + ods_cell("Name") + ods_cell("Telefon"))
    body += row.format('table:number-rows-repeated="2"', number(124, "00124") + ods_cell("Kurz, Li") + error)
    body += row.format("", number(125, "125,00") + number(7, "7", 'table:number-columns-repeated="2"'))
    body += row.format("", "<table:table-cell/>" + number(8, "08", 'table:number-columns-repeated="2"'))
    content = ods(other + sheet.format("Liste", body))
    rows = read_table(content, sheet="Liste").rows
    assert rows[1:] == (
        *[("00124", "Kurz, Li", "#DIV/0!")] * 2, ("125", "7", "7"), ("", "08", "08"),
    )  # fmt: skip
    drafts = read_drafts(rows[:2], guess_mapping(rows), today=date(2026, 3, 1))
    assert [problem.code for problem in drafts[0].problems] == [Code.ERROR_CELL]
    assert read_table(content).rows == (("00005",),)


def test_zeros_of_a_cell_whose_text_has_a_style_come_too() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="7"><text:p text:style-name="P1">007</text:p>'
    body = f'<table:table table:name="S"><table:table-row>{cell}</table:table-cell></table:table-row></table:table>'
    assert read_table(ods(body)).rows == (("007",),)


@pytest.mark.parametrize(("rows", "columns"), [(MAX_ROWS + 1, 1), (1, MAX_COLUMNS + 1)])
def test_what_is_too_large_is_refused_before_each_of_its_cells_is_looked_at(
    rows: int, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(workbooks, "_shown", looked)
    cell = f'<table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="{columns}"/>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    code = code_of(ods(f'<table:table table:name="S">{row}</table:table>'))
    assert code == ("exchange.too_many_rows" if columns == 1 else "exchange.too_many_columns")


def test_a_quoted_nickname_keeps_its_row() -> None:
    assert read_table(b'Name;Ort\n"Hansi" M;Jena\nIda;Suhl\n').rows[1:] == (("Hansi M", "Jena"), ("Ida", "Suhl"))


def test_nul_bytes_and_ragged_rows() -> None:
    table = read_table(b"a;b;c\n1\x00;2\n1;2;3;4\n")
    assert table.rows == (("a", "b", "c"), ("1", "2"), ("1", "2", "3", "4"))
    assert table.width == 4


def test_rows_keep_their_numbers() -> None:
    assert read_table(b"\n;\nName;Ort\n\nx;y\n;;\n\n").rows == ((), ("", ""), ("Name", "Ort"), (), ("x", "y"))


def test_limits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert code_of(f"{CANARY};x\n".encode() + b'"' + b"y" * (MAX_CELL + 1) + b'";2') == "exchange.cell_too_long"
    assert code_of((CANARY + ";" * 600 + "x").encode()) == "exchange.too_many_columns"
    assert read_table(b"a;b" + b";" * 600).rows == (("a", "b"),)
    monkeypatch.setattr(tables, "MAX_ROWS", 3)
    assert code_of(f"{CANARY};1\n".encode() * 4) == "exchange.too_many_rows"
    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    path = tmp_path / "x.csv"
    path.write_text(CANARY)
    assert code_of(path) == "exchange.too_large"
    assert code_of(CANARY.encode()) == "exchange.too_large"
    assert code_of(CANARY) == "exchange.too_large"


def test_what_is_no_table(tmp_path: Path) -> None:
    assert code_of(b"%PDF-1.7 " + CANARY.encode()) == "exchange.not_a_table"
    assert code_of(b"\x89PNG\r\n\x1a\n") == "exchange.not_a_table"
    assert code_of(bytes(range(1, 32)) * 40) == "exchange.not_a_table"
    assert code_of(f"<html><table><tr><td>{CANARY}".encode()) == "exchange.web_page"
    assert code_of(f'<?xml version="1.0"?><Workbook>{CANARY}'.encode()) == "exchange.web_page"
    assert code_of(b"") == "exchange.empty"
    assert code_of(b" ;\n\n ; ") == "exchange.empty"
    assert code_of(tmp_path / CANARY) == "exchange.unreadable"
    assert code_of(tmp_path) == "exchange.unreadable"
    assert code_of(b"a;b", separator="ab") == "exchange.unknown_separator"
    assert code_of(zipped({"word/document.xml": CANARY})) == "exchange.not_a_table"


def _fill(book: Any) -> None:
    book.add_worksheet("Leer")
    hidden = book.add_worksheet("Gehälter")
    hidden.write(0, 0, CANARY)
    hidden.hide()
    page = book.add_worksheet("Liste")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    page.merge_range(2, 1, 2, 4, "Personalliste")
    page.write_row(3, 1, ["Name", "Ebene", "Eintritt", "Telefon"])
    page.write_row(4, 1, ["Müller", 4])
    page.write_datetime(4, 3, datetime(2022, 2, 3), day)
    page.write_number(4, 4, 493681123456)
    page.write_row(5, 1, ["Groß", 4.5])
    page.write_formula(5, 3, "=1/0", None, "#DIV/0!")
    page.write_boolean(5, 4, True)
    page.merge_range(6, 5, 8, 5, "Montage")
    page.write(8, 1, "Ida")


def test_a_workbook_with_all_kinds_of_cells() -> None:
    table = read_table(xlsx(_fill))
    assert (table.kind, table.sheets, table.sheet) == (SourceKind.WORKBOOK, ("Leer", "Liste"), "Liste")
    assert table.rows[:2] == (("",) * 6,) * 2  # rows keep their numbers
    assert table.rows[2] == ("", "Personalliste", "", "", "", "")
    assert table.rows[4] == ("", "Müller", "4", "2022-02-03", "493681123456", "")
    assert table.rows[5] == ("", "Groß", "4.5", "#DIV/0!", "TRUE", "")
    assert [row[5] for row in table.rows[6:9]] == ["Montage"] * 3


def test_choosing_a_sheet() -> None:
    content = xlsx(_fill)
    assert code_of(content, sheet="Leer") == "exchange.empty"
    assert code_of(content, sheet="Gehälter") == "exchange.no_sheet"


def test_ods() -> None:
    far = '<table:table-cell table:number-columns-repeated="16380"/>'
    body = (
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="2">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row>'
        + ods_cell("Name")
        + '<table:table-cell office:value-type="float" office:value="4"><text:p>4</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2022-02-03"><text:p>3.2.22</text:p>'
        f"</table:table-cell>{far}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row></table:table>'
    )
    table = read_table(ods(body))
    assert table.rows == (("", "", ""), ("", "", ""), ("Name", "4", "2022-02-03"))


def test_files_that_would_take_all_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def corners(book: Any) -> None:
        page = book.add_worksheet()
        page.write(0, 0, CANARY)
        page.write(1048575, 16383, CANARY)

    repeated = (
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    assert code_of(xlsx(corners)) == "exchange.unpacks_too_large"
    assert code_of(ods(repeated)) == "exchange.unpacks_too_large"
    assert code_of(ods("&a;", doctype='<!DOCTYPE x [<!ENTITY a "b">]>')) == "exchange.damaged"
    monkeypatch.setattr("app.exchange.workbooks.MAX_UNPACKED", 1000)
    assert code_of(xlsx(_fill)) == "exchange.unpacks_too_large"


def test_encrypted_workbooks() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert code_of(ole + "EncryptedPackage".encode("utf-16-le")) == "exchange.encrypted"
    assert code_of(ods('<table:table table:name="S"/>', encrypted=True)) == "exchange.encrypted"
    content = bytearray(xlsx(_fill))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        offset = package.start_dir
    content[offset + 8] |= 1  # the flag of an encrypted member
    assert code_of(bytes(content)) == "exchange.encrypted"


def test_damaged_workbooks() -> None:
    content = xlsx(_fill)
    assert code_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "exchange.damaged"
    assert code_of(b"PK\x03\x04" + CANARY.encode()) == "exchange.damaged"
    assert code_of(zipped({"xl/workbook.xml": f"<a>{CANARY}"})) == "exchange.damaged"
    assert code_of(zipped({"content.xml": f"<a>{CANARY}"})) == "exchange.damaged"
    for end in range(0, len(content), max(1, len(content) // 60)):
        cut = content[4:end] if end % 2 else content[:end]
        with pytest.raises(Fault):
            read_table(cut)


def test_flipped_bytes_are_a_fault_or_a_table() -> None:
    content = xlsx(_fill)
    for place in range(30, len(content), 97):
        broken = bytearray(content)
        broken[place] ^= 0xFF
        with suppress(Fault):  # any other exception fails the test
            assert read_table(bytes(broken)).rows


def test_too_many_rows_in_a_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 5)
    assert code_of(xlsx(_fill)) == "exchange.too_many_rows"
    monkeypatch.setattr(tables, "MAX_ROWS", 50)
    monkeypatch.setattr(tables, "MAX_COLUMNS", 3)
    assert code_of(xlsx(_fill)) == "exchange.too_many_columns"


def test_cells_as_text() -> None:
    assert [cell_text(cell) for cell in (4.0, 4.5, 1e20, datetime(2022, 2, 3, 11, 30), False, None)] == [
        "4", "4.5", "100000000000000000000", "2022-02-03 11:30:00", "FALSE", "",
    ]  # fmt: skip
