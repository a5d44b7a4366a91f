"""English as it is read outside the United States: "and" in numbers, the day before the month."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps

from narrate.text.spoken.claims import Claim, Rule, late, needs
from narrate.text.spoken.english import dates
from narrate.text.spoken.english.rules import ENGLISH_RULES
from narrate.text.spoken.readings import choose

_ONES = "(?:one|two|three|four|five|six|seven|eight|nine)"
_SMALL = (
    rf"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?: (?:{_ONES}|first|second|third|\w+th))?|"
    rf"ten|eleven|twelve|\w+teen|{_ONES}|first|second|third|\w+th)"
)
_LARGE = "(?:thousand|million|billion|trillion|quadrillion|quintillion)"

# "one hundred twenty" -> "one hundred and twenty", but "nineteen hundred" stays.
_HUNDRED = re.compile(rf"\bhundred (?={_SMALL}\b)")
# "two thousand four" -> "two thousand and four", but "two thousand four hundred" stays.
_THOUSAND = re.compile(rf"\b{_LARGE} (?={_SMALL}\b(?! (?:hundred|{_LARGE})))")


def with_and(said: str) -> str:
    """Put "and" where the British say it: 2,105 -> two thousand one hundred and five."""
    return _THOUSAND.sub(lambda found: f"{found[0]}and ", _HUNDRED.sub("hundred and ", said))


def _reads_and(rule: Rule) -> Rule:
    @wraps(rule)
    def read(text: str) -> Iterable[Claim]:
        return (claim._replace(said=with_and(claim.said)) for claim in rule(text))

    return read


_NOT_OUT = late(r"(?<![\w.,])(?P<runs>\d{1,3})(?P<it>\*)(?![\w*])")

_OF_STARS = late(r"[ -][a-z]{3,}")


@needs(r"\*")
def not_out(text: str) -> Iterator[Claim]:
    """Root is on 58* overnight -> Root is on 58 not out overnight, where the sentence is about cricket."""
    for match in _NOT_OUT().finditer(text):
        facts = {"star"} if int(match["runs"]) < 8 and _OF_STARS().match(text, match.end()) else set()
        chosen = choose("star", text, match.start(), match.end(), facts)
        if chosen.name == "not_out":
            yield Claim(match.start("it"), match.end("it"), " not out", str(chosen))


_INSTEAD: dict[Callable[[str], Iterable[Claim]], Rule] = {dates.numeric_dates: dates.numeric_dates_day_first}

BRITISH_RULES: tuple[Rule, ...] = (not_out, *(_reads_and(_INSTEAD.get(rule, rule)) for rule in ENGLISH_RULES))
