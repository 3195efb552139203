"""The furniture of the tests themselves: a broken one would let everything pass."""

import sqlalchemy
from flask_login import current_user, login_fresh

from tests.soundness import faults_of
from tuoyu.dictionaries.models import DictItem, Parameter
from tuoyu.extensions import db
from tuoyu.scope import EVERYWHERE, looking

SOUND = """<!doctype html><html lang="zh-CN"><head><title>月报 - 系统</title></head><body>
<h1>月报</h1><form method="post" action="/reports/1"><label for="n">人数</label>
<input id="n" name="n"><label>备注<textarea name="remark"></textarea></label>
<button>保存</button></form></body></html>"""


def change_reference_data(app):
    with app.app_context(), looking(EVERYWHERE):
        before = counts()
        db.session.add(Parameter(key="made.by.a.test"))
        db.session.execute(sqlalchemy.delete(DictItem))
        db.session.commit()
        assert counts() != before
        return before


def counts():
    return [
        db.session.scalar(sqlalchemy.select(sqlalchemy.func.count()).select_from(model))
        for model in (DictItem, Parameter)
    ]


def test_what_a_test_changes_is_undone(app, worker_database):
    before = change_reference_data(app)
    worker_database.tidy()
    with app.app_context(), looking(EVERYWHERE):
        assert counts() == before


def test_a_sound_page_has_no_faults():
    assert faults_of(SOUND) == []


def test_every_fault_is_seen():
    for sound, broken, fault in (
        ('lang="zh-CN"', 'lang="en"', "Chinese"),
        ("<h1>月报</h1>", "", "0 h1"),
        ("<h1>月报</h1>", "<h1>月报</h1><h1>月报</h1>", "2 h1"),
        ("<h1>月报</h1>", "<h1>年报</h1>", "does not name the heading"),
        ('for="n"', 'for="m"', "which is not there"),
        ('<label for="n">人数</label>', "", "without label"),
        ('id="n"', 'id="n" class="a" class="b"', "broken HTML"),
        ("<button>保存</button>", '<p id="n"></p>', "id n is there 2 times"),
        ('action="/reports/1"', "", "without action"),
        ('method="post"', "", "without action or method"),
        ("</label>\n", "</div>\n", "broken HTML"),
    ):
        assert sound in SOUND
        assert fault in "; ".join(faults_of(SOUND.replace(sound, broken))), fault


def test_a_signed_in_client_is_that_person(cast, signed_in):
    for user in (cast.gulou_officer, cast.sunshine_director):
        with signed_in(user) as client:
            client.get("/healthz")
            assert identity(current_user._get_current_object()) == identity(user)
            assert login_fresh()


def identity(user):
    return sqlalchemy.inspect(user).identity
