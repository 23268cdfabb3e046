"""The whole round against a real Label Studio, with a person's hands in a real browser.

Runs where ``make test-review`` has put a server: ``JIYAO_LABEL_STUDIO`` names its program, ``JIYAO_REVIEW_CACHE`` a
folder in which its prepared database is kept from run to run.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from review_documents import outgoing

from jiyao.corpus.format import read_document
from jiyao.labels import EntityLabel
from jiyao.review.files import read_rows

PROGRAM = os.environ.get("JIYAO_LABEL_STUDIO", "")
CACHE = Path(os.environ.get("JIYAO_REVIEW_CACHE", "build/review"))
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not PROGRAM, reason="needs a Label Studio: run `make test-review`")

if TYPE_CHECKING:
    from browser import Reviewer

if PROGRAM:
    from jiyao.components.annotator import shipped_model
    from jiyao.review.backend import Models, Training, create_app
    from jiyao.review.client import Server
    from jiyao.review.marking import read_marking
    from jiyao.review.pull import pull
    from jiyao.review.push import ensure_project, find_project, push, task_link
    from jiyao.review.serve import Access, running

PROJECT = "会议纪要复核"
#: What offsets trip over: characters outside the BMP, wide spaces, tabs, markup, and lines that end in \\r\\n.
PAGE = (
    "𠮷山县人民政府常务会议纪要\r\n〔2024〕3号\r\n\r\n2024年3月1日,县长林　溪主持召开县政府第3次常务会议😀,县发改局、县财政局负责人参加会议。"
    "现将会议议定事项纪要如下:\r\n\r\n一、审议《𠮷山县停车管理办法》\r\n会议原则同意《𠮷山县停车管理办法》。由县城管局牵头,县公安局配合,"
    "3月底前修改完善后\t印发😀。各乡镇要加强宣传,<b>&amp;不得</b>延误。\r\n\r\n二、研究\u00a0供热工作\r\n会议要求,县住建局要于2024年10月15日前完成管网检修,"
    "县财政局配合。\r\n"
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def small_corpus(folder: Path) -> Path:
    """A few documents of each part."""
    splits = json.loads((ROOT / "annotations" / "splits.json").read_text(encoding="utf-8"))
    parts = {place: part for part, places in splits.items() for place in places}
    counts = dict.fromkeys(splits, 0)
    (folder / "minutes").mkdir(parents=True)
    for path in sorted((ROOT / "annotations" / "minutes").iterdir()):
        part = parts[read_document(path).about.place]
        if counts[part] < {"train": 8}.get(part, 2):
            counts[part] += 1
            shutil.copyfile(path, folder / "minutes" / path.name)
    shutil.copyfile(ROOT / "annotations" / "splits.json", folder / "splits.json")
    return folder


def prepared() -> Path:
    """A home whose database is prepared: made once, then only copied."""
    home = CACHE / "home"
    if not (home / "ready").is_file():
        shutil.rmtree(home, ignore_errors=True)
        with running(Path(PROGRAM), home.resolve(), free_port(), lambda passed: None):
            pass
        (home / "ready").touch()
    return home


class Studio:
    """A server that a test may kill and start again, on the same data."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.stack: Any = None
        self.access: Access
        self.process: subprocess.Popen[bytes]

    def start(self) -> None:
        self.stack = running(Path(PROGRAM), self.home, self.port, lambda passed: None)
        self.access, self.process = self.stack.__enter__()

    def stop(self) -> None:
        self.stack.__exit__(None, None, None)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def server(self) -> Server:
        return Server(self.access.url, self.access.token)

    def jiyao(self, *arguments: str, code: int = 0, timeout: float = 400) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "jiyao", "review", *arguments],
            env={**os.environ, "JIYAO_REVIEW_HOME": str(self.home)},
            capture_output=True,
            text=True,
            timeout=timeout,
            cwd=ROOT,
            check=False,
        )
        assert done.returncode == code, done.stderr
        assert self.access.token not in done.stderr + done.stdout
        return done.stdout

    def tasks(self, title: str) -> list[dict[str, Any]]:
        with self.server() as server:
            project = find_project(server, title)
            return list(server.tasks(project, [row["id"] for row, _ in server.short_tasks(project)]))


def annotate(server: Server, task: dict[str, Any]) -> None:
    """What pressing Submit on an untouched prediction does."""
    (prediction,) = task["predictions"]
    more: Any = {"additional_body_parameters": {"parent_prediction": prediction["id"]}}
    server.ask(lambda sdk: sdk.annotations.create(task["id"], result=prediction["result"], request_options=more))


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    home = tmp_path_factory.mktemp("studio") / "home"
    shutil.copytree(prepared(), home)
    studio = Studio(home)
    studio.start()
    try:
        yield studio
    finally:
        studio.stop()


