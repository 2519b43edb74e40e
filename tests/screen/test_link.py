"""Modules become one script, in the order of their imports; what does not fit together is refused."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from foedus.screen import link as linker
from foedus.screen.link import LinkError, link, module_script, read_module, script

ENTRIES = ("engine/main.js", "page/main.js", "page/widget.js", "review/main.js", "draft/main.js")
SCREEN = Path(linker.__file__).parent
SOUND = {
    "app/main.js": 'import { twice } from "../kit/sums.js";\nimport { NAME } from "./name.js";\nexport const said = `${NAME} ${twice(2)} ${hidden()}`;\nfunction hidden() { return "main"; }\n',
    "app/name.js": 'import {\n  hidden as own,\n} from "../kit/sums.js";\nexport const NAME = "n";\n',
    "kit/sums.js": "// Sums.\n/** @type {(value: number) => number} */\nexport function twice(value) {\n  return 2 * value;\n}\nconst hidden = 1; // a name that others have too\nexport class Sum {}\nexport async function later() {}\n",
}


def texts(**changed: str) -> dict[str, str]:
    """The sound modules with some of them changed; `app_main` stands for `app/main.js`."""
    return {
        **SOUND,
        "app/name.js": 'export const NAME = "n";\n',
        **{f"{name.replace('_', '/')}.js": text for name, text in changed.items()},
    }


def linked(modules: dict[str, str]) -> list[str]:
    def read(name: str) -> str:
        if name not in modules:
            raise FileNotFoundError(name)
        return modules[name]

    return [one.name for one in link("app/main.js", read)]


def test_each_module_comes_once_and_after_those_that_it_imports() -> None:
    diamond = texts(app_name='import { twice } from "../kit/sums.js";\nexport const NAME = String(twice(1));\n')
    assert linked(diamond) == ["kit/sums.js", "app/name.js", "app/main.js"]


def test_a_module_hands_over_what_it_exports_and_says_nothing_of_types() -> None:
    module = read_module("kit/sums.js", SOUND["kit/sums.js"])
    assert module.exports == ("twice", "Sum", "later") and module.imports == ()
    assert "@type" not in module.body and "export" not in module.body and "// Sums." in module.body


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"app_name": 'import { said } from "./main.js";\nexport const NAME = said;\n'},
            "import one another: app/main.js → app/name.js",
        ),
        (
            {"app_name": 'import { hidden } from "../kit/sums.js";\nexport const NAME = hidden;\n'},
            "imports hidden, which kit/sums.js does not export",
        ),
        ({"app_main": 'import { twice } from "../kit/sum.js";\n'}, "no `kit/sum.js`, which app/main.js needs"),
        ({"app_main": 'import { twice as two } from "../kit/sums.js";\n'}, "no import or export that the linker knows"),
        ({"app_main": 'import * as sums from "../kit/sums.js";\n'}, "no import or export that the linker knows"),
        ({"app_main": 'import "../kit/sums.js";\n'}, "no import or export that the linker knows"),
        ({"app_main": 'import { twice } from "sums";\n'}, "no import or export that the linker knows"),
        ({"app_main": "const a = 1;\nexport { a };\n"}, "no import or export that the linker knows"),
        ({"app_main": "export default 1;\n"}, "no import or export that the linker knows"),
        ({"app_main": "export let count = 0;\n"}, "no import or export that the linker knows"),
        ({"app_main": "export const a = 1;\nexport const a = 2;\n"}, "exports a name twice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_fit_together_is_refused(changed: dict[str, str], words: str) -> None:
    with pytest.raises(LinkError, match=words.replace("`", ".")):
        linked(texts(**changed))


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_links_and_is_javascript(entry: str, node: str, tmp_path: Path) -> None:
    path = tmp_path / "linked.mjs"
    path.write_text(module_script(entry), encoding="utf-8")
    subprocess.run([node, "--check", str(path)], check=True, timeout=60)
    assert not [line for line in script(entry).splitlines() if line.startswith(("import ", "export ")) or "@type" in line]


def test_every_script_belongs_to_an_entry() -> None:
    needed = {one.name for entry in ENTRIES for one in link(entry, lambda name: (SCREEN / name).read_text(encoding="utf-8"))}
    assert {path.relative_to(SCREEN).as_posix() for path in SCREEN.rglob("*.js")} == needed


def test_the_linked_script_does_what_the_modules_do(node: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is not exported may stand in several modules, and each keeps its own."""
    modules = texts()
    monkeypatch.setattr(linker, "_own", modules.__getitem__)
    path = tmp_path / "linked.mjs"
    path.write_text(module_script("app/main.js"), encoding="utf-8")
    for name, text in modules.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    asks = (f'import one from "{path.as_uri()}"; ', f'import * as one from "{(tmp_path / "app/main.js").as_uri()}"; ')
    said = [run(node, f"{ask}console.log(JSON.stringify(one.said));") for ask in asks]
    assert said == ["n 4 main", "n 4 main"]


def run(node: str, code: str) -> object:
    done = subprocess.run([node, "--input-type=module", "-e", code], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)
