"""What nobody wants read aloud is dropped, and everything else stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.core.article import Article, Block, Drop, Metadata
from narrate.sources.read import read_source
from narrate.text.clean import RULES, clean

DROPPED = [
    ("age-and-counts", "2 months ago 5"),
    ("age-and-counts", "5 hours ago"),
    ("age-and-counts", "an hour ago"),
    ("age-and-counts", "Updated 3 days ago · 12"),
    ("age-and-counts", "4 min read"),
    ("age-and-counts", "Reading time: 7 minutes"),
    ("age-and-counts", "1.2K views"),
    ("age-and-counts", "Published on May 3, 2021 at 4:02 pm"),
    ("age-and-counts", "212 watching"),
    ("read-more", "Read Entire Article"),
    ("read-more", "READ ENTIRE ARTICLE »"),
    ("read-more", "Read the full story here"),
    ("read-more", "Read the full article at The Daily Post."),
    ("read-more", "Continue reading…"),
    ("read-more", "Read more"),
    ("read-more", "View original article"),
    ("share-bar", "Share this article"),
    ("share-bar", "Facebook Twitter LinkedIn Email"),
    ("share-bar", "Share on Facebook"),
    ("subscribe", "Sign up for our newsletter"),
    ("subscribe", "Subscribe now"),
    (
        "subscribe",
        "You just read issue #12 of Harbour Letters. You can also browse the full archives of this newsletter.",
    ),
    ("subscribe", "Brought to you by Buttondown, the easiest way to start and grow your newsletter."),
    ("subscribe", "You currently have 0 referrals, only 5 away from receiving a mug."),
    ("subscribe", "Our mailing address is:"),
    ("subscribe", "Get the latest news in your inbox"),
    ("subscribe", "Add us on Google"),
    ("subscribe", "Be the first to hear about new releases"),
    ("subscribe", "Get the day's best stories in your inbox"),
    ("subscribe", "Stay in touch with the harbour through our weekly newsletter."),
    ("subscribe", "Want to save this recipe?"),
    ("subscribe", "Over 4,000 subscribers"),
    ("subscribe", "The Lamp is a reader-supported publication. To receive new posts, become a subscriber."),
    ("subscribe", "Thanks for reading! This post is public so feel free to share it."),
    ("subscribe", "I would like to receive offers from selected partners"),
    ("share-bar", "Link copied to clipboard"),
    ("share-bar", "Republish this story for free"),
    ("advertisement", "ADVERTISEMENT"),
    ("advertisement", "Advertisement - Continue Reading Below"),
    ("comments", "Leave a comment"),
    ("comments", "View all 23 comments"),
    ("comments", "12 comments"),
    ("comments", "Your email address will not be published. Required fields are marked *"),
    ("comments", "Was this page helpful?"),
    ("comments", "Did you make this recipe? Leave a rating below!"),
    ("comments", "10 more comments..."),
    ("support", "Donate now"),
    ("support", "If you enjoyed this article, please consider supporting our work."),
    ("advertisement", "The Daily Post may earn a commission"),
    ("related", "Read more: The keeper who never slept"),
    ("related", "You may also like"),
    ("related", "Related to this story"),
    ("related", "More plum recipes to try"),
    ("media-widget", "Listen to this article (6 min)"),
    ("photo-credit", "Photo: Jane Doe/Getty Images"),
    ("photo-credit", "The harbour at dusk. (Photo: Anna Berg)"),
    ("author-bio", "Follow her on Mastodon"),
    ("author-bio", "Contact reporter Tom Ek at 555-0142 or tom@example.com."),
    ("author-bio", "Editing by Anna Berg; translation by Tom Ek"),
    ("tags", "Tags: sea, light, ferries"),
    ("source-line", "This article was originally published in The Daily Post."),
    ("source-line", "Published in the print edition of August 18, with the headline “Breath.”"),
    ("source-line", "https://example.com/2024/a-light-at-sea"),
    ("login", "Forgot your password?"),
    ("contact", "Contact us at desk@example.com"),
    ("navigation", "Back to top"),
    ("navigation", "Edit this page on GitHub"),
    ("navigation", "Load more updates"),
    ("navigation", "Home > News > Politics"),
    ("legal", "© 2024 Example Media Ltd."),
    ("legal", "All rights reserved."),
    ("legal", "This site uses cookies to remember you. By using it you agree to our terms of use."),
]

# Rules that need more than one line; each has a test of its own below or in test_regions.py.
RULES_FOR_RUNS = {
    "repeated-title",
    "repeated-line",
    "about-publisher",
    "related-block",
    "comment-section",
    "page-furniture",
}

KEPT = [
    "Two months ago the five of them left.",
    "Read the entire article before you judge it, she wrote.",
    "She asked readers to share their stories of the flood.",
    "Subscribe is what the button said, and nobody pressed it.",
    "The advertisement ran for 12 weeks.",
    "Comments were not the problem; the moderators were.",
    "Home at last",
    "I agree to the plan, he said, if the ferry goes on.",
    "We wrote about the keeper in our newsletter, and she wrote back.",
    "Get the lamp into your hands before you climb.",
    "More bread to bake before the winter",
    "They were the first to know, and the last to leave.",
    "What to read next year",
    "Photo finish in Berlin",
    "More than a game",
    "The copyright fight",
    "“Leave a light on.”",
    "Watch the sky",
    "Why we share",
    "A minute of silence",
    "Five years later",
    "12 angry men",
    "Copyright law in the age of AI",
    "Copyright is broken",
    "All rights reserved for the people",
    "We use cookies in this recipe for crumble",
    "Register for the draft",
    "Sign up for the army",
    "Subscribe to the view that markets work",
    "Follow us on the path to freedom",
    "Find us on the beach at dawn",
    "3 points",
    "Three votes",
    "Home > Sweet Home",
    "News/Politics",
    "Video via phone changed policing",
    "Hear the story",
    "Keep reading at night",
    "“Got it.”",
    "Back to School",
    "An error of judgment cost him the race.",
    "About the authors of the law",
    "He was found in the evening. (AP)",
    "Phone: the thing we fear",
]

# An author may head a section with these, and a page may put them on a button.
ONLY_IF_NO_HEADING = [
    "Yesterday",
    "Two years ago",
    "An hour ago",
    "20 years ago",
    "Home",
    "Search",
    "Next",
    "Share",
    "Pause",
    "Privacy policy",
    "Read the story",
    "Subscribe",
    "Join the conversation",
]


def cleaned(*texts: str) -> tuple[list[str], list[tuple[str, str]]]:
    blocks = (Block("title", "A Light at Sea"), *(Block("paragraph", text) for text in texts))
    result = clean(Article(Metadata(), blocks))
    return [block.text for block in result.article.blocks], [(drop.rule, drop.block.text) for drop in result.drops]


@pytest.mark.parametrize(("rule", "line"), DROPPED)
def test_boilerplate_is_dropped_with_its_rule(rule: str, line: str) -> None:
    """A line of its own that is one of the known phrases."""
    kept, drops = cleaned("Some prose stands here.", line)

    assert drops == [(rule, line)]
    assert kept == ["A Light at Sea", "Some prose stands here."]


@pytest.mark.parametrize("line", KEPT)
def test_lines_that_only_contain_a_phrase_stay(line: str) -> None:
    """Sentences and headings of the author's."""
    kept, drops = cleaned(line)

    assert drops == []
    assert line in kept


