#!/usr/bin/python3
"""A mail server for tests: accepts everything on a free port of 127.0.0.1 and writes it down.

    smtp_sink.py DIRECTORY

DIRECTORY/port holds the port once it listens. Each message becomes NNNN.eml (as received) and NNNN.json (parsed:
from, to, subject, text, html, headers, connection). It stops when its standard input closes.
Recipients whose address begins with « refuse » get 550, « contenu » get 554 after their message, « plus-tard »
get 451 until the file DIRECTORY/ouvert exists.
"""
import email
import email.policy
import json
import os
import sys

from aiosmtpd.controller import Controller


class Sink:
    def __init__(self, directory):
        self.directory = directory
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refuse"):
            return "550 5.1.1 No such user"
        if address.startswith("plus-tard") and not os.path.exists(os.path.join(self.directory, "ouvert")):
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("contenu"):
            return "554 5.7.1 Content refused"
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)

        def body(kind):
            part = message.get_body(preferencelist=(kind,))
            return part.get_content() if part else ""

        self.count += 1
        name = os.path.join(self.directory, "%04d" % self.count)
        with open(name + ".eml", "wb") as file:
            file.write(envelope.original_content)
        parsed = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "subject": message["subject"],
            "type": message.get_content_type(),
            "text": body("plain"),
            "html": body("html"),
            "headers": {key.lower(): str(value) for key, value in message.items()},
            "defects": [str(d) for d in message.defects],
            "connection": session.peer[1],
        }
        with open(name + ".part", "w", encoding="utf-8") as file:
            json.dump(parsed, file)
        os.rename(name + ".part", name + ".json")  # never seen half written
        return "250 OK"


def main():
    directory = sys.argv[1]
    # Port 0 is not understood by Controller's own readiness check: a free one is asked for beforehand.
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Sink(directory), hostname="127.0.0.1", port=port, decode_data=False)
    controller.start()
    with open(os.path.join(directory, "port.part"), "w") as file:
        file.write(str(port))
    os.rename(os.path.join(directory, "port.part"), os.path.join(directory, "port"))
    sys.stdin.read()
    controller.stop()


main()