@contextmanager
def at_the_screen(studio: Studio) -> Iterator[Reviewer]:
    pytest.importorskip("playwright", reason="needs playwright: run `make test-review`")
    from browser import CHROMIUM, reviewer

    if not CHROMIUM.is_file():
        pytest.skip(f"needs {CHROMIUM}: apt-get install chromium fonts-noto-cjk")
    with reviewer(studio.access) as person:
        yield person


def test_out_corrected_on_the_screen_and_back(studio: Studio, tmp_path: Path) -> None:
    page = tmp_path / "jishan.txt"
    page.write_bytes(PAGE.encode("utf-8"))
    studio.jiyao("push", str(page))
    studio.jiyao("push", str(page))
    (task,) = studio.tasks(PROJECT)
    text = task["data"]["text"]
    assert text == PAGE.replace("\r\n", "\n")

    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    (prediction,) = task["predictions"]
    labels = {(r["value"]["start"], r["value"]["end"]) for r in prediction["result"] if r["type"] == "labels"}
    for words in ("各乡镇", "加强", "林\u3000溪", "县公安局"):
        assert span(words) in labels, f"the model no longer finds {words}: choose another for this test"

    began = time.monotonic()
    with at_the_screen(studio) as person:
        person.open(task_link(studio.access.url, task["project"], task["id"]))
        person.relate(span("\t"), (text.index("县财政局配合"), text.index("县财政局配合") + 4), "配合")
        person.mark("3", *span("常务会议😀"))
        person.relabel(*span("各乡镇"), "2")
        person.delete(*span("加强"))
        person.page.get_by_text("会议新闻").click()
        person.submit()
    assert time.monotonic() - began < 400

    pulled = tmp_path / "reviewed"
    studio.jiyao("pull", "-o", str(pulled))
    (path,) = (pulled / "minutes").iterdir()
    document = read_document(path)
    assert document.text == text
    spans = {(entity.start, entity.end): entity.label for entity in document.entities}
    assert spans[span("常务会议😀")] is EntityLabel.DOCUMENT
    assert spans[span("各乡镇")] is EntityLabel.PERSON
    assert span("加强") not in spans
    assert spans[span("林\u3000溪")] is EntityLabel.PERSON
    first = document.tasks[0]
    assert first.lead == ("县城管局",) and set(first.support) == {"县公安局", "县财政局"}
    assert document.about.genre == "news" and document.about.place == "𠮷山县"
    assert document.about.second == studio.access.email

    (row,) = read_rows(pulled / "provenance.jsonl")
    assert row["reviewer"] == studio.access.email and row["prediction"] == prediction["id"]
    changes = row["changes"]
    assert changes["changed"] == {"entity AGENCY": 1} and changes["deleted"]["entity ACTION"] == 1
    assert changes["added"] == {"entity DOCUMENT": 1, "relation support": 1}

    report = json.loads(studio.jiyao("agreement", "-i", str(pulled)))
    assisted = report["model_against_person"]["assisted"]
    assert assisted["documents"] == 1 and 0.5 < assisted["entities_micro"]["f"] < 1
    assert assisted["entities"]["DOCUMENT"]["gold"] == assisted["entities"]["DOCUMENT"]["found"] + 1

    before = path.read_bytes()
    studio.jiyao("pull", "-o", str(pulled))
    assert path.read_bytes() == before and len(read_rows(pulled / "reviews.jsonl")) == 1

    corpus, model = str(small_corpus(tmp_path / "corpus")), str(tmp_path / "model")
    verdict = json.loads(
        studio.jiyao("retrain", "-i", str(pulled), "--corpus", corpus, "--max-steps", "20", "-o", model, timeout=900)
    )
    assert verdict["better"] is False and not (tmp_path / "model").exists()  # a few steps make no better model


def test_killed_while_pushing_and_pulling_nothing_is_lost_or_doubled(studio: Studio, tmp_path: Path) -> None:
    from jiyao.errors import ReviewError

    documents = [outgoing(number) for number in range(70)]

    def kill_at(step: str, number: int) -> Any:
        return lambda name, done, total: studio.kill() if name == step and done == number else None

    with studio.server() as server, pytest.raises(ReviewError, match="run the command again"):
        push(server, "中断重来", documents, kill_at("sending", 25))
    studio.stop()
    studio.start()
    with studio.server() as server:
        push(server, "中断重来", documents)
    tasks = studio.tasks("中断重来")
    assert sorted(task["data"]["jiyao_id"] for task in tasks) == sorted(each.name for each in documents)
    assert all(len(task["predictions"]) == 1 for task in tasks)

    with studio.server() as server:
        for task in tasks:
            annotate(server, task)
    folder = tmp_path / "reviewed"
    with studio.server() as server, pytest.raises(ReviewError, match="run the command again"):
        pull(server, "中断重来", folder, kill_at("pulling", 30))
    studio.stop()
    studio.start()
    for written in (70, 0):
        with studio.server() as server:
            assert len(pull(server, "中断重来", folder, lambda *step: None).written) == written
    assert len(list((folder / "minutes").iterdir())) == 70
    assert len(read_rows(folder / "reviews.jsonl")) == len(read_rows(folder / "provenance.jsonl")) == 70


