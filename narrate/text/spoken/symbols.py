"""Rules for what is no word: marks that are dropped, signs that are said, dashes, slashes, capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims, late, needs
from narrate.text.spoken.vocabulary import any_of, word_map, word_set

_SAID = word_map("symbols", "said")
_IDIOMS = word_map("symbols", "idioms")
_KEPT = late(rf"(?<![\w&]){any_of(word_set('symbols', 'kept'))}(?![\w&])")
# Behind its signs a language has the year of its standard: C++20.
_IDIOM = re.compile(rf"(?<![\w/.$+]){any_of(_IDIOMS)}(?:(?![\w/+])(?!\.\d)|(?<=\+)(?=\d\d\b))", re.IGNORECASE)
_WITH = re.compile(r"(?<![\w/])w/(?:(?P<out>o(?:ut)?)(?!\w)|(?=[ a-z]))")
_INCREMENT = re.compile(r"(?<!\w)(?P<it>[A-Za-z])\+\+(?![\w+])")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_MARK = re.compile(r" ?[™®©℠]+")
_FOOTNOTE = late(
    r"(?<=[\w.,;:!?)\"'%\]]) ?(?<![\[\w] )"
    r"(?:\[(?:\d{1,3}|[a-z]|note \d{1,3}|citation needed|clarification needed)\])++"
)
_RAISED_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = late(rf"(?:(?<=[^\W\d_]{{3}})|(?<=[.,;:!?)\"'%]))[{_RAISED_FIGURES}]+(?![^\W_])|(?<=\w)[†‡]+(?!\w)")
# A letter that is held, and a syllable over and over: voices lose count of them.
_HELD = re.compile(r"(?P<it>[^\W\d_])(?P=it){6,}+", re.IGNORECASE)
_STUTTERED = re.compile(r"(?P<it>[^\W\d_]{2,4}?)(?P=it){5,}+", re.IGNORECASE)
# Signs that only phonetic transcriptions have; some are letters of living alphabets, too, so that they count only
# between slashes or brackets.
_PHONETIC = "ɐɑɒɓɕɖɗɘɚɜɝɞɟɠɡɢɣɤɥɦɧɨɩɪɬɭɮɯɰɱɲɳɵɶɸɹɺɻɽɾʀʁʂʃʄʈʉʋʌʍʎʏʐʑʒʔʕʘʙʜʝʟʡʢˈˌːðəɛɔŋθ"
_SLASHED = rf"/(?=[^/\n]{{0,80}}[{_PHONETIC}])[^/\n]{{1,80}}/"
_BRACKETED = rf"\[(?=[^\[\]\n]{{0,80}}[{_PHONETIC}])[^\[\]\n]{{1,80}}\]"
_TRANSCRIPTION = late(rf" ?(?:{_SLASHED}|{_BRACKETED})")
_WRITTEN = late(r"(?<!\w)[a-zA-Z]{3,}(?!\w)")
_SOUND = late(f"[{_PHONETIC}]")

_AND = re.compile(r"(?<=[\w.)\"']) ?& ?(?=[\w\"'(])")
_PLUS = late(r"(?<=\w) ?\+ ?(?=\w)|(?<=\w)\+(?=$|[ .,;:!?)\"'])|(?<!\S)\+(?=\d)")
_ABOUT = late(r"(?<![\w/])[~≈∼] ?(?=[$£€]?\d)")
_COMPARED = late(r"(?:(?<=[\w)]) ?|(?<![^ ]))(?P<it>[<>]) ?(?=[-−]?[$£€]?[.\d])")
_VARIABLES = late(r"(?<![\w.][a-zA-Z])(?<=[a-zA-Z]) (?P<it>[<>]) (?=[a-zA-Z](?![\w']))")
_EQUALS = late(r"(?<=[\w)²³]) ?= ?(?=[\w(-])")
_SIGNS = "".join(_SAID)
_SIGN = late(rf"(?P<before> ?)(?P<it>[{_SIGNS}])")
_AT = late(r"(?<=\w) @ (?=\w)")
_BETWEEN_ITEMS = late(r"(?<=[\w.)\"'!?]) [|•·‣◦▪] (?=[\w(\"'])")
_MENU = late(r"(?<=[a-z]) > (?=[A-Z][a-z])")
_STARS = late(r"(?<=[\dIVX])\*(?=[ -](?P<what>[a-z]+))|(?<=\b[AB])\*(?!\w)")
_RATING = late(r"(?<![\w.,£$€])[1-7]$")
_MARKING_STAR = late(r"(?<=[a-z.,;:!?)])\*{1,3}(?=[\s.,;:!?)\"']|$)|(?<![\w*])\*{1,3}(?=[A-Za-z])")
_COMPARISONS = {"<": "less than", ">": "greater than"}

_DASH = re.compile(r" ?(?:—|–{2,}|(?<![-\w])-{2,3}(?![-\w])|(?<=\w)--{1,2}(?=\w)| – | - (?=[A-Za-z\"'(\d]))+ ?")
_PHRASE_ENDS = re.compile(r"[.,;:!?)\n]|[\"'](?!\w)")
_EN_DASH = re.compile(r"(?<=[^\W\d_])–(?=[^\W_])|(?<=\d)–(?=[^\W\d_])")
_ELLIPSIS = re.compile(r"…+|\.(?: \.){2,}|(?<=\w)\.{3,}(?=\w)")
_SLASH = late(r"(?<=[^\W\d_])/(?=[^\W\d_])|(?<=\w)/(?=\w)")
_MISSING_SPACE = re.compile(r"(?<=[a-z]{2})(?P<it>[.:])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LOWER = re.compile(r"[^\W\d_A-Z](?<![^\W\d_]s)(?<!\ds)")


def invisible_characters(text: str) -> Iterator[Claim]:
    """Soft hyphens and zero-width characters are dropped: co\u00adop -> coop."""
    return claims(_INVISIBLE, text, lambda _: "")


@needs("™®©℠")
def trade_marks(text: str) -> Iterator[Claim]:
    """Pepsi® -> Pepsi."""
    return claims(_MARK, text, lambda _: "")


@needs(r"\[")
def footnote_marks(text: str) -> Iterator[Claim]:
    """in 1945.[1] -> in 1945. Known failure: an editor's own [a] inside a quotation."""

    def say(match: re.Match[str]) -> str | None:
        following = text[match.end() : match.end() + 1]
        # Brackets beside brackets stay: dropping the inner pair would make a new mark of the outer one. It is no part
        # of the pattern, which would look through the rest of a long run of marks from each of them.
        if following in ("[", "]"):
            return None
        return " " if following.isalnum() else ""

    return claims(_FOOTNOTE(), text, say)


