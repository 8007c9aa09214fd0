"""Decisions pushed to a real git server, taken in by a runner elsewhere."""
import subprocess
import threading
import urllib.request

from company import file_of, until, unwrapped


def test_a_decision_pushed_to_the_branch_finishes_a_case(begin):
    company = begin()
    company.start()
    bob = company.clone("bob")
    until(lambda: company.on_branch(file_of("bob", 1)), "the request", company.log.read_text)
    bob.git("pull", "--quiet", "--rebase")
    bob.decide(file_of("bob", 1))
    bob.git("push", "--quiet", "origin", "HEAD:writ/inbox")
    until(lambda: company.show(1)["status"] == "completed", "the end of the case", company.log.read_text)
    until(lambda: company.on_branch(file_of("bob", 1)) is None, "a tidy branch", company.log.read_text)
    assert [entry["by"] for entry in company.decisions(1)] == ["bob"]
    bob.git("pull", "--quiet", "--rebase")
    company.end()
    company.runner.writ("verify")


def test_a_decision_on_a_ref_of_its_own_becomes_part_of_the_branch(begin):
    company = begin()
    company.start()
    bob = company.clone("bob")
    until(lambda: company.on_branch(file_of("bob", 1)), "the request", company.log.read_text)
    bob.git("pull", "--quiet", "--rebase")
    bob.decide(file_of("bob", 1))
    bob.git("push", "--quiet")
    until(lambda: company.show(1)["status"] == "completed", "the end of the case", company.log.read_text)
    until(lambda: not company.refs(), "the ref to go", company.log.read_text)
    bob.git("pull", "--quiet", "--rebase")
    assert bob.git("rev-parse", "HEAD") == company.tip()


def test_pushes_of_three_people_at_once_are_all_taken_and_nobody_has_to_try_again(begin_http):
    company = begin_http(require="all")
    cases, failures = 6, []
    company.start()
    people = [company.clone(name) for name in ("bob", "carl", "dora")]

    def work(person):
        try:
            for number in range(1, cases + 1):
                path = file_of(person.name, number)
                until(lambda: company.on_branch(path), f"{path}", company.log.read_text)
                person.git("pull", "--quiet", "--rebase")
                person.decide(path)
                person.git("push", "--quiet")
        except AssertionError as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for _ in range(1, cases):
        company.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[0]
    for number in range(1, cases + 1):
        until(lambda: company.show(number)["status"] == "completed", f"case {number}", company.log.read_text)
        assert sorted(entry["by"] for entry in company.decisions(number)) == ["bob", "carl", "dora"]
    until(lambda: not company.refs(), "the refs to go")
    for person in people:
        person.git("pull", "--quiet", "--rebase")
        assert person.git("rev-parse", "HEAD") == company.tip()
    company.end()
    company.runner.writ("verify")


def test_a_push_to_the_branch_at_the_same_moment_makes_the_runner_wait_its_turn(begin_http):
    company = begin_http()
    company.start()
    bob = company.clone("bob")
    # Somebody moves the branch all the time, while cases begin and the runner wants to show them.
    for turn in range(8):
        company.start()
        for _ in range(20):
            bob.git("pull", "--quiet", "--rebase")
            (bob.folder / "note.txt").write_text(f"{turn}\n")
            bob.git("add", "--all")
            bob.git("commit", "--quiet", "--message", f"Note {turn}")
            if bob.run("git", "push", "--quiet", "origin", "HEAD:writ/inbox", check=False).returncode == 0:
                break
            bob.git("reset", "--quiet", "--hard", "HEAD~1")
    for number in range(1, 10):
        until(lambda: company.on_branch(file_of("bob", number)), f"case {number}", company.log.read_text)
    assert company.on_branch("note.txt") == "7\n"


