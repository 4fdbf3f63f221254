@echo off
rem Opens the calculator. The first start sets it up, which takes some minutes and needs the internet.
cd /d "%~dp0\.."
where py >nul 2>nul
if errorlevel 1 (
  echo Python is missing. Install Python 3.11 or later from python.org, then open this file again.
  pause
  exit /b 1
)
py tasks.py app
if errorlevel 1 pause
