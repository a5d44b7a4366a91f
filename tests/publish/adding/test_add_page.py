"""The page that asks before something is added, as a document."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.pages import parsed, texts

from narrate.publish.adding.add_page import add_page

URL = "https://example.com/a?b=1&c=<d>"


def page(**fields: str) -> Any:
    """The parsed page of what was handed over."""
    return parsed(add_page(fields).decode())


def test_what_would_be_added_is_shown() -> None:
    """Title, address, and the length and beginning of a text; the form hands on just these."""
    root = page(url=URL, title="Tide & <b>Tables</b>", text="word " * 1200)

    assert texts(root, "//*[@class='what']/p")[:3] == ["Tide & <b>Tables</b>", URL, "A text of 1,200 words:"]
    hidden = {field.get("name"): field.get("value") for field in root.xpath("//input[@type='hidden']")}
    assert hidden == {"url": URL, "title": "Tide & <b>Tables</b>", "text": ("word " * 1200).strip()}


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"url": URL}, [URL]),
        ({"text": "One."}, ["One.", "A text of 1 word:", "One."]),
        ({"url": URL, "title": " "}, [URL]),
        ({"title": "A title alone"}, ["Nothing was handed over: neither an address nor a text."]),
        ({}, ["Nothing was handed over: neither an address nor a text."]),
    ],
)
def test_what_is_missing_is_not_shown(fields: dict[str, str], shown: list[str]) -> None:
    """There is a button only where there is something to add."""
    root = page(**fields)

    assert texts(root, "//*[@class='what']/p") == shown
    assert len(root.xpath("//button")) == (0 if "Nothing" in shown[0] else 1)


def test_it_is_sent_without_a_script_too() -> None:
    """To the inbox, which is a step up from the page; so is the library."""
    root = page(url=URL)

    assert root.xpath("//form/@action") == ["../inbox"]
    assert root.xpath("//form/@method") == ["post"]
    assert root.xpath("//a/@href") == ["../"]


@given(st.text(max_size=60) | st.sampled_from(("</script>", '"><img src=x onerror=y>', "' autofocus x='", "$fields")))
def test_nothing_gets_out_of_its_place(text: str) -> None:
    """Whatever is handed over."""
    root = page(url=text, title=text, text=text)

    assert len(root.xpath("//script")) == len(root.xpath("//style")) == 1
    assert not root.xpath("//@onerror | //img | //@autofocus | //@x")
