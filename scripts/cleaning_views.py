"""Which texts cleaning is learnt from and measured with: pages, labelled texts, examples, in groups of sites."""

from __future__ import annotations

import argparse
import pickle
import zlib
from dataclasses import replace
from pathlib import Path

from cleaning_data import View, marked_views, page_views, text_views

from narrate.sources.read import article_from_text

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "scripts/cleaning_examples"

FOLDS = 5
# The site of all texts that were written to learn from.
OURS = "ours"

# Of the thousands of views some say the same; of each kind so many pages are taken: those whose number leaves this
# remainder. Titles are learnt from all whole pages, since each has only one.
TAKEN = {"whole": (3, 0), "part": (1, 0), "brief": (1, 0), "extracted": (4, 0), "own": (2, 1), "truth": (3, 1)}


def fold_of(view: View) -> int:
    """Return the group of sites that a text is in, 0 to FOLDS - 1; what was written to learn from has no site."""
    site = view.name.removeprefix("alone-") if view.site == OURS else view.site
    return zlib.crc32(site.encode()) % FOLDS


def views_of(args: argparse.Namespace) -> list[View]:
    """Return all texts with their labels, each that is labelled by hand also without its page.

    They are those that titles are learnt from; of them, lines are learnt from those that `is_taken` names.
    """
    known = Path(args.cache) if args.cache else None
    if known and known.is_file():
        views: list[View] = pickle.loads(known.read_bytes())
    else:
        views = [*text_views(Path(args.texts)), *marked_views(Path(args.marked)), *page_views(Path(args.pages))]
        views = [view for view in views if view.name.endswith("/whole") or is_taken(view)]
        if known:
            known.write_bytes(pickle.dumps(views))
    ours = [replace(view, name=f"ours-{view.name}", site=OURS) for view in example_views()]
    return [*views, *ours, *(_alone(view) for view in [*views, *ours] if "/" not in view.name)]


def example_views() -> list[View]:
    """Return the texts that were written to learn from: kinds of article, and pages as they are copied."""
    return [*marked_views(EXAMPLES), *marked_views(EXAMPLES / "pages")]


def _alone(view: View) -> View:
    """Return a text without the lines that are not the author's: whoever writes a text has no page around it."""
    kept = [i for i, label in enumerate(view.labels) if label != 0]
    article = article_from_text("\n\n".join(view.article.blocks[i].text for i in kept))
    own = [view.labels[i] for i in kept]
    labels = tuple(own if len(own) == len(article.blocks) else [1] * len(article.blocks))
    return replace(view, name=f"alone-{view.name}", article=article, labels=labels)


def is_taken(view: View) -> bool:
    """Tell whether the lines of a view are learnt from and measured."""
    number, _, kind = view.name.partition("/")
    if not kind:
        return True
    step, remainder = TAKEN[kind]
    return int(number) % step == remainder


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add the flags that say where the texts are."""
    parser.add_argument("--pages", required=True, help="folder of WCXB's development split")
    parser.add_argument("--texts", required=True, help="folder of texts labelled line by line, JSON")
    parser.add_argument("--marked", required=True, help='folder of texts whose other lines begin with "~"')
    parser.add_argument("--cache", help="where the texts are kept as they were read")
