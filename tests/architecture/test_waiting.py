"""How threads wait must be said before torch is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("package", ["engine", "rednet_gui"])
def test_it_is_said_before_torch_is_loaded(package: str) -> None:
    program = f"import {package}, os, sys; print('torch' in sys.modules, os.environ['GOMP_SPINCOUNT'])"
    done = subprocess.run([sys.executable, "-c", program], env={}, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "10000"]
