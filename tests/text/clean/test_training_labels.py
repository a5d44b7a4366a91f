"""Lines of pages are labelled by the page's truth, for the learning of the weights."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from narrate.core.article import Article, Block, Metadata

SCRIPT = Path(__file__).parents[3] / "scripts" / "cleaning_data.py"

STAIRS = "The keeper climbs the stairs each evening, lights the lamp and writes a line in the book."
FERRY = "In winter the ferry stays away for weeks, and nobody on the island complains of it."
PRICE = "The price of oil has gone up again, and the keepers do not know what to do."
STATED = {"main_content": f"{STAIRS}\n\nThe ferry\n\n{FERRY}\n\nTwo eggs", "author": "Anna Berg"}
TITLE = "The Last Keeper"


@pytest.fixture(scope="module")
def data() -> ModuleType:
    """The script as a module; it is none of the package."""
    spec = importlib.util.spec_from_file_location("cleaning_data", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["cleaning_data"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        (STAIRS, "paragraph", 1),
        (STAIRS.upper(), "paragraph", 1),
        ("The Ferry", "heading", 1),
        ("Two eggs.", "list_item", 1),
        ("Ferry runs aground off the point", "paragraph", 0),
        (PRICE, "paragraph", 0),
        ("By Anna Berg for the paper", "paragraph", None),
        ("March 3, 2021", "paragraph", None),
        ("The keeper climbs the stairs each morning, and then he sleeps and reads a book.", "paragraph", None),
        ("the lamp", "paragraph", None),
        (STAIRS, "caption", None),
        (TITLE, "title", 1),
        ("News", "title", None),
        ("★ ★ ★", "paragraph", None),
    ],
)
def test_a_line_by_itself(data: ModuleType, text: str, kind: str, label: int | None) -> None:
    """In the truth, not in it, or doubtful: dates, bylines, captions, parts of sentences and near matches."""
    assert data.Truth(STATED, TITLE).label(text, kind) == label


def test_lines_in_their_places(data: ModuleType) -> None:
    """A heading said again far below is doubtful, and so is a paragraph that the truth has left out."""
    menu = [Block("paragraph", f"Section {number}") for number in range(9)]
    blocks = [Block("title", TITLE), Block("paragraph", STAIRS), Block("paragraph", PRICE), Block("paragraph", FERRY)]

    article = Article(Metadata(), (*blocks, *menu, Block("paragraph", "The ferry")))

    labels = data.labels_of(article, data.Truth(STATED, TITLE))

    assert labels == (1, 1, None, 1, *[0] * 9, None)


def test_marked_texts(data: ModuleType, tmp_path: Path) -> None:
    """A tilde marks what is not the author's; the same line may be both."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{TITLE}\n{STAIRS}\n~Share\nShare\n{FERRY}\n", "utf8")

    (view,) = data.marked_views(folder)

    assert [block.text for block in view.article.blocks] == [TITLE, STAIRS, "Share", "Share", FERRY]
    assert view.labels == (1, 1, 0, 1, 1)


def test_marked_lines_that_count_as_either(data: ModuleType, tmp_path: Path) -> None:
    """A question mark before a byline or a caption; folders beside the texts are none."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "a.txt").write_text(f"~News\n{TITLE}\n?By Anna Berg\n{STAIRS}\n{FERRY}\nWho knows?\n", "utf8")

    (view,) = data.marked_views(tmp_path)

    assert view.article.blocks[2].text == "By Anna Berg"
    assert view.labels == (0, 1, None, 1, 1, 1)
