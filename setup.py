"""What pyproject.toml cannot state of the build: what stands outside the package goes into the wheel too."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

#: Read by ``kpigen.shipped``.
SHIPPED = ("mkdocs.yml", "policy", "site")
INTO = "kpigen/_shipped"


class BuildWithShipped(build_py):
    """Copies the site's sources and the policies beside the modules. An editable install reads them where they are."""

    def run(self) -> None:
        """Build, and copy anew: what an earlier build left behind is not shipped."""
        super().run()
        if not self.editable_mode:
            shutil.rmtree(Path(self.build_lib, INTO), ignore_errors=True)
            for target, source in self._copies().items():
                Path(target).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)

    def get_source_files(self) -> list[str]:
        """Name them, so that a source distribution has them."""
        return [*super().get_source_files(), *self._copies().values()]

    def get_outputs(self, include_bytecode: int = 1) -> list[str]:  # noqa: ARG002 - setuptools' own
        """Name the copies, so that whoever installs without a wheel knows them."""
        return [*super().get_outputs(), *([] if self.editable_mode else self._copies())]

    def get_output_mapping(self) -> dict[str, str]:
        """Tell which copy is made of which file."""
        return super().get_output_mapping() | ({} if self.editable_mode else self._copies())

    def _copies(self) -> dict[str, str]:
        found = (path for top in SHIPPED for path in (Path(top), *sorted(Path(top).rglob("*"))) if path.is_file())
        return {str(Path(self.build_lib, INTO, path)): str(path) for path in found}


setup(cmdclass={"build_py": BuildWithShipped})
