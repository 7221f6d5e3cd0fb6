"""Which field a header means: long lists of German and English headers, compared by folded words."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from app.domain.text import comparable
from app.exchange.fields import NAMES, Field, LeftOut

EXACT, CONTAINED, SIMILAR = 300, 200, 100
_LEAST_LIKENESS = 0.86
_SHORTEST_FUZZY = 5
_LONGEST_HEADER = 120

_SYNONYMS: dict[Field, str] = {
    Field.PERSONNEL_NUMBER: "Personal-Nr.|Personalnr|Personalnummer|Pers.-Nr.|PersNr|Personal Nummer|PNr|"
    "Mitarbeiternummer|Mitarbeiter-Nr.|MA-Nr.|Mitarbeiter-ID|Mitarbeitendennummer|Mitarbeitenden-Nr.|Stammnummer|"
    "Personnel number|Personnel no|Employee number|Employee no|Employee ID|Staff number|Staff ID|Staff no|"
    "Payroll number|Worker ID|Emp ID|Emp No",
    Field.FULL_NAME: "Name|Vollständiger Name|Voller Name|Vor- und Nachname|Name, Vorname|Vorname Nachname|"
    "Nachname, Vorname|Mitarbeiter|Mitarbeiterin|Mitarbeiter/in|Mitarbeitende|Mitarbeitende/r|Person|Full name|"
    "Employee name|Employee|Display name|Anzeigename|Teilnehmer|Teilnehmerin|Teilnehmende|Participant|Mitarbeitername",
    Field.FAMILY_NAME: "Nachname|Familienname|Zuname|Last name|Lastname|Surname|Family name|Name (Nachname)",
    Field.GIVEN_NAME: "Vorname|Rufname|First name|Firstname|Given name|Forename|Vornamen|Preferred name",
    Field.TITLE: "Titel|Akademischer Titel|Akad. Titel|Akad. Grad|Akademischer Grad|Namenszusatz|Title|"
    "Academic title|Name title",
    Field.SALUTATION: "Anrede|Salutation|Form of address|Anredeform",
    Field.EMAIL: "E-Mail|Email|Mail|E-Mail-Adresse|Emailadresse|Mailadresse|Mail-Adresse|E-Mail dienstlich|"
    "Dienstliche E-Mail|Geschäftliche E-Mail|Email address|E-mail address|Work email|Business email|Mail address",
    Field.PHONE: "Telefon|Tel.|Telefonnummer|Tel.-Nr.|Rufnummer|Durchwahl|Telefon dienstlich|Mobil|Mobiltelefon|"
    "Handy|Handynummer|Diensthandy|Phone|Phone number|Telephone|Work phone|Business phone|Mobile|Mobile phone|"
    "Extension",
    Field.ORGANISATION: "Organisation|Firma|Unternehmen|Gesellschaft|Arbeitgeber|Company|Organization|Employer|"
    "Institution|Company name|Konzerngesellschaft|Betrieb",
    Field.DEPARTMENT: "Abteilung|Abt.|Bereich|Fachbereich|Geschäftsbereich|Ressort|Organisationseinheit|OE|"
    "Kostenstellenbezeichnung|Department|Dept|Division|Business unit|Org unit|Organisational unit|"
    "Organizational unit|Unit|Directorate|Hauptabteilung|Dezernat|Amt|Referat",
    Field.TEAM: "Team|Gruppe|Arbeitsgruppe|Teamname|Sachgebiet|Squad|Group|Team name|Work group|Unterabteilung",
    Field.PROJECT: "Projekt|Projekte|Aktuelles Projekt|Project|Projects|Current project|Projektname",
    Field.POSITION: "Position|Funktion|Stelle|Stellenbezeichnung|Tätigkeit|Jobtitel|Berufsbezeichnung|"
    "Funktionsbezeichnung|Aufgabe|Job title|Jobtitle|Job|Role title|Function|Position title|Beruf|Dienststellung",
    Field.LEVEL: "Ebene|Level|Karriereebene|Karrierelevel|Karrierestufe|Hierarchieebene|Hierarchiestufe|"
    "Führungsebene|Managementebene|Grade|Career level|Job level|Job grade|Hierarchy level|Management level|Seniority",
    Field.SUPERVISOR: "Vorgesetzte/r|Vorgesetzter|Vorgesetzte|Vorgesetzte Person|Vorgesetzte:r|Führungskraft|"
    "Direkte Führungskraft|Chef|Chefin|Chef/in|Disziplinarisch Vorgesetzte/r|Disziplinarische Führungskraft|"
    "Berichtet an|Teamleitung|Manager|Line manager|Supervisor|Reports to|Reporting to|Direct manager|Boss|"
    "Linienvorgesetzte/r|Vorgesetzten|Vorgesetzter/Vorgesetzte",
    Field.LOCATION: "Standort|Ort|Arbeitsort|Dienstort|Dienstsitz|Niederlassung|Werk|Einsatzort|Location|Site|"
    "Office|Work location|Place of work|City|Stadt|Filiale",
    Field.ENTRY_DATE: "Eintritt|Eintrittsdatum|Eintritt am|Eingetreten am|Datum Eintritt|Betriebszugehörigkeit seit|"
    "Im Unternehmen seit|Dabei seit|Beschäftigt seit|Einstellungsdatum|Einstellung|Start date|Entry date|Hire date|"
    "Date of joining|Joining date|Joined|Employed since|Date of entry|Startdatum",
    Field.LANGUAGES: "Sprachen|Sprache|Sprachkenntnisse|Gesprochene Sprachen|Languages|Language|Spoken languages|"
    "Language skills|Sprache 1|Sprache 2|Sprache 3",
    Field.INTERESTS: "Interessen|Interesse|Hobbys|Hobbies|Hobby|Freizeit|Interessen und Hobbys|Freizeitinteressen|"
    "Persönliche Interessen|Interests|Interest|Personal interests|Hobbies and interests",
    Field.OFFERED: "Kann|Kann (Stufe 1-4)|Kann weitergeben|Kompetenzen|Kompetenz|Kenntnisse|Fähigkeiten|Skills|"
    "Skills offered|Stärken|Bietet|Bietet an|Angebot|Biete|Angebotene Kompetenzen|Angebotene Themen|Expertise|"
    "Offers|Offered skills|Can teach|Can offer|Strengths|Know-how|Skills (level)|Skills offered (level 1-4)|"
    "Kompetenzen angeboten|Fachkenntnisse",
    Field.SOUGHT: "Möchte lernen|Möchte lernen (Zielstufe)|Will lernen|Lernwunsch|Lernwünsche|Lernziele|Lernziel|Lernt|"
    "Sucht|Suche|Gesucht|Gesuchte Kompetenzen|Entwicklungsfelder|Entwicklungswunsch|Entwicklungsbedarf|"
    "Skills sought|Seeks|Wants to learn|Would like to learn|Learning goals|Learning goal|Development areas|"
    "Development needs|Skills wanted|Wanted skills|Sought skills|Skills sought (target level)|Kompetenzen gesucht",
    Field.AVAILABILITY: "Verfügbarkeit|Verfügbar|Zeiten|Zeitfenster|Availability|Available|Time slots|Erreichbarkeit",
    Field.REMARKS: "Bemerkungen|Bemerkung|Anmerkungen|Anmerkung|Hinweis|Hinweise|Kommentar|Remarks|Remark|Comments|"
    "Comment",
    Field.ROLE: "Rolle im Programm|Rolle|Programmrolle|Mentoringrolle|Rolle im Mentoring|Mentor/Mentee|"
    "Mentor oder Mentee|Teilnahme als|Nimmt teil als|Role|Role in programme|Role in the programme|Role in program|"
    "Programme role|Program role|Mentoring role|Participates as|Mentor or mentee",
    Field.BOTH_ROLES: "both mentor and mentee|Beide Rollen|Mentor und Mentee|Mentor:in und Mentee|Both roles|"
    "Mentor and mentee|Sowohl Mentor als auch Mentee",
    Field.CAPACITY: "Max. Tandems|Maximale Tandems|Max Tandems|Anzahl Tandems|Höchstzahl Tandems|Kapazität|"
    "Max. Mentees|Maximale Anzahl Mentees|Anzahl Mentees|Capacity|Max tandems|Maximum tandems|Max mentees|"
    "Maximum mentees|Number of mentees|Mentee capacity",
}

# Whole words, and beginnings of words (marked by *), that give a column away; German compounds need the latter.
_TELLTALES: tuple[tuple[LeftOut, str], ...] = (
    (LeftOut.ORIENTATION, "orientation orientierung sexual* sexuell* lgbt* lgbtq* lgbtqia* queer* homosexu*"),
    (LeftOut.RELIGION, "religio* konfession* kirche* kirchen* glaube* glaubens* belief* faith* weltanschau* church*"),
    (LeftOut.ETHNICITY, "ethni* herkunft* race races rasse* hautfarbe* abstammung* migration* migrant* bame"),
    (
        LeftOut.HEALTH,
        "health* gesundheit* krank* sick* illness* disab* behinder* schwerbehind* gdb grad_der_behinderung schwanger* "
        "pregnan* medical* medizin* diagnos* allerg* handicap* neurodiver* mutterschutz* fehlzeit* impf* vaccin* bem "
        "blut* blood* genetic* genetisch* biometri* arbeitsunfahig*",
    ),
    (LeftOut.UNION, "gewerkschaft* union unions betriebsratsmitglied* verdi igmetall ig_metall"),
    (LeftOut.POLITICS, "politi* partei parteizugehorigkeit* parteimitglied* party"),
    (LeftOut.IDENTITY, "identit* characteristic* diversity* diversitat* minority minderheit* underrepresented"),
    (LeftOut.GENDER, "gender* geschlecht* sex pronoun* pronomen* m_w_d w_m_d m_w mannlich_weiblich"),
    (
        LeftOut.AGE,
        "alter lebensalter* altersgruppe* age ages agegroup geburt* geb gebdat* birth* dob jahrgang* altersteilzeit* "
        "ruhestand* renteneintritt* rentenbeginn* pensionier* retire*",
    ),
    (
        LeftOut.FAMILY,
        "familienstand* familienstatus* marital* kinder kinderzahl* kind children ehe ehepartner* verheiratet* spouse* "
        "scheidung* lebenspartner* parental* elternzeit*",
    ),
    (LeftOut.NATIONALITY, "national* staatsangehor* staatsburger* citizen* geburtsland* aufenthalt* visa visum"),
    (
        LeftOut.PAY,
        "gehalt* lohn* salar* entgelt* vergutung* bezuge* tarifgruppe* pay wage wages bonus* compensation* "
        "besoldung* steuerklasse*",
    ),
    (
        LeftOut.PRIVATE,
        "iban bic bank* konto* sozialversicherung* svnr sv_nr sv_nummer steuer* privat* private* home* wohn* strasse* "
        "street postcode plz ausweis* passport* vorstraf* criminal* notfall* emergency* anschrift hausnummer "
        "privatadresse*",
    ),
    (
        LeftOut.BIOGRAPHY,
        "biogra* bio lebenslauf* vita cv about_me uber_mich steckbrief* profiltext* personal_statement",
    ),
)


@lru_cache(maxsize=1)
def _known() -> dict[str, Field]:
    known: dict[str, Field] = {}
    for field, names in _SYNONYMS.items():
        for name in names.split("|"):
            known.setdefault(comparable(name), field)
    return known


def telltale(header: str) -> LeftOut | None:
    """The reason not to take a column with this header, or None."""
    key = comparable(header)
    parts = key.split()
    for reason, marks in _TELLTALES:
        for mark in marks.split():
            if mark.endswith("*"):
                if any(part.startswith(comparable(mark)) for part in parts):
                    return reason
            elif f" {comparable(mark.replace('_', ' '))} " in f" {key} ":
                return reason
    return None


@lru_cache(maxsize=4096)
def recognise(header: str) -> tuple[tuple[Field, int], ...]:
    """The fields a header can mean, most likely first, each with its score; nothing for an unknown header."""
    key = comparable(header)
    if not key or len(key) > _LONGEST_HEADER:
        return ()
    known = _known()
    if key in known:
        return ((known[key], EXACT),)
    scores: dict[Field, int] = {}
    for name, field in known.items():
        if len(name) >= 3 and f" {name} " in f" {key} ":
            scores[field] = max(scores.get(field, 0), CONTAINED + len(name))
        elif len(name) >= _SHORTEST_FUZZY and key[0] == name[0]:
            likeness = _likeness(name, key)
            if likeness >= _LEAST_LIKENESS:
                scores[field] = max(scores.get(field, 0), SIMILAR + round(likeness * 50))
    if scores.get(Field.SUPERVISOR, 0) >= CONTAINED:
        return _of_supervisor(scores)
    return tuple(sorted(scores.items(), key=lambda item: -item[1]))


def _of_supervisor(scores: dict[Field, int]) -> tuple[tuple[Field, int], ...]:
    """ "Manager e-mail" says who the supervisor is; "Manager's department" says nothing about the person of the row."""
    others = set(scores) - {Field.SUPERVISOR, Field.PERSONNEL_NUMBER, Field.EMAIL} - NAMES
    return () if others else ((Field.SUPERVISOR, scores[Field.SUPERVISOR]),)


def _likeness(name: str, key: str) -> float:
    if abs(len(name) - len(key)) > 3:
        return 0.0
    return SequenceMatcher(None, name, key, autojunk=False).ratio()
