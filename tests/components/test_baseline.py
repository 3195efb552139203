"""What office computers can run: nothing newer than Chromium 86, nothing from another origin, and
nothing inline (the Content-Security-Policy would refuse it)."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STYLES = sorted(
    path for path in (ROOT / "static" / "css").glob("*.css") if path.name != "print.css"
)  # print.css is for paper, drawn by WeasyPrint
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGE = ROOT / "templates" / "layouts" / "page.html"

TOO_NEW_CSS = (
    r":has\(|:is\(|:where\(|:not\([^)]*,|@container|@layer|@property|@scope|@starting-style"
    r"|aspect-ratio\s*:|(?<![\w-])inset(-\w+)*\s*:|accent-color|\bsubgrid\b|\d[dsl]v[hw]\b"
    r"|color-mix|\bo?kl(ab|ch)\(|\btext-wrap\b|^\s*&|scrollbar-gutter|\bfield-sizing\b"
    r"|overflow\s*:[^;]*\bclip\b|(?<![\w-])(rotate|scale|translate)\s*:"
)
TOO_NEW_JS = (
    r"\.at\(|\.findLast|\.toSorted|\.toReversed|\.toSpliced|\.with\(|structuredClone|Object\.hasOwn"
    r"|Object\.groupBy|\.inert\b|[pP]opover|^await |^\s*static \{|\.replaceChildren|Array\.fromAsync"
    r"|crypto\.randomUUID|Promise\.withResolvers|AbortSignal\.timeout|\beval\(|new Function"
)
MOTION = r"\b(transition|animation)(-\w+)*\s*:|@keyframes"


def found(pattern, path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    return [match.group() for match in re.finditer(pattern, text, flags=re.M)]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_stay_within_the_baseline_and_keep_still(path):
    assert not found(TOO_NEW_CSS, path)
    assert not found(MOTION, path)
    assert not found(r"https?://|@import|url\((?!['\"]?data:)", path)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_stay_within_the_baseline(path):
    assert not found(TOO_NEW_JS, path)
    assert not found(r"https?://", path)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_templates_have_nothing_inline_and_load_nothing_from_elsewhere(path):
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S)
    assert not re.findall(r"<style|\sstyle=|<script(?![^>]*\ssrc=)", text)
    assert not re.findall(r"<[^>]*\son\w+=|\shx-on|javascript:|\shx-va[lr]s=['\"]js:", text)
    assert not re.findall(r"(?:src|href|action|hx-\w+)=['\"](?:https?:)?//", text)


@pytest.mark.parametrize(
    ("pattern", "sample"),
    [
        (TOO_NEW_CSS, "a:has(b) { }"),
        (TOO_NEW_CSS, ".x { inset: 0 }"),
        (TOO_NEW_CSS, ".x { height: 100dvh }"),
        (TOO_NEW_CSS, "a:not(.b, .c) { }"),
        (TOO_NEW_JS, "list.at(-1)"),
        (TOO_NEW_JS, "structuredClone(a)"),
        (MOTION, ".x { transition: all 1s }"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern, sample):
    assert re.search(pattern, sample, flags=re.M)


def test_the_shadow_keyword_is_no_inset_property():
    assert not re.search(TOO_NEW_CSS, "box-shadow: inset 3px 0 0 red;")


def weigh(names):
    return sum(len(gzip.compress((ROOT / "static" / name).read_bytes())) for name in names)


def test_the_first_visit_is_light():
    names = re.findall(r"\"((?:vendor|css|js)/[\w.-]+)\"", PAGE.read_text())
    assert len(names) > 8
    assert weigh(names) <= 70 * 1024  # leaves 30 KB of the 100 for the page itself


def test_all_scripts_together_are_light():
    ours = [path.relative_to(ROOT / "static") for path in SCRIPTS]
    assert weigh(["vendor/htmx.min.js", *ours]) <= 25 * 1024
