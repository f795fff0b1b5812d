"""The workflows, as an auditor of workflows reads them; it asks nobody."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from projects import ROOT

ZIZMOR = Path(sys.executable).parent / "zizmor"
# What makes a workflow do what a stranger wants: each line, and what it becomes.
MISTAKES = {
    "run for strangers, with our rights": ("  pull_request:\n", "  pull_request_target:\n"),
    "an action that may change": ("actions/checkout@", "actions/checkout@v7 # "),
    "a title that is run": ("- run: make check", "- run: echo ${{ github.event.issue.title }}"),
    "every right": ("    permissions:\n      contents: read\n", "    permissions: write-all\n"),
}


def audit(folder):
    command = [ZIZMOR, "--offline", "--quiet", "--min-severity=medium", "--no-progress", folder]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_workflows_have_no_known_weakness():
    done = audit(ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_weakness_is_found(tmp_path, mistake):
    shutil.copytree(ROOT / ".github/workflows", tmp_path / ".github/workflows")
    path = tmp_path / ".github/workflows/test.yml"
    text = path.read_text(encoding="utf-8")
    old, new = MISTAKES[mistake]
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert audit(tmp_path / ".github").returncode > 0
