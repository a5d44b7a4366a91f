"""Interviews without names: questions in bold, or in elements that the page calls questions, with answers below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from narrate.core.article import Block
from narrate.text.speakers.words import has_person

QUESTION, ANSWER = "Q", "A"

QUESTIONS_MIN = 3
CALLED_MIN = 2
# Of the bold paragraphs, so many are questions; of the answers, so many say "I"; of the questions, so many "you".
BOLD_MIN = 0.7
ANSWERS_MIN = 0.5
PUT_MIN = 0.34


def questions_and_answers(blocks: Sequence[Block], language: str) -> Mapping[int, str]:
    """Return QUESTION or ANSWER by the index of each block that is one; {} where the article is no such interview.

    A heading is none: it asks in an author's name. Bold questions are those of an interview where somebody is asked and
    speaks of himself; articles that explain have bold questions, too.
    """
    return _called(blocks) or _bold(blocks, language)


def _called(blocks: Sequence[Block]) -> Mapping[int, str]:
    """Return what the page's own names say."""
    roles = {index: block.role for index, block in enumerate(blocks) if block.role in ("question", "answer")}
    if min(list(roles.values()).count(role) for role in ("question", "answer")) < CALLED_MIN:
        return {}
    return {index: QUESTION if role == "question" else ANSWER for index, role in roles.items()}


def _bold(blocks: Sequence[Block], language: str) -> Mapping[int, str]:
    whole = [index for index, block in enumerate(blocks) if _is_bold(block)]
    asked = [index for index in whole if blocks[index].text.rstrip('"”»’) ').endswith("?")]
    if len(asked) < QUESTIONS_MIN or len(asked) < BOLD_MIN * sum(index >= asked[0] for index in whole):
        return {}
    answers = {index: list(_answer(blocks, index)) for index in asked}
    said = [" ".join(blocks[number].text for number in own) for own in answers.values()]
    if not all(said):
        return {}
    speaks = sum(has_person(_unquoted(text), "first_person", language) for text in said)
    put = sum(has_person(blocks[index].text, "second_person", language) for index in asked)
    if speaks < ANSWERS_MIN * len(said) or put < PUT_MIN * len(asked):
        return {}
    return {**dict.fromkeys(asked, QUESTION), **{number: ANSWER for own in answers.values() for number in own[:1]}}


def _is_bold(block: Block) -> bool:
    return block.kind == "paragraph" and block.bold_chars >= len(block.text.rstrip()) > 0


def _answer(blocks: Sequence[Block], question: int) -> Iterator[int]:
    """Yield the paragraphs below a question, up to the next one or a heading."""
    for number in range(question + 1, len(blocks)):
        if blocks[number].kind in ("heading", "title") or _is_bold(blocks[number]):
            return
        if blocks[number].kind in ("paragraph", "list_item"):
            yield number


def _unquoted(text: str) -> str:
    """Return a text without what somebody else is quoted with in it."""
    pieces = text.replace("“", '"').replace("”", '"').split('"')
    return " ".join(pieces[::2])
