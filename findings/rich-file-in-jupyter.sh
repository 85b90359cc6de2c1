#!/usr/bin/env bash
# rich 15.0.0, ipykernel 7.4.0: within Jupyter a console with a file of its own writes nothing into that file.
#
# Seen: `Console(file=io.StringIO()).print("sum")` leaves the file empty in a notebook and puts "sum" below the cell, one
#   output for each print; what `console.capture()` returns is shown below the cell too. A script writes into the file.
# One would guess: that `file=` says where the text goes, wherever the code runs. A function that returns a table as text
#   then returns "" to whoever calls it from a notebook, and shows the table there without being asked.
# Why: rich looks for Jupyter first and for the file after that.
# It follows: `Console(file=..., force_jupyter=False)` wherever a console is a way to make text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rich==15.0.0 ipykernel==7.4.0 nbclient==0.11.0
cd "$folder"
cat > text.py <<'PY'
import io

from rich.console import Console


def printed(**options):
    file = io.StringIO()
    Console(file=file, width=20, **options).print("sum")
    return file.getvalue()


def captured():
    console = Console(width=20)
    with console.capture() as capture:
        console.print("sum")
    return capture.get()


print([printed(), captured(), printed(force_jupyter=False)])
PY
"$folder/venv/bin/python" - <<'PY'
import subprocess
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

script = subprocess.run([sys.executable, "text.py"], capture_output=True, text=True, check=True).stdout
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(Path("text.py").read_text())])
NotebookClient(notebook, kernel_name="python3").execute()
outputs = notebook.cells[0].outputs
said = "".join(each["text"] for each in outputs if each.get("name") == "stdout")
shown = sum(each.output_type == "display_data" for each in outputs)
print("in a script:  ", script, end="")
print("in a notebook:", said.strip(), "and", shown, "things shown that nobody asked for")
assert script.strip() == "['sum\\n', 'sum\\n', 'sum\\n']"
assert (said.strip(), shown) == ("['', 'sum\\n', 'sum\\n']", 2)
PY
