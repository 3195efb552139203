"""When the program itself fails: a page in words, with a number to tell the support."""

import re

import pytest
from sqlalchemy import literal, select

from tuoyu.extensions import db
from tuoyu.web.guard import open_to


@pytest.fixture
def broken(app, monkeypatch):
    """The home page sends a statement that the database refuses."""

    def fail():
        db.session.execute(select(literal(1) / literal(0)))

    view = app.view_functions["home.start"]
    monkeypatch.setitem(app.view_functions, "home.start", open_to(*view.open_to)(fail))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


@pytest.mark.parametrize("who", ["gulou_officer", "sunshine_director", "sysadmin"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_failed_statement_is_told_in_words(cast, signed_in, broken, who, headers):
    answer = signed_in(getattr(cast, who)).get("/", headers=headers)
    assert answer.status_code == 500
    assert "本次操作没有保存" in answer.text
    assert re.search(r"事件编号 [0-9A-F]{8}", answer.text)
    assert "division" not in answer.text
