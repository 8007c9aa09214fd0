"""People are told by a real mail server: a workflow repository, `writ serve`, and SMTP with and without TLS."""

import email
import email.policy
import os
import pathlib
import socket
import ssl
import subprocess
import time

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

ROOT = pathlib.Path(__file__).resolve().parents[2]
WRIT = ROOT / ".build" / "debug" / "writ"

PEOPLE = """\
writ: 1
roles: {boss: Bosses}
people:
  ada: {name: Ada Lovelace, email: ada@example.com, roles: [boss]}
  tomas: {name: Tomás Ferreira, email: tomas@example.com, roles: [boss]}
"""
WORKFLOW = """\
writ: 1
title: Leave
owner: person:ada
access: {start: [role:boss]}
input: {type: object, properties: {days: {type: integer}}}
start: ok
steps:
  ok:
    type: approval
    title: Approve the leave
    approvers: [role:boss]
    show: {Days: input.days}
    then: {approved: tell, rejected: no, returned: no}
  tell: {type: notification, to: [initiator], channel: mail, subject: Genehmigt für dich, body: "See ${instance.url}", then: yes}
  yes: {type: end, outcome: granted}
  no: {type: end, outcome: refused}
"""

WORDS = {
    "de": """\
writ: 1
turn:
  subject: "Bitte entscheiden über ${input.days} <Tage>"
  body: ["${message.initiator} möchte Urlaub.", "Fällig: ${message.due}."]
""",
    "en": """\
writ: 1
turn: {subject: "Please decide on ${input.days} days", body: "${message.initiator} asks for leave."}
""",
}


class Postbox:
    """Takes mail and remembers it; `reply` is said to every message."""

    def __init__(self):
        self.mails = []
        self.replies = []

    async def handle_DATA(self, server, session, envelope):
        reply = self.replies.pop(0) if self.replies else "250 OK"
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.mails.append((reply, session.ssl is not None, list(envelope.rcpt_tos), mail))
        return reply


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def guard(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"writ", b"open sesame"), handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True)
    return folder


@pytest.fixture
def context(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


class Office:
    """A workflow repository whose people are told by mail, with its server."""

    def __init__(self, folder, channel, certificate, password="open sesame", language={}):
        self.folder = folder / "office"
        self.environment = {
            **os.environ, "HOME": str(folder), "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"), "NO_COLOR": "1",
            "MAIL_PASSWORD": password, "SSL_CERT_FILE": str(certificate / "cert.pem"),
        }
        for person, file in ("ada", "gitconfig"), ("tomas", "tomas"):
            (folder / file).write_text(f"[user]\n\tname = {person}\n\temail = {person}@example.com\n")
        (self.folder / "workflows").mkdir(parents=True)
        settings = f"writ: 1\ninbox: false\nurl: https://writ.example\nsecrets: {{MAIL_PASSWORD: {{env: MAIL_PASSWORD}}}}\n"
        (self.folder / "writ.yaml").write_text(settings + f"channels: {{mail: {channel}}}\nnotify: mail\n")
        people = PEOPLE
        for person, tag in language.items():
            people = people.replace(f"{person}: {{", f"{person}: {{language: {tag}, ")
        (self.folder / "people.yaml").write_text(people)
        for tag, words in WORDS.items() if language else ():
            (self.folder / "workflows" / f"leave.{tag}.messages.yaml").write_text(words)
        (self.folder / "workflows" / "leave.yaml").write_text(WORKFLOW)
        for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "Begin"]):
            self.run("git", *command)
        self.log = open(folder / "serve.log", "w+")
        self.process = subprocess.Popen(
            [WRIT, "serve", "--port", "0"], cwd=self.folder, env=self.environment, stdout=self.log, stderr=self.log)
        self.until(lambda: "http://" in (folder / "serve.log").read_text())

    def run(self, *command, **environment):
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment | environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def writ(self, *words):
        return self.run(WRIT, *words)

    def writ_as_tomas(self, *words):
        return self.run(WRIT, *words, GIT_CONFIG_GLOBAL=str(self.folder.parent / "tomas"))

    def until(self, condition, within=20):
        end = time.monotonic() + within
        while time.monotonic() < end:
            found = condition()
            if found:
                return found
            time.sleep(0.05)
        self.log.seek(0)
        raise AssertionError("it did not come to that:\n" + self.log.read() + self.writ("log", "1"))

    def close(self):
        self.process.terminate()
        self.process.wait(20)
        self.log.close()


@pytest.fixture
def office(tmp_path, certificate):
    offices = []

    def make(channel, **options):
        offices.append(Office(tmp_path, channel, certificate, **options))
        return offices[-1]

    yield make
    for one in offices:
        one.close()


def started(controller):
    controller.start()
    return controller


@pytest.fixture
def starttls(context):
    controller = started(Controller(
        Postbox(), hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True, authenticator=guard,
        auth_required=True))
    yield controller
    controller.stop()


