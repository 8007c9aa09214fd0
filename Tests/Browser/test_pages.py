"""The pages as people meet them: on a wide and a phone-sized screen, in the light and in the dark, without scripts."""

import subprocess
import time
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import WRIT

PHONE = {"width": 390, "height": 844}
PAGES = ["/", "/inbox", "/instances", "/deployments", "/messages", "/workflows/expense-approval",
         "/workflows/expense-approval/start", "/instances/33", "/instances/40"]


def decide(page):
    """Opens the first thing in the inbox that asks for a decision, not for work."""
    page.locator("main a[href*='/inbox/'][href*='approve']").first.click()
    return page


def timeline(demo, number):
    with urllib.request.urlopen(f"{demo.address}/api/instances/{number}/timeline", timeout=10) as answer:
        return answer.read().decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("screen", [{"width": 1280, "height": 900}, PHONE], ids=["wide", "phone"])
def test_a_page_fits_its_screen(open_page, path, screen):
    page = open_page(path, **screen)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_can_be_used_by_everybody(open_page, path, scheme):
    results = Axe().run(open_page(path, scheme=scheme), options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()


def test_an_approver_decides_on_a_phone_without_scripts(open_page):
    page = decide(open_page("/inbox", scripts=False, **PHONE))
    button = page.get_by_role("button", name="Approve")
    assert button.bounding_box()["height"] >= 44, "too small for a thumb"
    button.click()
    assert "You approved" in page.locator("main").inner_text()


def test_a_rejection_needs_a_reason_and_says_so(open_page):
    page = decide(open_page("/inbox", scripts=False, **PHONE))
    page.get_by_role("button", name="Reject").click()
    assert "reason" in page.locator("[role=alert]").inner_text().lower()
    assert page.get_by_role("button", name="Reject").count() == 1, "the request is still open"


def test_an_approver_asks_and_lends_the_seat_on_a_phone(demo, open_page):
    page = open_page("/inbox", **PHONE)
    page.locator("main a[href*='/inbox/purchase-order']").first.click()
    request = page.url
    page.get_by_text("Ask a question first").click()
    page.get_by_label("What do you want to know?").fill("Is <b>one</b> not enough?")
    assert page.get_by_role("button", name="Ask", exact=True).bounding_box()["height"] >= 44, "too small for a thumb"
    page.get_by_role("button", name="Ask", exact=True).click()
    page.goto(request)
    assert "Is <b>one</b> not enough?" in page.locator("main").inner_text()
    assert "not answered yet" in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"
    page.get_by_text("Ask somebody else to decide for you").click()
    page.get_by_role("button", name="Lend the seat").click()
    number = int(request.split("purchase-order-")[1].split(".")[0])
    assert '"delegated"' in timeline(demo, number) and '"question-asked"' in timeline(demo, number)


def test_the_month_was_lived_with_questions_covers_and_second_thoughts(demo):
    for event in ("question-asked", "question-answered", "acting_for: priya", "called off"):
        assert demo.git("-C", "state", "grep", "--fixed-strings", event, "state"), event


def test_a_graph_is_drawn_on_the_workflow_page(open_page):
    page = open_page("/workflows/expense-approval")
    assert page.locator("svg.graph [data-step]").count() > 5


def test_a_page_follows_what_others_do(demo, open_page):
    page = open_page("/instances/44")
    assert "just now" not in page.locator("main").inner_text()
    subprocess.run([WRIT, "comment", "44", "Seen by the tests"], cwd=demo.repository, check=True, capture_output=True)
    page.get_by_text("Seen by the tests").wait_for(timeout=10_000)


def test_a_listener_that_missed_something_is_told_to_look_again(demo):
    def first(last):
        request = urllib.request.Request(f"{demo.address}/api/changes", headers={"Last-Event-ID": last} if last else {})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return b"".join(iter(answer.readline, b"event: ready\n") if not last else [answer.readline() for _ in range(5)])
    assert b"retry: 2000" in first(None)
    missed = first("1")
    assert b"event: change" in missed and b'"missed":true' in missed


def test_a_commit_on_the_inbox_branch_decides(demo, tmp_path):
    mine = next(
        path for path in demo.git("ls-tree", "-r", "--name-only", "writ/inbox").split()
        if path.endswith("/marcus.yaml") and is_decision(demo, path)
    )
    folder = tmp_path / "inbox"
    demo.git("worktree", "add", "--quiet", str(folder), "writ/inbox")
    text = (folder / mine).read_text()
    (folder / mine).write_text(text.replace("\ndecision:", "\ndecision: approve", 1))
    subprocess.run(["git", "-C", folder, "commit", "--quiet", "--all", "--message", "Approve"], check=True)
    deadline = time.monotonic() + 15
    while (folder / mine).exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not (folder / mine).exists(), "the inbox was not tidied:\n" + (folder / mine).read_text()
    number = mine.split(".")[0].rsplit("-", 1)[1]
    assert "unverified" in timeline(demo, number)


def is_decision(demo, path):
    return "\ndecision:" in demo.git("show", f"writ/inbox:{path}")
