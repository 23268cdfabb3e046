"""``jiyao review …``: the command line of the round trip. Thin; each command imports what it needs itself."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console

from jiyao.errors import JiyaoError, ReviewError
from jiyao.review.terminal import TOKEN, complain, connected, need_extra, progress_bar, say, this_program

if TYPE_CHECKING:
    from jiyao.review.outgoing import Outgoing

review = typer.Typer(
    help="Review in Label Studio: predictions out, corrections back, a better model.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

PROJECT = "会议纪要复核"
_URL = "LABEL_STUDIO_URL"

HomeOption = Annotated[
    Path | None, typer.Option("--home", envvar="JIYAO_REVIEW_HOME", help="Folder of the local server's data.")
]
UrlOption = Annotated[
    str | None, typer.Option("--url", envvar=_URL, help="Address of the server; default: the one that `serve` runs.")
]
TokenOption = Annotated[
    Path | None, typer.Option("--token-file", help=f"File that holds the token; default: {TOKEN}, or the local one.")
]
ProjectOption = Annotated[str, typer.Option("--project", help="Title of the project.")]
PulledOption = Annotated[Path, typer.Option("-o", "--output", help="Folder of the pulled documents.")]
FromOption = Annotated[Path, typer.Option("-i", "--input", help="Folder of the pulled documents.")]
ModelOption = Annotated[
    Path | None, typer.Option("--model", help="Folder of a trained model; default: the one that ships.")
]
CorpusOption = Annotated[Path, typer.Option("--corpus", help="Folder of the annotated corpus.")]


@review.command(epilog="Example: jiyao review serve --port 8080")
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port, on this machine only.")] = 8080,
    home: HomeOption = None,
    program: Annotated[
        Path | None, typer.Option("--label-studio", envvar="JIYAO_LABEL_STUDIO", help="The program label-studio.")
    ] = None,
    browse: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Run a Label Studio on this machine until Ctrl-C; its data is kept."""
    need_extra()
    from jiyao.review.serve import default_home, find_program, running

    folder, console = home or default_home(), Console(stderr=True, soft_wrap=True)
    signal.signal(signal.SIGTERM, _interrupt)
    with console.status("starting …") as status:
        starting = running(
            find_program(folder, program),
            folder,
            port,
            lambda passed: status.update(f"starting … {passed:.0f} s (the first start prepares a database)"),
        )
        try:
            with starting as (access, process):
                status.stop()
                print(access.url, flush=True)
                console.print(f"Sign in as {access.email}; the password is in {folder / 'access.json'}. Ctrl-C stops.")
                if browse:
                    typer.launch(access.url)
                while process.poll() is None:
                    time.sleep(0.5)
                raise ReviewError(access.url, "the server stopped of itself", f"see {folder / 'server.log'}")
        except KeyboardInterrupt:
            console.print("stopped")


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


@review.command(epilog="Example: jiyao review push folder/ --blind 0.1")
def push(
    inputs: Annotated[list[str], typer.Argument(help="Files or folders of minutes.")],
    project: ProjectOption = PROJECT,
    blind: Annotated[
        float, typer.Option(min=0, max=1, help="Share of documents sent without predictions, to measure by.")
    ] = 0.0,
    workers: Annotated[int, typer.Option(min=1, help="Processes to use.")] = 1,
    model: ModelOption = None,
    url: UrlOption = None,
    token_file: TokenOption = None,
    home: HomeOption = None,
) -> None:
    """Send documents with the model's predictions, least certain first; what is there already is not sent again."""
    need_extra()
    from jiyao.review import push as sending

    failed: list[str] = []
    with connected(url, token_file, home) as server:
        documents = list(_predicted(inputs, model, workers, blind, failed))
        with progress_bar() as progress:
            done = sending.push(server, project, documents, progress)
        say(
            f"{done.created} sent ({done.blind} blind), {done.known} there already, {done.predictions} predictions; "
            f"{len(failed)} not sent; {server.url}/projects/{done.project}"
        )
        if done.doubles_removed:
            say(f"{done.doubles_removed} doubles of a push that broke off removed")
        for link in done.links:
            complain(link)
    if failed or not (done.created or done.known):
        raise typer.Exit(1)


def _predicted(
    inputs: list[str], model: Path | None, workers: int, blind: float, failed: list[str]
) -> Iterator[Outgoing]:
    from jiyao.batch import extract_all, find_inputs
    from jiyao.components.annotator import shipped_model
    from jiyao.pipeline import load
    from jiyao.review.outgoing import model_version, outgoing

    folder = model or shipped_model()
    version = model_version(folder, load(folder).annotator.name)
    found = find_inputs(inputs)
    with progress_bar() as progress:
        for number, result in enumerate(extract_all(found, model, workers), 1):
            progress("reading minutes", number, len(found))
            try:
                if result.record is None:
                    raise result.error or ReviewError(result.input, "cannot be read", "look at the file")
                yield outgoing(result.record, version, blind_share=blind)
            except JiyaoError as error:
                failed.append(result.input)
                complain(str(error))


