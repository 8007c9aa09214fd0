"""A living demo and a real browser for the tests in this folder; both end with them."""

import pathlib
import re
import shutil
import subprocess
import tempfile
import threading

import pytest
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
WRIT = ROOT / ".build" / "debug" / "writ"
READY_WITHIN = 180  # seconds; the demo lives through a month first


class Demo:
    """The demo's process, its address and its workflow repository."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder) / "demo"
        self.errors = open(pathlib.Path(folder) / "stderr", "w+")
        self.process = subprocess.Popen(
            [WRIT, "demo", "--folder", self.folder],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=self.errors, text=True,
        )
        alarm = threading.Timer(READY_WITHIN, self.process.kill)
        alarm.start()
        self.text = ""
        self.address = None
        for line in self.process.stdout:
            self.text += line
            found = re.search(r"is open:\s+(http://\S+)", line)
            if found:
                self.address = found.group(1)
                break
        alarm.cancel()
        if not self.address:
            self.errors.seek(0)
            raise RuntimeError("the demo did not open:\n" + self.text + self.errors.read())
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    @property
    def repository(self):
        return self.folder / "company"

    def git(self, *arguments):
        return subprocess.run(
            ["git", "-C", self.repository, *arguments], check=True, capture_output=True, text=True
        ).stdout

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.errors.close()


@pytest.fixture(scope="session")
def demo():
    folder = tempfile.mkdtemp(prefix="writ-browser-")
    demo = Demo(folder)
    yield demo
    demo.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, demo):
    """Opens a path on a screen of a size; what the console complains about fails the test."""
    contexts, complaints = [], []

    def open_page(path, width=1280, height=900, scripts=True, scheme="light"):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        # A form that is sent back to be mended (422) is an answer, not a fault of the page.
        page.on("console", lambda message: message.type == "error" and "status of 422" not in message.text
                and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(demo.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
