"""A Label Studio of one's own: on this machine only, its data kept, no other host contacted, stopped cleanly."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import platformdirs

from jiyao.errors import DependencyError, ReviewError
from jiyao.review.files import write_whole

HOST = "127.0.0.1"
#: The first start prepares a database, which takes a slow machine minutes.
START_SECONDS = 600
_STOP_SECONDS = 20
_ACCESS = "access.json"
_EMAIL = "reviewer@jiyao.local"
#: What the server must not be made to fetch: its own list, without loopback, where the prediction back end is.
_BANNED = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "233.252.0.0/24",
    "240.0.0.0/4",
    "255.255.255.255/32",
    "::/128",
    "::ffff:0:0/96",
    "::ffff:0:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001:0000::/32",
    "2001:20::/28",
    "2001:db8::/32",
    "2002::/16",
    "fc00::/7",
    "fe80::/10",
    "ff00::/8",
]


@dataclass(frozen=True, slots=True)
class Access:
    """How to get at the server that ``serve`` runs; kept in a file that only its owner may read."""

    url: str
    email: str
    password: str
    token: str = ""

    def __repr__(self) -> str:
        return f"Access(url={self.url!r}, email={self.email!r})"


def default_home() -> Path:
    """Where the server's data and access are kept, unless told otherwise."""
    return platformdirs.user_data_path("jiyao", appauthor=False) / "label-studio"


def load_access(home: Path) -> Access | None:
    """The access that an earlier ``serve`` left in ``home``."""
    path = home / _ACCESS
    if not path.is_file():
        return None
    try:
        return Access(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise ReviewError(str(path), "is damaged", "remove it; `jiyao review serve` makes a new one") from None


def find_program(home: Path, given: Path | None = None) -> Path:
    """The program ``label-studio``: as given, in the environment beside its data, or on the path.

    Raises:
        DependencyError: it is not installed.
    """
    folder = "Scripts" if sys.platform == "win32" else "bin"
    candidates = [given] if given else [home / "venv" / folder / "label-studio", shutil.which("label-studio")]
    for candidate in candidates:
        if candidate and Path(candidate).is_file():
            return Path(candidate)
    venv = home / "venv"
    raise DependencyError(
        str(given or "label-studio"),
        "is not installed",
        f"install it into an environment of its own: python3.11 -m venv {venv} && "
        f"{venv}/{folder}/pip install -c constraints-review-server.txt label-studio",
    )


@contextmanager
def running(
    program: Path, home: Path, port: int, waiting: Callable[[float], None]
) -> Iterator[tuple[Access, subprocess.Popen[bytes]]]:
    """The server, ready, and its process; stopped when the block ends. ``waiting`` is called with the seconds so far.

    Raises:
        ReviewError: the port is taken, or the server does not start.
    """
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    _check_port(port)
    url = f"http://{HOST}:{port}"
    earlier = load_access(home)
    access = Access(url, _EMAIL, secrets.token_urlsafe(18)) if earlier is None else _moved(earlier, url)
    _keep(home, access)
    log = home / "server.log"
    with log.open("ab") as sink:
        process = subprocess.Popen(
            [program, "start", "--no-browser", "--internal-host", HOST, "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env=_environment(home, access),
            start_new_session=True,
        )
    try:
        _wait(process, url, log, waiting)
        access = Access(url, access.email, access.password, make_token(access))
        _keep(home, access)
        yield access, process
    finally:
        _stop(process)


def _moved(access: Access, url: str) -> Access:
    return Access(url, access.email, access.password, access.token)


def _keep(home: Path, access: Access) -> None:
    write_whole(home / _ACCESS, json.dumps(asdict(access), indent=1) + "\n", mode=0o600)


def _environment(home: Path, access: Access) -> dict[str, str]:
    """Settings under which the server asks no other host, and lets nobody sign up unasked."""
    return {
        **os.environ,
        "LABEL_STUDIO_BASE_DATA_DIR": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "LABEL_STUDIO_USERNAME": access.email,
        "LABEL_STUDIO_PASSWORD": access.password,
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "COLLECT_ANALYTICS": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "LATEST_VERSION_CHECK": "false",
        "LOG_LEVEL": "WARNING",
        "USE_DEFAULT_BANNED_SUBNETS": "false",
        "USER_ADDITIONAL_BANNED_SUBNETS": ",".join(_BANNED),
    }


def _check_port(port: int) -> None:
    """A taken port would make the server move to another one unsaid."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise ReviewError(f"port {port}", "is taken", "stop what uses it, or give another --port") from None


def _wait(process: subprocess.Popen[bytes], url: str, log: Path, waiting: Callable[[float], None]) -> None:
    began = time.monotonic()
    with httpx.Client(base_url=url, timeout=5, trust_env=False) as http:
        while (passed := time.monotonic() - began) < START_SECONDS:
            waiting(passed)
            if process.poll() is not None:
                raise ReviewError(url, f"the server stopped with code {process.returncode}", f"see {log}")
            try:
                if http.get("/health").status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                time.sleep(0.3)
    raise ReviewError(url, f"the server is not up after {START_SECONDS} s", f"see {log}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and what it started; by force only when asking did not help."""
    for force in (False, True):
        if process.poll() is None:
            if sys.platform == "win32":
                process.terminate()
            else:
                os.killpg(process.pid, signal.SIGKILL if force else signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
            return
        except subprocess.TimeoutExpired:
            continue


def make_token(access: Access) -> str:
    """The stored token while it is good, else a new one: the server keeps one for each user.

    Raises:
        ReviewError: the server does not let its own user in.
    """
    with httpx.Client(base_url=access.url, timeout=60, trust_env=False) as http:
        if access.token and http.post("/api/token/refresh/", json={"refresh": access.token}).status_code == 200:
            return access.token
        http.get("/user/login/")
        form = {"email": access.email, "password": access.password, "csrfmiddlewaretoken": _cookie(http)}
        if http.post("/user/login/", data=form, headers={"Referer": access.url}).status_code != 302:
            raise ReviewError(
                access.url, "refuses the stored password", f"remove {_ACCESS} and the data, or sign in by hand"
            )
        headers = {"X-CSRFToken": _cookie(http), "Referer": access.url}
        answer = http.post("/api/token/", headers=headers)
        if answer.status_code == httpx.codes.CONFLICT:
            for old in http.get("/api/token/").json():
                http.post("/api/token/blacklist/", json={"refresh": old.get("token")}, headers=headers)
            answer = http.post("/api/token/", headers=headers)
        token = answer.json().get("token") if answer.status_code == httpx.codes.CREATED else None
        if not isinstance(token, str) or not re.fullmatch(r"[\w.-]+", token):
            raise ReviewError(access.url, f"makes no token ({answer.status_code})", "make one under Account & Settings")
        return token


def _cookie(http: httpx.Client) -> str:
    return http.cookies.get("csrftoken") or ""
