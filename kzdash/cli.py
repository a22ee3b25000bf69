"""The command line: each command parses its arguments, calls one function, prints."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kzdash import __version__
from kzdash.errors import BuildError, InputError, KzdashError
from kzdash.terminal import complain, drop, output, printable, say
from kzdash.writing import writing

if TYPE_CHECKING:
    from kzdash.manifest import Manifest
    from kzdash.registry import Registry

app = typer.Typer(
    name="kzdash",
    help="How news outlets present the actors of Kazakhstan's politics.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

RegistryOption = Annotated[
    Path | None,
    typer.Option("--registry", metavar="DIR", help="Another registry folder."),
]
OpenedArgument = Annotated[
    str | None, typer.Argument(metavar="DIR", help="A build; the shipped analysis if none.")
]
AllowOption = Annotated[
    list[str] | None,
    typer.Option(metavar="HOST:PORT", help="A private address that may be fetched."),
]
ValidationOption = Annotated[
    Path | None,
    typer.Option(
        "--validation", metavar="FILE", help="Other validation figures, of evaluate --out."
    ),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Standard output if not given.")
]


def _print_version(asked: bool) -> None:
    if asked:
        say(f"kzdash {__version__}")
        raise typer.Exit


@app.callback()
def _kzdash(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Say which it is."),
    ] = False,
) -> None:
    """How news outlets present the actors of Kazakhstan's politics."""


@app.command()
def build(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Folder, file, zip, address, or -."),
    ],
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", help="Where the tables go: a folder or address.")
    ] = "data/builds/latest",
    registry: RegistryOption = None,
    engine: Annotated[str, typer.Option(help="Where the work runs: local or ray.")] = "local",
    workers: Annotated[
        int | None, typer.Option(min=1, help="Worker processes; one a processor by default.")
    ] = None,
    private: Annotated[
        bool, typer.Option(help="Keep the texts beside the tables, for this machine.")
    ] = True,
    allow_address: AllowOption = None,
    allow_future: Annotated[
        bool, typer.Option("--allow-future", help="Take dates after tomorrow.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Name rejected inputs alone.")] = False,
    summary: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the figures as JSON.")
    ] = None,
) -> None:
    """Turn articles into the tables that the dashboard reads.

    Exit code: 0 when all was taken, 3 when some inputs were rejected, 1 when nothing was.
    """
    import pyarrow as pa

    from kzdash.build import build_inputs
    from kzdash.engines import named
    from kzdash.terminal import Terminal

    # Gives memory back as it goes, so that a large build needs no more than a small one.
    pa.set_memory_pool(pa.system_memory_pool())
    chosen = named(engine, workers)
    with Terminal(quiet) as terminal:
        done = build_inputs(
            inputs,
            out,
            registry=registry,
            engine=chosen,
            private=private,
            allowed=allow_address or [],
            future=allow_future,
            progress=terminal,
        )
    if summary:
        with writing(summary) as target:
            target.write(done.as_json().encode())
    if not quiet:
        say(f"{out}: {done} ({done.seconds:.1f} s)")
    raise typer.Exit(done.exit_code)


@app.command()
def show(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A build.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an article.")] = False,
) -> None:
    """Print a build: an article a line."""
    from kzdash.show import articles, in_short

    for article in articles(_build_at(folder)):
        say(json.dumps(article, ensure_ascii=False) if as_json else in_short(article))


def _build_at(folder: str) -> Path:
    """Return the folder of a build that was named, downloaded if it is an address.

    Raises:
        BuildError: there is no build.
    """
    from kzdash.manifest import NAME
    from kzdash.publish import generations
    from kzdash.replica import local

    place = local(folder)
    if not (place / NAME).is_file() and not generations(place):
        found = "is no build (it holds no manifest.json)" if place.is_dir() else "no such folder"
        raise BuildError(
            folder,
            found,
            "a folder that `kzdash build` made",
            "Correct the path, or make a build with `kzdash build INPUT --out DIR`",
        )
    return place


@app.command()
def stance(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl", help="Lines of text, start, end; or -.")
    ],
    out: OutOption = None,
) -> None:
    """Score the stance toward a target in each line: {"text", "start", "end"}.

    The target is text[start:end]: offsets count code points from 0, and end is exclusive.
    Where the text is a sentence of an article, give the article's "title" and the sentence
    "before", as a build does: the score is better with them.
    Each line comes back with stance_label, stance, p_negative, p_neutral, p_positive, and with
    sure, which is false where the label is better left open: labels weigh positive more than
    neutral, so that a label need not be the most probable one. A line that cannot be scored,
    such as one that is not English, has nulls and a reason; of one that is no JSON object only
    its number comes back, as line. Blank lines are passed over. Without --out, or with -, lines
    go to standard output.
    Exit code: 0 when all were of that form, 3 when some were not.
    """
    from kzdash.nlp.lines import score_stance
    from kzdash.nlp.stance_model import StanceModel

    _score(file, out, score_stance, StanceModel.load())


