"""The address that a watchdog asks."""

from sqlalchemy import create_engine

from tuoyu.extensions import db


def test_it_answers_while_the_database_does(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")


def test_it_says_when_the_database_does_not_answer(app, client, monkeypatch):
    nowhere = create_engine("postgresql+psycopg://nobody@127.0.0.1:9/nothing")
    with app.app_context():
        monkeypatch.setitem(db.engines, None, nowhere)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "nobody" not in answer.text
