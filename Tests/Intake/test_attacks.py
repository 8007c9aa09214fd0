"""A signed decision, falsified in hundreds of ways: through the API of a server, and past the hook of a git server."""
import json
import subprocess
import urllib.error
import urllib.request

import yaml

from company import WRIT, file_of, until

NAMESPACE = "writ-decision@v1"


def key_of(folder, name):
    path = folder / f"id_{name}"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path], check=True)
    return path, path.with_suffix(".pub").read_text().strip()


def canonical(fields):
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def document(text, **changes):
    """The decision document for a file of the inbox, as 'writ approve --sign' makes it."""
    binding = yaml.load(text, yaml.BaseLoader)["binding"]
    fields = {name: binding[name] for name in ("repository", "instance", "step", "level", "definition", "shown", "nonce")}
    fields |= {"format": 1, "visit": int(binding["visit"]), "decision": "approve", "principal": binding["person"],
               "expires": "2099-01-01T00:00:00.000Z"}
    return canonical(fields | changes)


def sign(key, text, namespace=NAMESPACE):
    done = subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", namespace], input=text.encode(), capture_output=True, check=True)
    return done.stdout.decode()


def lies(text, bob, stranger):
    """Documents with signatures, each wrong in one way."""
    good = document(text)
    yield good, sign(stranger, good)
    yield good, sign(bob, good, "git")
    yield good, ""
    yield good, sign(bob, good) * 2
    yield good, "A" * 100_000
    yield good + " ", sign(bob, good + " ")
    yield good.replace("{", "{ ", 1), sign(bob, good.replace("{", "{ ", 1))
    other = {"repository": "0" * 32, "instance": "leave-9", "step": "no", "level": "second", "definition": "00",
             "shown": "00", "nonce": "00", "principal": "carl", "decision": "aprove", "visit": 2, "format": 2,
             "expires": "2026-01-01T00:00:00.000Z", "acting_for": "carl"}
    for name, value in other.items():
        lie = document(text, **{name: value})
        yield lie, sign(bob, lie)
        yield lie, sign(bob, good)
    yield document(text, decision="reject"), sign(bob, document(text, decision="reject"))
    yield document(text, reason="x" * 20_000), sign(bob, document(text, reason="x" * 20_000))
    signature = sign(bob, good)
    for place in range(len(good)):
        yield good[:place] + good[place + 1:], signature
        yield good[:place] + good[place] + good[place:], signature
        yield good[:place], signature


def test_the_api_refuses_every_falsified_document_in_words(begin_http, tmp_path):
    (bob, line), (stranger, _) = key_of(tmp_path, "bob"), key_of(tmp_path, "stranger")
    company = begin_http(keys=f", keys: [{line}]", assurance="key")
    company.start()
    path = file_of("bob", 1)
    text = until(lambda: company.on_branch(path), "the request", company.log.read_text)
    address = "http://" + company.log.read_text().split("http://")[1].split()[0]
    token = (company.runner.folder / "state/.git/writ/token").read_text().strip()

    def hand_in(document, signature):
        request = urllib.request.Request(
            f"{address}/api/approvals/leave-1.ok.1/decisions",
            json.dumps({"document": document, "signature": signature}).encode(),
            {"Authorization": f"Bearer {token}", "Writ-Person": "anna", "Content-Type": "application/json"})
        try:
            return urllib.request.urlopen(request).status, {}
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.loads(refusal.read())

    tried = 0
    for false, signature in lies(text, bob, stranger):
        status, problem = hand_in(false, signature)
        assert 400 <= status < 500 and problem.get("detail"), (status, problem, false)
        tried += 1
    assert tried > 1_000
    assert company.decisions(1) == []
    good = document(text)
    assert hand_in(good, sign(bob, good))[0] == 200
    assert company.decisions(1)[0]["assurance"] == "key"


def test_the_hook_refuses_them_at_the_push(begin_http, tmp_path):
    (bob, line), (stranger, _) = key_of(tmp_path, "bob"), key_of(tmp_path, "stranger")
    company = begin_http(keys=f", keys: [{line}]", assurance="key")
    company.start()
    path = file_of("bob", 1)
    text = until(lambda: company.on_branch(path), "the request", company.log.read_text)
    hook = company.bare / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\nexec {WRIT} hook pre-receive\n")
    hook.chmod(0o755)
    carl = company.clone("carl")

    def push(document, signature, name):
        blobs = []
        for content in (document, signature):
            blobs.append(subprocess.run(
                ["git", "hash-object", "-w", "--stdin"], cwd=carl.folder, input=content.encode(), capture_output=True,
                check=True).stdout.decode().strip())
        tree = subprocess.run(
            ["git", "mktree"], cwd=carl.folder, capture_output=True, check=True,
            input=f"100644 blob {blobs[0]}\tdecision.json\n100644 blob {blobs[1]}\tdecision.json.sig\n".encode())
        commit = carl.git("commit-tree", tree.stdout.decode().strip(), "-m", "Decision")
        return carl.run("git", "push", "--quiet", "origin", f"{commit}:refs/writ/decisions/{name}", check=False)

    good = document(text)
    # What only the record knows, the runner judges; what the key and the form tell, the hook refuses.
    for number, (false, signature) in enumerate([
        (good, sign(stranger, good)), (good, sign(bob, good, "git")), (good, sign(bob, good) * 2), (good, "A" * 9_000),
        (good + " ", sign(bob, good + " ")), (document(text, principal="carl"), sign(bob, document(text, principal="carl"))),
        (document(text, nonce="00"), sign(bob, good)), (good[:-9], sign(bob, good)),
    ]):
        refused = push(false, signature, f"false-{number}")
        assert refused.returncode != 0 and "remote:" in refused.stderr, (number, refused.stderr)
    assert push(good, sign(bob, good), "true").returncode == 0
    until(lambda: company.decisions(1), "the decision", company.log.read_text)
