"""What is committed speaks of the project alone, and stays small and plain."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from conftest import ROOT

MODULES = sorted((ROOT / "narrate").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_small(path: Path) -> None:
    """Under 400 lines, no function over 60, and a first sentence that says what the module is for."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)

    assert text.count("\n") < 400
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


# What SECURITY.md promises not to use: a shell or another program, code from data, and objects from data.
FORBIDDEN_MODULES = frozenset({"subprocess", "pickle", "marshal", "shelve", "dill", "cloudpickle", "yaml", "code"})
# The clipboard is read by the program that the platform has for it; no word of an article is in its command.
MAY_START_A_PROGRAM = {"clipboard.py": {"subprocess"}}
FORBIDDEN_CALLS = frozenset({"eval", "exec", "compile", "__import__"})
FORBIDDEN_OF_OS = frozenset({"system", "popen", "execv", "execve", "spawnv", "startfile", "posix_spawn"})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_of_an_article_is_run(path: Path) -> None:
    """No shell, no unpickling, no evaluating."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            forbidden = FORBIDDEN_MODULES - MAY_START_A_PROGRAM.get(path.name, set())
            assert not {name.partition(".")[0] for name in names} & forbidden
        if isinstance(node, ast.Call):
            assert getattr(node.func, "id", "") not in FORBIDDEN_CALLS
            of = getattr(getattr(node.func, "value", None), "id", "")
            assert of != "os" or getattr(node.func, "attr", "") not in FORBIDDEN_OF_OS
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            assert "shell" not in given
            assert getattr(given.get("allow_pickle"), "value", False) is False


NAMES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
        path.read_text(encoding="utf-8")
    )
    for path in MODULES
}


def own_imports(tree: ast.AST) -> set[str]:
    """Return the modules of narrate that a module names, wherever in it, for types alone as well."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "narrate":
            whole = {name.name: f"{node.module}.{name.name}" for name in node.names}
            found |= {own if own in NAMES else str(node.module) for own in whole.values()}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name.partition(".")[0] == "narrate"}
    return found


@pytest.mark.parametrize("name", NAMES)
def test_modules_know_few_others(name: str) -> None:
    """Fifteen of narrate's own at most; one that needs more does more than one thing."""
    assert len(own_imports(NAMES[name])) <= 15


def wanted(cls: ast.ClassDef) -> list[str]:
    """Return what an object is constructed from; nothing for a record, whose values may be many.

    A record is a frozen dataclass of values; one that holds functions or executors is an object that does things, but
    for a declaration, whose one function is the check of its value.
    """
    decorators = " ".join(map(ast.unparse, cls.decorator_list))
    if "dataclass" in decorators:
        fields = [one for one in cls.body if isinstance(one, ast.AnnAssign) and "ClassVar" not in ast.unparse(one)]
        given = [one for one in fields if "init=False" not in ast.unparse(one)]
        doing = [one for one in given if any(word in ast.unparse(one.annotation) for word in ("Callable", "Executor"))]
        does = [one for one in doing if ast.unparse(one.target) != "check"]
        return [ast.unparse(one.target) for one in given] if does or "frozen=True" not in decorators else []
    for one in cls.body:
        if isinstance(one, ast.FunctionDef) and one.name == "__init__":
            return [arg.arg for arg in (*one.args.posonlyargs, *one.args.args, *one.args.kwonlyargs)][1:]
    return []


@pytest.mark.parametrize("name", NAMES)
def test_constructors_take_little(name: str) -> None:
    """Six arguments at most; what belongs together comes as one value."""
    for node in ast.walk(NAMES[name]):
        if isinstance(node, ast.ClassDef):
            assert len(wanted(node)) <= 6, node.name


# How many lines may give up on types; it only ever falls.
UNTYPED_LINES = 17


def test_few_lines_are_untyped() -> None:
    """Any stands where a library has no types, and hardly anywhere else."""
    lines = set()
    for name, tree in NAMES.items():
        for node in ast.walk(tree):
            is_imported = isinstance(node, ast.alias) and node.name == "Any"
            if is_imported or (isinstance(node, ast.Name) and node.id == "Any"):
                lines.add((name, node.lineno))

    assert len(lines) <= UNTYPED_LINES, sorted(lines)
