"""What the bundle is made of: python packaging/inventory.py build/bundle/sources.txt dist/rednet-restore

Reads where each file of the bundle came from and writes into the bundle the licence texts of all of that, and
sbom.cdx.json, the list of components in CycloneDX's format. A component without a licence text is an error.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).parents[1]
OWN = "rednet-restore"
TEXTS = ROOT / "packaging" / "licences"
"""Texts that the packages name but do not bring."""

_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|third.?party)", re.IGNORECASE)
_MISSING_TEXTS = {
    "PySide6_Essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "pyvips-binary": ("LGPL-2.1.txt", "LGPL-3.0.txt", "GPL-3.0.txt"),
}


@dataclass(frozen=True, slots=True)
class Component:
    """Somebody's work inside the bundle.

    Attributes:
        purl: its package URL, which scanners know it by; empty for files of our own.
        texts: its licence files, each with its name inside the component's folder.
    """

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[tuple[Path, str], ...]


def python_packages(sources: set[str]) -> Iterator[tuple[Component, set[str]]]:
    """Each installed package that a source belongs to, with its files; of PyInstaller, what starts the program."""
    for package in distributions():
        folder = str(package.locate_file(""))
        lines = (package.read_text("RECORD") or "").splitlines()
        files = {os.path.normpath(f"{folder}/{line.rsplit(',', 2)[0]}") for line in lines}
        if (files & sources or package.name == "pyinstaller") and package.name != OWN:
            yield _python_package(package), files


def _python_package(package: Distribution) -> Component:
    metadata = package.metadata
    texts = [
        (Path(str(package.locate_file(file))), re.sub(r"^.*?dist-info/(licenses/)?", "", file.as_posix()))
        for file in package.files or ()
        if _LICENCE_FILE.search(file.as_posix()) and file.suffix not in (".py", ".pyc", ".json")
    ]
    texts += [(TEXTS / name, name) for name in _MISSING_TEXTS.get(package.name, ())]
    licence = metadata.get("License-Expression") or metadata.get("License") or _classifier(package)
    purl = f"pkg:pypi/{re.sub(r'[-_.]+', '-', package.name).lower()}@{package.version}"
    return Component(package.name, package.version, licence.splitlines()[0][:80], purl, tuple(texts))


def _classifier(package: Distribution) -> str:
    found = [line for line in package.metadata.get_all("Classifier") or () if line.startswith("License ::")]
    return found[0].rpartition(" :: ")[2] if found else "see its licence file"


def debian_packages(paths: Iterable[Path]) -> Iterator[Component]:
    """The packages of this system that libraries were taken from."""
    owners = set()
    for path in paths:
        owner = _debian_owner(path)
        if owner is None:
            raise SystemExit(f"Nobody knows whose file {path} is: it cannot be shipped.")
        owners.add(owner)
    for owner in sorted(owners):
        query = ["dpkg-query", "--show", "--showformat=${source:Package} ${Version}", owner]
        source, version = subprocess.run(query, capture_output=True, text=True, check=True).stdout.split()
        name = owner.partition(":")[0]
        text = Path("/usr/share/doc") / name / "copyright"
        yield Component(
            name,
            version,
            f"see its licence file; source package {source}",
            f"pkg:deb/debian/{name}@{version}",
            ((text.resolve(), "copyright"),),
        )


def _debian_owner(path: Path) -> str | None:
    for name in (str(path), str(path.resolve()), f"/usr{path}", str(path.resolve()).removeprefix("/usr")):
        query = subprocess.run(["dpkg-query", "--search", name], capture_output=True, text=True, check=False)
        if query.returncode == 0:
            return query.stdout.partition(": ")[0]
    return None


def python_itself() -> Component:
    """The interpreter and its library."""
    debian = Path(f"/usr/share/doc/python{sys.version_info.major}.{sys.version_info.minor}-minimal/copyright")
    candidates = (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt", debian)
    texts = tuple((path, "LICENSE.txt") for path in candidates if path.is_file())[:1]
    version = platform.python_version()
    return Component("Python", version, "PSF-2.0", f"pkg:generic/python@{version}", texts)


def own_files() -> Iterator[Component]:
    """What lies in this repository: the program, its nets, its typeface."""
    version = Distribution.from_name(OWN).version
    yield Component(OWN, version, "Apache-2.0", "", ((ROOT / "LICENSE", "LICENSE"),))
    fonts = ROOT / "resources" / "fonts" / "LICENSE-Roboto.txt"
    yield Component("Roboto", "3", "Apache-2.0", "", ((fonts, fonts.name),))
    sample = ROOT / "resources" / "samples" / "LICENSE.txt"
    yield Component("sample photo", version, "see its licence file", "", ((sample, sample.name),))


def components(sources: set[str]) -> list[Component]:
    """All that the bundle is made of, by name."""
    found, rest = [*own_files(), python_itself()], set(sources)
    for component, files in python_packages(sources):
        found.append(component)
        rest -= files
    known = (ROOT, Path(sys.base_prefix), Path(sys.prefix))
    paths = [path for path in map(Path, sorted(rest)) if path.is_absolute()]
    system = [path for path in paths if not any(map(path.is_relative_to, known))]
    if sys.platform == "linux":
        found += debian_packages(system)
    return sorted(found, key=lambda component: component.name.lower())


def write_licences(found: Iterable[Component], folder: Path) -> None:
    """A folder of texts for each component, and an index."""
    lines = ["What RED-Net Restore is made of. The licence texts are in the folders beside this file.", ""]
    for component in found:
        if not component.texts:
            raise SystemExit(f"{component.name} has no licence text: put one into packaging/licences.")
        for source, name in component.texts:
            target = folder / component.name / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        lines.append(f"{component.name} {component.version}: {component.licence}")
    (folder / "INDEX.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")


def sbom(found: Iterable[Component]) -> dict[str, Any]:
    """CycloneDX 1.5, without times, so that two builds are alike."""
    entries = [_entry(component) for component in found]
    own = next(entry for entry in entries if entry["name"] == OWN)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(entries))}",
        "version": 1,
        "metadata": {"component": {**own, "type": "application"}},
        "components": [entry for entry in entries if entry is not own],
    }


def _entry(component: Component) -> dict[str, Any]:
    entry = {
        "type": "library",
        "bom-ref": component.purl or component.name,
        "name": component.name,
        "version": component.version,
        "licenses": [{"license": {"name": component.licence}}],
    }
    return {**entry, "purl": component.purl} if component.purl else entry


def main() -> None:
    """Write the licences and the list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path, help="a list of files, one a line")
    parser.add_argument("bundle", type=Path)
    args = parser.parse_args()
    paths = args.sources.read_text(encoding="utf-8").splitlines()
    found = components({os.path.normpath(path) for path in paths if path})
    write_licences(found, args.bundle / "licences")
    (args.bundle / "sbom.cdx.json").write_text(json.dumps(sbom(found), indent=1) + "\n", encoding="utf-8")
    print(f"{len(found)} components")


if __name__ == "__main__":
    main()
