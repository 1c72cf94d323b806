#!/bin/sh
# Run the suite that the sdist holds twice: with the oldest version of each dependency that pyproject.toml allows, and
# with the newest. Needs `uv` and `build` on the path; `make versions` sees to that.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python -m build --quiet --sdist --outdir "$folder" .
mkdir "$folder/mzplan"
tar -xzf "$folder"/*.tar.gz -C "$folder/mzplan" --strip-components=1
cd "$folder/mzplan"
for resolution in lowest-direct highest; do
    echo "== $resolution"
    uv venv --quiet --seed --python "$(command -v python)" "$folder/$resolution"
    VIRTUAL_ENV=$folder/$resolution uv pip install --quiet --resolution "$resolution" --editable . --group test
    "$folder/$resolution/bin/python" -m compileall -q src
    "$folder/$resolution/bin/python" -m pytest -q -n auto --dist worksteal
done