@app.command()
def relation(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="Lines of text, a, b; or -.")],
    out: OutOption = None,
) -> None:
    """Tell who is positive or negative toward whom in each line: {"text", "a", "b"}.

    Spans are [start, end]: offsets count code points from 0, and end is exclusive. Each line
    comes back with label and p, the five probabilities of neutral, a>b positive, b>a positive,
    a>b negative, b>a negative. The label is not always the most probable one: rare ones weigh
    more, as the model's manifest says. A line that cannot be scored, such as one that is not
    English, or whose a and b overlap, has nulls and a reason; of one that is no JSON object only
    its number comes back, as line. Blank lines are passed over. Without --out, or with -, lines
    go to standard output.
    Exit code: 0 when all were of that form, 3 when some were not.
    """
    from kzdash.nlp.lines import score_relations
    from kzdash.nlp.relation_model import RelationModel

    _score(file, out, score_relations, RelationModel.load())


def _score(file: Path, out: Path | None, score: Callable[..., Iterator[Any]], model: Any) -> None:
    from kzdash.nlp.lines import STANDARD_INPUT, reading

    place = STANDARD_INPUT if str(file) == "-" else file.name
    faults: list[str] = []
    with reading(file) as lines, writing(out) as target:
        for line in score(lines, model, place, partial(_report, faults)):
            target.write(json.dumps(line).encode() + b"\n")
    raise typer.Exit(3 if faults else 0)


def _report(faults: list[str], error: KzdashError) -> None:
    """Name the error of a line and note it."""
    faults.append(str(error))
    complain(f"kzdash: {printable(str(error))}")


@app.command()
def evaluate(
    labels: Annotated[
        list[Path] | None, typer.Argument(metavar="LABELS.jsonl...", help="Labelled articles.")
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option(help="Outlets and dates of the labelled articles (CSV).")
    ] = None,
    newsmtsc: Annotated[
        list[Path] | None, typer.Option(help="A NewsMTSC file, for stance; may be repeated.")
    ] = None,
    dse: Annotated[
        list[Path] | None, typer.Option(help="A DSE file, for relations; may be repeated.")
    ] = None,
    registry: RegistryOption = None,
    out: Annotated[Path | None, typer.Option(help="Write the figures as Parquet.")] = None,
) -> None:
    """Recompute the validation figures that the Methods page shows.

    Exit code: 0 when all lines were of their form, 3 when some labels were not and were left
    out, 1 when nothing could be measured.
    """
    if not (labels or newsmtsc or dse):
        raise typer.BadParameter("Give LABELS.jsonl, --newsmtsc FILE or --dse FILE.")

    from kzdash.evaluation.figures import write
    from kzdash.evaluation.run import evaluate as figures

    faults: list[str] = []
    rows = figures(
        labels or [],
        catalogue=catalogue,
        registry=registry,
        newsmtsc=newsmtsc or [],
        dse=dse or [],
        report=partial(_report, faults),
    )
    for row in rows:
        say(str(row))
    if out:
        write(rows, out)
    raise typer.Exit(3 if faults else 0)


@app.command()
def fetch(
    catalogue: Annotated[
        Path, typer.Argument(metavar="CATALOGUE", help="A CSV with a column url.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where the texts go.")] = Path(
        "private/texts"
    ),
    analysis: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="A build to compare with; the shipped analysis if none."),
    ] = None,
    allow_address: AllowOption = None,
    registry: RegistryOption = None,
) -> None:
    """Get the pages of a catalogue onto this machine, as texts that build reads.

    Says for each page how many of the analysed sentences it still has. Run again, it goes on.
    Exit code: 0 when all were got, 3 when some were not, 1 when none was.
    """
    from kzdash.corpus.collect import fetch_catalogue
    from kzdash.corpus.fetch import Fetcher, remove_parts
    from kzdash.paths import ANALYSIS
    from kzdash.registry import Registry

    remove_parts(to)
    fetcher = Fetcher(to / ".pages", allow_address or [])
    results = []
    for result in fetch_catalogue(
        catalogue, to, Registry.load(registry), fetcher, analysis=analysis or ANALYSIS
    ):
        results.append(result)
        (complain if result.rejection else say)(printable(str(result)))
    if not results:
        raise InputError(str(catalogue), "lists no page", "a line for each", "Add lines")
    missing = sum(result.rejection is not None for result in results)
    raise typer.Exit(0 if not missing else 3 if missing < len(results) else 1)


