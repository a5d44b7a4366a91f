"""Links of lists that have their episode are not fetched again; what is new, gone or changed is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.command import narrate
from support.site import Site, reply, site

PAGE = "<html><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"


@pytest.fixture
def web() -> Iterator[Site]:
    """A server on this machine with three short pages."""
    with site() as one:
        for name in ("one", "two", "three"):
            words = f"The page that is called {name} has a few words. " * 6
            one.answers[f"/{name}"] = reply(PAGE.format(f"About {name}", words).encode())
        one.answers["/robots.txt"] = reply(status=404)
        yield one


def links(web: Site, *names: str) -> None:
    """Write a list of links."""
    Path("links.txt").write_text("".join(f"{web.url('/' + name, host='127.0.0.1')}\n" for name in names))


def speak(*flags: str) -> tuple[list[str], str]:
    """Speak the list; return the paths of episodes, and what was said of them at the end."""
    run = narrate("speak", "--from", "links.txt", "-o", "out", "--engine", "tone", "--allow-private", *flags)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines(), run.stderr


@pytest.mark.slow
def test_only_what_is_new_is_fetched(web: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run prints the same paths and asks nobody; a new link, and an episode that is gone, are made."""
    monkeypatch.chdir(tmp_path)
    links(web, "one", "two")
    first, _ = speak()
    web.asked.clear()

    again, said = speak()

    assert (again, web.asked) == (first, [])
    assert "0 made, 2 unchanged" in said
    links(web, "one", "two", "three")
    Path(first[0]).unlink()
    more, said = speak()
    assert more[:2] == first
    assert sorted(path for path in web.paths if path != "/robots.txt") == ["/one", "/three"]


@pytest.mark.parametrize("flags", [("--no-cache",), ("--bitrate", "96")])
@pytest.mark.slow
def test_all_is_fetched_where_it_may_be_another(
    flags: tuple[str, ...], web: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the cache, or with other settings, links are read again; so is what is typed and not listed."""
    monkeypatch.chdir(tmp_path)
    links(web, "one")
    speak()
    web.asked.clear()

    speak(*flags)

    assert "/one" in web.paths
