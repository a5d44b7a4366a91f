"""Dates and times of day of the European languages, the day before the month."""

from __future__ import annotations

import re
from collections.abc import Iterator

from narrate.text.spoken.claims import Claim, claims
from narrate.text.spoken.european.german import Ranks
from narrate.text.spoken.european.numbers import Tongue, one_of

_ISO = re.compile(r"(?<![\w/.-])(?P<year>[12]\d{3})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w/-])")
_NUMERIC = re.compile(
    r"(?<![\w/.,-])(?P<day>[0-3]?\d)(?P<sep>\. ?|[/.-])(?P<month>[01]?\d)(?P=sep)(?P<year>[12]\d{3}|\d\d)"
    r"(?![\w/-])(?!\.\d)"
)
_SHORT = re.compile(r"(?<![\w/.,-])(?P<day>[0-3]?\d)\. ?(?P<month>[01]?\d)\.(?!\d)(?! ?\d)")
_COLON = r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)"
_CLOCK_END = r"(?![\w:])(?![.,]\d)"
_CAPITAL = re.compile(r" ([^\W\d_]+)")
_BETWEEN = re.compile(r"(?:(?<=\dh)|(?<=\d:\d\d)) ?[-–] ?(?=\d\d?(?: ?h|:\d\d)(?![^\W\d]))")
_DURATION = re.compile(r"(?<![\w:.])(?P<hours>\d\d?):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)(?![\w:])")
_HOURS = re.compile(
    r"(?<![\w:.,])(?P<hour>[01]?\d|2[0-4]) ?h(?:eures?)? ?(?P<minute>[0-5]\d)(?P<min> ?(?:min|mn))?"
    r"(?![\w:%,.]\w|\w|[-–/]\d)(?! ?[%€])"
)
_BARE_HOURS = re.compile(r"(?<![\w:.,])(?P<hour>\d{1,3}) ?h(?![\w/²])")
_WITH_WORD = {
    "de": r" ?Uhr(?!\w)",
    "es": r" ?(?:h(?:\.(?= [a-zà-ÿ]|,))?|horas)(?!\w)",
    "it": r" ?(?:h|ore)(?!\w)",
    "pt": r" ?(?:h|horas)(?!\w)",
}
# A two-digit year after this is of the last century.
_LAST_SHORT_YEAR = 50


