@echo off
setlocal
set "report=%TEMP%\mzplan-check.html"
if "%~1"=="" (
    "%~dp0python\python.exe" -m mzplan check --help
    pause
    exit /b 2
)
"%~dp0python\python.exe" -m mzplan check %* --output "%report%" --force
if errorlevel 2 (
    pause
    exit /b 2
)
start "" "%report%"
