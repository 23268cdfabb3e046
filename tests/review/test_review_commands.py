"""The commands as a user meets them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "docs" / "sample"


def review(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("LABEL_STUDIO")}
    return subprocess.run(
        [sys.executable, "-m", "jiyao", "review", *arguments],
        env={**inherited, "JIYAO_REVIEW_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("command", ["serve", "push", "pull", "agreement", "retrain", "backend"])
def test_every_command_has_help_with_an_example(command: str, tmp_path: Path) -> None:
    done = review(command, "--help", home=tmp_path)
    assert done.returncode == 0 and "Example: jiyao review" in done.stdout


def test_without_a_server_it_says_how_to_get_one(tmp_path: Path) -> None:
    for command in (("push", str(SAMPLE)), ("pull",)):
        done = review(*command, home=tmp_path)
        assert done.returncode == 1 and "jiyao review serve" in done.stderr and "Traceback" not in done.stderr


def test_without_a_token_it_says_how_to_give_one(tmp_path: Path) -> None:
    done = review("pull", "--url", "http://127.0.0.1:9", home=tmp_path)
    assert done.returncode == 1 and "LABEL_STUDIO_API_KEY" in done.stderr


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    done = review("pull", "--url", "http://127.0.0.1:9", home=tmp_path, LABEL_STUDIO_API_KEY="secret-token")
    assert done.returncode == 1 and "cannot be reached" in done.stderr and "Traceback" not in done.stderr
    assert "secret-token" not in done.stderr


def test_the_local_token_goes_to_the_local_server_only(tmp_path: Path) -> None:
    content = '{"url": "http://127.0.0.1:8080", "email": "e", "password": "p", "token": "t"}'
    (tmp_path / "access.json").write_text(content, encoding="utf-8")
    done = review("pull", "--url", "http://127.0.0.1:9", home=tmp_path)
    assert done.returncode == 1 and "no token is known" in done.stderr


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    hide = "import sys; sys.modules['httpx'] = None; sys.argv = ['jiyao', 'review', 'pull']; import jiyao.cli; jiyao.cli.main()"
    done = subprocess.run([sys.executable, "-c", hide], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and "pip install 'jiyao[review]'" in done.stderr and "Traceback" not in done.stderr


def test_import_and_help_need_nothing_of_it() -> None:
    check = (
        "import sys, jiyao, jiyao.cli; bad = {'httpx', 'starlette', 'uvicorn', 'label_studio_sdk', 'spacy'} & set(sys.modules);"
        "sys.exit(str(bad) if bad else 0)"
    )
    assert subprocess.run([sys.executable, "-c", check], timeout=60, check=False).returncode == 0


def test_neither_extract_nor_agreement_imports_the_sdk(tmp_path: Path) -> None:
    check = (
        "import sys, jiyao.cli\n"
        "try:\n    jiyao.cli.main()\nfinally:\n"
        "    sys.exit('imported' if 'label_studio_sdk' in sys.modules else 0)"
    )
    for arguments in (["extract", str(SAMPLE)], ["review", "agreement", "-i", str(tmp_path)]):
        done = subprocess.run([sys.executable, "-c", check, *arguments], capture_output=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr


def test_the_sdk_asks_nobody_but_the_named_server() -> None:
    """Import, a check and a call, with every way out but the client's own transport shut."""
    check = """
import socket
def shut(*given, **named): raise SystemExit("somebody was asked")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = shut
import sys
sys.path.insert(0, "tests/review")
from fake_studio import Studio
from review_documents import outgoing
from jiyao.review.push import push
from jiyao.review.screen import screen_problems
studio = Studio()
assert screen_problems(outgoing(1).prediction()) == []
assert push(studio.server(), "p", [outgoing(1)]).created == 1
"""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", check], cwd=root, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
