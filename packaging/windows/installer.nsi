; RED-Net Restore for Windows, for one user, without an administrator.
; makensis -DVERSION=... -DBUNDLE=dist\rednet-restore -DICON=build\bundle\icons\rednet-restore.ico -DOUTPUT=setup.exe
Unicode true
!ifdef AMD64
  Target amd64-unicode
!endif
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define NAME "RED-Net Restore"
!define ID "rednet-restore"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define APPLICATION "Software\Classes\Applications\rednet-gui.exe"
!define PICTURE "Software\Classes\RedNetRestore.Picture"

Name "${NAME}"
OutFile "${OUTPUT}"
BrandingText "${NAME} ${VERSION}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
SetCompressor /SOLID lzma
SetCompressorDictSize 64
CRCCheck force
ManifestDPIAware true

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} installer"
VIAddVersionKey "LegalCopyright" "Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\rednet-gui.exe"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Korean"

LangString RUNNING ${LANG_ENGLISH} "${NAME} is running: close it, then try again."
LangString RUNNING ${LANG_KOREAN} "${NAME}가 실행 중입니다. 프로그램을 닫고 다시 시도하세요."
LangString READ_ONLY ${LANG_ENGLISH} "Nothing can be written to $INSTDIR: choose another folder."
LangString READ_ONLY ${LANG_KOREAN} "$INSTDIR 폴더에 쓸 수 없습니다. 다른 폴더를 선택하세요."
LangString FAILED ${LANG_ENGLISH} "The program does not start on this computer. It needs Windows 10 or later, 64 bits."
LangString FAILED ${LANG_KOREAN} "이 컴퓨터에서 프로그램을 시작할 수 없습니다. 64비트 Windows 10 이상이 필요합니다."
LangString EDIT ${LANG_ENGLISH} "Restore with ${NAME}"
LangString EDIT ${LANG_KOREAN} "${NAME}로 복원"

; Takes a program's name from the stack. A running program's file cannot be opened for writing.
!macro DefineStopIfRunning UN
  Function ${UN}StopIfRunning
    Pop $1
    ${If} ${FileExists} "$INSTDIR\$1"
      ClearErrors
      FileOpen $0 "$INSTDIR\$1" a
      ${If} ${Errors}
        MessageBox MB_ICONSTOP|MB_OK "$(RUNNING)" /SD IDOK
        SetErrorLevel 1
        Quit
      ${EndIf}
      FileClose $0
    ${EndIf}
  FunctionEnd
!macroend
!insertmacro DefineStopIfRunning ""
!insertmacro DefineStopIfRunning "un."

!macro Associate SUFFIX
  WriteRegStr HKCU "Software\Classes\${SUFFIX}\OpenWithProgids" "RedNetRestore.Picture" ""
  WriteRegStr HKCU "${APPLICATION}\SupportedTypes" "${SUFFIX}" ""
!macroend

!macro Dissociate SUFFIX
  DeleteRegValue HKCU "Software\Classes\${SUFFIX}\OpenWithProgids" "RedNetRestore.Picture"
!macroend

!macro ForEachSuffix DO
  !insertmacro ${DO} ".jpg"
  !insertmacro ${DO} ".jpeg"
  !insertmacro ${DO} ".png"
  !insertmacro ${DO} ".tif"
  !insertmacro ${DO} ".tiff"
  !insertmacro ${DO} ".webp"
  !insertmacro ${DO} ".avif"
  !insertmacro ${DO} ".heic"
  !insertmacro ${DO} ".heif"
  !insertmacro ${DO} ".gif"
  !insertmacro ${DO} ".3fr"
  !insertmacro ${DO} ".arw"
  !insertmacro ${DO} ".cr2"
  !insertmacro ${DO} ".cr3"
  !insertmacro ${DO} ".dng"
  !insertmacro ${DO} ".erf"
  !insertmacro ${DO} ".iiq"
  !insertmacro ${DO} ".kdc"
  !insertmacro ${DO} ".mef"
  !insertmacro ${DO} ".mrw"
  !insertmacro ${DO} ".nef"
  !insertmacro ${DO} ".nrw"
  !insertmacro ${DO} ".orf"
  !insertmacro ${DO} ".pef"
  !insertmacro ${DO} ".raf"
  !insertmacro ${DO} ".rw2"
  !insertmacro ${DO} ".srw"
  !insertmacro ${DO} ".x3f"
!macroend

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section "Install"
  Push "rednet-gui.exe"
  Call StopIfRunning
  Push "rednet.exe"
  Call StopIfRunning
  ClearErrors
  CreateDirectory "$INSTDIR"
  FileOpen $0 "$INSTDIR\.writable" w
  ${If} ${Errors}
    MessageBox MB_ICONSTOP|MB_OK "$(READ_ONLY)" /SD IDOK
    SetErrorLevel 1
    Quit
  ${EndIf}
  FileClose $0
  Delete "$INSTDIR\.writable"

  ; An older version's files must not mix with these.
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\rednet-gui.exe"

  WriteRegStr HKCU "${APPLICATION}\shell\open\command" "" '"$INSTDIR\rednet-gui.exe" "%1"'
  WriteRegStr HKCU "${APPLICATION}" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${PICTURE}" "" "${NAME}"
  WriteRegStr HKCU "${PICTURE}\DefaultIcon" "" "$INSTDIR\rednet-gui.exe,0"
  WriteRegStr HKCU "${PICTURE}\shell\open" "" "$(EDIT)"
  WriteRegStr HKCU "${PICTURE}\shell\open\command" "" '"$INSTDIR\rednet-gui.exe" "%1"'
  !insertmacro ForEachSuffix Associate

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\rednet-gui.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegStr HKCU "${UNINSTALL}" "Language" "$LANGUAGE"
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1

  nsExec::Exec '"$INSTDIR\rednet.exe" --version'
  Pop $0
  ${If} $0 != 0
    MessageBox MB_ICONEXCLAMATION|MB_OK "$(FAILED)" /SD IDOK
    SetErrorLevel 1
  ${EndIf}
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

; Photos, settings and the user's own models lie elsewhere and stay.
Section "Uninstall"
  Push "rednet-gui.exe"
  Call un.StopIfRunning
  Push "rednet.exe"
  Call un.StopIfRunning
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\rednet.exe"
  Delete "$INSTDIR\rednet-gui.exe"
  Delete "$INSTDIR\sbom.cdx.json"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  !insertmacro ForEachSuffix Dissociate
  DeleteRegKey HKCU "${APPLICATION}"
  DeleteRegKey HKCU "${PICTURE}"
  DeleteRegKey HKCU "${UNINSTALL}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