@needs(f"{_RAISED_FIGURES}†‡")
def raised_marks(text: str) -> Iterator[Claim]:
    """was revised.¹ -> was revised. Behind a letter or two a raised figure is a power: x²."""
    return claims(_RAISED(), text, lambda _: "")


@needs(_PHONETIC)
def transcriptions(text: str) -> Iterator[Claim]:
    """Nguyen /ˈwɪn/ is a name -> Nguyen is a name: how a word sounds is heard when it is said."""
    return claims(_TRANSCRIPTION(), text, lambda match: "" if _is_transcription(match[0]) else None)


def _is_transcription(enclosed: str) -> bool:
    """Tell whether more of the words have signs of sounds in them than are written as words always are."""
    return len(_WRITTEN().findall(enclosed)) < sum(bool(_SOUND().search(word)) for word in enclosed.split())


def drawn_out(text: str) -> Iterator[Claim]:
    """Noooooooo -> Nooo; hahahahahahaha -> hahahaha: so many are heard that it is long, and no more."""
    # What is too much is left out, as words said in place of a part of a word would be parted from it.
    yield from (Claim(match.start() + 3, match.end(), "") for match in _HELD.finditer(text))
    yield from (Claim(match.end("it") + 3 * len(match["it"]), match.end(), "") for match in _STUTTERED.finditer(text))


@needs("&")
def kept_names(text: str) -> Iterator[Claim]:
    """A&E -> A&E: claimed, so that no later rule says the sign."""
    return claims(_KEPT(), text, lambda match: match[0])


@needs("/0-9+#")
def idioms(text: str) -> Iterator[Claim]:
    """24/7 -> twenty four seven; 401(k) -> four oh one k; C++ -> C plus plus."""
    yield from claims(_IDIOM, text, _idiom)
    yield from claims(_WITH, text, lambda match: "without" if match["out"] else "with")
    yield from claims(_INCREMENT, text, lambda match: f"{match['it']} plus plus")


def _idiom(match: re.Match[str]) -> str | None:
    written = match[0]
    said = _IDIOMS.get(written) or _IDIOMS.get(written.lower())
    return said[0].upper() + said[1:] if said and written[0].isupper() and written.lower() in _IDIOMS else said


@needs("&")
def ampersands(text: str) -> Iterator[Claim]:
    """Procter & Gamble -> Procter and Gamble; R&D -> R and D."""
    return claims(_AND, text, lambda _: " and ")


@needs("+")
def plus_signs(text: str) -> Iterator[Claim]:
    """50+ countries -> fifty plus countries; Disney+ lost -> Disney plus lost; 2 + 2 -> two plus two."""
    return claims(_PLUS(), text, lambda _: " plus ")


@needs("~≈∼<>=@")
def signs_between(text: str) -> Iterator[Claim]:
    """~30 minutes -> about thirty minutes; p < 0.05 -> p less than zero point zero five; a = b -> a equals b."""
    yield from claims(_ABOUT(), text, lambda _: "about ")
    yield from claims(_COMPARED(), text, lambda match: f" {_COMPARISONS[match['it']]} ")
    yield from claims(_VARIABLES(), text, lambda match: _COMPARISONS[match["it"]], "it")
    yield from claims(_EQUALS(), text, lambda _: " equals ")
    yield from claims(_AT(), text, lambda _: " at ")