def test_ten_thousand_characters_and_three_hundred_regions_stay_usable(studio: Studio) -> None:
    from jiyao.corpus.format import load_corpus
    from jiyao.pipeline import load
    from jiyao.readers import read_text
    from jiyao.review.marking import Marking
    from jiyao.review.outgoing import outgoing as prepare

    texts = []
    for document in load_corpus(ROOT / "annotations" / "minutes"):
        texts.append(document.text)
        if sum(map(len, texts)) > 10_000:
            break
    record = load().extract_reading(read_text("\n".join(texts), "long"))
    whole = prepare(record, "test 1")
    regions = tuple(sorted(whole.marking.regions, key=lambda region: region.start)[:300])
    shown = {region.id for region in regions}
    links = tuple(link for link in whole.marking.links if link.clause in shown and link.mention in shown)
    long = replace(whole, name="long", marking=Marking(regions, links))
    assert len(long.text) > 10_000
    with studio.server() as server:
        push(server, "长篇纪要", [long])
    (task,) = studio.tasks("长篇纪要")
    with at_the_screen(studio) as person:
        began = time.monotonic()
        person.open(task_link(studio.access.url, task["project"], task["id"]))
        opened = time.monotonic() - began
        agency = next(r for r in long.marking.entities() if r.label is EntityLabel.AGENCY)
        began = time.monotonic()
        person.relabel(agency.start, agency.end, "2")
        relabelled = time.monotonic() - began
        began = time.monotonic()
        person.submit()
        submitted = time.monotonic() - began
    print(
        f"{len(long.text)} characters, {len(long.marking.regions)} regions, {len(long.marking.links)} relations: "
        f"open {opened:.1f} s, change a label {relabelled:.1f} s, submit {submitted:.1f} s"
    )
    assert opened < 120 and relabelled < 60 and submitted < 60  # on a machine that has other things to do


def test_the_page_can_be_read(studio: Studio) -> None:
    """Leaves a picture of a full set of minutes to be looked at: ``build/review/review-page.png``."""
    studio.jiyao("push", str(ROOT / "docs" / "sample" / "weiping-2023-26.txt"))
    task = next(task for task in studio.tasks(PROJECT) if task["data"]["jiyao_id"].startswith("weiping"))
    with at_the_screen(studio) as person:
        person.open(task_link(studio.access.url, task["project"], task["id"]))
        person.page.wait_for_timeout(1000)
        legend = person.page.locator(".jiyao-legend")
        assert all(name in legend.inner_text() for name in ("机构", "人名", "文件", "动作", "时限", "交办", "版记"))
        person.scroll_to(task["data"]["text"].index("会议原则"))
        box = legend.bounding_box()
        assert box and box["y"] >= 0  # the legend stays in sight
        person.page.screenshot(path=CACHE / "review-page.png")


