"""Find and read the code of modules on any thread, so that their import later only runs it.

More than half of an import is looking for files and reading them. Nothing of a module runs
here, no package is imported on the way; so it can be done where importing cannot.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from pkgutil import iter_modules
from types import CodeType, ModuleType
from typing import Any, cast


class _ReadLoader:
    """Run code that was read before, then leave the module to its own loader."""

    def __init__(self, own: Any, code: CodeType) -> None:
        self._own = own
        self._code = code

    def create_module(self, _spec: ModuleSpec) -> None:
        """Let the module be made the usual way."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the code in the module."""
        module.__loader__ = self._own
        if module.__spec__ is not None:
            module.__spec__.loader = self._own
        exec(self._code, module.__dict__)  # noqa: S102 - it is the module's own code


class _ReadModules:
    """Give each module that was read once; another import finds it the usual way."""

    def __init__(self) -> None:
        self._specs: dict[str, ModuleSpec] = {}

    def keep(self, name: str, folder: str) -> None:
        """Read a module of a folder unless it is there; one without code is left alone."""
        if name in sys.modules or name in self._specs:
            return
        spec = PathFinder.find_spec(name, [folder])
        own = spec.loader if spec is not None else None
        code = cast("Any", own).get_code(name) if hasattr(own, "get_code") else None
        if spec is not None and code is not None:
            spec.loader = cast("Any", _ReadLoader(own, code))
            self._specs[name] = spec

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return what was read of a module, once."""
        return self._specs.pop(name, None)


_read = _ReadModules()
sys.meta_path.insert(0, _read)


def whole(package: str, left_out: Sequence[str] = ()) -> Iterator[str]:
    """Yield a package that no other one holds and all its modules, as ``modules_in`` does."""
    spec = PathFinder.find_spec(package)
    if spec is not None and spec.submodule_search_locations:
        folders = list(spec.submodule_search_locations)
        _read.keep(package, str(Path(folders[0]).parent))
        yield package
        yield from modules_in(package, folders, left_out)


def modules_in(package: str, folders: Sequence[str], left_out: Sequence[str] = ()) -> Iterator[str]:
    """Yield a package's modules, those of its packages too, reading their code on the way.

    ``folders`` is where its modules lie; names in ``left_out`` are passed over with all below
    them. Each name comes after its code was read.
    """
    for found in iter_modules(list(folders), f"{package}."):
        if found.name in left_out:
            continue
        folder = cast("Any", found.module_finder).path
        _read.keep(found.name, folder)
        yield found.name
        if found.ispkg:
            below = str(Path(folder, found.name.rpartition(".")[2]))
            yield from modules_in(found.name, [below], left_out)
