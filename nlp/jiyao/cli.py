"""The command line: thin commands over plain functions.

Results go to standard output, everything else to standard error. Exit codes: 0
done, 1 some inputs failed, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from jiyao import __version__
from jiyao.errors import JiyaoError
from jiyao.review.commands import review

if TYPE_CHECKING:
    from jiyao.batch import Result
    from jiyao.types import MinutesRecord

# Commands import what they need themselves: --help must not wait for spaCy.

app = typer.Typer(
    help="Minutes of Chinese government meetings (会议纪要) to task ledgers (督办台账).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(review, name="review")

ModelOption = Annotated[
    Path | None, typer.Option("--model", help="Folder of a trained model; default: the one that ships.")
]
CorpusOption = Annotated[Path, typer.Option("--corpus", help="Folder of the annotated corpus.")]


@app.command(epilog="Example: jiyao extract minutes.txt -o ledger.xlsx")
def extract(
    inputs: Annotated[list[str], typer.Argument(help="Files or folders of minutes; - is standard input.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; default: standard output.")
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            help="table, json, jsonl, csv, xlsx, html or parquet; default: by the output's suffix, else a table on a terminal, jsonl into a pipe."
        ),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to use.")] = 1,
    model: ModelOption = None,
) -> None:
    """Turn minutes into a ledger of tasks."""
    from jiyao.batch import extract_all, find_inputs
    from jiyao.writers import WRITERS, write

    chosen = format or _default_format(output)
    if chosen not in WRITERS:
        raise typer.BadParameter(f"{chosen} is no format; choose one of {', '.join(WRITERS)}", param_hint="--format")
    found = find_inputs(inputs)
    failed: list[Result] = []
    results = extract_all(found, model, workers)
    write(_succeeded(results, failed, len(found)), chosen, output)
    if not found:
        _complain("no readable file found; name a file, or a folder that holds text or HTML files")
    if failed or not found:
        raise typer.Exit(1)


def _default_format(output: Path | None) -> str:
    from jiyao.writers import WRITERS

    if output is None:
        return "table" if sys.stdout.isatty() else "jsonl"
    by_suffix = {writer.suffix: name for name, writer in WRITERS.items()}
    return by_suffix.get(output.suffix.lower(), "jsonl")


def _succeeded(results: Iterator[Result], failed: list[Result], total: int) -> Iterator[MinutesRecord]:
    """Records of the inputs that could be read; the others are named on standard error at once."""
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=total < 2 or not console.is_terminal) as progress:
        bar = progress.add_task("reading minutes", total=total)
        for result in results:
            progress.advance(bar)
            if result.record is None:
                failed.append(result)
                _complain(str(result.error))
            else:
                yield result.record


@app.command(epilog="Example: jiyao train -o out/model")
def train(
    config: Annotated[Path, typer.Option(help="spaCy configuration of the entity recogniser.")] = Path(
        "configs/entities.cfg"
    ),
    clauses: Annotated[Path, typer.Option(help="spaCy configuration of the clause classifier.")] = Path(
        "configs/clauses.cfg"
    ),
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the model.")] = Path("out/model"),
    corpus: CorpusOption = Path("annotations"),
    folds: Annotated[int, typer.Option(help="Models trained beside it, to fit confidence to; 0 for none.", min=0)] = 3,
    workers: Annotated[int, typer.Option(help="Processes that train at a time.", min=1)] = 1,
) -> None:
    """Train a model from the annotated corpus."""
    from jiyao.components.annotator import CLAUSES, ENTITIES
    from jiyao.trainer.build import build
    from jiyao.trainer.steps import Plan

    configs = {ENTITIES: config, CLAUSES: clauses}
    meta = build(Plan(corpus=corpus, configs=configs, folds=folds, workers=workers), output)
    print(json.dumps(meta["scores"], ensure_ascii=False, indent=1))


@app.command(epilog="Example: jiyao evaluate --part test annotations")
def evaluate(
    corpus: Annotated[Path, typer.Argument(help="Folder of the annotated corpus.")] = Path("annotations"),
    part: Annotated[str, typer.Option(help="train, dev, test or all.")] = "test",
    model: ModelOption = None,
) -> None:
    """Score a model on annotated minutes: entities, clauses, complete task records, per label and per place."""
    from jiyao.components.annotator import shipped_model
    from jiyao.trainer.build import score_part

    print(json.dumps(score_part(model or shipped_model(), corpus, part), ensure_ascii=False, indent=1))


@app.command(epilog="Example: jiyao info")
def info(model: ModelOption = None) -> None:
    """Show version, model, labels, scores and what the model was trained from."""
    from jiyao.components.annotator import META, shipped_model
    from jiyao.errors import ModelError

    path = (model or shipped_model()) / META
    if not path.is_file():
        raise ModelError(str(path.parent), "no model", "train one with `jiyao train`")
    print(
        json.dumps(
            {"jiyao": __version__, "model": json.loads(path.read_text(encoding="utf-8"))}, ensure_ascii=False, indent=1
        )
    )


@app.command(epilog="Example: jiyao schema > minutes.schema.json")
def schema() -> None:
    """Print the JSON schema of a record."""
    from jiyao.writers.schema import json_schema

    print(json.dumps(json_schema(), ensure_ascii=False, indent=1))


def _complain(message: str) -> None:
    Console(stderr=True, soft_wrap=True, highlight=False).print(f"[red]jiyao:[/red] {escape(message)}")


def main() -> None:
    """Run the command line; errors of ours become one line and exit code 1."""
    try:
        app()
    except JiyaoError as error:
        _complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): not our failure.
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
