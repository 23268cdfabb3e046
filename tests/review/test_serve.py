"""The local server, with a program that plays Label Studio."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from jiyao.errors import DependencyError, ReviewError
from jiyao.review import serve
from jiyao.review.serve import find_program, load_access, running

PROGRAM = """#!{python}
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
assert sys.argv[1:5] == ["start", "--no-browser", "--internal-host", "127.0.0.1"], sys.argv
assert sys.stdin.read() == ""
with open(os.path.join({folder!r}, "seen"), "w") as seen:
    json.dump(dict(os.environ), seen)
class Answer(BaseHTTPRequestHandler):
    def reply(self, code, body, **headers):
        self.send_response(code)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())
    def do_GET(self):
        if self.path == "/api/token/":
            self.reply(200, [dict(token="old.old.old")])
        else:
            self.reply(200, dict(status="UP"), Set_Cookie="csrftoken=c")
    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        conflict = self.path == "/api/token/" and not getattr(HTTPServer, "cleared", False)
        if self.path == "/api/token/blacklist/":
            HTTPServer.cleared = True
        codes = {{"/user/login/": 302, "/api/token/refresh/": 401}}
        self.reply(409 if conflict else codes.get(self.path, 201), dict(token="new.new.new"))
    def log_message(self, *given):
        pass
HTTPServer(("127.0.0.1", int(sys.argv[6])), Answer).serve_forever()
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "label-studio"
    path.write_text(PROGRAM.format(python=sys.executable, folder=str(tmp_path)), encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def test_started_ready_with_a_token_and_stopped(program: Path, port: int, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with running(program, home, port, lambda passed: None) as (access, process):
        assert access.url == f"http://127.0.0.1:{port}" and access.token == "new.new.new"
        assert process.poll() is None
        stored = load_access(home)
        assert stored == access
    assert process.poll() is not None
    assert (home / "access.json").stat().st_mode & 0o077 == 0 and home.stat().st_mode & 0o077 == 0
    assert access.password not in repr(access) and access.token not in repr(access)


def test_nobody_outside_is_asked(program: Path, port: int, tmp_path: Path) -> None:
    with running(program, tmp_path / "home", port, lambda passed: None) as (access, _):
        seen = (tmp_path / "seen").read_text(encoding="utf-8")
    for setting in ('"COLLECT_ANALYTICS": "false"', '"SENTRY_DSN": ""', '"LATEST_VERSION_CHECK": "false"'):
        assert setting in seen
    assert "127.0.0.0/8" not in serve._BANNED and "10.0.0.0/8" in serve._BANNED
    assert access.password in seen


def test_password_is_kept_from_start_to_start(program: Path, port: int, tmp_path: Path) -> None:
    passwords = set()
    for _ in range(2):
        with running(program, tmp_path / "home", port, lambda passed: None) as (access, _):
            passwords.add(access.password)
    assert len(passwords) == 1


def test_a_taken_port_is_said(program: Path, port: int, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with (
            pytest.raises(ReviewError, match="is taken"),
            running(program, tmp_path / "home", port, lambda passed: None),
        ):
            pass


def test_a_server_that_dies_is_said_with_its_log(port: int, tmp_path: Path) -> None:
    program = tmp_path / "label-studio"
    program.write_text("#!/bin/sh\necho broken\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    with (
        pytest.raises(ReviewError, match=r"code 3.*server\.log"),
        running(program, tmp_path / "home", port, lambda passed: None),
    ):
        pass


def test_not_installed_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    for given in (None, tmp_path / "nothing"):
        with pytest.raises(DependencyError, match=r"venv .*pip install -c constraints-review-server\.txt label-studio"):
            find_program(tmp_path, given)


def test_damaged_access_is_said(tmp_path: Path) -> None:
    (tmp_path / "access.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReviewError, match="damaged"):
        load_access(tmp_path)
