"""Sentences of the documents page's faults."""

from __future__ import annotations

from app.i18n import mark

SENTENCES: dict[str, str] = {
    "documents.printer": mark("The printer did not answer. Check that it is on, or save the document as PDF."),
    "documents.logo": mark("This picture can't be read. Choose a PNG, JPEG or SVG file of the logo."),
    "documents.no_tandem": mark("There are no tandems yet; pair people first."),
    "documents.no_names": mark("There is nobody to print a name for; choose other people, or enter guests."),
    "documents.nobody": mark("Nobody has taken part in a tandem yet; certificates come after the first meetings."),
}
