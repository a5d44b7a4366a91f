"""The part of the library's page that takes articles in, as a document."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support.pages import manifest, nesting_faults, parsed

from narrate.core.settings.loading import Podcast
from narrate.publish.adding.add_page import add_page
from narrate.publish.adding.form import bookmarklet_code, inbox_part
from narrate.publish.adding.work_page import work_page
from narrate.publish.library_page import library_page

ABOUT = Podcast("Kitchen Radio", "Long reads.", "Ben")


def page(*, inbox: bool = True, title: str = "Kitchen Radio") -> Any:
    """The parsed page of a library with one episode."""
    return parsed(library_page(Podcast(title), [manifest(1)], feed_url="https://example.com/feed.xml", inbox=inbox))


def policy(root: Any) -> dict[str, str]:
    """The directives of a page's policy."""
    content = root.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    return dict(rule.strip().split(" ", 1) for rule in content.split(";"))


def test_a_published_page_knows_nothing_of_an_inbox() -> None:
    """Neither its markup nor its style, script, policy or head has anything of it."""
    written = library_page(ABOUT, [manifest(1)], feed_url="https://example.com/feed.xml")

    assert not re.search("inbox|webmanifest|bookmarklet|touch-icon|theme-color", written)
    assert policy(parsed(written))["form-action"] == "'none'"
    assert "connect-src" not in policy(parsed(written))


def test_the_form_is_sent_without_a_script() -> None:
    """To the inbox beside the page, text and a file in one, with a button, and a way to see what is in work."""
    root = page()
    (form,) = root.xpath("//form[@id='add']")

    assert (form.get("method"), form.get("action"), form.get("enctype")) == ("post", "./inbox", "multipart/form-data")
    assert form.xpath(".//textarea/@name | .//input/@name") == ["text", "file"]
    assert form.xpath(".//button/@type") == ["submit"]
    assert not form.xpath(".//input/@multiple | .//*[@required]")
    assert root.xpath("//noscript//a/@href") == ["./inbox"]


def test_the_form_stands_above_the_list() -> None:
    """The form comes first, then what is in work, then the bookmark and the list."""
    order = page().xpath("//*[@id='add' or @id='work' or @id='anywhere' or @id='list']/@id")

    assert order == ["add", "work", "anywhere", "list"]


def test_whatever_is_pressed_or_filled_has_a_name() -> None:
    """Fields by labels, buttons by words; errors are alerts, the rest is told politely."""
    root = page()

    for field in root.xpath("//form//textarea | //form//input[not(@type='hidden')]"):
        labels = root.xpath(f"//label[@for='{field.get('id')}']") if field.get("id") else []
        assert "".join(label.text_content().strip() for label in [*labels, *field.xpath("ancestor::label")])
    assert all(button.text_content().strip() for button in root.xpath("//button"))
    assert root.xpath("//*[@role='alert']/@id") == ["add-error"]
    assert {"add-sending", "work-reach", "work-said"} <= set(root.xpath("//*[@role='status']/@id"))


def test_whatever_is_opened_is_closed() -> None:
    """In its order, and with no attribute twice, so that no browser has to guess; templates for the script, too."""
    pages = [library_page(ABOUT, [manifest(1)], inbox=True), library_page(ABOUT, [], inbox=True)]
    pages += [written.decode() for written in (add_page({"url": "https://example.com/"}), work_page(()))]

    assert [nesting_faults(written) for written in pages] == [[]] * 4


def test_names_within_the_page_are_its_own() -> None:
    """No id twice, and whatever refers to one finds it."""
    root = page()
    ids = root.xpath("//@id")
    named = " ".join(root.xpath("//@aria-describedby | //@aria-labelledby | //@for")).split()

    assert len(ids) == len(set(ids))
    assert set(named) <= set(ids)


def test_the_page_may_ask_its_own_server_and_no_other() -> None:
    """Its form goes there, its script asks there, its manifest is there; its script is let in by checksum as before."""
    rules = policy(page())

    assert {rules[name] for name in ("form-action", "connect-src", "manifest-src")} == {"'self'"}
    assert rules["default-src"] == rules["base-uri"] == "'none'"
    assert rules["script-src"].startswith("'sha256-")


def test_a_form_says_where_it_comes_from() -> None:
    """To its own server alone: without any referrer a browser sends "null" as origin, as it does for strangers."""
    pages = [page(), parsed(add_page({"text": "A b"}).decode()), parsed(work_page(()).decode())]

    assert [root.xpath("//meta[@name='referrer']/@content")[-1] for root in pages] == ["same-origin"] * 3
    assert page(inbox=False).xpath("//meta[@name='referrer']/@content") == ["no-referrer"]


def test_every_address_holds_below_a_secret() -> None:
    """What the inbox adds to the page begins with "./"."""
    part = inbox_part("Kitchen Radio")
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', part.head + part.form + part.anywhere)

    assert len(addresses) == 5
    assert all(address.startswith("./") for address in addresses)


def test_the_bookmark_is_one_line_that_loads_nothing() -> None:
    """Policies of other sites stop scripts and requests; a window of the user's own and a message they do not."""
    code = bookmarklet_code()

    assert "\n" not in code
    assert "//" not in code
    assert '"ADD_PAGE"' in code
    assert not re.search(r"createElement|fetch|XMLHttpRequest|import|eval|innerHTML", code)


@given(
    st.text(max_size=40) | st.sampled_from(("</details><script>x</script>", '"><img src=x onerror=y>', "$title", "{0}"))
)
def test_a_title_stays_in_its_place(title: str) -> None:
    """Whatever a library is called."""
    root = page(title=title)

    assert len(root.xpath("//script")) == len(root.xpath("//style")) == 1
    assert not root.xpath("//@onerror | //img")
