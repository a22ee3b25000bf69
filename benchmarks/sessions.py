"""Many visitors at once, over the websocket that a browser uses, without browsers.

    python -m benchmarks.sessions BUILD [--sessions 30] [--seconds 120] [--links 100]

Starts a server on a build and gives a JSON object:

- ``memory``: the server's resident megabytes, idle, after one session that opened every page,
  and with twenty, each of which opened two.
- ``changes``: sessions that change a filter or the page, think for two to six seconds and go on:
  seconds from the change to the last chart (median, 95th percentile, largest), pages that showed
  an error, and pages that showed another session's selection (leaks).
- ``links``: malformed links, each opened in a fresh session: seconds, and how many gave an error
  or no title.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.server import PATIENCE, running
from kzdash.registry import Registry
from kzdash.scope import Scope

PAGES = ("", "actor", "outlets", "framing", "voices", "relations", "evidence", "methods")
OUTLETS = ("rt", "eurasianet", "atlantico", "kz-expert")
HOSTILE = (
    "<script>alert(1)</script>", "'; DROP TABLE mentions; --", "../../etc/passwd", "\x00", "%00",
    "NaN", "-1", "99999999999999999999", "a" * 5000, "🦉", "\u202e", "{{7*7}}", "javascript:x",
    "2022-13-45", "0000", "", " ", ",,,,", "null", "rt,rt,rt", "[]", "__proto__", "=cmd()",
)  # fmt: skip
PARAMETERS = (
    "outlet", "actor", "from", "to", "voice", "kind", "of", "first", "second", "frame", "order",
    "seed", "page", "open", "relation", "measure", "cell_what", "cell_outlet", "cell_actor",
    "cell_label", "cell_period", "cell_frame", "cell_speaker", "cell_article", "cell_cue",
    "cell_target", "cell_word", "cell_pos", "cell_verb_class", "cell_text", "unknown",
)  # fmt: skip


@dataclass
class Shown:
    """What a run of a page sent: the texts, and what went wrong."""

    texts: list[str] = field(default_factory=list)
    title: str = ""
    errors: list[str] = field(default_factory=list)


class Session:
    """A visitor: one websocket, and what the last run of a page showed."""

    def __init__(self, socket_: ClientConnection) -> None:
        self.socket = socket_
        self.hashes: dict[str, str] = {}

    async def run(self, page: str, query: dict[str, list[str]]) -> Shown:
        """Ask for a page with these parameters and wait until it is drawn."""
        message = BackMsg()
        message.rerun_script.query_string = urlencode(query, doseq=True)
        if page and page in self.hashes:
            message.rerun_script.page_script_hash = self.hashes[page]
        elif page:
            message.rerun_script.page_name = page
        elif "" in self.hashes:
            message.rerun_script.page_script_hash = self.hashes[""]
        await self.socket.send(message.SerializeToString())
        return await asyncio.wait_for(self._read(), PATIENCE)

    async def _read(self) -> Shown:
        shown = Shown()
        while True:
            data = await self.socket.recv()
            message = ForwardMsg()
            message.ParseFromString(data if isinstance(data, bytes) else data.encode())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                shown = Shown()
                self._pages(message.new_session.app_pages)
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                _note(message.delta.new_element, shown)
            elif kind == "page_not_found":
                shown.errors.append("page not found")
            elif kind == "script_finished":
                status = message.script_finished
                if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                if status != ForwardMsg.FINISHED_SUCCESSFULLY:
                    shown.errors.append(f"script finished with {status}")
                return shown

    def _pages(self, pages: Any) -> None:
        for page in pages:
            self.hashes["" if page.is_default else page.url_pathname] = page.page_script_hash


def _note(element: Any, shown: Shown) -> None:
    kind = element.WhichOneof("type")
    if kind == "exception":
        shown.errors.append(element.exception.type)
    elif kind == "html":
        shown.texts.append(element.html.body)
        if 'role="alert"' in element.html.body:
            shown.errors.append(element.html.body[:200])
    elif kind == "heading" and element.heading.tag == "h1":
        shown.title = element.heading.body


def main() -> None:
    """Run from the command line: a JSON object of figures."""
    parser = argparse.ArgumentParser(description="Measure a server under many visitors.")
    parser.add_argument("build", type=Path)
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--links", type=int, default=100)
    parser.add_argument("--memory-sessions", type=int, default=20)
    given = parser.parse_args()
    with running(given.build) as server:
        address = f"ws://{server.address}/_stcore/stream"
        found = asyncio.run(_measure(address, server.process, given))
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


async def _measure(address: str, process: "subprocess.Popen[bytes]", given: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"load": os.getloadavg()[0]}
    found["memory"] = await memory(address, process, given.memory_sessions)
    found["changes"] = await changes(address, given.sessions, given.seconds)
    found["memory"]["after_changes"] = resident(process)
    if given.links:
        found["links"] = await links(address, given.links)
    return found


async def memory(
    address: str, process: "subprocess.Popen[bytes]", sessions: int
) -> dict[str, float]:
    """Measure the server's memory with one session and with more, that stay open."""
    found = {"idle": resident(process)}
    open_ = []
    for number in range(sessions):
        session = Session(await connect(address, max_size=None))
        open_.append(session)
        pages = (PAGES[number % len(PAGES)], PAGES[(number + 3) % len(PAGES)]) if number else PAGES
        for page in pages:
            await session.run(page, {"outlet": [OUTLETS[number % 4]]} if number else {})
        if number == 0:
            found["one"] = resident(process)
    found[f"with_{sessions}"] = resident(process)
    for session in open_:
        await session.socket.close()
    return found


