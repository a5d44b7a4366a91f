"""The article as a reader sees it: what is spoken, and between it what is only shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from math import inf

from narrate.core.article import Aside, Block, BlockKind, Script, Utterance
from narrate.episode.manifest import Passage

# The voice's word on a piece of code stands above that piece, as a note.
NOTE: BlockKind = "caption"


def reading(script: Script) -> Iterator[tuple[Passage, int | None]]:
    """Yield all passages in reading order, each with the number of the utterance that speaks it, else None.

    Images are not among them: without the picture their description is no help to those who see.
    """
    asides = deque(aside for aside in script.asides if aside.block.kind != "image")
    for number, utterance in enumerate(script.utterances):
        if utterance.kind == "speaker":
            continue  # its label stands before what is said
        at = inf if utterance.kind == "outro" else utterance.block
        while asides and asides[0].before <= at and not _announces(utterance, asides[0]):
            yield Passage(asides.popleft().block, spoken=False), None
        is_note = bool(asides) and _announces(utterance, asides[0])
        yield _passage(utterance, NOTE if is_note else utterance.kind), number
        if is_note:
            yield Passage(asides.popleft().block, spoken=False), None
    for aside in asides:
        yield Passage(aside.block, spoken=False), None


def _passage(utterance: Utterance, kind: BlockKind) -> Passage:
    said = Block(kind, utterance.written, utterance.level, speaker=utterance.speaker, label=utterance.label)
    return Passage(said)


def _announces(utterance: Utterance, aside: Aside) -> bool:
    return aside.announced and (aside.before, aside.block.kind) == (utterance.block, utterance.kind)
