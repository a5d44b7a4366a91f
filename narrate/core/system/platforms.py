"""Platforms on which narrate's own voice can be installed, and the words for all others.

What is compiled comes as wheels, and these are not there for every system. In November 2026, for Python 3.11 to 3.14:

    Linux, glibc 2.28 or newer, x86_64 and aarch64      all
    macOS 14 or newer, Apple silicon                    all
    Windows, x86_64 and ARM64                           all
    macOS on Intel                                      no onnxruntime
    Linux with musl (Alpine)                            no onnxruntime, espeakng-loader, lameenc
    32-bit Pythons and other processors                 no onnxruntime

The build hook (hatch_build.py) reads this file by itself, before anything is installed: the standard library only.
"""

from __future__ import annotations

import os
import platform
import sys
import sysconfig
from dataclasses import dataclass

_OLDEST_GLIBC = (2, 28)
_OLDEST_MACOS = 14

# As platform.machine() calls them on one system or another.
_PROCESSORS = frozenset({"x86_64", "amd64", "aarch64", "arm64"})


@dataclass(frozen=True, slots=True)
class Platform:
    """A machine as far as wheels tell machines apart.

    Attributes:
        system: "Linux", "Darwin", "Windows" or another of platform.system().
        machine: The processor, as platform.machine() says.
        bits: 32 or 64, of the Python.
        is_musl: Whether the C library is musl.
        glibc: Its version; (0, 0) where unknown or another.
        macos: The version's first number; 0 where unknown or another.
    """

    system: str
    machine: str
    bits: int = 64
    is_musl: bool = False
    glibc: tuple[int, int] = (0, 0)
    macos: int = 0


@dataclass(frozen=True, slots=True)
class Lack:
    """Why narrate's voice cannot be there.

    Attributes:
        platform: What the machine is called.
        packages: Those that have no build for it.
        instead: What works.
        rest_installs: Whether all else that narrate takes is built for it, so that other engines can speak.
    """

    platform: str
    packages: tuple[str, ...]
    instead: str
    rest_installs: bool = False

    @property
    def message(self) -> str:
        """One line that says what is missing, and for which machine."""
        return f"there is no build of {' and '.join(self.packages)} for {self.platform}"


def this_platform() -> Platform:
    """Return what this Python runs on."""
    return Platform(
        platform.system(),
        platform.machine(),
        64 if sys.maxsize > 2**32 else 32,
        "musl" in f"{sysconfig.get_config_var('SOABI')} {sysconfig.get_config_var('HOST_GNU_TYPE')}",
        _glibc(),
        int(platform.mac_ver()[0].partition(".")[0] or 0),
    )


def lacking(here: Platform | None = None) -> Lack | None:
    """Return what keeps narrate's own voice from a platform, this one where left out; None where it speaks."""
    here = here or this_platform()
    processor = here.machine.lower()
    if here.bits < 64 or processor not in _PROCESSORS:
        name = f"{here.system} {here.machine}" + (" with a 32-bit Python" if processor in _PROCESSORS else "")
        return Lack(name, ("onnxruntime",), "use a 64-bit Python on x86-64 or ARM")
    if here.system == "Darwin":
        return _of_macos(here)
    if here.system == "Linux":
        return _of_linux(here)
    return None if here.system == "Windows" else Lack(here.system, ("onnxruntime",), "use Linux, macOS or Windows")


def _of_macos(here: Platform) -> Lack | None:
    if here.machine == "x86_64":
        instead = "use a Mac with Apple silicon (with a Python for arm64, not for Intel), Linux or Windows"
        return Lack("macOS on Intel", ("onnxruntime",), instead, rest_installs=True)
    if 11 <= here.macos < _OLDEST_MACOS:  # some Pythons call every later version 10.16
        return Lack(f"macOS {here.macos}", ("onnxruntime", "av"), f"update to macOS {_OLDEST_MACOS}")
    return None


def _of_linux(here: Platform) -> Lack | None:
    if here.is_musl:
        instead = "use a Linux with glibc: in containers python:3-slim, not python:3-alpine"
        return Lack("Linux with musl, such as Alpine", ("onnxruntime", "espeakng-loader", "lameenc"), instead)
    if (0, 0) < here.glibc < _OLDEST_GLIBC:
        name = f"Linux with glibc {here.glibc[0]}.{here.glibc[1]}"
        return Lack(name, ("onnxruntime", "av"), "use one with glibc 2.28 or newer, as Debian 10 and Ubuntu 20.04 have")
    return None


def _glibc() -> tuple[int, int]:
    try:
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
        major, minor = version.split(".")[:2]
        return (int(major), int(minor)) if name == "glibc" else (0, 0)
    except (AttributeError, ValueError, OSError):  # no such question on Windows, no such answer elsewhere
        return (0, 0)