@needs("|•·‣◦▪>")
def between_items(text: str) -> Iterator[Claim]:
    """Home | News | Sport -> Home, News, Sport; click File > Print -> click File, Print: a pause."""
    yield from claims(_BETWEEN_ITEMS(), text, lambda match: _between(text, match.start()))
    yield from claims(_MENU(), text, lambda _: ", ")


def _between(text: str, start: int) -> str | None:
    """A pause, but not within brackets: P(A | B)."""
    if text.rfind("(", max(0, start - 80), start) > text.rfind(")", max(0, start - 80), start):
        return None
    return " " if text[start - 1] in ".!?" else ", "


@needs(r"\*")
def stars(text: str) -> Iterator[Claim]:
    """a 4* hotel -> a 4 star hotel; Grade II* listed -> Grade II star listed; terms apply* -> terms apply."""

    def say(match: re.Match[str]) -> str | None:
        what = match["what"]
        is_rating = _RATING().search(text[max(0, match.start() - 2) : match.start()]) and len(what or "") > 2
        return " star" if what is None or is_rating or what in word_set("symbols", "starred") else None

    yield from claims(_STARS(), text, say)
    yield from claims(_MARKING_STAR(), text, lambda _: "")


@needs(_SIGNS)
def signs_alone(text: str) -> Iterator[Claim]:
    """±3 -> plus or minus three; File → Save -> File to Save."""
    return claims(_SIGN(), text, lambda match: f"{match['before']}{_SAID[match['it']]}")


@needs("–—-")
def dashes(text: str) -> Iterator[Claim]:
    """matters—all -> matters, all; the result -- a surprise -> the result, a surprise.

    Known failure: a dash that should close a sentence is only a comma.
    """

    return claims(_DASH, text, lambda match: _pause(text, match.start(), match.end()))


@needs("–")
def en_dashes(text: str) -> Iterator[Claim]:
    """New York–London -> New York-London: a hyphen, which no engine reads out."""
    return claims(_EN_DASH, text, lambda _: "-")


@needs(".…")
def ellipses(text: str) -> Iterator[Claim]:
    """Wait… what -> Wait... what; wait...what -> wait... what."""

    def say(match: re.Match[str]) -> str:
        return "... " if text[match.end() : match.end() + 1].isalnum() else "..."

    return claims(_ELLIPSIS, text, say)


@needs("/")
def slashes(text: str) -> Iterator[Claim]:
    """writer/director -> writer director; 3/x -> three slash x."""

    def say(match: re.Match[str]) -> str:
        around = text[match.start() - 1] + text[match.end()]
        return " " if around.isalpha() else " slash "

    return claims(_SLASH(), text, say)


@needs(".:")
def missing_spaces(text: str) -> Iterator[Claim]:
    """ended.The next -> ended. The next."""
    return claims(_MISSING_SPACE, text, lambda match: f"{match['it']} ")


def headings_in_capitals(text: str) -> Iterator[Claim]:
    """BREAKING NEWS: US STOCKS FALL -> Breaking News: US Stocks Fall.

    Known failure: a name that is an acronym no list knows is read as a word.
    """
    words = list(_WORD.finditer(text)) if not _LOWER.search(text) else []
    if len(words) < 2 or not any(_is_style(word[0]) for word in words):
        return
    for position, match in enumerate(words):
        word = match[0]
        if word == "A" and position and _is_article(text, match, words[position - 1][0]):
            yield Claim(match.start(), match.end(), "a")
        elif len(word) > 1 and word not in word_set("capitals", "acronyms"):
            small = position and word in word_set("capitals", "small")
            yield Claim(match.start(), match.end(), word.lower() if small else word[0] + word[1:].lower())


def _pause(text: str, start: int, end: int) -> str:
    """Return what a dash leaves: a comma between words, a space behind other marks, nothing at a phrase's ends."""
    if start == 0 or end == len(text) or text[start - 1] in "([\n" or _PHRASE_ENDS.match(text, end):
        return ""
    return " " if text[start - 1] in ".,;:!?" else ", "


def _is_article(text: str, match: re.Match[str], before: str) -> bool:
    """Tell whether an A among capitals is the article: HAVE A DAY, not VITAMIN A and Q&A."""
    apart = text[match.start() - 1 : match.start()] == " " == text[match.end() : match.end() + 1]
    return apart and before.capitalize() not in word_set("words", "lettered")


def _is_style(word: str) -> bool:
    return (word in word_set("capitals", "small") and word != "A") or (
        len(word) > 4 and word not in word_set("capitals", "acronyms")
    )
