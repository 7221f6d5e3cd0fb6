"""The languages that people name: cells with several of them, and names that mean the same one.

A language is met by its German, English and own name, by usual abbreviations and by its codes of ISO 639 ("de",
"deu", "de-AT"); how well it is spoken does not matter. Others are compared as they are written.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.domain.text import sort_key, words

# By code of ISO 639-1, else 639-3: more codes, then names after the stroke.
_TABLE = """
ar ara | arabisch arabic arab العربية
az aze | aserbaidschanisch azerbaijani azeri
be bel | belarussisch weissrussisch belarusian
bg bul | bulgarisch bulgarian bulg български
bn ben | bengalisch bengali bangla
bs bos | bosnisch bosnian bosanski
ca cat | katalanisch catalan catala
cs ces cze | tschechisch czech cestina tschech
da dan | dänisch danish dansk dän
de deu ger | deutsch german dt hochdeutsch schweizerdeutsch schwyzerdütsch schwiizertüütsch schweizerdt alemannisch
dgs gsg |
el ell gre | griechisch greek griech ελληνικά
en eng | englisch english engl
es spa | spanisch spanish span español castellano
et est | estnisch estonian eesti
eu eus baq | baskisch basque euskara
fa fas per | persisch persian farsi فارسی
fi fin | finnisch finnish finn suomi
fr fra fre | französisch french franz frz français
ga gle | irisch irish gaeilge
he heb | hebräisch hebrew ivrit iwrit עברית
hi hin | hindi
hr hrv | kroatisch croatian kroat hrvatski
hsb wen | sorbisch obersorbisch sorbian
hu hun | ungarisch hungarian ungar ung magyar
hy hye arm | armenisch armenian
id ind | indonesisch indonesian
is isl ice | isländisch icelandic
it ita | italienisch italian ital italiano
ja jpn | japanisch japanese jap 日本語
ka kat geo | georgisch georgian
kk kaz | kasachisch kazakh
ko kor | koreanisch korean 한국어
ku kur kmr ckb | kurdisch kurdish kurmandschi kurmanji sorani kurdi
la lat | latein latin lateinisch
lb ltz | luxemburgisch luxembourgish letzebuergesch
lt lit | litauisch lithuanian
lv lav | lettisch latvian
mk mkd mac | mazedonisch macedonian
ms msa may | malaiisch malay
nl nld dut | niederländisch dutch holländisch flämisch flemish nederlands niederl
no nor nb nob nn nno | norwegisch norwegian norsk norw bokmål
pl pol | polnisch polish poln polski
ps pus | paschtu pashto
pt por | portugiesisch portuguese port português brasilianisch
ro ron rum | rumänisch romanian rum română moldauisch
ru rus | russisch russian russ русский
sk slk slo | slowakisch slovak slowak slovencina
sl slv | slowenisch slovenian slovene slowen slovenscina
so som | somali somalisch
sq sqi alb | albanisch albanian alban shqip
sr srp | serbisch serbian serb srpski српски
sv swe | schwedisch swedish schwed svenska
sw swa | swahili suaheli kiswahili
ta tam | tamil tamilisch
th tha | thailändisch thai
ti tir | tigrinya tigrinisch
tl tgl fil | tagalog filipino
tr tur | türkisch turkish türk türkçe
uk ukr | ukrainisch ukrainian ukr українська
ur urd | urdu
uz uzb | usbekisch uzbek
vi vie | vietnamesisch vietnamese vietn
zh zho chi cmn | chinesisch chinese mandarin chin hochchinesisch 中文
"""
_SIGNED = ("gebaerdensprache", "sign")  # a language of its own, whatever country stands before it
_NOT = frozenset(("kein", "keine", "nicht", "no", "not", "ohne", "without"))
_NONE = frozenset(("keine", "keine weiteren", "keine angabe", "none", "not stated"))
# How well, and where: what may stand beside a code.
_BESIDE = re.compile(
    r"[abc][12]\+?|\d+|[a-z]{2}|muttersprach\w*|native\w*|mother|tongue|flie\w+|fluent\w*|verhandlungs\w*|gut\w*|good|sehr|"
    r"very|grund\w*|basic\w*|business|konversation\w*|conversation\w*|schul\w*|spoken|in|wort|und|schrift|level|niveau"
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_BETWEEN = re.compile(r"[,;/|·\r\n]|\s(?:und|and|et|y|e|ve|sowie|&|\+)\s", re.I)


def _plain(text: str) -> tuple[str, ...]:
    return words(sort_key(text)[0])


def _read() -> tuple[dict[str, str], dict[str, str]]:
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for line in _TABLE.strip().splitlines():
        theirs, _, said = line.partition("|")
        first, *more = theirs.split()
        codes |= dict.fromkeys((first, *more), first)
        names |= dict.fromkeys([" ".join(_plain(name)) for name in said.split()], first)
    codes["gsw"] = codes["de"]  # Swiss German
    return codes, names


_CODES, _NAMES = _read()


@lru_cache(maxsize=4096)
def languages_in(text: str) -> tuple[str, ...]:
    """The languages of a cell as they are written: "Deutsch/Englisch", "Deutsch (C1, Muttersprache) und EN"."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\x00{len(kept) - 1}\x00"

    parts = _BETWEEN.split(_BRACKETS.sub(hide, text))
    shown = (re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], part).strip() for part in parts)
    return tuple(dict.fromkeys(one for one in shown if one and one.casefold() not in _NONE))


@lru_cache(maxsize=4096)
def language_keys(text: str) -> frozenset[str]:
    """What a cell of languages is compared by: "Deutsch (C1)", "dt." and "de-AT" have the same key."""
    return frozenset(key for one in languages_in(text) for key in _keys(one))


def _keys(name: str) -> frozenset[str]:
    said = _plain(_BRACKETS.sub(" ", name)) or _plain(name)
    if not said:
        return frozenset()
    whole = frozenset((" ".join(said),))
    if said[0] in _NOT and len(said) > 1:
        return whole
    if any(word in said for word in _SIGNED):
        german = {"deutsche", "german"} & set(said) or len(said) == 1
        return frozenset(("dgs",)) if german else whole
    if said[0] in _CODES and all(_BESIDE.fullmatch(word) for word in said[1:]):
        return frozenset((_CODES[said[0]],))
    return frozenset(_NAMES[word] for word in said if word in _NAMES) or whole
