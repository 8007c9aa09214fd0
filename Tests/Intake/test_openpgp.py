"""Commits signed with OpenPGP, by people and by a forge, checked by stock gpg against people.yaml alone."""
import os
import pathlib
import shutil
import subprocess
import tempfile

import pytest

from company import file_of, until, unwrapped

DAY = 86400


class Keyring:
    """Keys of a test's own, in a home of their own."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="gpg-")
        self.program = os.path.join(self.home, "sign")
        with open(self.program, "w") as file:
            file.write(f'#!/bin/sh\nexec gpg --homedir {self.home} --batch --passphrase "" "$@"\n')
        os.chmod(self.program, 0o700)

    def gpg(self, *arguments):
        done = subprocess.run([self.program, "--quiet", *arguments], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def make(self, name, kind="ed25519", expires="never"):
        self.gpg("--quick-gen-key", f"{name} <{name}@example.com>", kind, "sign", expires)
        return self.export(name)

    def export(self, name):
        """As a value of people.yaml."""
        return '"' + self.gpg("--armor", "--export", f"{name}@example.com").replace("\n", "\\n") + '"'

    def signing(self, name):
        return ["-c", f"gpg.program={self.program}", "-c", f"user.signingkey={name}@example.com", "-c", "gpg.format=openpgp"]

    def end(self):
        subprocess.run(["gpgconf", "--homedir", self.home, "--kill", "all"], capture_output=True)
        shutil.rmtree(self.home, ignore_errors=True)


@pytest.fixture
def keyring():
    keyring = Keyring()
    yield keyring
    keyring.end()


def sign(person, path, keyring, key, *commit):
    """The line edited and committed, signed with somebody's key; pushed."""
    file = person.folder / path
    text = file.read_text()
    start = text.index("\ndecision:")
    file.write_text(text[:start] + "\ndecision: approve" + text[text.index("\n", start + 1):])
    person.git(*keyring.signing(key), "commit", "-S", "--quiet", "--all", "--message", "Decide", *commit)
    person.git("push", "--quiet")


def answer(company, path):
    until(lambda: "NOT COUNTED" in (company.on_branch(path) or ""), "an answer", company.log.read_text)
    return unwrapped(company.on_branch(path))


@pytest.mark.parametrize("kind", ["ed25519", "rsa2048"])
def test_a_commit_signed_with_a_listed_key_is_the_persons_own(begin_http, keyring, kind):
    company = begin_http(keys=f", keys: [{keyring.make('bob', kind)}]", assurance="key")
    bob = company.asks("bob")
    sign(bob, file_of("bob", 1), keyring, "bob", "--author", "Carl <carl@example.com>")
    until(lambda: company.show(1)["status"] == "completed", "the end of the case", company.log.read_text)
    decided = company.decisions(1)[0]
    assert (decided["by"], decided["assurance"]) == ("bob", "key")
    assert decided["key"].startswith("openpgp:")
    company.end()
    company.runner.writ("verify")
    said = audit(company, "leave-1")
    assert "Good signature from \"bob <bob@example.com>\"" in said and "+decision: approve" in said


def audit(company, instance):
    """The shell blocks of docs/audit.md, as one script."""
    page = (pathlib.Path(__file__).resolve().parents[2] / "docs" / "audit.md").read_text()
    script = "set -eu\n" + "".join(block.split("```")[0] for block in page.split("```sh\n")[1:])
    folder = pathlib.Path(tempfile.mkdtemp(prefix="audit-"))
    try:
        done = subprocess.run(
            ["sh", "-c", script], cwd=folder, capture_output=True, text=True,
            env={"PATH": "/usr/bin:/bin", "RECORD": str(company.runner.folder / "state"), "ID": instance})
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr
    finally:
        subprocess.run(["gpgconf", "--homedir", folder / "audit" / "gnupg", "--kill", "all"], capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def test_a_key_that_is_not_listed_proves_nothing(begin_http, keyring):
    company = begin_http(keys=f", keys: [{keyring.make('bob')}]", assurance="key")
    keyring.make("mallory")
    bob = company.asks("bob")
    sign(bob, file_of("bob", 1), keyring, "mallory")
    assert "wants the assurance 'key'; this decision has 'unverified'" in answer(company, file_of("bob", 1))
    assert company.decisions(1) == []


def test_a_commit_that_was_changed_after_it_was_signed_is_refused(begin_http, keyring):
    company = begin_http(keys=f", keys: [{keyring.make('bob')}]")
    bob = company.asks("bob")
    bob.git("config", "remote.origin.push", "HEAD:refs/heads/elsewhere")
    sign(bob, file_of("bob", 1), keyring, "bob")
    raw = bob.git("cat-file", "commit", "HEAD") + "\n"
    forged = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"], input=raw.replace("\nDecide", "\nDecided"), text=True,
        capture_output=True, cwd=bob.folder, check=True).stdout.strip()
    bob.git("push", "--quiet", "origin", f"{forged}:refs/writ/decisions/forged")
    assert "OpenPGP signature does not fit" in answer(company, file_of("bob", 1))
    assert company.decisions(1) == []


def test_an_expired_key_is_refused_however_the_signature_is_dated(begin_http, keyring):
    keyring.gpg("--faked-system-time", "20260101T000000", "--quick-gen-key", "bob <bob@example.com>", "ed25519", "sign", "30d")
    company = begin_http(keys=f", keys: [{keyring.export('bob')}]")
    bob = company.asks("bob")
    with open(keyring.program, "w") as file:
        file.write(
            f'#!/bin/sh\nexec gpg --homedir {keyring.home} --batch --faked-system-time 20260110T000000 "$@"\n')
    sign(bob, file_of("bob", 1), keyring, "bob", "--date", "2026-01-10T00:00:00Z")
    assert "is by a key that has expired" in answer(company, file_of("bob", 1))
    assert company.decisions(1) == []


def test_a_forge_signs_for_whoever_is_logged_in(begin_http, keyring):
    company = begin_http(
        keys=", logins: [github:bob-the-boss]", forges=f"forges: {{github: {{keys: [{keyring.make('forge', 'rsa2048')}]}}}}\n",
        assurance="forge")
    bob = company.asks("bob")
    for name, value in (("name", "GitHub"), ("email", "noreply@github.com")):
        bob.git("config", f"user.{name}", value)
    sign(bob, file_of("bob", 1), keyring, "forge", "--author", "Bob <1234567+bob-the-boss@users.noreply.github.com>")
    until(lambda: company.show(1)["status"] == "completed", "the end of the case", company.log.read_text)
    assert [(one["by"], one["assurance"]) for one in company.decisions(1)] == [("bob", "forge")]
    company.end()
    company.runner.writ("verify")
