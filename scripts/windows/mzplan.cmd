@"%~dp0python\python.exe" -m mzplan %*
