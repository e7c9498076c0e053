@echo off
rem Codicil's launcher for Windows: builds what is missing on its first call, then runs.
setlocal
set "HOME_DIR=%~dp0"
set "JAR=%HOME_DIR%verifier\cli\target\codicil.jar"
if exist "%HOME_DIR%codicil.jar" set "JAR=%HOME_DIR%codicil.jar"
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%JAR%" goto run
echo codicil: building the verifier (first call), this takes a minute 1>&2
pushd "%HOME_DIR%"
call mvn -q -B -ntp -pl verifier/cli -am package -Dmaven.test.skip=true -Dcyclonedx.skip -Dassembly.skipAssembly
if errorlevel 1 (
  popd
  echo codicil: the build failed 1>&2
  exit /b 69
)
popd
:run
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "%JAR%" %*
exit /b %ERRORLEVEL%
