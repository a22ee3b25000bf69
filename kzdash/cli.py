"""The command line: each command parses its arguments, calls one function, prints."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kzdash.errors import KzdashError

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


@app.callback()
def _kzdash() -> None:
    """Hold the commands together."""


@app.command()
def build(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Folder, file, zip, http(s) address, or -."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the tables go.")] = Path(
        "data/builds/latest"
    ),
    registry: RegistryOption = None,
    engine: Annotated[str, typer.Option(help="Where the work runs: local or ray.")] = "local",
    workers: Annotated[
        int | None, typer.Option(min=1, help="Worker processes; one a processor by default.")
    ] = None,
    private: Annotated[
        bool, typer.Option(help="Keep the texts beside the tables, for this machine.")
    ] = True,
    allow_address: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST:PORT", help="A private address that may be fetched."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Name rejected inputs alone.")] = False,
    summary: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the figures as JSON.")
    ] = None,
) -> None:
    """Turn articles into the tables that the dashboard reads.

    Exit code: 0 when all was taken, 3 when some inputs were rejected, 1 when nothing was.
    """
    from kzdash.build import build_inputs
    from kzdash.engines import named
    from kzdash.terminal import Terminal

    chosen = named(engine, workers)
    with Terminal(quiet) as terminal:
        done = build_inputs(
            inputs, out, registry=registry, engine=chosen, private=private,
            allowed=allow_address or [], progress=terminal,
        )  # fmt: skip
    if summary:
        summary.write_text(done.as_json(), encoding="utf-8")
    if not quiet:
        say(f"{out}: {done} ({done.seconds:.1f} s)")
    raise typer.Exit(done.exit_code)


@app.command()
def show(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A build.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an article.")] = False,
) -> None:
    """Print a build: an article a line."""
    from kzdash.show import articles, in_short

    for article in articles(folder):
        say(json.dumps(article, ensure_ascii=False) if as_json else in_short(article))


def say(line: str) -> None:
    """Print a line to standard output, in UTF-8 whatever the locale."""
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")


def complain(line: str) -> None:
    """Print a line to standard error."""
    sys.stderr.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stderr.flush()


def run(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code. Errors are one line, never a traceback.

    Args:
        arguments: of the command line; those of this process if None.
    """
    from kzdash.terminal import printable

    try:
        app(arguments, prog_name="kzdash")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BrokenPipeError:
        # The reader of our output has gone, as in `kzdash show DIR | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KzdashError as error:
        complain(f"kzdash: {printable(str(error))}")
        code = 1
    except Exception as error:
        complain(f"kzdash: internal error: {printable(f'{type(error).__name__}: {error}')}")
        code = 1
    return code
