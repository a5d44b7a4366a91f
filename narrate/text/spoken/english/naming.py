"""The rules of names, abbreviations, places and Roman numerals, in the order in which they claim the text."""

from __future__ import annotations

from narrate.text.spoken.claims import Rule
from narrate.text.spoken.english import abbreviations, names, roman, titles
from narrate.text.spoken.english.places import states, streets

NAME_RULES: tuple[Rule, ...] = (
    # Abbreviations whose dot is no full stop.
    abbreviations.lives,
    names.latin_phrases,
    abbreviations.included,
    abbreviations.established,
    abbreviations.circuits_and_numbers,
    names.versus,
    titles.titles,
    abbreviations.shortened_words,
    abbreviations.bare_words,
    titles.titles_without_dot,
    streets.directions,
    streets.saints_and_streets,
    streets.doctors_and_drives,
    streets.kinds_of_streets,
    titles.companies_and_counties,
    titles.behind_names,
    titles.retired,
    states.states_behind_places,
    states.wire_states,
    names.degrees_of_learning,
    # Numerals before capitals are lowered and before initials: "John Paul II", "CHAPTER IV".
    roman.enumerated,
    roman.years_and_wars,
    roman.numbered_things,
    roman.small_numerals,
    roman.ranks,
    roman.rulers_and_names,
)

INITIAL_RULES: tuple[Rule, ...] = (
    names.dotted_initials,
    names.initials_in_names,
)
