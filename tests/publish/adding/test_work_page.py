"""What is in work, for readers without a script."""

from __future__ import annotations

from typing import Any

from support.pages import nesting_faults, parsed, texts

from narrate.publish.adding.work_page import work_page


def entry(state: str, **more: object) -> dict[str, object]:
    """An entry as the server tells of it."""
    usual = {"id": "20260101-a", "state": state, "title": "Boats", "source": "https://example.com/boats", "kind": "url"}
    empty = dict.fromkeys(("fraction", "remaining_s", "error", "episode"))
    return {**usual, "added": "2026-01-01T00:00:00Z", **empty, **more}


def page(*entries: dict[str, object]) -> Any:
    """The parsed page of some entries."""
    return parsed(work_page(entries).decode())


def test_each_state_has_its_words() -> None:
    """In the order in which the server lists them."""
    states = ("waiting", "working", "failed", "done", "known")
    root = page(*map(entry, states))

    assert texts(root, "//*[@class='state']") == ["Waiting", "Being made", "Failed", "Ready", "Already here"]
    assert set(texts(root, "//*[@class='from']")) == {"example.com/boats"}


def test_progress_and_what_is_left() -> None:
    """As a bar with a name, and in words."""
    root = page(entry("working", fraction=0.427, remaining_s=200.4))

    assert root.xpath("//progress/@value") == ["0.427"]
    assert root.xpath("//progress/@aria-label") == ["Progress of Boats"]
    assert texts(root, "//*[@class='left']") == ["42 %, about 3 min left"]


def test_an_error_says_what_to_do_and_can_be_tried_again() -> None:
    """Each entry can be removed, one with an error tried again; the forms go to the entry's own addresses."""
    error = {"message": "the page <b>is</b> gone", "hint": "look for another address"}
    root = page(entry("failed", error=error), entry("done", id="b"))

    assert texts(root, "//*[@class='error']") == ["The page <b>is</b> gone. Look for another address."]
    assert root.xpath("//form/@action") == [
        "./inbox/20260101-a/remove",
        "./inbox/20260101-a/again",
        "./inbox",
        "./inbox/b/remove",
    ]
    assert set(root.xpath("//form/@method")) == {"post"}


def test_the_text_can_be_sent_instead_of_an_address() -> None:
    """By a form that names the entry; not where a text or a file has failed."""
    error = {"message": "the page is gone", "hint": ""}
    root = page(entry("failed", error=error), entry("failed", id="b", kind="text", error=error), entry("waiting"))

    (form,) = root.xpath("//form[.//textarea]")
    assert (form.get("method"), form.get("action")) == ("post", "./inbox")
    assert form.xpath(".//input/@name | .//input/@value | .//textarea/@name") == ["instead", "20260101-a", "text"]


def test_whatever_is_opened_is_closed() -> None:
    """In every state."""
    error = {"message": "the page is gone", "hint": ""}
    entries = [entry("working", fraction=0.5, remaining_s=1.0), entry("failed", error=error), entry("done")]

    assert nesting_faults(work_page(entries).decode()) == []


def test_a_finished_entry_leads_to_its_episode() -> None:
    """Beside the page, and nowhere else."""
    for address, links in (
        ("./boats.page.html", ["./boats.page.html"]),
        ("javascript:x", []),
        (None, []),
    ):
        root = page(entry("done", episode={"title": "The Boats", "page": address}))
        assert root.xpath("//li//a/@href") == links


def test_it_can_be_looked_at_again() -> None:
    """By a link: a page that loads itself takes readers away from where they are. Without entries it says so."""
    root = page(entry("working"))

    assert root.xpath("//a[text()='Look again']/@href") == ["./inbox"]
    assert not root.xpath("//meta[@http-equiv='refresh']")
    assert "Nothing is in work." in page().text_content()


def test_it_needs_no_script_and_runs_none() -> None:
    """Titles and names of files with markup are shown as they are."""
    hostile = '"><img src=x onerror=y><script>z</script>'
    error = {"message": hostile, "hint": hostile}
    root = page(entry("failed", title=hostile, source=hostile, id=hostile, error=error))

    assert texts(root, "//h2") == [hostile]
    assert not root.xpath("//img | //script[text()] | //@onerror")
