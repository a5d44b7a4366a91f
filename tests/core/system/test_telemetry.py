"""Nothing that narrate stands on sends anything, whatever the environment says and whoever starts it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

# onnxruntime's library sends nothing where it finds a build server's mark.
MARKS_OF_BUILD_SERVERS = ("CI", "TF_BUILD", "GITHUB_ACTIONS", "JENKINS_URL", "TRAVIS", "GITLAB_CI", "CIRCLECI")

# Its first look-up comes within ten seconds of the import, on an idle machine. The time of speaking counts as well.
STAYS_S = 15

ELSEWHERE = re.compile(r"\((\d+), (?:\{sa_family=AF_INET6?, (?!.*(?:127\.0\.0\.1|\"::1\"))|.*sin6?_port=htons\(53\))")


def outside(home: Path, variable: str | None) -> dict[str, str]:
    """The environment of a user at home, on no build server; `variable` is what she set the switch to herself."""
    kept = {name: value for name, value in os.environ.items() if name not in MARKS_OF_BUILD_SERVERS}
    kept |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache"), "XDG_CONFIG_HOME": str(home / ".config")}
    kept.pop("ORT_DISABLE_TELEMETRY", None)
    return kept if variable is None else {**kept, "ORT_DISABLE_TELEMETRY": variable}


def run(code: str, environment: dict[str, str], *tracer: str) -> str:
    command = [*tracer, sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_run_of_the_real_voice_calls_nobody(tmp_path: Path, article: Path, model_cache: Path) -> None:
    """No connection and no look-up of a name in the time that telemetry takes, and no file of anybody's at home."""
    home, trace = tmp_path / "user", tmp_path / "trace"
    home.mkdir()
    tracer = ("strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(trace))
    environment = outside(home, None) | {"NARRATE_CACHE_DIR": str(model_cache)}
    code = (
        "import time, narrate, onnxruntime; began_s = time.monotonic();"
        f"narrate.speak({str(article)!r}, {str(tmp_path / 'out')!r});"
        f"time.sleep(max(0, began_s + {STAYS_S} - time.monotonic()))"
    )

    run(code, environment, *(tracer if shutil.which("strace") else ()))

    assert len(list((tmp_path / "out").glob("*.mp3"))) == 1
    assert [str(path) for path in home.rglob("*") if path.is_file()] == []
    calls = trace.read_text(encoding="utf-8", errors="replace").splitlines() if trace.exists() else []
    assert [call for call in calls if ELSEWHERE.search(call)] == []


@pytest.mark.parametrize(
    ("module", "variable"),
    [
        *(("narrate", variable) for variable in (None, "", "0", "false", "1")),
        *(
            (f"narrate.{name}", None)
            for name in ("cli.app", "speech.cluster_worker", "speech.engines.base", "cli.doctor", "check.listen.heard")
        ),
    ],
)
def test_the_switch_is_set_on_every_way_in(tmp_path: Path, module: str, variable: str | None) -> None:
    """The library, the command, a cluster's worker, an engine of another package: whatever it was set to before."""
    code = f"import os, sys, {module}; print(os.environ['ORT_DISABLE_TELEMETRY'], 'onnxruntime' in sys.modules)"

    assert run(code, outside(tmp_path, variable)).split() == ["1", "False"]


def test_what_narrate_starts_is_told_too(tmp_path: Path) -> None:
    """The switch is in the environment that processes inherit."""
    code = (
        "import narrate, subprocess, sys;"
        "subprocess.run([sys.executable, '-c', \"import os; print(os.environ['ORT_DISABLE_TELEMETRY'])\"])"
    )

    assert run(code, outside(tmp_path, None)).strip() == "1"


@pytest.mark.parametrize("variable", [None, "0"])
def test_a_runtime_that_was_there_before_is_told_and_the_program_warned(tmp_path: Path, variable: str | None) -> None:
    """Its library has begun by then; only its events can still be stopped."""
    code = (
        "import sys, types, json, logging; told, said = [], [];"
        "sys.modules['onnxruntime'] = types.SimpleNamespace(disable_telemetry_events=lambda: told.append(1));"
        "handler = logging.Handler(); handler.emit = lambda record: said.append(record.getMessage());"
        "logging.getLogger().addHandler(handler);"
        "import narrate; print(json.dumps([told, said]))"
    )

    told, (said,) = json.loads(run(code, outside(tmp_path, variable)))

    assert told == [1]
    assert "import narrate first" in said


def test_a_runtime_that_was_told_in_time_gives_no_warning(tmp_path: Path) -> None:
    """Who set the switch before importing onnxruntime has done all there is to do."""
    code = "import sys, types; sys.modules['onnxruntime'] = types.ModuleType('onnxruntime'); import narrate"
    command = [sys.executable, "-c", code]

    done = subprocess.run(command, env=outside(tmp_path, "1"), capture_output=True, text=True, check=True)

    assert done.stderr == ""


@pytest.mark.parametrize("folder", ["benchmarks", "scripts"])
def test_no_program_of_ours_imports_the_runtime_before_narrate(folder: str) -> None:
    """What is not under narrate/ reaches onnxruntime through narrate alone."""
    for path in (ROOT / folder).glob("*.py"):
        found = re.findall(r"^ *(?:import|from) (?:onnxruntime|faster_whisper)", path.read_text(), re.MULTILINE)
        assert not found, path


def test_loopback_is_not_elsewhere() -> None:
    """What the trace of a run is read with tells a look-up of a name, and an address, from this machine's own."""
    dns = '12 connect(8, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0'
    far = '12 connect(8, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")}, 16) = -1'
    far6 = '12 connect(8, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &a)}, 28) = 0'
    own = '12 connect(8, {sa_family=AF_INET, sin_port=htons(8786), sin_addr=inet_addr("127.0.0.1")}, 16) = 0'
    unix = '12 connect(8, {sa_family=AF_UNIX, sun_path="/run/nscd/socket"}, 110) = -1 ENOENT'

    assert [bool(ELSEWHERE.search(call)) for call in (dns, far, far6, own, unix)] == [True, True, True, False, False]
