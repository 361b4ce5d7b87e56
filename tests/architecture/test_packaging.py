"""The installers' own code, around a stand-in for the program; the whole is proved by `make bundle-test`."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from shutil import which
from types import ModuleType

import pytest
from PIL import Image

from engine.image_formats import RAW_SUFFIXES, READABLE_SUFFIXES

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the installer is for Linux")


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, PACKAGING / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look it up
    spec.loader.exec_module(module)
    return module


def test_the_version_is_stated_once() -> None:
    suffixes = {".sh", ".py", ".spec", ".nsi", ".ps1", ".in", ".desktop", ".yml", ".plist", ".1", ""}
    files = [path for path in PACKAGING.rglob("*") if path.is_file() and path.suffix in suffixes]
    files += [*(ROOT / "engine").rglob("*.py"), *(ROOT / "rednet_gui").rglob("*.py"), ROOT / "Makefile"]
    stating = [
        path for path in files if re.search(rf'version[ ="]+{re.escape(VERSION)}', path.read_text("utf-8"), re.I)
    ]
    assert len(files) > 50
    assert stating == []


def test_windows_offers_the_program_for_all_pictures_that_it_opens() -> None:
    script = (PACKAGING / "windows" / "installer.nsi").read_text(encoding="utf-8")
    assert re.findall(r'!insertmacro \${DO} "(\.\w+)"', script) == list(READABLE_SUFFIXES)


def test_linux_offers_the_program_for_all_pictures_that_it_opens() -> None:
    text = (PACKAGING / "linux" / "rednet-restore.desktop").read_text(encoding="utf-8")
    offered = set(re.search(r"^MimeType=(.*);$", text, re.M)[1].split(";"))  # type: ignore[index]
    kinds = {".jpg": "jpeg", ".tif": "tiff"} | dict.fromkeys(RAW_SUFFIXES, "x-dcraw")
    assert offered >= {f"image/{kinds.get(suffix, suffix[1:])}" for suffix in READABLE_SUFFIXES}


def test_the_lock_holds_what_the_project_asks_for() -> None:
    lines = (PACKAGING / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = dict(re.match(r"([\w-]+)==([^;]+)", line).groups() for line in lines if line[:1].isalpha())  # type: ignore[union-attr,misc]
    known = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in locked.items()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in project["dependencies"]:
        name, pin = re.match(r"([\w-]+)(?:\[\w+\])?(?:==(\S+))?", requirement).groups()  # type: ignore[union-attr]
        assert known[name.lower()] == (pin or known[name.lower()])
    assert not {"distributed", "dask", "tornado"} & known.keys(), "what opens sockets is not shipped"


def test_icons_are_what_windows_and_macos_read() -> None:
    icons = load("make_icons")
    pngs = {}
    for side in icons.SIDES:
        buffer = io.BytesIO()
        Image.new("RGBA", (side, side), (side % 256, 0, 0, 255)).save(buffer, "PNG")
        pngs[side] = buffer.getvalue()
    ico = Image.open(io.BytesIO(icons.ico({side: pngs[side] for side in icons.ICO_SIDES})))
    assert ico.info["sizes"] == {(side, side) for side in icons.ICO_SIDES}
    assert ico.getpixel((0, 0)) == (0, 0, 0, 255)
    icns = Image.open(io.BytesIO(icons.icns({kind: pngs[side] for kind, side in icons.ICNS_KINDS.items()})))
    icns.load()
    assert icns.size == (1024, 1024)


def test_nothing_is_shipped_without_its_licence(tmp_path: Path) -> None:
    inventory = load("inventory")
    component = inventory.Component("library", "1", "MIT", "pkg:pypi/library@1", ())
    with pytest.raises(SystemExit, match="library has no licence text"):
        inventory.write_licences([component], tmp_path)


def test_the_list_of_components_is_the_same_each_time() -> None:
    inventory = load("inventory")
    found = inventory.components({str(re.__file__), str(pytest.__file__), str(Image.__file__)})
    sbom = inventory.sbom(found)
    assert sbom == inventory.sbom(found)
    assert sbom["metadata"]["component"]["version"] == VERSION
    names = {entry["name"] for entry in sbom["components"]}
    assert {"pytest", "pillow", "Python", "pyinstaller" if "pyinstaller" in names else "Roboto"} <= names
    assert "torch" not in names, "none of its files was asked for"


class Installer:
    """A .run file around a program of two lines."""

    def __init__(self, folder: Path, program: str = "echo rednet 9.9", **changes: str) -> None:
        self.file, self.home = folder / "program.run", folder / "home"
        self.home.mkdir(exist_ok=True)
        payload = self._payload(program)
        facts = {"VERSION": "9.9", "MACHINE": os.uname().machine, "GLIBC": "2.17", "INSTALLED_KB": "1"}
        facts |= {"SHA256": hashlib.sha256(payload).hexdigest()} | changes
        header = (PACKAGING / "linux" / "run_header.sh").read_text(encoding="utf-8")
        for name, value in facts.items():
            header = header.replace(f"@{name}@", value)
        self.file.write_bytes(header.encode() + payload)

    @staticmethod
    def _payload(program: str) -> bytes:
        files = {
            "usr/lib/rednet-restore/rednet": f"#!/bin/sh\n{program}\n".encode(),
            "usr/lib/rednet-restore/rednet-gui": b"#!/bin/sh\n",
            "usr/share/applications/rednet-restore.desktop": (
                PACKAGING / "linux" / "rednet-restore.desktop"
            ).read_bytes(),
            "usr/share/icons/hicolor/48x48/apps/rednet-restore.png": b"png",
            "usr/share/man/man1/rednet.1.gz": b"gz",
        }
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w:xz") as archive:
            for name, content in files.items():
                entry = tarfile.TarInfo(name)
                entry.size, entry.mode = len(content), 0o755
                archive.addfile(entry, io.BytesIO(content))
        return buffer.getvalue()

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        variables = {**os.environ, "HOME": str(self.home), **environment}
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            variables.pop(name, None)
        command = ["sh", str(self.file), *arguments]
        return subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=60)

    def files(self) -> set[str]:
        return {str(path.relative_to(self.home)) for path in self.home.rglob("*") if not path.is_dir()}


@on_linux
def test_it_installs_for_one_user_and_removes_all_of_it(tmp_path: Path) -> None:
    installer = Installer(tmp_path)
    (installer.home / "photo.jpg").write_bytes(b"photo")
    done = installer()
    assert (done.returncode, done.stdout) == (0, "")
    assert re.fullmatch(r"RED-Net Restore 9\.9 is installed: .*\n", done.stderr)
    assert not list(installer.home.rglob("*-new"))
    program = installer.home / ".local" / "bin" / "rednet"
    assert subprocess.run([program], capture_output=True, text=True, check=True).stdout == "rednet 9.9\n"
    desktop = (installer.home / ".local/share/applications/rednet-restore.desktop").read_text(encoding="utf-8")
    assert f'\nExec="{installer.home}/.local/lib/rednet-restore/rednet-gui" %F\n' in desktop
    installed = installer.files()
    assert installer().returncode == 0, "over itself"
    assert installer.files() == installed
    subprocess.run([installer.home / ".local/lib/rednet-restore/uninstall"], capture_output=True, check=True)
    assert installer.files() - {".local/share/applications/mimeinfo.cache"} == {"photo.jpg"}


@on_linux
def test_an_upgrade_that_is_cut_off_leaves_the_old_program(tmp_path: Path) -> None:
    installer = Installer(tmp_path)
    assert installer().returncode == 0
    installed = installer.files()
    commands = tmp_path / "commands"
    commands.mkdir()
    (commands / "mv").write_text(
        f'#!/bin/sh\ncase "$1" in */usr/lib/*) kill -TERM $PPID ;; *) exec {which("mv")} "$@" ;; esac\n'
    )
    (commands / "mv").chmod(0o755)
    cut_off = installer(PATH=f"{commands}:{os.environ['PATH']}")
    assert cut_off.returncode == 130
    assert installer.files() == installed
    assert not list((installer.home / ".local" / "lib").glob(".*"))


@on_linux
def test_a_damaged_download_is_told(tmp_path: Path) -> None:
    installer = Installer(tmp_path)
    content = bytearray(installer.file.read_bytes())
    content[-20] ^= 1
    installer.file.write_bytes(content)
    assert_refuses(installer, r"This file is damaged: download it again\.")


@on_linux
def test_a_cut_download_is_told(tmp_path: Path) -> None:
    installer = Installer(tmp_path)
    installer.file.write_bytes(installer.file.read_bytes()[:-100])
    assert_refuses(installer, r"This file is damaged: download it again\.")


@on_linux
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"GLIBC": "99.0"}, r"This system is too old: the program needs glibc 99\.0, .*"),
        ({"MACHINE": "riscv"}, r"This program is for Linux on riscv, and this is Linux on .*\."),
        ({"INSTALLED_KB": "99999999999"}, r"There is too little space in .*: \d+ MB are needed, \d+ MB are free\."),
    ],
)
def test_a_system_that_does_not_fit_is_told(tmp_path: Path, changes: dict[str, str], sentence: str) -> None:
    assert_refuses(Installer(tmp_path, **changes), sentence)


@on_linux
def test_a_target_that_is_no_folder_is_told(tmp_path: Path) -> None:
    installer = Installer(tmp_path)
    (tmp_path / "home" / "file").write_text("")
    assert_refuses(installer, r"Nothing can be written to .*/home/file: .*", "--prefix", str(installer.home / "file"))


@on_linux
def test_missing_commands_are_named(tmp_path: Path) -> None:
    commands = tmp_path / "commands"
    commands.mkdir()
    for name in (
        "sh",
        "uname",
        "awk",
        "df",
        "grep",
        "ls",
        "mkdir",
        "mv",
        "rm",
        "sed",
        "sha256sum",
        "sort",
        "tail",
        "tar",
    ):
        found = next(path for path in (Path("/usr/bin") / name, Path("/bin") / name) if path.exists())
        (commands / name).symlink_to(found)
    done = Installer(tmp_path)(PATH=str(commands))
    assert done.returncode == 1
    assert done.stderr == "The command 'xz' is missing: install it with your package manager, then try again.\n"


@on_linux
def test_a_program_that_does_not_start_changes_nothing(tmp_path: Path) -> None:
    Installer(tmp_path)()
    sentence = r"The program does not start on this system; nothing was installed\. Please report this\."
    assert_refuses(Installer(tmp_path, program="exit 1"), sentence)


def assert_refuses(installer: Installer, sentence: str, *arguments: str) -> None:
    before = installer.files()
    done = installer(*arguments)
    assert done.returncode == 1
    assert re.fullmatch(f"{sentence}\n", done.stderr)
    assert installer.files() == before


WITHOUT = """
import sys
for name in {names}:
    sys.modules[name] = None  # importing it fails
from engine.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_training_needs_nothing_that_the_bundle_leaves_out(tmp_path: Path) -> None:
    lines = (ROOT / "packaging" / "rednet.spec").read_text(encoding="utf-8").splitlines()
    found: dict[str, list[str]] = {}
    exec("\n".join(line for line in lines if line.startswith("EXCLUDED")), found)
    assert "sympy" in found["EXCLUDED"]
    tiny = ["--steps", "2", "--batch", "2", "--patch", "32", "--depth", "4", "--width", "8", "--device", "cpu"]
    photos = ROOT / "resources" / "samples"
    command = [sys.executable, "-c", WITHOUT.format(names=found["EXCLUDED"])]
    command += ["train", "--data", str(photos), "--run", str(tmp_path), *tiny]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