@pytest.mark.parametrize("line", ONLY_IF_NO_HEADING)
def test_a_heading_may_be_what_a_button_is(line: str) -> None:
    """Between prose it heads a section, elsewhere it is dropped."""
    as_heading = clean(Article(Metadata(), (Block("heading", line, 2), Block("paragraph", "Some prose."))))

    assert as_heading.drops == ()
    assert len(cleaned(line)[1]) == 1


def test_seed_article(seed: Path) -> None:
    """Both lines of the aggregator go, every other line stays."""
    result = clean(read_source(seed))

    assert [(drop.rule, drop.block.text) for drop in result.drops] == [
        ("age-and-counts", "2 months ago 5"),
        ("read-more", "Read Entire Article"),
    ]
    assert len(result.article.blocks) == 9


def test_title_said_twice_is_said_once() -> None:
    """A page often repeats its title above the text."""
    kept, drops = cleaned("A light at sea.", "Some prose stands here.")

    assert drops == [("repeated-title", "A light at sea.")]
    assert kept == ["A Light at Sea", "Some prose stands here."]


def test_a_title_is_never_dropped() -> None:
    """An article may be called what a button is called."""
    result = clean(Article(Metadata(), (Block("title", "Read More"), Block("paragraph", "Some prose."))))

    assert result.drops == ()


