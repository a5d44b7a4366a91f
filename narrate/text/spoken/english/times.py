"""The rules for dates, times and what looks like them, in the order in which they claim the text."""

from __future__ import annotations

from narrate.text.spoken.claims import Rule
from narrate.text.spoken.english import clocks, dates, scores, web

TIME_RULES: tuple[Rule, ...] = (
    # Dates take days and years; with a year before without one; only then groups of digits between hyphens.
    # A record of three figures and a pressure are no dates, a verse is no time.
    scores.verses,
    scores.slashed_figures,
    scores.records,
    dates.numeric_dates,
    web.digit_groups,
    dates.spans_of_days,
    dates.month_first_dates,
    dates.day_first_dates,
    dates.months_with_years,
    dates.weekdays,
    dates.lone_months,
    # The longest clock first; "p.m." before initials could join its letters.
    clocks.durations,
    clocks.times_of_day,
    clocks.zones,
    clocks.spans_to_noon,
    scores.ratios,
    clocks.clock_times,
    clocks.dotted_clock_times,
    clocks.four_digit_times,
    # Decades before units, or 1990s would be seconds; spans of years before ranges, which say both ends in full.
    dates.decades,
    dates.short_years,
    dates.spans_of_years,
)
