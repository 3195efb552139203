"""Letters, sent by SMTP: after the transaction that wrote them, and behind the visitor's back, so
that nobody waits for the mail server or learns from the time whether a letter was sent.

A letter that is not taken is tried again later. A process that ends tries once more what is left.
"""

import atexit
import heapq
import smtplib
import ssl
import threading
import time
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from email.utils import formatdate, make_msgid, parseaddr
from itertools import count
from typing import NamedTuple

from flask import current_app, g

PORTS = {"starttls": 587, "ssl": 465, "none": 25}
PAUSES = (10, 60, 300)  # seconds before the second, third and last try
PATIENCE = 20  # seconds for one answer of the mail server
FAREWELL = 10  # seconds for what is left when the process ends


class Letter(NamedTuple):
    to: str
    subject: str
    body: str


class Server(NamedTuple):
    """Where letters are handed in, and in whose name."""

    host: str
    port: int
    security: str
    sender: str
    user: str | None = None
    password: str | None = None


def server_of(environ):
    """The Server that the environment names, None when it names none; raises ValueError, in a
    sentence without secrets, when what it says does not hold together."""
    host, sender = environ.get("TUOYU_SMTP"), environ.get("TUOYU_MAIL_FROM", "")
    if not host:
        return None
    security = environ.get("TUOYU_SMTP_SECURITY") or "starttls"
    if security not in PORTS:
        raise ValueError(f"TUOYU_SMTP_SECURITY is {security}: choose starttls, ssl or none")
    if "@" not in parseaddr(sender)[1]:
        raise ValueError("TUOYU_SMTP is set: TUOYU_MAIL_FROM must be the sender's address")
    port = environ.get("TUOYU_SMTP_PORT") or str(PORTS[security])
    if not port.isdecimal():
        raise ValueError(f"TUOYU_SMTP_PORT is {port}: it must be a number")
    login = environ.get("TUOYU_SMTP_USER") or None, environ.get("TUOYU_SMTP_PASSWORD") or None
    return Server(host, int(port), security, sender, *login)


def init_app(app):
    app.config.setdefault("MAIL_SERVER", None)
    app.config.setdefault("MAIL_PAUSES", PAUSES)
    app.extensions["postman"] = Postman(app)


def is_set_up():
    """Whether letters can be sent at all; where not, pages must say whom to call."""
    return current_app.config["MAIL_SERVER"] is not None


def send(letter):
    """Put `letter` aside until the request is committed; it is dropped when the request fails."""
    if "letters" not in g:
        g.letters = []
    g.letters.append(letter)


def dispatch():
    """The request is committed: its letters may leave."""
    if letters := g.pop("letters", ()):
        current_app.extensions["postman"].take(letters)


class Postman:
    """The letters under way, and the thread that carries them; it starts with the first one."""

    def __init__(self, app):
        self.app = app
        self.bag = []  # a heap of (when, number, letter, pauses left)
        self.number = count(1)
        self.changed = threading.Condition()
        self.thread = None
        self.leaving = False

    def take(self, letters):
        pauses = self.app.config["MAIL_PAUSES"]
        with self.changed:
            for letter in letters:
                self.put(time.monotonic(), next(self.number), letter, pauses)
            if self.thread is None or not self.thread.is_alive():  # a fork leaves it behind
                self.thread = threading.Thread(target=self.work, name="postman", daemon=True)
                self.thread.start()
                atexit.register(self.stop)
            self.changed.notify()

    def put(self, when, number, letter, pauses):
        heapq.heappush(self.bag, (when, number, letter, pauses))

    def work(self):
        while (next_one := self.wait()) is not None:
            self.carry(*next_one)

    def wait(self):
        """The next letter when its time has come, (number, letter, pauses left); None at the end."""
        with self.changed:
            while True:
                if self.bag and (self.leaving or self.bag[0][0] <= time.monotonic()):
                    return heapq.heappop(self.bag)[1:]
                if self.leaving:
                    return None
                self.changed.wait(self.bag[0][0] - time.monotonic() if self.bag else None)

    def carry(self, number, letter, pauses):
        """Hand the letter in; when it is not taken, put it back for later or give it up."""
        try:
            hand_in(self.app.config["MAIL_SERVER"], letter)
        except Exception as error:
            again = bool(pauses) and not self.leaving and not is_final(error)
            self.app.logger.warning(
                "letter %s was not taken (%s), %s",
                number,
                name_of(error),
                f"again in {pauses[0]} s" if again else "given up",
            )
            if again:
                with self.changed:
                    self.put(time.monotonic() + pauses[0], number, letter, pauses[1:])

    def stop(self, patience=FAREWELL):
        """Try once more what is left, then end."""
        with self.changed:
            self.leaving = True
            self.changed.notify()
        self.thread.join(patience)
        if self.bag or self.thread.is_alive():
            self.app.logger.warning("%s letters were left behind", len(self.bag) or 1)


def hand_in(server, letter):
    """Give `letter` to the mail server; raises OSError or SMTPException when it does not take it,
    ValueError when the letter has a line break where none may be."""
    message = written(server, letter)
    kind = smtplib.SMTP_SSL if server.security == "ssl" else smtplib.SMTP
    with kind(server.host, server.port, timeout=PATIENCE) as smtp:
        if server.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password or "")
        smtp.send_message(message)


def written(server, letter):
    message = EmailMessage(POLICY)
    message["Subject"] = letter.subject
    message["From"] = server.sender
    message["To"] = letter.to
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=parseaddr(server.sender)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body, cte="base64")
    return message


def is_final(error):
    """Whether another try would end the same way: refused for good, or a letter badly written."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500
    return not isinstance(error, OSError)  # SMTPException is one


def name_of(error):
    """What went wrong, without addresses and passwords."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
