"""Names of speakers that are said before they speak, by the voice that reads the article."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from narrate.core.article import Article, Script, Utterance
from narrate.text.speakers.words import folded, pairs
from narrate.text.spoken import SpokenForm

Say = Callable[[str], SpokenForm]


def with_labels(script: Script, article: Article) -> Script:
    """Return a script whose utterances know who says them and by which label the article says so."""
    if not any(block.speaker for block in article.blocks):
        return script
    blocks = article.blocks
    labelled = (
        replace(said, speaker=blocks[said.block].speaker, label=blocks[said.block].label) for said in script.utterances
    )
    return replace(script, utterances=tuple(labelled))


def with_names(script: Script, how: str, *, alike: Collection[str], say: Say) -> Script:
    """Put names before what their speakers say.

    Args:
        script: What is said.
        how: "first" where each speaks first, "spoken" at every turn, "silent" never.
        alike: Speakers whose voice is that of another one as well: their names are said at every turn with "first",
            since nothing else tells them apart.
        say: Puts a name into spoken words.
    """
    if how == "silent" or not any(said.speaker for said in script.utterances):
        return script
    return replace(script, utterances=tuple(_named(script, how, alike, say)))


def _named(script: Script, how: str, alike: Collection[str], say: Say) -> Iterator[Utterance]:
    speaker, heard = "", set[str]()
    for said in script.utterances:
        if said.speaker not in ("", speaker) and _is_named(said.speaker, how, heard, alike):
            form = say(f"{said.speaker}:")
            yield Utterance("speaker", form.text, f"{said.speaker}:", said.block, form.edits, sounds=form.sounds)
        speaker = said.speaker
        heard.add(speaker)
        yield said


def _is_named(speaker: str, how: str, heard: set[str], alike: Collection[str]) -> bool:
    """Tell whether a name is said where its turn begins; "Q" and "A" are no names, and said only where asked for."""
    if how == "spoken":
        return True
    is_letter = folded(speaker) in {name for pair in pairs() for name in pair}
    return speaker in alike or (speaker not in heard and not is_letter)
