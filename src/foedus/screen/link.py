"""Modules of JavaScript as one script: the page of a case is one file, and a browser loads no module from a file.

Each module becomes a function that runs once, in the order of imports, and hands over what it exports; what it does not export stays its own.
What stands between imports and exports is left as it is, so that the page can be read. Types in comments are for those who work on the
scripts (`tsc` checks them there) and are left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources

__all__ = ["LinkError", "Module", "link", "module_script", "read_module", "script"]

_NAMES = r"\{(\s*[\w$]+(?:\s*,\s*[\w$]+)*,?\s*)\}"
_IMPORT = re.compile(rf'^import {_NAMES} from "(\.[\w./-]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|class|function\*?|async function) ([\w$]+))", re.MULTILINE)
_OTHER = re.compile(r"^[ \t]*(?:import|export)\b(?! *[(.:=,]).*", re.MULTILINE)
_TYPES = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n|/\*\* @type (?:(?!\*/).)*\*/ ", re.MULTILINE | re.DOTALL)
_BLANKS = re.compile(r"\n{3,}")


class LinkError(Exception):
    """The scripts do not fit together: a defect of the package, found by its tests and never by a user."""


@dataclass(frozen=True, slots=True)
class Module:
    """One file.

    Attributes:
        name: its path from the folder of scripts.
        imports: the modules that it names, in their order, with the names that it takes from each.
        exports: the names that it hands over, in their order.
        body: its text in which imports read from `modules`; without `export` and without types.
    """

    name: str
    imports: tuple[tuple[str, tuple[str, ...]], ...]
    exports: tuple[str, ...]
    body: str


def read_module(name: str, text: str) -> Module:
    """The module of a text.

    Raises:
        LinkError: an import or export is written in a way that is not understood, or two exports have one name.
    """
    bare = _TYPES.sub("", text)
    imports: list[tuple[str, tuple[str, ...]]] = []

    def read(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2]))
        names = tuple(one.strip() for one in found[1].split(",") if one.strip())
        imports.append((target, names))
        return f'const {{ {", ".join(names)} }} = modules["{target}"];'

    body = _IMPORT.sub(read, bare)
    exports = tuple(found[1] for found in _EXPORT.finditer(body))
    body = _EXPORT.sub("", body)
    if other := _OTHER.search(body):
        raise LinkError(f"{name}: `{other[0].strip()}` is no import or export that the linker knows.")
    if len(set(exports)) < len(exports):
        raise LinkError(f"{name} exports a name twice.")
    return Module(name, tuple(imports), exports, _BLANKS.sub("\n\n", body).strip("\n"))


def link(entry: str, read: Callable[[str], str]) -> list[Module]:
    """The modules that an entry needs, each after those that it imports.

    Args:
        entry: the name of the module that begins.
        read: the text of a module by its name; raises OSError where there is none.
    Raises:
        LinkError: a module is missing or imports itself in a circle, or a name is imported that is not exported.
    """
    done: dict[str, Module] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise LinkError(f"these import one another: {' → '.join((*above[above.index(name) :], name))}")
        if name in done:
            return
        try:
            text = read(name)
        except OSError as error:
            raise LinkError(f"there is no `{name}`, which {above[-1] if above else 'a page'} needs.") from error
        module = read_module(name, text)
        for target, names in module.imports:
            visit(target, (*above, name))
            if strange := set(names) - set(done[target].exports):
                raise LinkError(f"{name} imports {', '.join(sorted(strange))}, which {target} does not export.")
        done[name] = module

    visit(entry, ())
    return list(done.values())


def script(entry: str) -> str:
    """The script that begins with an entry of this package, as text for a page, a server or a worker: it leaves nothing but `modules` behind.

    Args:
        entry: such as `page/main.js`.
    """
    parts = [f'modules["{one.name}"] = (() => {{\n{one.body}\n{_handed_over(one)}}})();\n' for one in link(entry, _own)]
    text = '"use strict";\nconst modules = {};\n' + "".join(parts)
    return text.replace("</script", "<\\/script")


def module_script(entry: str) -> str:
    """The same as a module whose default export holds what the entry exports, as a notebook wants it."""
    return f'{script(entry)}export default modules["{entry}"];\n'


def _handed_over(module: Module) -> str:
    return f"return {{ {', '.join(module.exports)} }};\n" if module.exports else ""


def _own(name: str) -> str:
    return resources.files(__package__).joinpath(*name.split("/")).read_text(encoding="utf-8")
