"""`narrate words`: the words of an article that a voice may say wrong, as lines of a lexicon."""

from __future__ import annotations

from collections.abc import Mapping

import typer

from narrate.cli.console import errors_shown, reading_shown
from narrate.cli.flags import settings_from
from narrate.pipeline.lexicons import lexicon_for
from narrate.pipeline.stages import read_and_clean, script_of


def words(source: str, given: Mapping[str, object], *, debug: bool) -> None:
    """Print doubtful words as lexicon lines."""
    with errors_shown(debug=debug):
        from narrate.core.language.tags import primary_language
        from narrate.pipeline.cast import cast_for
        from narrate.speech.engines import make_engine, require_cast
        from narrate.speech.engines.abilities import pronouncer_of
        from narrate.text.doubtful_words import as_toml, doubtful_words

        settings = settings_from(given)
        made = make_engine(settings)
        require_cast(made, settings)
        with reading_shown(source):
            cleaned = read_and_clean(source, settings)
            entries = lexicon_for(source, settings, cleaned.article.meta)
            chosen = cast_for(made, settings, cleaned.article).voice
            result = script_of(cleaned, settings, entries, chosen.language)
            found = doubtful_words(result, entries, pronouncer_of(made, chosen.name))
        typer.echo(as_toml(found, primary_language(result.meta.language or chosen.language)), nl=False)
