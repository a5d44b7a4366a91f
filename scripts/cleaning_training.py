"""Learns the weights of cleaning, or measures by folds what they are worth: docs/decisions/0039-learnt-cleaning.md.

    python scripts/cleaning_training.py folds --pages WCXB --texts LABELLED --marked ARTICLES
    python scripts/cleaning_training.py learn --pages WCXB --texts LABELLED --marked ARTICLES

Needs numpy, scipy and scikit-learn, which narrate does not need to run. First a chain is learnt, then, from what it
makes of texts that it has not seen, the trees that look again at lines in doubt (cleaning_trees.py). `folds` parts the
texts by site into five groups, learns from four and measures on the fifth, so no text is judged by weights that have
seen it or another of its site; with `--share 0.25` it learns from a quarter of the sites, with `--without place
--without seen` it leaves out groups of the chain's features, and with `--scorer FILE` the labelled texts are scored by
another program's `evaluate`. `--cache FILE` keeps the texts as they were read, which is most of the time.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chain_training import Labelled, learn
from cleaning_data import View, bare
from cleaning_trees import SecondLook, as_data, grown, second_look
from cleaning_views import FOLDS, ROOT, add_sources, fold_of, is_taken, views_of
from title_training import choices, title_weights_by_fold

from narrate.core.language.detection import commonest_words
from narrate.text.clean.judging import SENTENCE_PRICES, Weights
from narrate.text.clean.line_features import Line, lines_of
from narrate.text.clean.phrases import phrases_for
from narrate.text.clean.rules import clean
from narrate.text.clean.surroundings import items
from narrate.text.clean.title import with_settled_title
from narrate.text.linear_chain import ChainModel, Item

WEIGHTS = ROOT / "narrate/text/clean/weights.json"
TREES = ROOT / "narrate/text/clean/trees.json"

RIDGE = 3.0
ITERATIONS = 50
AT_LEAST = 5

# Texts labelled line by line by hand are few and right.
REPEATS = {"text": 3, "marked": 3, "ours": 10, "alone": 3}
# What is paid for a line of the author's that is taken for the page's, in logits; nothing for the other mistake.
AUTHOR_COST = 0.5


@dataclass(frozen=True)
class Sample:
    """A view of a text, its lines as the weights see them, and what told its title."""

    view: View
    lines: Sequence[Line]
    items: Sequence[Item]
    titles: Mapping[str, float]

    @property
    def fold(self) -> int:
        """The group of sites that it is in, 0 to FOLDS - 1."""
        return fold_of(self.view)

    @property
    def share(self) -> float:
        """A number from 0 to 1 that is the same for all texts of a site, to learn from a part of the sites."""
        return zlib.crc32(f"share {self.view.site}".encode()) % 1000 / 1000


@dataclass
class Tally:
    """Lines and words of a group: the author's and what is not, kept and dropped."""

    right: int = 0
    lost: int = 0
    lost_words: int = 0
    words: int = 0
    lines: int = 0
    left: int = 0

    def add(self, view: View, kept: Collection[int]) -> None:
        """Count a text of which the blocks of these numbers are kept."""
        for index, (block, label) in enumerate(zip(view.article.blocks, view.labels, strict=True)):
            words = len(block.text.split())
            if label == 1:
                self.lines, self.words = self.lines + 1, self.words + words
                self.lost, self.lost_words = (
                    self.lost + (index not in kept),
                    self.lost_words + words * (index not in kept),
                )
            elif label == 0:
                self.right, self.left = self.right + (index not in kept), self.left + (index in kept)

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.lost)
        recall = self.right / max(1, self.right + self.left)
        loss = 100 * self.lost_words / max(1, self.words)
        return (
            f"P {precision:.3f} R {recall:.3f} body words lost {loss:.2f} % "
            f"lines lost {self.lost}/{self.lines} left {self.left}/{self.right + self.left}"
        )


def samples(args: argparse.Namespace) -> list[Sample]:
    """Return all texts to learn from and to measure with, as the weights see them.

    Titles are found by weights that have not seen the text, as they will not have seen a user's.
    """
    views = views_of(args)
    titles = title_weights_by_fold(choices(views, Path(args.pages)))
    chosen = [view for view in views if is_taken(view) or view.group == "whole"]
    return [_sample(view, titles[fold_of(view)], args.without) for view in chosen]


def _sample(view: View, titles: Mapping[str, float], without: Collection[str]) -> Sample:
    phrases = phrases_for(view.language)
    lines = lines_of(view.article.blocks, phrases)
    settled = with_settled_title(view.article, lines, titles)
    if settled is not view.article:
        lines = lines_of(settled.blocks, phrases)
    seen = items(lines, commonest_words(view.language))
    return Sample(view, lines, [_reduced(item, without) for item in seen] if without else seen, titles)


def _reduced(item: Item, without: Collection[str]) -> Item:
    own = {name: value for name, value in item.own.items() if name.partition(":")[0] not in without}
    return Item(own, {} if "link" in without else item.link)