class Dates:
    """The rules for dates and times in one language."""

    def __init__(self, language: Tongue) -> None:
        self.language = language
        self.months = language.map("months")
        self.names = tuple(dict.fromkeys(self.months.values()))
        self.german = Ranks(language) if language.code == "de" else None
        month = f"(?P<month>{one_of(self.months)})"
        mark = r"(?P<mark>\.|)" if self.german else r"(?P<mark>\.?º|°|er|)"
        de = "(?: de)?" if language.word("date") else ""
        earlier = r"(?:(?P<first>[0-3]?\d)\. (?P<joint>bis|und|oder|bis zum) )?" if self.german else ""
        self.day = re.compile(
            rf"(?<![\w.,:/$-]){earlier}(?P<day>[0-3]?\d){mark}(?: ?[-–] ?(?P<until>[0-3]?\d)\.?)?(?P<of>{de} ){month}"
            rf"(?![^\W\d_])(?P<year_of>(?:,|{de}) )?(?:(?<= )(?P<year>\d{{4}})(?!\w|[.,]\d))?"
        )
        self.month_year = re.compile(rf"(?<!\w){month}(?P<of>{de} )(?P<year>[12]\d{{3}})(?![\w%]|[.,]\d)")
        word = _WITH_WORD.get(language.code, r"(?!)")
        before = one_of(language.set("clock_words"))
        self.clock = re.compile(rf"(?<![\w:.,]){_COLON}{_CLOCK_END}(?P<word>{word})?")
        self.dotted = re.compile(
            rf"(?<![\w:.,-])(?P<hour>[01]?\d|2[0-4])\.(?P<minute>[0-5]\d)(?:{_CLOCK_END}(?P<word>{word}))"
        )
        self.called = re.compile(
            rf"(?<!\w)(?:{before}) (?P<it>(?P<hour>[01]?\d|2[0-4])\.(?P<minute>[0-5]\d)){_CLOCK_END}"
        )
        self.lone_hour = re.compile(
            r"(?<![\w:.,])(?:(?P<from>[01]?\d|2[0-4]) ?[-–] ?)?(?P<hour>[01]?\d|2[0-4]) Uhr(?!\w)"
        )

    def numeric_dates(self, text: str) -> Iterator[Claim]:
        """03/05/2024 -> tres de mayo de dos mil veinticuatro; 2024-05-03; am 3.5.2024 -> am dritten Mai ...

        Known failure: American dates with the month first, unless the day tells.
        """
        yield from claims(_ISO, text, self._numeric)
        yield from claims(_NUMERIC, text, self._numeric)
        if self.german:
            yield from claims(_SHORT, text, self._short)

    def days_and_months(self, text: str) -> Iterator[Claim]:
        """1 de mayo de 2024; 1er mai -> premier mai; 1° maggio -> primo maggio; am 3. Mai -> am dritten Mai."""
        yield from claims(self.day, text, self._day_and_month)
        yield from claims(
            self.month_year, text, lambda m: f"{self.months[m['month']]}{m['of']}{self.language.year(int(m['year']))}"
        )

    def times_of_day(self, text: str) -> Iterator[Claim]:
        """14:30 Uhr -> vierzehn Uhr dreißig; 14h30 -> quatorze heures trente; ore 14.30; 2:01:39 is a duration."""
        yield from claims(_BETWEEN, text, lambda _: f" {self.language.word('to')} ")
        yield from claims(_DURATION, text, self._duration)
        yield from claims(self.clock, text, self._time)
        if self.language.code in _WITH_WORD:
            yield from claims(self.dotted, text, self._time)
        if self.language.set("clock_words") and not self.german:
            yield from claims(self.called, text, self._time, "it")
        if self.german:
            yield from claims(self.lone_hour, text, self._lone_hours)
        else:
            yield from claims(_HOURS, text, self._hours_and_minutes)
        if self.language.code in ("fr", "pt"):
            yield from claims(_BARE_HOURS, text, self._full_hours)

    def _numeric(self, match: re.Match[str]) -> str | None:
        day, month = int(match["day"]), int(match["month"])
        if month > 12 >= day and "sep" in match.re.groupindex and match["sep"] == "/":
            day, month = month, day
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        if match.re is _NUMERIC and len(match["year"]) == 2 and match["sep"] == "-":
            return None
        return f"{self._of_month(match, day, self.names[month - 1])}{self._year(match['year'])}"

    def _short(self, match: re.Match[str]) -> str | None:
        """am 3.5. -> am dritten Mai, only after a word that a date follows; its last dot may end the sentence."""
        day, month = int(match["day"]), int(match["month"])
        before = re.search(r"(\w+) $", match.string[: match.start()][-24:])
        if not (1 <= month <= 12 and 1 <= day <= 31) or before is None or self.german is None:
            return None
        if before[1] not in self.language.set("weak_before") | {"der", "Der"}:
            return None
        after = _CAPITAL.match(match.string, match.end())
        ends = match.end() == len(match.string) or (after and after[1] in self.language.set("starters"))
        return self._of_month(match, day, self.names[month - 1]) + "." * bool(ends)

    def _of_month(self, match: re.Match[str], day: int, month: str) -> str:
        if self.german:
            return f"{self.german.day(match.string, match.start(), day)} {month}"
        of = f"{self.language.word('date')} " if self.language.word("date") else ""
        return f"{self._first_or(day)} {of}{month}"

    def _first_or(self, day: int, elided: bool = False) -> str:
        """Say a day: only the first of a month is a rank; in Spanish, and behind an Italian l', it is counted."""
        ranked = day == 1 and self.language.code != "es" and not elided
        return self.language.ordinal(1) if ranked else self.language.cardinal(day)

    def _year(self, written: str) -> str:
        year = int(written)
        if len(written) == 2:
            year += 2000 if year <= _LAST_SHORT_YEAR else 1900
        of = f"{self.language.word('date_year')} " if self.language.word("date_year") else ""
        return f" {of}{self.language.year(year)}"

    def _day_and_month(self, match: re.Match[str]) -> str | None:
        day, until = int(match["day"]), int(match["until"] or 0)
        written = match["month"]
        if not 1 <= day <= 31 or until > 31 or (self.german and not match["mark"] and until == 0):
            return None
        said = self._day(match, day, until)
        tail = match["year_of"] or ""
        year = self.language.year(int(match["year"])) if match["year"] else ""
        stop = "." if written.endswith(".") and not tail and match.end() == len(match.string) else ""
        return f"{said}{match['of']}{self.months[written]}{tail}{year}{stop}"

    def _day(self, match: re.Match[str], day: int, until: int) -> str:
        if self.german:
            said = self.german.day(match.string, match.start(), day)
            if match["first"]:
                first = self.german.day(match.string, match.start(), int(match["first"]))
                said = f"{first} {match['joint']} {said}"
            last = f" bis {self.german.day(match.string, match.start(), until)}" if until else ""
            return said + last
        elided = match.string[match.start() - 1 : match.start()] == "'"
        first = self.language.ordinal(1) if match["mark"] else self._first_or(day, elided)
        if match["mark"] and day != 1:
            first = self.language.ordinal(day)
        return f"{first} {self.language.word('to')} {self.language.cardinal(until)}" if until else first

    def _hour(self, match: re.Match[str]) -> str:
        return self.language.cardinal(int(match["hour"]), "m" if self.german else "f")

    def _lone_hours(self, match: re.Match[str]) -> str:
        """8-12 Uhr -> acht bis zwölf Uhr."""
        first = f"{self.language.cardinal(int(match['from']))} bis " if match["from"] else ""
        return f"{first}{self._hour(match)} Uhr"

    def _full_hours(self, match: re.Match[str]) -> str:
        one, many, _ = self.language.map("durations")["hour"].split("|")
        return self.language.counted(match["hour"], "f", one, many)

    def _time(self, match: re.Match[str]) -> str:
        minute = int(match["minute"])
        hour, minutes = self._hour(match), self.language.cardinal(minute) if minute else ""
        word = match.groupdict().get("word") or ""
        match self.language.code:
            case "de":
                return f"{hour} Uhr {minutes}".rstrip()
            case "fr" | "pt":
                joint = " e " if self.language.code == "pt" and minutes else " "
                return f"{self._full_hours(match)}{joint}{minutes}".rstrip()
            case "it":
                return f"{hour} e {minutes}" if minutes else hour
        zero = "cero " if 0 < minute < 10 else ""
        return f"{hour} {zero}{minutes}{' horas' if word else ''}" if minutes else self._o_clock(match)

    def _hours_and_minutes(self, match: re.Match[str]) -> str:
        """14h30 -> catorce treinta; 2 h 15 min -> dos horas quince minutos."""
        if not match["min"] or self.language.code not in ("es", "it"):
            return self._time(match)
        return self._units((match["hour"], match["minute"]))

    def _o_clock(self, match: re.Match[str]) -> str:
        """a las 8:00 -> a las ocho horas."""
        one, many, gender = self.language.map("durations")["hour"].split("|")
        return self.language.counted(match["hour"].lstrip("0") or "0", gender, one, many)

    def _duration(self, match: re.Match[str]) -> str:
        return self._units((match["hours"], match["minutes"], match["seconds"]))

    def _units(self, figures: tuple[str, ...]) -> str:
        """Hours, minutes and seconds with their names."""
        names = [entry.split("|") for entry in self.language.map("durations").values()]
        return " ".join(
            self.language.counted(str(int(figure)), gender, one, many)
            for figure, (one, many, gender) in zip(figures, names, strict=False)
        )
