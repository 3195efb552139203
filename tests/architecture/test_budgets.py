"""How large things may grow."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "tuoyu").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DECLARATIONS = {"archives/sheet.py", "reports/sheet.py"}  # lists, not programs


def functions_of(source):
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, kinds)]


def lines_of(function):
    """Lines of the body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return function.end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_has_at_most_200_lines(source):
    if str(source.relative_to(ROOT / "tuoyu")) not in DECLARATIONS:
        assert len(source.read_text().splitlines()) <= 200


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_template_has_at_most_100_lines(template):
    assert len(template.read_text().splitlines()) <= 100


def test_95_of_100_functions_have_at_most_15_lines():
    lengths = sorted(lines_of(f) for source in SOURCES for f in functions_of(source))
    assert lengths[int(len(lengths) * 0.95)] <= 15
