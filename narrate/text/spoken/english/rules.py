"""The rules of spoken English in the order in which they claim the text: the order is the behaviour."""

from __future__ import annotations

from narrate.text.spoken import leaders, leftovers, pictures, symbols
from narrate.text.spoken.claims import Rule
from narrate.text.spoken.english import capitals, figures, formulas, quantities, web
from narrate.text.spoken.english.labelled import citations
from narrate.text.spoken.english.labelled.order import LABEL_RULES
from narrate.text.spoken.english.naming import INITIAL_RULES, NAME_RULES
from narrate.text.spoken.english.places import addresses
from narrate.text.spoken.english.times import TIME_RULES

ENGLISH_RULES: tuple[Rule, ...] = (
    # What is never said goes first, so that no rule takes a footnote's figure or an emoji for something.
    symbols.invisible_characters,
    leaders.leaders,
    leaders.long_marks,
    symbols.trade_marks,
    citations.cited_sources,
    symbols.footnote_marks,
    symbols.raised_marks,
    pictures.star_ratings,
    pictures.named_pictures,
    pictures.emoji,
    # Addresses hold dots, digits and signs that mean nothing outside them; an e-mail before the host it ends in.
    web.emails,
    web.urls,
    web.endings_alone,
    web.handles,
    # Behind addresses, whose letters mean what they are.
    symbols.transcriptions,
    symbols.drawn_out,
    # Fixed expressions before the rules whose patterns they would fit: 9/11 is no fraction, C# no tag.
    symbols.kept_names,
    symbols.idioms,
    web.hashtags,
    # Before figures and numerals, which are parts of names there.
    formulas.chemical_formulas,
    formulas.isotopes,
    formulas.infusions,
    formulas.micro_signs,
    formulas.ohms,
    # Figures read one by one, before anything reads them as amounts, dates or ranges.
    web.phone_numbers,
    web.dialled_numbers,
    # What has a coin or a unit that is nothing else takes its scale, its range and its cents with it.
    quantities.negative_sums,
    quantities.round_numbers,
    quantities.old_money,
    quantities.coordinates,
    quantities.unmistakable_quantities,
    # What names one thing of many is no amount, no date and no range: seat 14B, Form 10-K.
    *LABEL_RULES,
    # A house number is read in pairs, and its letter is no scale: 221B.
    addresses.postal_addresses,
    # Dates and times, and what looks like them.
    *TIME_RULES,
    # Amounts that are weighed, fractions, numbers with nothing but a sign: millions of people, "20 in", "1½".
    quantities.amounts,
    quantities.lines_below,
    # Abbreviations whose dot is no full stop, and numerals before capitals are lowered.
    *NAME_RULES,
    # Names and formulas hold figures that are not amounts.
    figures.versions,
    figures.powers,
    figures.ordinals,
    figures.names_with_digits,
    # Only signs between figures now, and then the figures themselves.
    quantities.multiplications,
    figures.between_figures,
    figures.minus_signs,
    figures.years_and_numbers,
    symbols.stars,
    # Signs after figures, since %, + and ~ mean something else without one.
    symbols.ampersands,
    symbols.plus_signs,
    symbols.signs_between,
    symbols.signs_alone,
    formulas.greek_letters,
    symbols.between_items,
    # Initials after every abbreviation that is made of the same letters and dots.
    *INITIAL_RULES,
    # Punctuation last: everything that needed a dash or slash for its meaning has it.
    symbols.ellipses,
    symbols.dashes,
    symbols.en_dashes,
    symbols.slashes,
    symbols.missing_spaces,
    # A heading's words after all that is written in capitals for a reason.
    symbols.headings_in_capitals,
    capitals.shouted_words,
    capitals.words_of_three,
    # The guarantee: no digit, no dot and no colon inside a word is left.
    leftovers.left_over_digits,
    leftovers.first_dots,
    leftovers.inner_dots,
    leftovers.inner_colons,
)
