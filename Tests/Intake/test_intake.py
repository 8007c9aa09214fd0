"""Decisions pushed to a real git server, taken in by a runner elsewhere."""
import subprocess
import threading
import urllib.request

from company import file_of, until, unwrapped


def test_a_decision_pushed_to_the_branch_finishes_a_case(begin):
    company = begin()
    bob = company.asks("bob")
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
    bob = company.asks("bob")
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
    bob = company.asks("bob")
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
    bob, path = company.asks("bob"), file_of("bob", 1)
    bob.decide(path, "perhaps")
    bob.git("push", "--quiet")
    until(lambda: "NOT COUNTED" in (company.on_branch(path) or ""), "an answer", company.log.read_text)
    assert "'perhaps' is none of the words approve, reject and return" in unwrapped(company.on_branch(path))
    bob.git("pull", "--quiet", "--rebase")
    bob.decide(path)
    bob.git("push", "--quiet")
    until(lambda: company.decisions(1), "the decision", company.log.read_text)


def test_a_question_is_asked_answered_and_withdrawn_by_pushed_commits(begin_http):
    """What bob and anna write into files of the inbox, each in a clone of their own, is who asked, answered, withdrew."""
    company = begin_http()
    bob, request = company.asks("bob"), file_of("bob", 1)
    bob.decide(request, "ask", reason="Which days are these?")
    bob.git("push", "--quiet")
    question = "leave-1.ok.1.ok.q1/anna.yaml"
    until(lambda: company.on_branch(question), "the question", company.log.read_text)
    anna = company.clone("anna", home="anna-laptop")
    file = anna.folder / question
    assert "Which days are these?" in file.read_text()
    file.write_text(file.read_text().replace("\nanswer:\n", "\nanswer: The first three of June.\n"))
    anna.git("commit", "--quiet", "--all", "--message", "Answer")
    anna.git("push", "--quiet")
    until(lambda: company.on_branch(question) is None, "the answer to be taken", company.log.read_text)
    assert [entry["by"] for entry in company.events(1, "question-answered")] == ["anna"]
    until(lambda: "The first three of June." in (company.on_branch(request) or ""), "the answer in bob's file")
    anna.git("pull", "--quiet", "--rebase")
    anna.decide(request, "withdraw", reason="I am ill")
    anna.git("push", "--quiet")
    until(lambda: company.show(1)["status"] == "cancelled", "the end of the case", company.log.read_text)
    assert company.decisions(1) == []
    until(lambda: company.on_branch(request) is None, "a tidy branch", company.log.read_text)
    company.end()
    company.runner.writ("verify")


def test_what_is_not_theirs_to_write_is_answered_to_them_and_changes_nothing(begin_http):
    company = begin_http(require="all")
    bob, request = company.asks("bob"), file_of("bob", 1)
    for words, reason, answer in (
        ("withdraw", "not today", "only anna"), ("reopen", "", "say why"), ("ask nobody", "why?", "nobody is called"),
        ("ask bob", "why?", "would ask themselves"), ("ask", "", "a question has words"),
    ):
        bob.decide(request, words, reason=reason)
        bob.git("push", "--quiet")
        until(lambda: answer in unwrapped(company.on_branch(request)), f"an answer to {words}", company.log.read_text)
        assert "NOT COUNTED" in company.on_branch(request)
        bob.git("pull", "--quiet", "--rebase")
    carl = company.clone("carl")
    carl.decide(request, "withdraw", reason="for anna")
    carl.git("push", "--quiet")
    until(lambda: "only anna" in unwrapped(company.on_branch(request)), "an answer to carl", company.log.read_text)
    assert company.show(1)["status"] == "waiting"
    assert {entry["event"] for entry in company.events(1)} == {"started", "entered", "level-opened"}