def test_drops_keep_the_order_of_the_article() -> None:
    """Whatever the order of the rules."""
    _, drops = cleaned("© 2024 Example", "5 hours ago", "Read more")

    assert [rule for rule, _ in drops] == ["legal", "age-and-counts", "read-more"]


def test_every_rule_is_tried_here() -> None:
    """A rule without an example would be a rule without a test."""
    assert {name for name, _ in RULES} == {rule for rule, _ in DROPPED} | RULES_FOR_RUNS


@given(st.lists(st.sampled_from([line for _, line in DROPPED] + KEPT), max_size=12))
def test_every_block_is_kept_or_dropped(lines: list[str]) -> None:
    """No block disappears and none appears, whatever stands next to what."""
    blocks = tuple(Block("paragraph", line) for line in lines)

    result = clean(Article(Metadata(), blocks))

    assert sorted([*result.article.blocks, *(drop.block for drop in result.drops)], key=str) == sorted(blocks, key=str)


def test_rules_can_be_switched_off() -> None:
    """The user knows better: --keep."""
    blocks = (Block("paragraph", "Some prose stands here."), Block("paragraph", "Read more"))

    assert clean(Article(Metadata(), blocks), keep=["read-more"]).drops == ()
    assert len(clean(Article(Metadata(), blocks), keep=["legal"]).drops) == 1


def test_users_patterns_come_first() -> None:
    """The user knows better: --drop."""
    blocks = (Block("title", "Notes"), Block("paragraph", "The notes of today."), Block("paragraph", "Read more"))

    drops = clean(Article(Metadata(), blocks), drop=["notes", "^read"]).drops

    assert [(drop.rule, drop.block.text) for drop in drops] == [("drop", "The notes of today."), ("drop", "Read more")]


def test_empty_places_of_a_feed_are_dropped() -> None:
    """Three times the same short line in a row."""
    kept, drops = cleaned("Some prose stands here.", "Obtaining…", "Obtaining…", "Obtaining…")

    assert [rule for rule, _ in drops] == ["repeated-line"] * 3
    assert kept == ["A Light at Sea", "Some prose stands here."]


def test_a_title_said_again_further_down_is_a_heading() -> None:
    """Only above the text is it a repetition."""
    prose = "The keeper climbs the stairs each evening and lights the lamp."

    assert cleaned(prose, prose, "A Light at Sea", prose)[1] == []


def test_what_the_reader_left_out_comes_before_what_the_rules_drop() -> None:
    """Nothing that reading leaves out is silent: cleaning takes it over, and leaves none of it on the article."""
    left_out = Drop(Block("paragraph", "Page 3 of 12"), "running-head")
    blocks = (Block("paragraph", "Some prose stands here."), Block("paragraph", "Read Entire Article"))
    result = clean(Article(Metadata(), blocks, (left_out,)))
    assert [drop.rule for drop in result.drops] == ["running-head", "read-more"]
    assert result.article.drops == ()


@pytest.mark.parametrize(("line", "is_kept"), [("How a box of brass ruled my life", True), ("Share this story", False)])
def test_a_standfirst_stays(line: str, is_kept: bool) -> None:
    """What the page calls its summary is not weighed, but a phrase of boilerplate tells that it is none."""
    prose = "I used to count everything: the steps to the pier, the gulls, the hours until the lamp."
    blocks = (Block("title", "How I stopped counting"), Block("heading", line, 2), Block("paragraph", prose))
    article = Article(Metadata(), (*blocks, Block("paragraph", "It had been my father's.")), standfirst=line)

    assert (line in [block.text for block in clean(article).article.blocks]) is is_kept
