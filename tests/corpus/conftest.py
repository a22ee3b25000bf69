"""What the corpus tests share: a small registry and readers that sort their findings."""

import io
from pathlib import Path

import pytest
from samples import Take, Taken

from kzdash.corpus import Rejection, read
from kzdash.registry import Outlet, Registry
from kzdash.schema import Article


@pytest.fixture(scope="session")
def registry() -> Registry:
    post = Outlet(
        id="steppe-post",
        name="Steppe Post",
        aliases=("The Steppe Post",),
        url="https://www.steppepost.kz/en",
        boilerplate=("Steppe Post, from the heart of it all",),
    )
    return Registry([post, Outlet(id="dala", name="Dala Herald")], [], [], [])


@pytest.fixture
def take(registry: Registry) -> Take:
    """Read paths, or bytes as the standard input, and sort what comes."""

    def read_all(*inputs: Path | str | bytes, **options: object) -> Taken:
        stdin = next((i for i in inputs if isinstance(i, bytes)), None)
        names = ["-" if isinstance(i, bytes) else str(i) for i in inputs]
        stream = io.BytesIO(stdin) if stdin is not None else None
        found = list(read(names, registry, stdin=stream, **options))  # type: ignore[arg-type]
        return Taken(
            [f for f in found if isinstance(f, Article)],
            [f for f in found if isinstance(f, Rejection)],
        )

    return read_all


@pytest.fixture
def take_file(take: Take, tmp_path: Path) -> Take:
    """Write one file and read it."""

    def read_file(name: str, content: str | bytes, **options: object) -> Taken:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return take(path, **options)

    return read_file
