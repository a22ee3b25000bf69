"""Ctrl-C and SIGTERM: out at once, one line, the exit code of the signal."""

import signal
import subprocess
import sys

import pytest

from kzdash.interrupts import MESSAGE

BUSY = """
import multiprocessing, sys, time
from kzdash.interrupts import leave_at_once

if __name__ == "__main__":
    leave_at_once()
    print("ready", flush=True)
    {busy}
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(
    "busy",
    [
        pytest.param("time.sleep(60)", id="waiting"),
        pytest.param("while True: pass", id="computing"),
        pytest.param(
            "import hashlib; hashlib.pbkdf2_hmac('sha256', b'a', b'b', 2**31 - 1)", id="deep in C"
        ),
    ],
)
def test_a_signal_ends_the_process_with_one_line(number, busy):
    process = subprocess.Popen(
        [sys.executable, "-c", BUSY.format(busy=busy)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    process.stdout.readline()
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert said == MESSAGE + "\n"
