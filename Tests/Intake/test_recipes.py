"""The recipes that 'writ init' writes: sound by the forges' own schemas, and every step runs in a clean clone."""
import json
import os
import pathlib
import subprocess
import sys

import pytest
import yaml

from company import WRIT

PATHS = {"github": ".github/workflows/writ.yaml", "gitlab": ".gitlab-ci.yml"}
SCHEMAS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}


def run(command, folder, environment, check=True):
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert not check or done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done


@pytest.fixture
def forge(tmp_path):
    """A server's repository beside its record, the forge's bare one, and a clean clone as a runner of the forge has it."""

    class Forge:
        environment = {
            **os.environ, "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1",
            "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"), "PATH": f"{os.path.dirname(WRIT)}:{tmp_path}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(tmp_path), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"), "GITHUB_BASE_REF": "main",
            "WRIT_REPOSITORY": str(tmp_path / "server"), "NUMBER": "7",
        }
        server, clone, summary = tmp_path / "server", tmp_path / "clone", tmp_path / "summary.md"

        def git(self, *arguments, folder=None):
            return run(["git", *arguments], folder or self.clone, self.environment).stdout.strip()

        def recipe(self, name):
            return yaml.safe_load((self.clone / PATHS[name]).read_text())

        def change(self, old, new):
            file = self.clone / "workflows/team/purchase.yaml"
            assert old in file.read_text()
            file.write_text(file.read_text().replace(old, new))
            self.git("commit", "--quiet", "--all", "--message", "A change")

        def step(self, script, check=True, **environment):
            return run(["bash", "-e", "-o", "pipefail", "-c", script], self.clone, {**self.environment, **environment}, check)

    forge = Forge()
    (tmp_path / "gitconfig").write_text("[user]\n\tname = Ada\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n")
    (tmp_path / "gh").write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/gh.log\n')
    (tmp_path / "gh").chmod(0o755)
    forge.server.mkdir()
    run([WRIT, "init"], forge.server, forge.environment)
    for arguments in (("add", "--all"), ("commit", "--quiet", "--message", "Begin")):
        forge.git(*arguments, folder=forge.server)
    run([WRIT, "deploy"], forge.server, forge.environment)
    forge.git("clone", "--quiet", "--bare", forge.server, tmp_path / "forge.git", folder=tmp_path)
    forge.git("remote", "add", "origin", tmp_path / "forge.git", folder=forge.server)
    forge.git("fetch", "--quiet", "origin", folder=forge.server)
    forge.git("branch", "--quiet", "--set-upstream-to=origin/main", folder=forge.server)
    forge.git("clone", "--quiet", tmp_path / "forge.git", forge.clone, folder=tmp_path)
    return forge


@pytest.mark.parametrize("name", PATHS)
def test_the_file_is_sound_by_the_forges_own_schema(forge, name):
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[name]]
    path = forge.clone / PATHS[name]
    options = ["--data-transform", "gitlab-ci"] if name == "gitlab" else []
    run([*checker, *options, path], forge.clone, forge.environment)
    path.write_text(path.read_text().replace("runs-on:", "runs-in:").replace("script:", "skript:"))
    assert run([*checker, *options, path], forge.clone, forge.environment, check=False).returncode != 0


def test_github_checks_a_pull_request_and_deploys_what_is_merged(forge, tmp_path):
    jobs = forge.recipe("github")["jobs"]
    steps = [step["run"] for step in jobs["check"]["steps"] if "run" in step]
    forge.change("'25'", "'50'")
    for step in steps:
        forge.step(step)
    assert "purchase" in forge.summary.read_text()
    assert (tmp_path / "gh.log").read_text().startswith("pr comment 7 --edit-last")
    forge.git("push", "--quiet", "origin", "HEAD:main")
    assert "is live" in forge.step(jobs["deploy"]["steps"][0]["run"]).stdout
    forge.change("then: buy}", "then: buyy}")
    refused = forge.step(steps[0], check=False)
    assert refused.returncode == 1 and refused.stdout.startswith("::error file=workflows/team/purchase.yaml,line=")
    forge.step(steps[1])
    assert "buyy" in forge.summary.read_text()


def test_gitlab_checks_a_merge_request_and_deploys_what_is_merged(forge):
    recipe = forge.recipe("gitlab")
    base = forge.git("rev-parse", "HEAD")
    forge.change("'25'", "'50'")
    check = "\n".join(recipe["writ check"]["script"])
    assert "purchase" in forge.step(check, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).stdout
    report = json.loads((forge.clone / "gl-code-quality-report.json").read_text())
    assert {finding["severity"] for finding in report} <= {"info", "minor"}, report
    forge.git("push", "--quiet", "origin", "HEAD:main")
    assert "is live" in forge.step("\n".join(recipe["writ deploy"]["script"])).stdout
    forge.change("then: buy}", "then: buyy}")
    refused = forge.step(check, check=False, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert refused.returncode == 1
    assert "buyy" in json.loads((forge.clone / "gl-code-quality-report.json").read_text())[0]["description"]


def test_the_findings_as_sarif_are_what_github_takes(forge):
    forge.change("then: buy}", "then: buyy}")
    sarif = json.loads(forge.step("writ check --format sarif || true").stdout)
    assert sarif["version"] == "2.1.0"
    assert sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "workflows/team/purchase.yaml")
