"""Shared by the tests of what lies beside the package."""

import importlib
import sys
import types
from pathlib import Path

import pytest

HUB = Path(__file__).parents[2] / "deploy/hub"


@pytest.fixture
def passwords(monkeypatch, tmp_path):
    """Import the module, with or without JupyterHub, on a list of its own."""
    stub = types.ModuleType("jupyterhub.auth")
    stub.Authenticator = type("Authenticator", (), {})
    stub.LocalAuthenticator = type("LocalAuthenticator", (stub.Authenticator,), {})
    monkeypatch.setitem(sys.modules, "jupyterhub", types.ModuleType("jupyterhub"))
    monkeypatch.setitem(sys.modules, "jupyterhub.auth", stub)
    monkeypatch.setenv("HUB_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("HUB_PORT", "1")  # where no hub answers
    monkeypatch.syspath_prepend(HUB)
    for name in ("users", "passwords", "names"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    users = importlib.import_module("users")
    yield types.SimpleNamespace(**vars(importlib.import_module("passwords")) | vars(users), users=users)
    for name in ("users", "passwords", "names"):
        sys.modules.pop(name, None)
