"""Files that come with the package are read, and each table once."""

from __future__ import annotations

import importlib
import zipfile
from pathlib import Path

import pytest

from narrate.core.resources import packaged_file, packaged_rows, packaged_table, packaged_text

FILES = {
    "words.toml": '[fr]\nword = "côté"\n',
    "numbers.json": '{"a": 1}',
    "list.json": "[1, 2]",
    "rows.tsv": "# a comment\nwritten\tsaid\tx\n\none\n#two\tthree\nempty\t\tlast\n",
    "below/deep.toml": "x = 1\n",
    "broken.toml": "x = = 1\n",
    "words.ini": "x = 1\n",
}


@pytest.fixture(params=["folder", "archive"])
def package(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package with such files, as a folder and in an archive; each with a name of its own, as tables are kept."""
    name = f"shipped_{request.param}_{abs(hash(request.node.nodeid))}"
    where = tmp_path / ("site" if request.param == "folder" else "site.zip")
    files = {f"{name}/__init__.py": "", **{f"{name}/{file}": text for file, text in FILES.items()}}
    if request.param == "folder":
        for file, text in files.items():
            (where / file).parent.mkdir(parents=True, exist_ok=True)
            (where / file).write_bytes(text.encode())
    else:
        with zipfile.ZipFile(where, "w") as archive:
            for file, text in files.items():
                archive.writestr(file, text)
    monkeypatch.syspath_prepend(where)
    importlib.invalidate_caches()
    return name


def test_tables(package: str) -> None:
    """TOML and JSON by their endings, also in a folder below; letters beyond ASCII are what they are."""
    assert packaged_table(package, "words.toml") == {"fr": {"word": "côté"}}
    assert packaged_table(package, "numbers.json") == {"a": 1}
    assert packaged_table(package, "below/deep.toml") == {"x": 1}


def test_a_table_is_read_once_and_stays(package: str) -> None:
    """Who asks again has the same one, and nobody can take an entry out of it for the others."""
    table = packaged_table(package, "words.toml")

    assert packaged_table(package, "words.toml") is table
    with pytest.raises(TypeError):
        table["fr"] = {}  # type: ignore[index]


def test_rows(package: str) -> None:
    """Cells between tabs, empty ones among them; no comments, no empty lines."""
    assert packaged_rows(package, "rows.tsv") == (("written", "said", "x"), ("one",), ("empty", "", "last"))


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("missing.toml", FileNotFoundError),
        ("broken.toml", ValueError),
        ("list.json", TypeError),
        ("words.ini", ValueError),
    ],
)
def test_what_is_no_table_is_an_error(package: str, name: str, error: type[Exception]) -> None:
    """None is taken for an empty one."""
    with pytest.raises(error):
        packaged_table(package, name)


def test_text_and_bytes(package: str) -> None:
    """A file as it lies there."""
    assert packaged_text(package, "words.ini") == "x = 1\n"
    assert packaged_file(package, "below/deep.toml").read_bytes() == b"x = 1\n"
    assert not packaged_file(package, "missing.ini").is_file()


def test_every_table_of_narrate_can_be_read() -> None:
    """Each TOML, JSON and TSV file in the package is one, so that a mistake in it is found before somebody asks."""
    root = Path(str(packaged_file("narrate", ".")))
    paths = sorted(path for path in root.rglob("*") if path.suffix in (".toml", ".tsv", ".json"))

    assert len(paths) > 20
    for path in paths:
        read = packaged_rows if path.suffix == ".tsv" else packaged_table
        assert read("narrate", path.relative_to(root).as_posix()), path