def learnt(chosen: Sequence[Sample], *, ridge: float = RIDGE, iterations: int = ITERATIONS) -> ChainModel:
    """Return the weights that explain some samples."""
    labelled = [
        Labelled(sample.items, sample.view.labels, [AUTHOR_COST if label else 0.0 for label in sample.view.labels])
        for sample in chosen
        for _ in range(REPEATS.get(sample.view.group, 1))
    ]
    return learn(labelled, ridge=ridge, at_least=AT_LEAST, iterations=iterations)


def chains_by_fold(found: Sequence[Sample], share: float = 1.0) -> list[ChainModel]:
    """Return for each fold the chain that has seen nothing of it, learnt from a share of the other sites."""
    taken = [one for one in found if is_taken(one.view) and one.share < share]
    return [learnt([one for one in taken if one.fold != fold]) for fold in range(FOLDS)]


def second_looks(found: Sequence[Sample], chains: Sequence[ChainModel]) -> list[SecondLook]:
    """Return the lines in doubt of each text, after the chain that has not seen it."""
    return [second_look(one, chains[one.fold]) for one in found]


def weights_by_fold(found: Sequence[Sample], share: float) -> Iterator[tuple[int, Weights]]:
    """Yield for each fold the weights that have seen nothing of it, learnt from a share of the other sites."""
    chains = chains_by_fold(found, share)
    looks = second_looks(found, chains)
    for fold, chain in enumerate(chains):
        pairs = zip(found, looks, strict=True)
        yield fold, Weights(chain, grown([look for one, look in pairs if one.fold != fold and one.share < share]))


def kept_of(sample: Sample, weights: Weights, strictness: str) -> set[int]:
    """Return which blocks of a text cleaning keeps with other weights than those of the package."""
    view = sample.view
    dropped = clean(view.article, view.language, strictness=strictness, weights=weights, titles=sample.titles).drops
    texts = [(drop.block.text) for drop in dropped]
    kept = set()
    for index, block in enumerate(view.article.blocks):
        if block.text in texts:
            texts.remove(block.text)
        else:
            kept.add(index)
    return kept


def measure(args: argparse.Namespace) -> None:
    """Print what the weights are worth on texts that they have not seen."""
    found = samples(args)
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    cleaned: dict[str, str] = {}
    for fold, weights in weights_by_fold(found, args.share):
        unseen = [one for one in found if one.fold == fold]
        print(f"fold {fold}: {len(found) - len(unseen)} texts learnt from, {len(unseen)} measured", file=sys.stderr)
        for sample in unseen:
            for strictness in SENTENCE_PRICES:
                kept = kept_of(sample, weights, strictness)
                tallies[strictness, sample.view.group].add(sample.view, kept)
                if strictness == "normal" and sample.view.group == "text":
                    cleaned[sample.view.name] = "\n\n".join(sample.view.article.blocks[i].text for i in sorted(kept))
    for (strictness, group), tally in sorted(tallies.items()):
        print(f"{strictness:7} {group:10} {tally}")
    if args.scorer:
        _score(Path(args.scorer), Path(args.texts), cleaned)


def _score(scorer: Path, texts: Path, cleaned: dict[str, str]) -> None:
    """Score the labelled texts with another program's measure."""
    module = _module(scorer)
    stated = [json.loads(path.read_text("utf8")) for path in sorted(texts.glob("*.json"))]
    by_text = {bare("\n\n".join(line["text"] for line in one["lines"])): f"text-{one['id']}" for one in stated}
    module.show("by folds", module.evaluate(lambda text: cleaned[by_text[bare(text)]], stated))


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be read")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(args: argparse.Namespace) -> None:
    """Learn from all samples and write the weights of the package."""
    found = samples(args)
    trees = grown(second_looks(found, chains_by_fold(found)))
    TREES.write_text(json.dumps(as_data(trees), separators=(",", ":")) + "\n", "utf8")
    chain = learnt([one for one in found if is_taken(one.view)])
    stated = {"own": dict(sorted(chain.own.items())), "link": dict(sorted(chain.link.items())), "enter": chain.enter}
    WEIGHTS.write_text(json.dumps(stated, ensure_ascii=False, indent=0) + "\n", "utf8")
    print(f"{WEIGHTS.relative_to(ROOT)}: {len(chain.own)} + {len(chain.link)} weights", file=sys.stderr)
    print(f"{TREES.relative_to(ROOT)}: {len(trees.trees)} trees", file=sys.stderr)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("folds", "learn"))
    add_sources(parser)
    parser.add_argument("--share", type=float, default=1.0, help="of the sites to learn from, else all")
    parser.add_argument("--without", action="append", default=[], help="group of features to leave out; link is one")
    parser.add_argument("--scorer", help="Python file with evaluate(function, texts) and show(name, result)")
    args = parser.parse_args()
    (measure if args.command == "folds" else write)(args)


if __name__ == "__main__":
    main()