async def changes(address: str, sessions: int, seconds: float) -> dict[str, Any]:
    """Measure how long changes take while so many sessions make them."""
    until = time.monotonic() + seconds
    times: list[float] = []
    troubles: list[str] = []
    leaks: list[str] = []
    await asyncio.gather(
        *(_visit(address, n, until, times, troubles, leaks) for n in range(sessions))
    )
    times.sort()
    return {
        "sessions": sessions,
        "changes": len(times),
        "median": statistics.median(times),
        "p95": times[int(0.95 * len(times))],
        "largest": times[-1],
        "errors": len(troubles),
        "leaks": len(leaks),
        "first_error": next(iter(troubles + leaks), ""),
        "load": os.getloadavg()[0],
    }


async def _visit(
    address: str,
    number: int,
    until: float,
    times: list[float],
    troubles: list[str],
    leaks: list[str],
) -> None:
    draw = random.Random(number)
    registry = Registry.load()
    async with connect(address, max_size=None) as socket_:
        session = Session(socket_)
        page = ""
        while time.monotonic() < until:
            await asyncio.sleep(draw.uniform(2, 6))
            if draw.random() < 0.3:
                page = draw.choice(PAGES)
            scope = Scope(
                outlets=tuple(sorted(draw.sample(OUTLETS, draw.randint(0, 3)))),
                start=draw.choice([None, "2019", "2020"]),
                voices=draw.choice([(), (), ("own",), ("quoted",)]),
            )
            begun = time.monotonic()
            shown = await session.run(page, scope.to_query())
            times.append(time.monotonic() - begun)
            troubles += shown.errors
            line = next((t for t in shown.texts if "Shown:" in t), "")
            if scope.describe(registry) not in line.replace("&#x27;", "'"):
                leaks.append(f"{scope} shows {line[:200]}")


async def links(address: str, count: int) -> dict[str, Any]:
    """Open malformed links, each in a session of its own."""
    draw = random.Random(1)
    times, troubles = [], []
    for number in range(count):
        query = {name: [draw.choice(HOSTILE)] for name in draw.sample(PARAMETERS, 6)}
        begun = time.monotonic()
        async with connect(address, max_size=None) as socket_:
            shown = await Session(socket_).run(PAGES[number % len(PAGES)], query)
        times.append(time.monotonic() - begun)
        if shown.errors or not shown.title:
            troubles.append(f"{PAGES[number % len(PAGES)]}?{urlencode(query, doseq=True)[:300]}")
    times.sort()
    return {
        "links": count,
        "median": statistics.median(times),
        "largest": times[-1],
        "unusable": len(troubles),
        "first": next(iter(troubles), ""),
    }


def resident(process: "subprocess.Popen[bytes]") -> float:
    """Return the resident memory of a process in megabytes (10^6 bytes)."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) * 1024 / 1e6


if __name__ == "__main__":
    main()
