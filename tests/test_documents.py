"""Documents for those who come after: complete, and true of the files that are there."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from conftest import ROOT

FOLDERS = ("narrate", "tests", "docs", "scripts", "benchmarks", "seeds")
MODULES = sorted(path.relative_to(ROOT / "narrate").as_posix() for path in (ROOT / "narrate").rglob("*.py"))
DECISIONS = ROOT / "docs" / "decisions"

# A path of the project: folders, a name, and an ending that only files of the project have here.
PATH = re.compile(
    r"(?<![\w/.~$<{*-])((?:[\w.*-]+/)*[\w*-]+(?:\.[\w*-]+)*\.(?:py|toml|md|tsv|css|js|svg|npz|typed))(?![\w/(-])"
)
# Files of users and names of things that only look like files.
NOT_OURS = frozenset(
    {"narrate.toml", "lexicon.toml", "notes.md", "articles/*.md", "Node.js", "Next.js", "README.md", "narrate_hum.py"}
    | {"article.md", "../notes.md", "output/article.draft.md", "mine/one.draft.md", "interview.md", "talk.md"}
)

# Words with which a first line makes a noun of a clause, or leans on a line that the reader has not read.
RIDDLES = frozenset(
    {
        "What",
        "Who",
        "Whose",
        "Whom",
        "Nor",
        "Whether",
        "How",
        "Where",
        "And",
        "But",
        "Or",
        "Same",
        "See",
        "Likewise",
        "Ditto",
        "By",
        "For",
        "From",
        "If",
        "In",
        "Not",
        "Of",
        "On",
        "So",
        "That",
        "Those",
        "When",
        "With",
    }
)
RIDDLING_STARTS = ("The same", "The other", "See above", "As above", "Like the")


def _files() -> Iterator[Path]:
    yield from ROOT.glob("*.*")
    for folder in FOLDERS:
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)


NAMES = sorted(path.relative_to(ROOT).as_posix() for path in _files())
ENDS = {"/".join(parts[start:]) for parts in (name.split("/") for name in NAMES) for start in range(len(parts))}
DOCUMENTS = [
    name
    for name in NAMES
    if name.endswith((".md", ".py", ".toml")) and not (name.startswith("tests/") and not name.endswith(".py"))
]


def _docstrings(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The name of what each docstring belongs to ("" for the module), and the docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield getattr(node, "name", ""), ast.get_docstring(node) or ""


def _prose(name: str) -> str:
    """What a file says to people: a document whole, of code the docstrings and comments, of tables the comments."""
    text = (ROOT / name).read_text(encoding="utf-8")
    if name.endswith(".md"):
        return text
    if name.endswith(".toml"):
        return "\n".join(line.partition("#")[2] for line in text.splitlines())
    comments = (
        token for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type == tokenize.COMMENT
    )
    return "\n".join([*(token.string for token in comments), *(words for _, words in _docstrings(ast.parse(text)))])


def _is_there(named: str, beside: str) -> bool:
    """Whether a path leads to a file: whole, as the end of one, or from the folder of the document that names it."""
    if named.startswith("../"):
        return (ROOT / beside).parent.joinpath(named).exists()
    if "*" not in named:
        return named in ENDS
    return any(fnmatchcase(name, named) or fnmatchcase(name, f"*/{named}") for name in NAMES)


def _stale(prose: str, beside: str) -> list[str]:
    """The paths of a text that lead to no file of the project."""
    return [named for named in PATH.findall(prose) if named not in NOT_OURS and not _is_there(named, beside)]


def test_paths_that_are_named_exist() -> None:
    """A path in a document, a docstring or a comment leads to a file."""
    stale = {name: _stale(_prose(name), name) for name in DOCUMENTS}

    assert {name: paths for name, paths in stale.items() if paths} == {}


@pytest.mark.parametrize(
    ("prose", "stale"),
    [
        ("see clean/phrases/*.toml", []),
        ("see `narrate/text/sentences.py`, sentences.py and ../performance.md", []),
        ("see gone.py", ["gone.py"]),
        ("see `narrate/sources/gone/*.py`.", ["narrate/sources/gone/*.py"]),
        ("see ../gone.md", ["../gone.md"]),
    ],
)
def test_a_path_to_nothing_is_found(prose: str, stale: list[str]) -> None:
    """Patterns and ends of paths count as the files they match; what matches none is reported."""
    assert _stale(prose, "docs/decisions/0001-dependencies.md") == stale


def test_every_module_is_in_the_map() -> None:
    """The architecture or CONTRIBUTING names each module, by itself or by a pattern of its own folder."""
    text = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in ("docs/architecture.md", "CONTRIBUTING.md"))
    named = {path.removeprefix("narrate/") for path in PATH.findall(text)}
    inside = {path for path in named if "/" in path}

    lost = [
        module
        for module in MODULES
        if Path(module).name not in {"__init__.py", "__main__.py"}
        and not any(fnmatchcase(module, path) and module.count("/") == path.count("/") for path in inside)
    ]

    assert lost == []


def test_every_package_is_in_the_layers() -> None:
    """The picture of who may import whom has each package."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    picture = text[text.index("```mermaid") :].partition("```\n")[0]

    packages = {path.parent.name for path in (ROOT / "narrate").glob("*/__init__.py")}

    assert packages <= set(re.findall(r"[a-z]+", picture))