def port(controller):
    return controller.server.sockets[0].getsockname()[1]


SIGNED_IN = "from: Writ <writ@example.com>, user: writ, password: MAIL_PASSWORD"


def test_an_approver_is_told(starttls, office):
    """STARTTLS and AUTH; the facts of a mail; a link that only shows."""
    here = office(f'{{smtp: "smtp://localhost:{port(starttls)}", {SIGNED_IN}}}')
    here.writ("start", "leave", "-i", "days=3")
    mails = starttls.handler.mails
    here.until(lambda: mails)
    reply, secure, recipients, mail = mails[0]
    assert secure and reply.startswith("250")
    assert recipients == ["tomas@example.com"]
    assert mail["subject"] == "Your turn: Approve the leave"
    assert mail["to"] == "Tomás Ferreira <tomas@example.com>"
    assert mail["from"] == "Writ <writ@example.com>"
    assert mail["message-id"].startswith("<leave-1.ok.1.n") and mail["message-id"].endswith("@example.com>")
    assert mail["date"] and mail["auto-submitted"] == "auto-generated"
    plain, page = (mail.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    assert plain == (
        "Leave (leave-1) waits for you.\nAda Lovelace started it.\nhttps://writ.example/instances/leave-1\n")
    assert mail.get_content_type() == "multipart/alternative" and mail["content-language"] == "en"
    assert '<p>Ada Lovelace started it.</p>' in page
    assert '<a href="https://writ.example/instances/leave-1">' in page
    here.until(lambda: "delivered" in here.writ("log", "1"))


def test_each_is_told_in_their_language(starttls, office):
    """Words of the workflow's own in German; whoever reads no German is told in English."""
    here = office(f'{{smtp: "smtp://localhost:{port(starttls)}", {SIGNED_IN}}}', language={"tomas": "de", "ada": "fr"})
    here.writ("start", "leave", "-i", "days=3")
    mails = starttls.handler.mails
    here.until(lambda: mails)
    mail = mails[0][3]
    assert mail["subject"] == "Bitte entscheiden über 3 <Tage>" and mail["content-language"] == "de"
    assert mail.get_body(("plain",)).get_content().startswith("Ada Lovelace möchte Urlaub.")
    assert "über 3 &lt;Tage&gt;</h1>" in mail.get_body(("html",)).get_content()
    here.writ_as_tomas("ask", "1", "Which days?")
    here.until(lambda: len(mails) == 2)
    assert mails[1][2] == ["ada@example.com"] and mails[1][3]["subject"] == "Tomás Ferreira asks about Approve the leave"
    here.writ_as_tomas("approve", "1")
    here.until(lambda: len(mails) == 3)
    assert mails[2][3]["subject"] == "Genehmigt für dich"


def test_tls_from_the_first_byte(context, office):
    controller = started(Controller(Postbox(), hostname="127.0.0.1", port=free_port(), ssl_context=context))
    try:
        here = office(f'{{smtp: "smtps://localhost:{port(controller)}", from: writ@example.com}}')
        here.writ("start", "leave", "-i", "days=3")
        here.until(lambda: controller.handler.mails)
    finally:
        controller.stop()


def test_a_refused_mail_comes_again_under_the_same_id(starttls, office):
    starttls.handler.replies.append("451 later")
    here = office(f'{{smtp: "smtp://localhost:{port(starttls)}", {SIGNED_IN}}}')
    here.writ("start", "leave", "-i", "days=3")
    mails = starttls.handler.mails
    here.until(lambda: len(mails) == 2)  # ten seconds later
    assert mails[0][0] == "451 later"
    assert mails[0][3]["message-id"] == mails[1][3]["message-id"]
    assert "smtp.451" in here.writ("log", "1")


@pytest.mark.parametrize("case", ["wrong password", "no STARTTLS", "unknown authority", "down"])
def test_what_goes_wrong_is_in_the_log_of_the_instance(case, starttls, office, tmp_path):
    plain = started(Controller(Postbox(), hostname="127.0.0.1", port=free_port()))
    address = {"no STARTTLS": port(plain), "down": 1}.get(case, port(starttls))
    host = "127.0.0.1" if case == "unknown authority" else "localhost"  # the certificate is for another name
    try:
        password = "guess" if case == "wrong password" else "open sesame"
        here = office(f'{{smtp: "smtp://{host}:{address}", {SIGNED_IN}}}', password=password)
        here.writ("start", "leave", "-i", "days=3")
        code = {"wrong password": "login", "no STARTTLS": "tls", "unknown authority": "tls", "down": "network"}[case]
        here.until(lambda: code in here.writ("log", "1"))
        log = here.writ("log", "1")
        assert "open sesame" not in log and "guess" not in log
        assert not plain.handler.mails and not starttls.handler.mails
    finally:
        plain.stop()
