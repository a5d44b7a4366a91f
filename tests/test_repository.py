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
FORBIDDEN_CALLS = frozenset({"eval", "exec", "compile", "__import__"})
FORBIDDEN_OF_OS = frozenset({"system", "popen", "execv", "execve", "spawnv", "startfile", "posix_spawn"})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_of_an_article_is_run(path: Path) -> None:
    """No shell, no unpickling, no evaluating."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            assert not {name.partition(".")[0] for name in names} & FORBIDDEN_MODULES
        if isinstance(node, ast.Call):
            assert getattr(node.func, "id", "") not in FORBIDDEN_CALLS
            of = getattr(getattr(node.func, "value", None), "id", "")
            assert of != "os" or getattr(node.func, "attr", "") not in FORBIDDEN_OF_OS
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            assert "shell" not in given
            assert getattr(given.get("allow_pickle"), "value", False) is False
