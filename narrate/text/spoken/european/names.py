"""Short forms of the European languages: abbreviations, ranks, Roman numerals, signs, addresses, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from narrate.text.spoken.claims import Claim, claims
from narrate.text.spoken.european.numbers import Tongue, one_of
from narrate.text.spoken.vocabulary import word_set

_NEXT = re.compile(r"[\"']{0,3}(?:\s*+$|\s*?\n|\s{1,3}[\"'(\[¿¡]{0,3}(?P<word>[^\W\d_]\w*+)?)")
_ENDING = one_of(word_set("languages/common", "endings"))
_HOST = rf"(?:[A-Za-z0-9][\w-]*+\.)+?(?:{_ENDING})"
_URL = re.compile(
    rf"(?<![\w@./-])(?:https?://)?(?:www\.)?(?P<host>{_HOST})(?![\w-]|\.\w)(?P<path>/[^\s<>\"')\]?#]*+)?(?:[?#]\S*+)?"
)
_EMAIL = re.compile(rf"(?<![\w.+@-])(?:mailto:)?(?P<user>\w[\w.+-]*+)@(?P<host>{_HOST})(?![\w-]|\.\w)")
_SIGN_NAMES = {".": "point", "/": "slash", "-": "dash", "_": "underscore", "@": "at", "+": "plus", "=": "equals"}
_PARTS = re.compile(r"\d+|[^\W\d_]+|\W|_")
_LONGEST_PATH_CHARS = 40
_INTERNATIONAL = re.compile(r"(?<![\w.-])\+(?P<it>\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,6}+)(?![\w-])")
# Where a word begins its sentence.
_BEGINS = re.compile(r"(?:^|[.!?…:] |\n)[\"'(¿¡]*$")
_GROUPS = r"(?P<it>\(?\d{2,5}\)?(?:[ ./-]{1,3}\d{1,8}){0,6}+|\d{3,15})(?![\w-])"

_RANKED_NOUN = re.compile(r" (?!(?:a|ao|à|di|de|e|o|ou|da|in|em|no)\b|all)[a-z]")
_ROMAN = r"(?P<it>[IVXLC]{1,8})"
_VALID = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_END = r"(?![\w'&])(?!\.\w|-\w)"
_FRENCH_RANK = re.compile(r"(?<![\w.'-])(?P<it>[IVX]{1,6}) ?(?P<mark>ers?|res?|[èe]mes?|es?|ᵉ)(?![\w'])")
_ITALIAN_CENTURY = re.compile(
    rf"(?<![\w.]){_ROMAN}(?P<more> (?:e|ed|o|al) (?P<second>[IVX]{{1,6}}))?(?= secolo| sec\.)"
)
_WORLD_WAR = re.compile(r"(?<!\w)(?P<it>I{1,3}) (?=[Gg]uerra [Mm][uo]ndial)|(?<!\w)(?P<de>I{1,3})\. (?=Weltkrieg)")
_AFTER_WORD = re.compile(rf"(?<=[^\W\d_] ){_ROMAN}(?P<dot>\.?){_ROMAN_END}")
_WORD_BEFORE = re.compile(r"([\w'.-]+) $")
# Up to the tenth these languages give a ruler a rank, beyond it a number.
_LAST_RANK = {"es": 10, "pt": 10, "fr": 1, "it": 1000}

_SPACED_AND = re.compile(r"(?<=[\w.)\"']) & (?=[\w\"'(])")
_PLUS = re.compile(r"(?<=\d) ?\+ ?(?=\d)|(?<!\S)\+(?=\d)|(?<=\d)\+(?=$|[ .,;:!?)])")
_EQUALS = re.compile(r"(?<=[\w)²³]) ?= ?(?=[\w(-])")
_TIMES = re.compile(r"(?<=[\w)]) ?× ?(?=[\w(])|(?<=\d) ?x ?(?=\d)")
_COMPARED = re.compile(r"(?<![^ (])(?P<it>[<>±~≈]) ?(?=[-−]?\d)")
_SLASH = re.compile(r"(?<=\w)/(?=\w)")


class Names:
    """The rules for everything that is written shorter than it is said."""

    def __init__(self, language: Tongue) -> None:
        self.language = language
        # No letter, no dot between letters in front: the M. of "J. M. García" is no monsieur.
        start = r"(?<![\w.])(?<![A-Z]\. )"
        self.said_inside = {**_capitals(language.map("inside")), **language.map("inside")}
        self.said_closing = {**_capitals(language.map("closing")), **language.map("closing")}
        inside, closing = self.said_inside, self.said_closing
        dotted = [written for written in inside if written.endswith(".")]
        bare = [written for written in inside if not written.endswith(".")]
        # Without a dot first, or "M. et Mme" would be taken for a lone "M.".
        self.inside = re.compile(rf"{start}(?:{one_of(bare)}(?![\w.'-])|(?P<dotted>{one_of(dotted)})(?!\w))")
        self.closing = re.compile(rf"{start}(?:{one_of(closing)})(?!\w)")
        self.number_sign = re.compile(rf"(?<![\w.])(?:{one_of(language.map('number_signs'))}) ?(?=\d)")
        self.idiom = re.compile(rf"(?<![\w/.$+]){one_of(language.map('idioms'))}(?![\w/+])(?!\.\d)")
        marks = one_of(language.map("ordinal_marks"))
        self.rank = re.compile(rf"(?<![\w.,/])(?P<figure>\d{{1,4}})(?P<mark>{marks})(?![\w°'])")
        self.century = re.compile(
            rf"(?<!\w)(?:{one_of(language.set('century_words'))}) (?P<it>[IVX]{{1,6}}){_ROMAN_END}"
            rf"(?:(?P<joint> ?(?:[-–/]|,? (?:y|e|ed|o|ou|al|ao|a) (?:el )?)) ?(?P<second>[IVX]{{1,6}}){_ROMAN_END})?"
        )
        self.numbered = re.compile(rf"(?<!\w)(?:{one_of(language.set('numbered'))}) {_ROMAN}{_ROMAN_END}")
        self.phone = re.compile(rf"(?<!\w)(?:{one_of(language.set('phone_words'))})[.:]{{0,2}}(?: ?: ?| ?){_GROUPS}")

    def idioms(self, text: str) -> Iterator[Claim]:
        """24/7 -> veinticuatro siete; et/ou -> et ou."""
        return claims(self.idiom, text, lambda match: self.language.map("idioms")[match[0]])

    def addresses(self, text: str) -> Iterator[Claim]:
        """www.elpais.com/deportes -> elpais punto com barra deportes; ana@correo.es -> ana arroba correo punto es.

        Known failure: a missing space before a word that is also an ending: "fin.de".
        """

        def url(match: re.Match[str]) -> Claim:
            written = match[0].rstrip(".,;:!?/")
            path = (match["path"] or "").rstrip(".,;:!?/")
            more = f" {self._spelled(path)}" if path and len(path) <= _LONGEST_PATH_CHARS else ""
            return Claim(match.start(), match.start() + len(written), self._spelled(match["host"]) + more)

        def email(match: re.Match[str]) -> str:
            return f"{self._spelled(match['user'])} {self.language.word('at')} {self._spelled(match['host'])}"

        yield from claims(_EMAIL, text, email)
        yield from (url(match) for match in _URL.finditer(text))

    def phone_numbers(self, text: str) -> Iterator[Claim]:
        """Tel. 91 123 45 67 -> every digit by itself; +34 91 123 45 67 as well, with its plus."""
        plus = self.language.word("plus")
        yield from claims(_INTERNATIONAL, text, lambda match: f"{plus} {self._grouped(match['it'])}")
        yield from claims(self.phone, text, lambda match: self._grouped(match["it"]), "it")

    def abbreviations(self, text: str) -> Iterator[Claim]:
        """p. ej. -> por ejemplo; z. B. -> zum Beispiel; in etc. the full stop stays where the sentence ends."""
        yield from claims(self.number_sign, text, self._number_sign)
        yield from claims(self.closing, text, self._closing)
        yield from claims(self.inside, text, self._inside)

    def ranks(self, text: str) -> Iterator[Claim]:
        """1.º -> primero; 3.er -> tercer; 2e -> deuxième; 21ª -> ventunesima."""
        if self.language.map("ordinal_marks"):
            yield from claims(self.rank, text, self._rank)

    def roman_numerals(self, text: str) -> Iterator[Claim]:
        """siglo XXI -> siglo veintiuno; XIXe siècle -> dix-neuvième siècle; Louis XIV -> Louis quatorze.

        Known failure: a numeral of one letter after a name that no list knows stays.
        """
        if self.language.code == "fr":
            yield from claims(_FRENCH_RANK, text, self._french_rank)
        if self.language.code == "it":
            yield from claims(_ITALIAN_CENTURY, text, self._italian_century)
        yield from claims(_WORLD_WAR, text, self._world_war)
        if self.language.set("century_words"):
            for match in self.century.finditer(text):
                yield from self._century(match)
        yield from claims(self.numbered, text, self._numbered, "it")
        yield from claims(_AFTER_WORD, text, self._after_word)

    def signs(self, text: str) -> Iterator[Claim]:
        """Johnson & Johnson -> Johnson y Johnson; 2 + 2 = 4 -> dos más dos igual a cuatro; A&E stays."""
        word = self.language.word
        compared = {"<": "less", ">": "greater", "±": "plus_minus", "~": "about", "≈": "about"}
        yield from claims(_SPACED_AND, text, lambda _: f" {word('and')} ")
        yield from claims(_PLUS, text, lambda _: word("plus"))
        yield from claims(_EQUALS, text, lambda _: f" {word('equals')} ")
        yield from claims(_TIMES, text, lambda _: f" {word('times')} ")
        yield from claims(_COMPARED, text, lambda match: f"{word(compared[match['it']])} ")
        yield from claims(_SLASH, text, lambda _: " ")

    def _spelled(self, address: str) -> str:
        parts = (self.language.one_by_one(part) if part.isdecimal() else part for part in _PARTS.findall(address))
        return " ".join(self.language.word(_SIGN_NAMES[part]) if part in _SIGN_NAMES else part for part in parts)

    def _grouped(self, figures: str) -> str:
        return ", ".join(self.language.one_by_one(group) for group in re.findall(r"\d+", figures))

    def _number_sign(self, match: re.Match[str]) -> str:
        return _cased(match, self.language.map("number_signs")[match[0].strip()]) + " "

    def _inside(self, match: re.Match[str]) -> str | None:
        written, text = match[0], match.string
        said = self.said_inside[written]
        if len(written) == 2 and not _is_before_name(text, match.end()):
            return None
        if match["dotted"]:
            said += "." * self._at_end(text, match.end())
        return _cased(match, said)

    def _at_end(self, text: str, end: int) -> bool:
        after = _NEXT.match(text, end)
        if after is None or after["word"] is not None:
            return False
        return after.end() == len(text) or text[after.end() - 1] == "\n"

    def _ends(self, text: str, end: int) -> bool:
        after = _NEXT.match(text, end)
        starts = after is not None and after["word"] in self.language.set("starters")
        return starts or self._at_end(text, end)

    def _closing(self, match: re.Match[str]) -> str:
        said = self.said_closing[match[0]]
        if not match[0].endswith("."):
            return said
        return _cased(match, said) + "." * (self._ends(match.string, match.end()) or self._ends_list(match))

    def _ends_list(self, match: re.Match[str]) -> bool:
        """Tell whether "etc." ends a sentence: before any capital but German ones, which begin any noun."""
        listed = match[0] in ("etc.", "ecc.") and self.language.code != "de"
        return listed and _is_before_name(match.string, match.end())

    def _rank(self, match: re.Match[str]) -> str | None:
        number, gender = int(match["figure"]), self.language.map("ordinal_marks")[match["mark"]]
        if number < 1 or (match["mark"] == "°" and not self._is_rank(match)):
            return None
        if gender in ("n", "nf"):
            return ("second" if gender == "n" else "seconde") if number == 2 else None
        return self.language.ordinal(number, gender) + ("s" if match["mark"] in ("ers", "es", "res") else "")

    def _is_rank(self, match: re.Match[str]) -> bool:
        """Italian and Portuguese take the degree's sign for a rank: al 3° posto."""
        return bool(_RANKED_NOUN.match(match.string, match.end()))

    def _french_rank(self, match: re.Match[str]) -> str | None:
        number, spaced = _value(match["it"]), " " in match[0]
        first = match["mark"] in ("er", "ers", "re", "res")
        if spaced and not match.string.startswith(" siècle", match.end()):
            return None
        if number is None or first != (number == 1):
            return None
        return self.language.ordinal(number, "f" if match["mark"].startswith("r") else "m")

    def _italian_century(self, match: re.Match[str]) -> str | None:
        first = _value(match["it"])
        second = _value(match["second"]) if match["second"] else None
        if first is None:
            return None
        more = f"{match['more'].removesuffix(match['second'])}{self.language.ordinal(second)}" if second else ""
        return self.language.ordinal(first) + more

    def _world_war(self, match: re.Match[str]) -> str | None:
        number = len(match["it"] or match["de"])
        if match["de"]:
            if self.language.code != "de":  # a German name in another language's text stays as it is
                return None
            near = _WORD_BEFORE.search(match.string[max(0, match.start() - 12) : match.start()])
            weak = near is not None and near[1] in self.language.set("weak_before")
            return f"{self.language.ordinal(number).capitalize()}{'n' if weak else '' if near else 'r'} "
        if self.language.code not in ("es", "it", "pt"):
            return None
        return f"{self.language.ordinal(number, 'f').capitalize()} "

    def _century(self, match: re.Match[str]) -> Iterator[Claim]:
        for group in ("it", "second"):
            number = _value(match[group]) if match[group] else None
            if number is not None:
                yield Claim(match.start(group), match.end(group), self._ranked(number, "m"))
        if match["second"] and match["joint"].strip() in ("-", "–", "/"):
            yield Claim(match.start("joint"), match.end("joint"), f" {self.language.word('to')} ")

    def _ranked(self, number: int, gender: str) -> str:
        if number <= _LAST_RANK.get(self.language.code, 0):
            return self.language.ordinal(number, gender)
        return self.language.cardinal(number)

    def _numbered(self, match: re.Match[str]) -> str | None:
        number = _value(match["it"])
        return self.language.cardinal(number) if number is not None else None

    def _after_word(self, match: re.Match[str]) -> str | None:
        number, text = _value(match["it"]), match.string
        before = _WORD_BEFORE.search(text[max(0, match.start() - 40) : match.start()])
        if number is None or before is None:
            return None
        name, rulers = before[1], self.language.set("regnal") | self.language.set("queens")
        if name in rulers or (self.language.code == "de" and name.removesuffix("s") in rulers):
            return self._ruler(match, name, number)
        return self.language.cardinal(number) + match["dot"] if self._is_counted(match, name) else None

    def _is_counted(self, match: re.Match[str], name: str) -> bool:
        """Rocky III, but neither "Malcolm X" nor "Plan XL" nor a row of capitals."""
        it = match["it"]
        return len(it) > 1 and not set(it) & {"L", "C"} and name[0].isupper() and not name.isupper()

    def _ruler(self, match: re.Match[str], name: str, number: int) -> str | None:
        gender = "f" if name in self.language.set("queens") else "m"
        if self.language.code != "de":
            return self._ranked(number, gender) + match["dot"]
        said, weak = self._german_article(match, name, gender)
        rank = self.language.ordinal(number).capitalize() + ("n" if weak else "")
        ends = match["dot"] and self._ends(match.string, match.end())
        return f"{said} {rank}{'.' if ends else ''}"

    def _german_article(self, match: re.Match[str], name: str, gender: str) -> tuple[str, bool]:
        """The article of Ludwig der Vierzehnte, unter Ludwig dem Vierzehnten, Ludwigs des Vierzehnten."""
        if name not in self.language.set("regnal") | self.language.set("queens"):
            return ("der" if gender == "f" else "des"), True
        words = re.findall(r"[\w-]+", match.string[max(0, match.start() - 60) : match.start()])[:-1]
        while words and words[-1] in self.language.set("ruler_words") | self.language.set("regnal"):
            words.pop()
        near = words[-1] if words else ""
        if near in self.language.set("dative_words"):
            return ("der" if gender == "f" else "dem"), True
        if near in self.language.set("accusative_words"):
            return ("die", False) if gender == "f" else ("den", True)
        return ("die" if gender == "f" else "der"), False


def _capitals(words: Mapping[str, str]) -> dict[str, str]:
    """The longer entries also for the beginning of a sentence: Aprox. and Tel."""
    longer = {written: said for written, said in words.items() if len(written) > 3}
    return {written[0].upper() + written[1:]: said[0].upper() + said[1:] for written, said in longer.items()}


def _cased(match: re.Match[str], said: str) -> str:
    """A capital at the beginning of a sentence stays one, for the next stage to find the sentence by."""
    begins = match[0][0].isupper() and _BEGINS.search(match.string[max(0, match.start() - 8) : match.start()])
    return said[0].upper() + said[1:] if begins else said


def _value(numeral: str) -> int | None:
    if not numeral or not _VALID.fullmatch(numeral):
        return None
    values = [_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _is_before_name(text: str, end: int) -> bool:
    return bool(re.match(r" [A-ZÀ-ÖØ-Þ]", text[end : end + 2]))
