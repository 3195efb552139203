"""A real mail server for the tests: it takes letters in and lets them be read."""

import re
import socket
import threading
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller

from tuoyu.mail import Server

SENDER = "福建省托育服务登记系统 <tuoyu@example.org>"


class PostOffice:
    """`letters` are those taken in; the next ones are answered with `refusals` instead."""

    def __init__(self):
        self.letters, self.refusals = [], []
        self.arrived = threading.Condition()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.refusals:
            return self.refusals.pop(0)
        message = message_from_bytes(envelope.content, policy=default)
        message.recipients = envelope.rcpt_tos
        with self.arrived:
            self.letters.append(message)
            self.arrived.notify_all()
        return "250 taken"

    def wait_for(self, number=1):
        """The letters, when that many have arrived; fails after five seconds."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.letters) >= number, timeout=5)
            return self.letters

    def link(self, number=1):
        """Where the link in the letter of this number leads, without the host."""
        text = self.wait_for(number)[number - 1].get_content()
        return re.search(r"https?://[^/\s]+(/\S+)", text)[1]


@contextmanager
def post_office():
    """(PostOffice, the Server that leads to it) for the length of the block."""
    office, port = PostOffice(), a_free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office, Server("127.0.0.1", port, "none", SENDER)
    finally:
        controller.stop()


def a_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