@app.command()
def report(
    folder: OpenedArgument = None,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the page goes.")] = Path(
        "report.html"
    ),
    outlet: Annotated[list[str] | None, typer.Option(help="An outlet's id.")] = None,
    actor: Annotated[list[str] | None, typer.Option(help="An actor's id.")] = None,
    voice: Annotated[list[str] | None, typer.Option(help="own or quoted.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="name, metonym, title or pronoun.")] = None,
    start: Annotated[str, typer.Option("--from", help="First day, month or year.")] = "",
    end: Annotated[str, typer.Option("--to", help="Last day, month or year.")] = "",
    registry: RegistryOption = None,
    validation: ValidationOption = None,
) -> None:
    """Write a selection as one self-contained, printable page: charts, tables, notes.

    Filters are ids as in the dashboard's address; each may be repeated. One that the build does
    not have is an error.
    """
    from streamlit.logger import set_log_level

    # Streamlit remembers the answers here too, and would warn that no server runs.
    set_log_level("ERROR")

    from kzdash.paths import ANALYSIS, shipped
    from kzdash.registry import Registry
    from kzdash.report import report as page
    from kzdash.scope import Scope
    from kzdash.store import Store

    query = {
        "outlet": outlet or [],
        "actor": actor or [],
        "voice": voice or [],
        "kind": kind or [],
        "from": start,
        "to": end,
    }
    scope = Scope.from_options(query)
    store = Store.open(_build_at(folder) if folder else shipped(ANALYSIS))
    store.check(scope)
    os.environ.update(_chosen_validation(validation))
    known = Registry.load(registry).naming(store.manifest.outlets)
    _warn_of_registry(store.manifest, known)
    html = page(store, known, scope)
    with writing(out) as target:
        target.write(html.encode())
    say(f"{out}: {scope.describe(known)}")


@app.command()
def serve(
    folder: OpenedArgument = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where it listens.")] = 8501,
    address: Annotated[
        str, typer.Option(metavar="HOST", help="On which address; 0.0.0.0 for every one.")
    ] = "127.0.0.1",
    registry: RegistryOption = None,
    validation: ValidationOption = None,
) -> None:
    """Open the dashboard on a build (the shipped analysis if none is named).

    It shows the texts of the articles where they lie beside the tables, so it listens on this
    machine alone if --address names no other.
    """
    from kzdash.manifest import Manifest
    from kzdash.paths import ANALYSIS, ROOT, shipped
    from kzdash.registry import Registry

    root = shipped(ROOT)
    place = (_build_at(folder) if folder else ANALYSIS).resolve()
    _warn_of_registry(Manifest.read(place), Registry.load(registry))
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        f"--server.port={port}",
        f"--server.address={address}",
    ]
    chosen = {"KZDASH_BUILD": str(place), **_chosen_validation(validation)}
    if registry:
        chosen["KZDASH_REGISTRY"] = str(registry.resolve())
    # This process becomes the server, so that whoever ends it ends the server.
    os.chdir(root)
    os.execvpe(sys.executable, command, os.environ | chosen)


def _warn_of_registry(manifest: "Manifest", known: "Registry") -> None:
    """Say so where a build was made with another registry than the one that names things."""
    if manifest.registry_hash not in ("", known.digest):
        complain(
            "kzdash: the build was made with another registry; give it with --registry DIR, "
            "or some names are shown as ids."
        )


def _chosen_validation(file: Path | None) -> dict[str, str]:
    """Return the environment variable that names other validation figures.

    Raises:
        InputError: the file holds none.
    """
    if file is None:
        return {}
    import pyarrow.parquet as pq

    from kzdash.evaluation.figures import SCHEMA

    try:
        columns = set(pq.read_schema(file).names)
    except (OSError, ValueError):
        columns = set()
    if not set(SCHEMA.names) <= columns:
        raise InputError(
            str(file),
            "holds no validation figures",
            "a file of `kzdash evaluate --out FILE`",
            "Correct the path",
        )
    return {"KZDASH_VALIDATION": str(file.resolve())}


def run(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code. Errors are one line, never a traceback.

    Args:
        arguments: of the command line; those of this process if None.
    """
    try:
        code = _run(arguments)
        with output():
            if sys.stdout:
                sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone, as in `kzdash show DIR | head`.
        drop(sys.stdout)
        code = 0
    except KzdashError as error:
        complain(f"kzdash: {printable(str(error))}")
        code = 1
    except Exception as error:
        complain(f"kzdash: internal error: {printable(f'{type(error).__name__}: {error}')}")
        code = 1
    return code


def _run(arguments: list[str] | None) -> int:
    try:
        app(arguments, prog_name="kzdash")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0
