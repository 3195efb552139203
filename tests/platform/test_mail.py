"""The settings of the mail server, and the end of a process that still has letters."""

import pytest

from tests.accounts.post import SENDER, post_office
from tuoyu import mail
from tuoyu.mail import Letter, Postman, server_of
from tuoyu.production import fault_of_mail

SET = {"TUOYU_SMTP": "smtp.example.org", "TUOYU_MAIL_FROM": SENDER}
LETTER = Letter("lin@example.org", "题目", "正文\n")


def test_without_a_host_there_is_no_mail():
    assert server_of({}) is None


@pytest.mark.parametrize(
    ("more", "port", "security"),
    [
        ({}, 587, "starttls"),
        ({"TUOYU_SMTP_SECURITY": "ssl"}, 465, "ssl"),
        ({"TUOYU_SMTP_SECURITY": "none", "TUOYU_SMTP_PORT": "2525"}, 2525, "none"),
    ],
)
def test_the_port_follows_the_way_of_speaking(more, port, security):
    server = server_of(SET | more)
    assert (server.port, server.security, server.user) == (port, security, None)


@pytest.mark.parametrize(
    ("more", "piece"),
    [
        ({"TUOYU_SMTP_SECURITY": "tls"}, "starttls, ssl or none"),
        ({"TUOYU_SMTP_PORT": "smtp"}, "must be a number"),
        ({"TUOYU_MAIL_FROM": ""}, "TUOYU_MAIL_FROM"),
        ({}, "TUOYU_ADDRESS"),
        ({"TUOYU_ADDRESS": "tuoyu.example.cn"}, "https://"),
    ],
)
def test_what_does_not_hold_together_is_told_before_the_start(more, piece):
    environ = SET | {"TUOYU_SMTP_PASSWORD": "Geheim-1"} | more
    assert piece in fault_of_mail(environ)
    assert "Geheim" not in fault_of_mail(environ)


def test_mail_and_address_together_are_fit_for_production():
    assert fault_of_mail(SET | {"TUOYU_ADDRESS": "https://tuoyu.example.cn"}) is None
    assert fault_of_mail({}) is None


def test_a_failed_request_sends_nothing(app, monkeypatch):
    with post_office() as (office, server):
        monkeypatch.setitem(app.config, "MAIL_SERVER", server)
        with app.test_request_context("/"):
            mail.send(LETTER)
            app.process_response(app.response_class(status=422))
        with app.test_request_context("/"):
            mail.send(LETTER._replace(subject="好"))
            app.process_response(app.response_class(status=200))
        assert [letter["Subject"] for letter in office.wait_for()] == ["好"]


def test_a_process_that_ends_sends_what_is_left(app, monkeypatch):
    with post_office() as (office, server):
        monkeypatch.setitem(app.config, "MAIL_SERVER", server)
        monkeypatch.setitem(app.config, "MAIL_PAUSES", (600,))
        office.refusals = ["451 later"]
        postman = Postman(app)
        postman.take([LETTER])
        while not postman.bag or office.refusals:
            pass
        postman.stop()
        assert [letter["To"] for letter in office.letters] == ["lin@example.org"]
        assert not postman.thread.is_alive()
