"""Behind a proxy: whose address is believed, and which hosts are answered for."""

import importlib

import pytest
from flask import request

FORWARDED = {
    "X-Forwarded-For": "203.0.113.9, 192.0.2.7",  # the first is what the visitor wrote
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
}


@pytest.fixture
def served(database, monkeypatch):
    """The program as gunicorn opens it, with these variables set."""

    def start(**variables):
        for name, value in {"DATABASE_URL": database.url, **variables}.items():
            monkeypatch.setenv(name, value)
        return importlib.reload(importlib.import_module("wsgi")).app

    return start


def seen_by(app):
    with app.test_client() as client:
        assert client.get("/healthz", headers=FORWARDED).status_code == 200
        return request.remote_addr, request.scheme, request.host


def test_without_a_proxy_nothing_forwarded_is_believed(served):
    assert seen_by(served()) == ("127.0.0.1", "http", "localhost")


def test_the_proxy_is_believed_but_not_about_the_host(served):
    assert seen_by(served(TUOYU_PROXIES="1")) == ("192.0.2.7", "https", "localhost")


def test_another_host_than_ours_is_not_answered(served):
    client = served(TUOYU_HOSTS="tuoyu.example www.tuoyu.example").test_client()
    assert client.get("/healthz", headers={"Host": "www.tuoyu.example"}).status_code == 200
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400
