#!/usr/bin/env bash
# Numba 0.68.1: a compiled function that is only loaded from the cache on disk writes to it.
#
# Seen: a program whose function is in the cache already makes and removes temporary files in the cache's folder before it looks
#   there. Where that folder may only be read, the function in it is passed over without a word, complete as it is: it is compiled
#   anew, and kept in __pycache__ beside the program, although NUMBA_CACHE_DIR names the folder.
# One would guess: that a warm cache can be baked into an image or mounted read-only, as __pycache__ can; or that the folder that
#   was named is used or complained of.
# Why: the folder is chosen, when the function is decorated, by whether it can be written.
# It follows: a cache that is to be read only needs a loader of one's own, or a copy that can be written.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'numba==0.68.1'
cat > "$folder/program.py" <<'PY'
import os
import sys

touched = []


def watch(event, arguments):
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        touched.append(str(arguments[0]))


from numba import njit

sys.addaudithook(watch)


@njit(cache=True)
def killed(rate, days):
    return rate * days


assert killed(0.5, 3.0) == 1.5
inside = [name for name in touched if name.startswith(os.environ["NUMBA_CACHE_DIR"])]
print("hits", sum(killed.stats.cache_hits.values()), "files opened for writing in the cache", len(inside))
PY
export NUMBA_CACHE_DIR="$folder/cache"
mkdir "$folder/cache"
"$folder/venv/bin/python" "$folder/program.py"
warm=$("$folder/venv/bin/python" "$folder/program.py")
echo "warm: $warm"
[[ $warm == "hits 1 files opened for writing in the cache "[1-9]* ]]
if [ "$(id -u)" -ne 0 ]; then # root may write everywhere
    chmod -R a-w "$folder/cache"
    read_only=$("$folder/venv/bin/python" "$folder/program.py")
    echo "read-only: $read_only; beside the program: $(ls "$folder/__pycache__")"
    [[ $read_only == "hits 0 "* && -n $(ls "$folder"/__pycache__/*.nbi) ]]
fi
