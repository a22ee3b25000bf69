"""Read thousands of mutated inputs: none may end in a traceback, a hang or a signal.

    python -m benchmarks.mutate_inputs [--count 10000] [--seed 5] [--workers 2]

Each input is a well-formed sample of one kind (front matter, catalogue, JSONL, JSON, CSV, HTML,
zip) to which one to six random changes are made: bytes flipped, cut out, doubled, moved, put in
from a list of troublesome pieces. It is read in a process of its own pool with a time limit;
what comes must be articles with clean text, or rejections with their four parts.
"""

import argparse
import collections
import io
import json
import random
import signal
import sys
import time
import traceback
import unicodedata
import zipfile
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial

from kzdash.corpus import Rejection, read
from kzdash.registry import Outlet, Registry

SECONDS = 20
UNSEEN = set("\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
BODY = (
    "The first train left the new station at dawn. “Nobody was late,” said the driver, Asem "
    "Bekova.\n\nMore trains are to follow in the spring – if the café opens by then.\n"
)
HEAD = 'outlet: Steppe Post\ntitle: "Rail line opens"\ndate: 2023-05-04\nauthor: [A, B]\n'
FIELDS = {"outlet": "Steppe Post", "title": "Rail line opens", "date": "2023-05-04", "text": BODY}
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Rail line opens</title>'
    '<meta property="og:site_name" content="Steppe Post"><meta name="date" content="2023-05-04">'
    '<script type="application/ld+json">{"headline": "Rail line opens"}</script></head><body>'
    f"<nav>Menu</nav><article><h1>Rail line opens</h1><p>{BODY}</p></article></body></html>"
)
PIECES = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\r\n", b"\n\n", b'"', b"'",
    b"---\n", b"<<: *a\n", b"&a ", b"*a", b"!!python/object ", b"{", b"}", b"[", b"]", b",", b";",
    b"\t", b"\\", b"\\ud800", b"\\u0000", b"<", b">", b"<script>", b"</", b"<!--", b"-->", b"<div>",
    b"&#0;", b"&#xD800;", b"&amp;lt;", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xcc\x81" * 40,
    b"9" * 400, b"1e999", b"NaN", b"null", b"2999-01-01", b"03/04/2022", b"=cmd|' /C calc'!A0",
    b"javascript:alert(1)", b"PK\x03\x04", b"PK\x01\x02", b"../" * 8, b"%00", b"title:", b"text:",
    "Президент".encode("cp1251"), "café".encode("cp1252"), "文".encode("utf-16"), b"[" * 3_000,
    b"<b>" * 1_000, b"a" * 5_000,
]  # fmt: skip


def samples() -> dict[str, bytes]:
    """Return a well-formed input of each kind."""
    table = 'outlet,title,date,text\n"Steppe Post","Rail line opens",2023-05-04,"' + BODY + '"\n'
    return {
        "front matter": f"---\n{HEAD}---\n\n# Rail line opens\n\n{BODY}".encode(),
        "JSONL": ((json.dumps(FIELDS) + "\n") * 3).encode(),
        "JSON": json.dumps([FIELDS, FIELDS], indent=1, ensure_ascii=False).encode(),
        "CSV": (table + table.split("\n", 1)[1]).encode(),
        "HTML": PAGE.encode(),
        "zip": zipped(),
        "windows-1252": f"---\n{HEAD}---\n\n{BODY}".encode("cp1252"),
        "UTF-16": f"---\n{HEAD}---\n\n{BODY}".encode("utf-16"),
    }


def zipped() -> bytes:
    """Return a zip with a catalogue and files of several kinds."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("catalogue.csv", "file,outlet,title,published\n0.txt,dala,A,2023\n")
        archive.writestr("0.txt", BODY)
        archive.writestr("1.md", f"---\n{HEAD}---\n\n{BODY}")
        archive.writestr("2.jsonl", json.dumps(FIELDS))
        archive.writestr("3.html", PAGE)
    return stream.getvalue()


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Return data with one to six random changes."""
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data) + 1)
        end = min(len(data), at + rng.choice((1, 2, 8, 64, 512)))
        change = rng.randrange(6)
        if change == 0:
            data = data[:at] + bytes(rng.randrange(256) for _ in data[at:end]) + data[end:]
        elif change == 1:
            data = data[:at] + data[end:]
        elif change == 2:
            data = data[:end] + data[at:end] * rng.choice((1, 2, 50)) + data[end:]
        elif change == 3:
            data = data[end:] + data[:at]
        else:
            data = data[:at] + rng.choice(PIECES) * rng.choice((1, 1, 1, 3, 30)) + data[at:]
    return data


class HangError(Exception):
    """An input took longer than it may."""


def stop(_number: int, _frame: object) -> None:
    """End an input that takes too long."""
    raise HangError


def outcome(number: int, seed: int) -> tuple[int, str, str, float]:
    """Return number, kind, what came of it ("taken", "refused", or the fault), and seconds."""
    rng = random.Random(f"{seed} {number}")
    kind, data = rng.choice(sorted(samples().items()))
    data = mutated(data, rng)
    registry = Registry([Outlet(id="steppe-post", name="Steppe Post")], [], [], [])
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    begun = time.monotonic()
    try:
        found = list(read(["-"], registry, stdin=io.BytesIO(data)))
        result = judged(found)
    except HangError:
        result = f"HANG over {SECONDS} s"
    except BaseException:
        result = "TRACEBACK " + traceback.format_exc()
    finally:
        signal.alarm(0)
    return number, kind, result, time.monotonic() - begun


def judged(found: list[object]) -> str:
    """Return "taken" or "refused", or what is wrong with what came."""
    if not found:
        return "NOTHING came"
    for item in found:
        if isinstance(item, Rejection):
            if not (item.place and item.finding and str(item).isprintable()):
                return f"UNCLEAR rejection {item!r}"
        elif not clean(item.text) or not clean(item.title + item.place, line=True):
            return f"UNCLEAN article {item!r}"[:400]
    return "refused" if all(isinstance(item, Rejection) for item in found) else "taken"


def clean(text: str, *, line: bool = False) -> bool:
    """Return whether a text can be stored and shown."""
    text.encode("utf-8")
    return not any(unicodedata.category(c) in ("Cc", "Cs") for c in text if line or c != "\n") and (
        not set(text) & UNSEEN
    )


def main() -> int:
    """Read all mutated inputs and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    kinds: collections.Counter[str] = collections.Counter()
    faults: list[str] = []
    slowest = 0.0
    try:
        with ProcessPoolExecutor(options.workers) as pool:
            task = partial(outcome, seed=options.seed)
            for number, kind, result, seconds in pool.map(task, range(options.count), chunksize=50):
                slowest = max(slowest, seconds)
                if result in ("taken", "refused"):
                    kinds[f"{kind}, {result}"] += 1
                else:
                    faults.append(f"input {number} ({kind}): {result}")
    except BrokenProcessPool:
        faults.append("SIGNAL: a process died")
    for kind, count in sorted(kinds.items()):
        print(f"{kind}: {count}")
    print("\n".join(faults[:20]))
    print(
        f"{options.count} inputs, seed {options.seed}: {len(faults)} faults; "
        f"slowest {slowest:.1f} s"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
