#!/bin/sh
# Opens the calculator. The first start sets it up, which takes some minutes and needs the internet.
cd "$(dirname "$0")/.." || exit 1
if ! command -v python3 >/dev/null; then
  echo "Python is missing. Install Python 3.11 or later (package python3), then run this file again."
  read -r _
  exit 1
fi
python3 tasks.py app || read -r _
