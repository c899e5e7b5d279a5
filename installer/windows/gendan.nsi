; Per-user set-up of the frozen program: no administrator needed.
; makensis -DSOURCE=..\..\dist\gendan -DVERSION=0.1.0 gendan.nsi
Unicode true
!include "MUI2.nsh"
Name "Gendan 跟单"
OutFile "gendan-${VERSION}-setup.exe"
InstallDir "$LOCALAPPDATA\Programs\Gendan"
RequestExecutionLevel user
SetCompressor /SOLID lzma
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

Section
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*"
  CreateShortcut "$SMPROGRAMS\跟单.lnk" "$INSTDIR\gendan.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall\Gendan" "DisplayName" "Gendan 跟单"
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall\Gendan" "UninstallString" "$INSTDIR\uninstall.exe"
SectionEnd

Section "Uninstall"
  ; books live elsewhere and are never touched
  RMDir /r "$INSTDIR"
  Delete "$SMPROGRAMS\跟单.lnk"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall\Gendan"
SectionEnd