def test_predictions_on_demand(studio: Studio) -> None:
    """The server asks the back end, which lets only it in."""
    port = free_port()
    backend = subprocess.Popen(
        [sys.executable, "-m", "jiyao", "review", "backend", "--port", str(port), "--connect"],
        env={**os.environ, "JIYAO_REVIEW_HOME": str(studio.home)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert backend.stderr is not None
        assert "predicts for" in backend.stderr.readline()
        with studio.server() as server:
            project = find_project(server, PROJECT)
            (row,) = server.ask(lambda sdk: sdk.ml.list(project=project))
            assert row["state"] == "CO" and row["url"].endswith(str(port))
    finally:
        backend.terminate()
        backend.wait(20)


@contextmanager
def backend_of_ours(models: Models, token: str, training: Training) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The back end in this process, with a training of the test's own: its address, and what it was sent."""
    import uvicorn

    app, asked = create_app(models, token, training), []

    async def noting(scope: Any, receive: Any, send: Any) -> None:
        async def note() -> Any:
            message = await receive()
            if message.get("body"):
                asked.append({"path": scope["path"], "body": message["body"]})
            return message

        await app(scope, note, send)

    port = free_port()
    server = uvicorn.Server(uvicorn.Config(noting, host="127.0.0.1", port=port, log_level="warning", lifespan="off"))
    running_server = threading.Thread(target=server.run, daemon=True)
    running_server.start()
    wait_for(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{port}", asked
    finally:
        server.should_exit = True
        running_server.join(20)


def wait_for(ready: Callable[[], object], seconds: float = 300) -> None:
    began = time.monotonic()
    while not ready():
        assert time.monotonic() - began < seconds, "waited too long"
        time.sleep(0.1)


def test_the_server_asks_for_predictions_and_starts_training(studio: Studio, tmp_path: Path) -> None:
    title, token = "按需预测", "a-token-of-the-test"
    blind = outgoing(1, blind=True)
    seen, opened = outgoing(2), outgoing(3)
    models = Models([shipped_model()])
    _, version = models.current()
    trained = tmp_path / "trained"
    training = Training([[sys.executable, "-c", f"open({str(trained)!r}, 'w').close()"]])
    with studio.server() as server, backend_of_ours(models, token, training) as (address, asked):
        project = ensure_project(server, title)
        server.import_tasks(project, [{"data": each.task()["data"]} for each in (blind, seen, opened)])
        server.add_backend(project, address, token)
        server.add_backend(project, address, token)
        (there,) = server.ask(lambda sdk: sdk.ml.list(project=project))
        assert (there["state"], there["model_version"]) == ("CO", version)  # health and setup
        assert server.ask(lambda sdk: sdk.ml.list_model_versions(there["id"]))["versions"] == [version]

        for row in studio.tasks(title):  # opened on the screen, or chosen in the list and "Retrieve Predictions"
            if row["data"]["jiyao_id"] != seen.name:
                shown = server.ask(lambda sdk, row=row: sdk.tasks.get(str(row["id"])))
                assert len(shown["predictions"]) == (0 if row["data"]["blind"] else 1)
        server.ask(lambda sdk: sdk.actions.create(id="retrieve_tasks_predictions", project=project))
        by_name = {task["data"]["jiyao_id"]: task for task in studio.tasks(title)}
        for each in (seen, opened):
            (prediction,) = by_name[each.name]["predictions"]
            assert prediction["model_version"] == version and 0 < prediction["score"] <= 1
            marking, problems = read_marking(prediction["result"], each.text)
            assert not problems and marking.regions and marking.links
        assert by_name[blind.name]["predictions"] == []  # a blind task stays blind
        server.ask(lambda sdk: sdk.actions.create(id="retrieve_tasks_predictions", project=project))
        assert [len(task["predictions"]) for task in studio.tasks(title)].count(1) == 2  # nothing is predicted twice

        server.ask(
            lambda sdk: sdk.webhooks.create(
                url=f"{address}/webhook",
                project=project,
                headers={"Authorization": f"Bearer {token}"},
                send_for_all_actions=False,
                actions=["ANNOTATION_CREATED"],
            )
        )
        annotate(server, by_name[seen.name])
        wait_for(lambda: any(b"ANNOTATION_CREATED" in each["body"] for each in asked))
        assert training.state == "idle"  # told of every annotation, it does not train for each

        server.ask(lambda sdk: sdk.ml.train(there["id"]))
        wait_for(lambda: training.state == "done")
        assert trained.exists() and any(b"START_TRAINING" in each["body"] for each in asked)


def test_a_back_end_that_does_not_know_the_token(studio: Studio) -> None:
    """The server says so at once, and no prediction comes of it."""
    from jiyao.errors import ReviewError

    with studio.server() as server, backend_of_ours(Models([shipped_model()]), "right", Training()) as (address, _):
        project = ensure_project(server, "按需预测")
        with pytest.raises(ReviewError, match="401"):
            server.add_backend(project, address, "wrong")


def test_serve_starts_says_where_and_stops_cleanly(tmp_path: Path) -> None:
    home, port = tmp_path / "home", free_port()
    shutil.copytree(prepared(), home)
    command = [sys.executable, "-m", "jiyao", "review", "serve", "--port", str(port), "--home", str(home)]
    serving = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert serving.stdout is not None
    assert serving.stdout.readline().strip() == f"http://127.0.0.1:{port}"
    serving.send_signal(signal.SIGTERM)
    _, said = serving.communicate(timeout=120)
    access = json.loads((home / "access.json").read_text(encoding="utf-8"))
    assert serving.returncode == 0 and "stopped" in said
    assert access["password"] not in said and access["token"] not in said
    assert (home / "access.json").stat().st_mode & 0o077 == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", port))  # nobody is left behind
