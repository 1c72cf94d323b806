#!/bin/sh
# Make dist/release, all that a release consists of, and try what can be tried without publishing it: `make release-check`.
set -eu
here=$(pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' src/mzplan/__init__.py)
if sed -n '/^## Unreleased$/,/^## [0-9]/p' CHANGELOG.md | grep -q '^-'; then
    echo "CHANGELOG.md has entries under Unreleased: they belong to a version" >&2
    exit 1
fi
make windows-zip
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
rm -rf dist/release
python -m build --no-isolation --outdir dist/release . >/dev/null
python -m twine check --strict dist/release/*

echo "== two builds are the same bytes"
python -m build --no-isolation --outdir "$folder/again" . >/dev/null
for file in dist/release/*; do cmp "$file" "$folder/again/${file##*/}"; done

for name in python3.11 python3.12 python3.13 python3.14; do
    "$name" -c '' 2>/dev/null || continue
    echo "== the wheel with $name"
    "$name" -m venv "$folder/$name"
    "$folder/$name/bin/python" -m pip install --quiet --disable-pip-version-check "$here/dist/release/mzplan-$version-py3-none-any.whl[excel,docx,template]"
    (
        cd "$folder"
        PATH="$folder/$name/bin:$PATH"
        test "$(mzplan --version)" = "mzplan $version"
        mzplan init "city-$name" --city 示范市 --year 2024 --units 甲县,乙县 >/dev/null
        (cd "city-$name" && mzplan check --quiet && mzplan template --all --period 2024-01 --output forms/ >/dev/null)
        mzplan check --quiet "$here/data" --plan "$here/plan/2023.yaml"
        mzplan summary --data "$here/data" --plan "$here/plan/2023.yaml" --output "$name.docx" >/dev/null
        mzplan status --data "$here/data" --plan "$here/plan/2023.yaml" --output "$name.xlsx" >/dev/null
    )
done

cp dist/mzplan-windows.zip dist/release/
sed -n "/^## $version /,/^## [0-9U]/p" CHANGELOG.md | sed '1d;/^## /d' >dist/release/NOTES.md
(cd dist/release && sha256sum ./* >"$folder/SHA256SUMS" && mv "$folder/SHA256SUMS" . && cat SHA256SUMS)
