"""The host's files, rendered: templates of the package to texts by path."""

from __future__ import annotations

import json
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING, Final

from jinja2 import DictLoader, Environment, StrictUndefined

from kpigen.seal import blob
from kpigen.text import Lang

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from kpigen.hosting.install import Install

__all__ = ["MANIFEST", "files"]

MANIFEST: Final = ".github/kpigen.json"
"""Says how kpigen comes in, in which language, and what was written: so that an upgrade knows an edit by hand."""

#: How the name of a part begins that other templates include.
_PART: Final = "_"
#: Actions by name: the commit, and the version that it is.
_ACTIONS: Final = {
    "checkout": "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
    "upload": "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0",
    "upload_pages": "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0",
    "deploy_pages": "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0",
}


def files(install: Install, lang: Lang) -> Mapping[str, str]:
    """Return every file that the host needs, by its path.

    Args:
        install: how kpigen comes into the repository.
        lang: the language of what the workflows say and of the templates that people fill in.
    """
    templates = _templates(lang)
    environment = _environment(templates)
    values = {
        "actions": _ACTIONS,
        "itself": install.requirements is None,
        "lang": lang.value,
        "setup": install.setup(),
        "setup_base": install.setup("../base"),
        "kpigen": f".venv/bin/kpigen --lang {lang}",
        "base_kpigen": f"../base/.venv/bin/kpigen --lang {lang}",
    }
    written = [name for name in templates if not name.startswith(_PART)]
    rendered = {f".{name}": environment.get_template(name).render(values) for name in written}
    if install.requirements is not None:
        rendered["requirements.txt"] = install.requirements
    rendered[MANIFEST] = _manifest(install, lang, rendered)
    return dict(sorted(rendered.items()))


def _manifest(install: Install, lang: Lang, rendered: Mapping[str, str]) -> str:
    written = {path: blob(text.encode()) for path, text in sorted(rendered.items())}
    stated = {"kpigen": metadata.version("kpigen"), "install": install.name, "lang": lang.value, "files": written}
    return f"{json.dumps(stated, indent=2)}\n"


def _environment(templates: Mapping[str, str]) -> Environment:
    """Return an environment whose signs occur neither in YAML, nor in a shell, nor in the host's own expressions."""
    return Environment(  # noqa: S701 - what is made is YAML and Markdown, of our own words alone
        loader=DictLoader(templates),
        block_start_string="«%",
        block_end_string="%»",
        variable_start_string="«",
        variable_end_string="»",
        comment_start_string="«#",
        comment_end_string="#»",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _templates(lang: Lang) -> Mapping[str, str]:
    """Return the templates by the path of what they make, its dot left out.

    A folder named by a language holds what is for that language only.
    """
    found: dict[str, str] = {}
    for path, text in _below(resources.files("kpigen") / "hosting" / "templates", ""):
        first, _, rest = path.partition("/")
        if first in set(Lang):
            if first == lang:
                found[rest] = text
        else:
            found[path] = text
    return found


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name}", entry.read_text(encoding="utf-8")