def test_a_rewritten_inbox_freezes_intake_until_an_operator_accepts_it(begin_http):
    company = begin_http()
    company.start()
    bob = company.clone("bob")
    until(lambda: company.on_branch(file_of("bob", 1)), "the request", company.log.read_text)
    bob.git("pull", "--quiet", "--rebase")
    bob.decide(file_of("bob", 1))
    bob.git("commit", "--quiet", "--amend", "--reset-author", "--message", "From nothing")
    orphan = bob.git("commit-tree", "HEAD^{tree}", "-m", "As if there had been nothing before")
    bob.git("push", "--quiet", "--force", "origin", f"{orphan}:refs/heads/writ/inbox")
    before = company.runner.git("--git-dir", "state/.git", "rev-parse", "state")
    until(lambda: "was rewritten" in company.log.read_text(), "the alarm", company.log.read_text)
    assert company.show(1)["status"] == "waiting"
    assert company.decisions(1) == []
    assert company.runner.git("--git-dir", "state/.git", "rev-parse", "state") == before
    assert company.tip() == orphan
    address = company.log.read_text().split("http://")[1].split()[0]
    page = urllib.request.urlopen(f"http://{address}").read().decode()
    assert "writ/inbox was rewritten" in page
    assert "writ/inbox was rewritten" in company.runner.writ("doctor", check=False).stdout
    for commit, reason, status in ((before, "why not", 3), (orphan, " ", 1)):
        refused = company.runner.writ("inbox", "--accept-rewrite", commit, "--reason", reason, check=False)
        assert refused.returncode == status and refused.stderr.startswith("error: "), refused
    company.runner.writ("inbox", "--accept-rewrite", orphan, "--reason", "the old server is gone")
    subject = company.runner.git("--git-dir", "state/.git", "log", "-1", "--format=%s", "state")
    assert subject == "writ/inbox: rewritten history accepted by anna"
    assert "the old server is gone" in company.runner.git("--git-dir", "state/.git", "grep", "reason", "state")
    until(lambda: "\ndecision:\n" in (company.on_branch(file_of("bob", 1)) or ""), "a tidy branch", company.log.read_text)
    assert company.decisions(1) == []
    bob.git("fetch", "--quiet", "origin")
    bob.git("reset", "--quiet", "--hard", "origin/writ/inbox")
    bob.decide(file_of("bob", 1))
    bob.git("push", "--quiet")
    until(lambda: company.show(1)["status"] == "completed", "the end of the case", company.log.read_text)
    company.end()
    company.runner.writ("verify")


def test_a_rewritten_inbox_that_is_put_back_goes_on(begin_http):
    company = begin_http()
    company.start()
    until(lambda: company.on_branch(file_of("bob", 1)), "the request", company.log.read_text)
    until(lambda: company.settled(), "the runner to have read it", company.log.read_text)
    company.move_inbox("main")
    until(lambda: "was rewritten" in company.log.read_text(), "the alarm", company.log.read_text)
    back = company.log.read_text().split("git push --force origin ")[1].split(":")[0]
    company.move_inbox(back)
    until(lambda: "are taken from writ/inbox again" in company.log.read_text(), "the end of it", company.log.read_text)


def test_a_removed_inbox_comes_back(begin_http):
    company = begin_http()
    company.start()
    until(lambda: company.on_branch(file_of("bob", 1)), "the request", company.log.read_text)
    subprocess.run(["git", "--git-dir", company.bare, "branch", "--quiet", "-D", "writ/inbox"], check=True)
    company.start()
    until(lambda: company.on_branch(file_of("bob", 2)), "the request", company.log.read_text)
    assert company.on_branch(file_of("bob", 1))


def test_what_does_not_count_is_answered_where_it_was_written(begin):
    company = begin(require="all")
    company.start()
    bob = company.clone("bob")
    path = file_of("bob", 1)
    until(lambda: company.on_branch(path), "the request", company.log.read_text)
    bob.git("pull", "--quiet", "--rebase")
    bob.decide(path, "perhaps")
    bob.git("push", "--quiet")
    until(lambda: "NOT COUNTED" in (company.on_branch(path) or ""), "an answer", company.log.read_text)
    assert "'perhaps' is none of the words approve, reject and return" in unwrapped(company.on_branch(path))
    bob.git("pull", "--quiet", "--rebase")
    bob.decide(path)
    bob.git("push", "--quiet")
    until(lambda: company.decisions(1), "the decision", company.log.read_text)
