"""操作说明: the chapters of the manual, which pages each explains, and how they are searched."""

import re
from typing import NamedTuple

from flask import render_template
from markupsafe import Markup

from tuoyu.dictionaries.lookup import parameter
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.relations import relations

EXCERPT = 40  # characters shown on each side of what was found
SECTION = re.compile(
    r'<section class="manual-section" id="(.+?)">\s*<h2>(.+?)</h2>(.+?)</section>', re.S
)


class Chapter(NamedTuple):
    """One page of the manual; `explains` are the pages (endpoints) whose help link leads here."""

    name: str
    title: str
    explains: tuple[str, ...] = ()

    @property
    def template(self):
        return f"manual/chapters/{self.name}.html"


class Section(NamedTuple):
    """A part of a chapter under its own heading; `words` are what it says, without its pictures."""

    chapter: Chapter
    anchor: str
    title: str
    words: str


class Hit(NamedTuple):
    """A section in which something was found, with the words around it."""

    section: Section
    before: str
    found: str
    after: str


CHAPTERS = (
    Chapter(
        "account",
        "注册与登录",
        (
            "accounts.login",
            "accounts.sign_in",
            "accounts.registration",
            "accounts.register_institution",
            "accounts.alike",
            "accounts.forgotten",
            "accounts.sent",
            "accounts.new_password",
            "accounts.notice",
            "regions.*",
        ),
    ),
    Chapter("archive", "机构档案", ("archives.*",)),
    Chapter("report", "网络直报", ("reports.*", "home.*")),
    Chapter("declarations", "无变动、零入托与停业", ("reports.declaration",)),
    Chapter(
        "workbook",
        "用 Excel 填报",
        ("reports.workbook", "reports.upload", "reports.import_figures"),
    ),
    Chapter("returned", "退回与修改"),
    Chapter(
        "paper",
        "回执与打印",
        ("receipts.*", "reports.printout", "reports.blank", "archives.record"),
    ),
    Chapter("correction", "更正申请", ("applications.correction",)),
    Chapter("changes", "变更区域、停业与终止", ("applications.*",)),
    Chapter("people", "账号与操作员", ("accounts.*",)),
    Chapter("feedback", "问题反馈", ("feedback.*",)),
    Chapter("trouble", "常见情况的处理"),
    Chapter("indicators", "指标解释与审核关系"),
)


def chapter_named(name):
    """The Chapter, or None."""
    return next((chapter for chapter in CHAPTERS if chapter.name == name), None)


def chapter_about(endpoint):
    """The Chapter that explains this page: the one that names it, else one of its room, else None."""
    for chapter in CHAPTERS:
        if endpoint in chapter.explains:
            return chapter
    room = (endpoint or "").partition(".")[0]
    return next((c for c in CHAPTERS if f"{room}.*" in c.explains), None)


def sections():
    """Every Section of the manual, in order."""
    return [
        Section(chapter, anchor, plain(title), plain(words))
        for chapter in CHAPTERS
        for anchor, title, words in SECTION.findall(text_of(chapter))
    ]


def text_of(chapter):
    """The chapter without a page around it."""
    return render_template(chapter.template, layout="manual/plain.html", **context_of(chapter))


def context_of(chapter):
    """What a chapter is drawn with: its place among the others, and the sheet it may explain."""
    here = CHAPTERS.index(chapter)
    return {
        "chapter": chapter,
        "chapters": CHAPTERS,
        "before": CHAPTERS[here - 1] if here else None,
        "after": next(iter(CHAPTERS[here + 1 :]), None),
        "month": MONTHLY_REPORT,
        "relations": relations(parameter("breakdown_base")),
    }


def plain(html):
    return Markup(html).striptags()


def search(words):
    """A Hit for each section that holds all the words, those whose heading does first."""
    wanted = words.split()
    found = [s for s in sections() if wanted and all(word in s.title + s.words for word in wanted)]
    by_heading = sorted(found, key=lambda s: wanted[0] not in s.title)
    return [hit(section, wanted[0]) for section in by_heading]


def hit(section, word):
    at = max(section.words.find(word), 0)
    end = at + len(word) if word in section.words else at
    return Hit(
        section,
        section.words[max(0, at - EXCERPT) : at],
        section.words[at:end],
        section.words[end : end + EXCERPT],
    )
