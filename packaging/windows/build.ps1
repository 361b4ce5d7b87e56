# On Windows: build dist\rednet-restore and its installer. Needs Python 3.11 (`py`) and NSIS (`makensis` in the PATH).
# The twin of packaging/bundle.sh.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")
$python = "build\bundle-venv\Scripts\python.exe"
$work = "build\bundle"
$out = "dist\rednet-restore"

function Invoke-Checked {
    $command, $rest = $args
    & $command @rest
    if ($LASTEXITCODE -ne 0) { throw "$command ended with code $LASTEXITCODE" }
}

if (Test-Path "build\bundle-venv") { Remove-Item -Recurse -Force "build\bundle-venv" }
Invoke-Checked py -3.11 -m venv build\bundle-venv
Invoke-Checked $python -m pip install --quiet --requirement packaging\requirements.lock
Invoke-Checked $python -m pip install --quiet --no-deps --no-build-isolation --editable .

foreach ($folder in $work, $out) { if (Test-Path $folder) { Remove-Item -Recurse -Force $folder } }
New-Item -ItemType Directory -Force $work | Out-Null
Invoke-Checked $python packaging\make_icons.py "$work\icons"

$env:SOURCE_DATE_EPOCH = git log -1 --format=%ct
$env:PYTHONHASHSEED = "1"
Invoke-Checked $python -P -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath "$work\pyinstaller" packaging\rednet.spec
Invoke-Checked $python packaging\inventory.py "$work\sources.txt" $out
Invoke-Checked "$out\rednet.exe" --self-test

$version = [regex]::Match((Get-Content pyproject.toml -Raw), '(?m)^version = "(.*)"').Groups[1].Value
$name = "rednet-restore_${version}_windows"
$root = (Get-Location).Path
Invoke-Checked makensis -V2 -WX "-DVERSION=$version" "-DBUNDLE=$root\$out" "-DICON=$root\$work\icons\rednet-restore.ico" "-DOUTPUT=$root\dist\$name.exe" packaging\windows\installer.nsi
Copy-Item "$out\sbom.cdx.json" "dist\$name.cdx.json"
$hash = (Get-FileHash "dist\$name.exe" -Algorithm SHA256).Hash.ToLower()
[IO.File]::WriteAllText("$root\dist\$name.sha256", "$hash  $name.exe`n")
Write-Output "dist\$name.exe is ready."
