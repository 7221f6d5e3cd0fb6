"""Topics: what people teach and learn, named in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import TopicId


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    id: TopicId
    name_de: str
    name_en: str
    archived: bool = False

    def name(self, language: str) -> str:
        """The name in "de" or "en", the other one where it is empty."""
        first, second = (self.name_de, self.name_en) if language == "de" else (self.name_en, self.name_de)
        return first or second


STARTER: tuple[tuple[str, str], ...] = (
    # Digital tools, new ways of working, trends, social media, AI; and what experience teaches.
    ("KI-Werkzeuge", "AI tools"),
    ("Social Media", "Social media"),
    ("Mobile Endgeräte", "Mobile devices"),
    ("Videokonferenz", "Video conferencing"),
    ("Excel", "Excel"),
    ("Datenschutz", "Data protection"),
    ("Neue Arbeitsformen", "New ways of working"),
    ("Digitale Trends", "Digital trends"),
    ("Vernetztes Fahren", "Connected driving"),
    ("Programmieren", "Programming"),
    ("Informationssicherheit", "Information security"),
    ("Veränderung", "Change"),
    ("Innovation", "Innovation"),
    ("Zusammenarbeit", "Working together"),
    ("Projektleitung", "Project management"),
    ("Verhandeln", "Negotiating"),
    ("Präsentieren", "Presenting"),
    ("Kundengespräch", "Talking to customers"),
    ("Netzwerken", "Networking"),
    ("Qualitätssicherung", "Quality assurance"),
    ("CAD", "CAD"),
    ("Führung", "Leadership"),
    ("Selbstorganisation", "Self-organisation"),
    ("Karriereplanung", "Career planning"),
)