@review.command(epilog="Example: jiyao review pull -o reviewed")
def pull(
    output: PulledOption = Path("reviewed"),
    project: ProjectOption = PROJECT,
    url: UrlOption = None,
    token_file: TokenOption = None,
    home: HomeOption = None,
) -> None:
    """Bring finished reviews back as files of the corpus, with where each came from."""
    need_extra()
    from jiyao.review import pull as fetching

    with connected(url, token_file, home) as server, progress_bar() as progress:
        done = fetching.pull(server, project, output, progress)
    for finding in done.findings:
        complain(str(finding))
    say(
        f"{done.reviews} reviews: {len(done.written)} documents written, {done.unchanged} unchanged, "
        f"{done.excluded} excluded by the reviewer, {done.held} held back; {output}"
    )
    if done.held:
        raise typer.Exit(1)


@review.command(epilog="Example: jiyao review agreement -i reviewed")
def agreement(pulled: FromOption = Path("reviewed")) -> None:
    """Show how well model and persons agree, blind and assisted, person against person, and over time."""
    need_extra()
    from jiyao.review.measures import measure
    from jiyao.review.reviews import load_reviews

    print(json.dumps(measure(load_reviews(pulled)), ensure_ascii=False, indent=1))


@review.command(epilog="Example: jiyao review retrain -i reviewed -o out/model")
def retrain(
    pulled: FromOption = Path("reviewed"),
    corpus: CorpusOption = Path("annotations"),
    configs: Annotated[Path, typer.Option(help="Folder of entities.cfg and clauses.cfg.")] = Path("configs"),
    model: ModelOption = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the model, if it is better.")] = Path(
        "out/reviewed-model"
    ),
    max_steps: Annotated[
        int | None,
        typer.Option(
            min=1, help="For a quick trial: steps of the entity recogniser, one pass of segmentation, no folds."
        ),
    ] = None,
) -> None:
    """Train on the corpus and the pulled documents; the old model stays unless the new one is better."""
    need_extra()
    from jiyao.components.annotator import ENTITIES, shipped_model
    from jiyao.review import retrain as training
    from jiyao.trainer.segmenter import ITERATIONS
    from jiyao.trainer.steps import CONFIGS, FOLDS, Plan

    settings: dict[str, Any] = {"training.max_steps": max_steps, "training.eval_frequency": max_steps}
    plan = Plan(
        corpus=corpus,
        configs={name: configs / file for name, file in CONFIGS.items()},
        segmenter_iterations=1 if max_steps else ITERATIONS,
        overrides={ENTITIES: settings} if max_steps else {},
        folds=0 if max_steps else FOLDS,
    )
    old = output if (output / "meta.json").is_file() and model is None else model or shipped_model()
    result = training.retrain(
        plan,
        pulled,
        old,
        output,
        lambda merged: say(
            f"{len(merged.added)} documents added, {len(merged.replaced)} replaced; "
            f"{len(merged.left_out)} of dev and test places left out"
        ),
    )
    verdict = f"better: stored in {output}" if result.better else f"not better: {old} stays"
    print(json.dumps({"old": result.old, "new": result.new, "better": result.better}, indent=1))
    say(
        f"complete records {result.old['tasks_complete']:.4f} -> {result.new['tasks_complete']:.4f}, entities "
        f"{result.old['entities']:.4f} -> {result.new['entities']:.4f}; {verdict}"
    )


@review.command(epilog="Example: jiyao review backend --port 9090 --train")
def backend(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port.")] = 9090,
    host: Annotated[str, typer.Option(help="Address to listen on; default: this machine only.")] = "127.0.0.1",
    train: Annotated[bool, typer.Option("--train", help="Let the server start pull and retraining.")] = False,
    model: ModelOption = None,
    output: Annotated[Path, typer.Option(help="Folder of the retrained model; used as soon as it is there.")] = Path(
        "out/reviewed-model"
    ),
    project: ProjectOption = PROJECT,
    connect: Annotated[bool, typer.Option("--connect", help="Tell the server of this back end.")] = False,
    url: UrlOption = None,
    token_file: TokenOption = None,
    home: HomeOption = None,
) -> None:
    """Serve predictions to Label Studio until Ctrl-C. The token is JIYAO_BACKEND_TOKEN, else a new one each time."""
    need_extra()
    import secrets

    import uvicorn

    from jiyao.components.annotator import shipped_model
    from jiyao.review.backend import Models, Training, create_app
    from jiyao.review.push import find_project

    token = os.environ.get("JIYAO_BACKEND_TOKEN") or secrets.token_urlsafe(24)
    models = Models([output, model or shipped_model()])
    models.current()
    pull_first = [*this_program(), "review", "pull", "--project", project]
    then_train = [*this_program(), "review", "retrain", "-o", str(output)]
    app = create_app(models, token, Training([pull_first, then_train] if train else []))
    address = f"http://{host}:{port}"
    server = uvicorn.Server(uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False))
    if not connect:
        if "JIYAO_BACKEND_TOKEN" not in os.environ:
            complain("set JIYAO_BACKEND_TOKEN, or use --connect: nobody knows the token that was just made")
        say(address)
        server.run()
        return
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while running.is_alive() and not server.started:
        time.sleep(0.1)
    try:
        with connected(url, token_file, home) as studio:
            studio.add_backend(find_project(studio, project), address, token)
            say(f"{address} predicts for {studio.url}")
        while running.is_alive():
            running.join(1)
    except KeyboardInterrupt:
        say("stopped")
    finally:
        server.should_exit = True
        running.join(10)