def test_every_decision_is_in_the_index() -> None:
    """Number, title, status and date of each, in order, and nothing besides."""
    rows = [
        row.groups()
        for row in re.finditer(
            r"^\| (\d{4}) \| \[(.+)\]\((\S+)\) \| (?:in force|changed|superseded)\b.* \| \d{4}-\d\d-\d\d \|$",
            (DECISIONS / "README.md").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    ]

    expected = []
    for path in sorted(DECISIONS.glob("[0-9]*.md")):
        number, title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ").split(". ", 1)
        expected.append((f"{int(number):04}", title, path.name))
        assert path.name.startswith(f"{int(number):04}-")
    assert rows == expected


def _links(name: str) -> list[str]:
    text = re.sub(r"`[^`\n]+`", "`", (ROOT / name).read_text(encoding="utf-8"))
    return [link for link in re.findall(r"\]\(([^)#\s]+)", text) if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name.endswith(".md") and not name.startswith(("tests/", "seeds/"))]
)
def test_links_between_documents_lead_somewhere(name: str) -> None:
    """A relative link in a document leads to a file or folder."""
    assert [link for link in _links(name) if not (ROOT / name).parent.joinpath(link).exists()] == []


def _is_riddle(first_line: str) -> bool:
    return first_line.partition(" ")[0].strip(",.:;") in RIDDLES or first_line.startswith(RIDDLING_STARTS)


@pytest.mark.parametrize(
    "first_line", ["What is left.", "The same for WAV.", "Nor is this.", "See guard.", "Of what went."]
)
def test_a_riddle_is_known(first_line: str) -> None:
    """A line that makes sense only to those who know the code already is one."""
    assert _is_riddle(first_line)


@pytest.mark.parametrize("name", MODULES)
def test_docstrings_do_not_riddle(name: str) -> None:
    """The first line of a docstring says what something does or is, by itself."""
    tree = ast.parse((ROOT / "narrate" / name).read_text(encoding="utf-8"))

    assert [(of, text) for of, text in _docstrings(tree) if _is_riddle(text.partition("\n")[0])] == []


# First lines of tests that only go on from the name above them: "And nothing else."
CONTINUATIONS = ("And ", "Nor ", "Not ", "But ", "Or ", "So ", "The same ", "The same,", "See ")
TESTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py"))


@pytest.mark.parametrize("name", TESTS)
def test_docstrings_of_tests_stand_by_themselves(name: str) -> None:
    """The first line of a test says the behaviour without its name."""
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))

    assert [(of, text) for of, text in _docstrings(tree) if text.startswith(CONTINUATIONS)] == []
