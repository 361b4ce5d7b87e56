<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en_US">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open…</source>
        <translation>열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a &amp;folder…</source>
        <translation>폴더 열기(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Paste a picture</source>
        <translation>사진 붙여넣기(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>다른 이름으로 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>R&amp;emove from the filmstrip</source>
        <translation>필름 스트립에서 빼기(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>복원(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Estimate the strength</source>
        <translation>세기 추정(&amp;E)</translation>
    </message>
    <message>
        <source>S&amp;tronger</source>
        <translation>더 강하게(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Weaker</source>
        <translation>더 약하게(&amp;W)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>확대(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>축소(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Fit in the window</source>
        <translation>창에 맞추기(&amp;F)</translation>
    </message>
    <message>
        <source>Actual size, &amp;100 %</source>
        <translation>실제 크기, &amp;100 %</translation>
    </message>
    <message>
        <source>Show the &amp;original</source>
        <translation>원본 보기(&amp;O)</translation>
    </message>
    <message>
        <source>Divider to the &amp;left</source>
        <translation>구분선을 왼쪽으로(&amp;L)</translation>
    </message>
    <message>
        <source>Divider to the &amp;right</source>
        <translation>구분선을 오른쪽으로(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Next photo</source>
        <translation>다음 사진(&amp;N)</translation>
    </message>
    <message>
        <source>Pre&amp;vious photo</source>
        <translation>이전 사진(&amp;V)</translation>
    </message>
    <message>
        <source>Show the film&amp;strip</source>
        <translation>필름 스트립 보기(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Loupe</source>
        <translation>돋보기(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Histogram</source>
        <translation>히스토그램(&amp;H)</translation>
    </message>
    <message>
        <source>Compare with a re&amp;ference…</source>
        <translation>기준 사진과 비교(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;About RED-Net Restore</source>
        <translation>RED-Net Restore 정보(&amp;A)</translation>
    </message>
    <message>
        <source>Open the &amp;log folder</source>
        <translation>로그 폴더 열기(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>비교(&amp;C)</translation>
    </message>
    <message>
        <source>How the photo before and after is compared</source>
        <translation>복원 전과 후의 사진을 비교하는 방법</translation>
    </message>
    <message>
        <source>&amp;Left and right of a divider</source>
        <translation>구분선 왼쪽과 오른쪽(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Above and below a divider</source>
        <translation>구분선 위와 아래(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Side by side</source>
        <translation>나란히(&amp;S)</translation>
    </message>
    <message>
        <source>The &amp;difference, made brighter</source>
        <translation>차이, 더 밝게(&amp;D)</translation>
    </message>
    <message>
        <source>What was &amp;removed, on gray</source>
        <translation>제거된 것, 회색 위에(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>사진(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
</context>
<context>
    <name>Album</name>
    <message>
        <source>Pasted picture</source>
        <translation>붙여넣은 사진</translation>
    </message>
    <message>
        <source>restored, not saved</source>
        <translation>복원됨, 저장하지 않음</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>the file is not there any more</source>
        <translation>파일이 더 이상 없음</translation>
    </message>
</context>
<context>
    <name>AlbumPresenter</name>
    <message>
        <source>Removed from the filmstrip.</source>
        <translation>필름 스트립에서 뺐습니다.</translation>
    </message>
    <message>
        <source>%1 is removed from the filmstrip. The file stays where it is.</source>
        <translation>%1을(를) 필름 스트립에서 뺐습니다. 파일은 그대로 있습니다.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close the message</source>
        <translation>알림 닫기</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
</context>
<context>
    <name>EmptyHint</name>
    <message>
        <source>Open a photo…</source>
        <translation>사진 열기…</translation>
    </message>
    <message>
        <source>Drop a photo here, or press %1</source>
        <translation>여기에 사진을 놓거나 %1 키를 누르세요</translation>
    </message>
    <message>
        <source>JPEG, PNG, TIFF or WebP. It never leaves this computer.</source>
        <translation>JPEG, PNG, TIFF, WebP. 사진은 이 컴퓨터를 떠나지 않습니다.</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Sort</source>
        <translation>정렬</translation>
    </message>
    <message>
        <source>As &amp;added</source>
        <translation>추가한 순서(&amp;A)</translation>
    </message>
    <message>
        <source>By &amp;name</source>
        <translation>이름순(&amp;N)</translation>
    </message>
    <message>
        <source>By &amp;date of the file</source>
        <translation>파일 날짜순(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Open these photos again at the next start</source>
        <translation>다음에 시작할 때 이 사진들을 다시 열기(&amp;O)</translation>
    </message>
    <message>
        <source>Sort the photos, and whether they are opened again</source>
        <translation>사진 정렬과 다시 열기 여부</translation>
    </message>
    <message>
        <source>Sort the photos</source>
        <translation>사진 정렬</translation>
    </message>
    <message>
        <source>&amp;Remove from the filmstrip (the file stays)</source>
        <translation>필름 스트립에서 빼기(파일은 그대로)(&amp;R)</translation>
    </message>
</context>
<context>
    <name>HistogramPanel</name>
    <message>
        <source>Histogram</source>
        <translation>히스토그램</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>&amp;Language</source>
        <translation>언어(&amp;L)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>시스템과 같게(&amp;S)</translation>
    </message>
    <message>
        <source>The language changes when the program is started again.</source>
        <translation>프로그램을 다시 시작하면 언어가 바뀝니다.</translation>
    </message>
</context>
<context>
    <name>LevelControl</name>
    <message>
        <source>Auto</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Take the strength that is estimated from the photo</source>
        <translation>사진에서 추정한 세기를 사용합니다</translation>
    </message>
    <message>
        <source>Auto estimates the strength from your photo.</source>
        <translation>자동은 사진에서 세기를 추정합니다.</translation>
    </message>
    <message>
        <source>Estimating…</source>
        <translation>추정하는 중…</translation>
    </message>
    <message>
        <source>No estimate; choose the strength yourself.</source>
        <translation>추정할 수 없습니다. 세기를 직접 고르세요.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Pasted picture</source>
        <translation>붙여넣은 사진</translation>
    </message>
    <message>
        <source>Wait until the photo is saved.</source>
        <translation>사진이 저장될 때까지 기다리세요.</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>클립보드에 사진이 없습니다.</translation>
    </message>
    <message>
        <source>What was dropped is no picture.</source>
        <translation>놓은 것은 사진이 아닙니다.</translation>
    </message>
</context>
<context>
    <name>OpenPresenter</name>
    <message>
        <source>There are no photos in this folder.</source>
        <translation>이 폴더에는 사진이 없습니다.</translation>
    </message>
</context>
<context>
    <name>RunControl</name>
    <message>
        <source>Restore</source>
        <translation>복원</translation>
    </message>
    <message>
        <source>Restore the photo</source>
        <translation>사진을 복원합니다</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop; the last result stays</source>
        <translation>멈춥니다. 마지막 결과는 남습니다</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>멈추는 중…</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>시작하는 중…</translation>
    </message>
    <message numerus="yes">
        <source>about %n min left</source>
        <translation>
            <numerusform>약 %n분 남음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n s left</source>
        <translation>
            <numerusform>약 %n초 남음</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SavePresenter</name>
    <message>
        <source>The original photo is never overwritten</source>
        <translation>원본 사진은 절대 덮어쓰지 않습니다</translation>
    </message>
    <message>
        <source>You chose the file that the photo was opened from.</source>
        <translation>사진을 연 바로 그 파일을 골랐습니다.</translation>
    </message>
    <message>
        <source>Choose another name or folder.</source>
        <translation>다른 이름이나 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>%1(으)로 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Restore as I adjust</source>
        <translation>조절하는 대로 복원</translation>
    </message>
    <message>
        <source>Every change restores what you see first, then the rest of the photo</source>
        <translation>바꿀 때마다 보이는 부분부터 복원하고, 이어서 나머지를 복원합니다</translation>
    </message>
    <message>
        <source>Quality of JPEG and WebP files</source>
        <translation>JPEG와 WebP 파일의 품질</translation>
    </message>
    <message>
        <source>How well JPEG and WebP files keep the picture, from 1 to 100</source>
        <translation>JPEG와 WebP 파일이 사진을 얼마나 잘 보존하는지, 1부터 100까지</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>다른 이름으로 저장…</translation>
    </message>
    <message>
        <source>Save the restored photo</source>
        <translation>복원한 사진을 저장합니다</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>JPEG and WebP quality</source>
        <translation>JPEG·WebP 품질</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Opening…</source>
        <translation>여는 중…</translation>
    </message>
    <message>
        <source>No photo</source>
        <translation>사진 없음</translation>
    </message>
    <message numerus="yes">
        <source>%n-bit</source>
        <translation>
            <numerusform>%n비트</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 × %2 pixels, %3 MP</source>
        <translation>%1 × %2 픽셀, %3 MP</translation>
    </message>
    <message>
        <source>No color profile</source>
        <translation>색 프로파일 없음</translation>
    </message>
    <message>
        <source>Color profile</source>
        <translation>색 프로파일</translation>
    </message>
    <message>
        <source>Restored in %1 s</source>
        <translation>%1초 만에 복원</translation>
    </message>
</context>
<context>
    <name>StrengthControl</name>
    <message>
        <source>Brightness and color apart</source>
        <translation>밝기와 색을 따로</translation>
    </message>
    <message>
        <source>Use the restored photo as it is</source>
        <translation>복원한 사진을 그대로 사용</translation>
    </message>
    <message>
        <source>Overall</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>How much of the restoration is used; less shows more of the original</source>
        <translation>복원을 얼마나 쓸지 정합니다. 낮추면 원본이 더 드러납니다</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>How much of the change in brightness is used</source>
        <translation>밝기의 변화를 얼마나 쓸지</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>색</translation>
    </message>
    <message>
        <source>How much of the change in color is used</source>
        <translation>색의 변화를 얼마나 쓸지</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>질감</translation>
    </message>
    <message>
        <source>Brings back fine detail that went with the noise, but not the noise</source>
        <translation>노이즈와 함께 사라진 세밀한 질감만 되살립니다</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>세기</translation>
    </message>
</context>
<context>
    <name>TaskRow</name>
    <message>
        <source>No weights yet</source>
        <translation>아직 모델이 없음</translation>
    </message>
    <message>
        <source>This task comes with a later version: it has no weights yet.</source>
        <translation>이 작업은 다음 버전에서 제공됩니다. 아직 모델이 없습니다.</translation>
    </message>
</context>
<context>
    <name>ViewBar</name>
    <message>
        <source>Pasted picture</source>
        <translation>붙여넣은 사진</translation>
    </message>
</context>
<context>
    <name>_Pictures</name>
    <message>
        <source>Open photos</source>
        <translation>사진 열기</translation>
    </message>
</context>
<context>
    <name>comparison</name>
    <message>
        <source>Before</source>
        <translation>전</translation>
    </message>
    <message>
        <source>After</source>
        <translation>후</translation>
    </message>
    <message>
        <source>Difference × %1</source>
        <translation>차이 × %1</translation>
    </message>
    <message>
        <source>What was removed × %1</source>
        <translation>제거된 것 × %1</translation>
    </message>
</context>
<context>
    <name>dialogs</name>
    <message>
        <source>Photos (%1)</source>
        <translation>사진 (%1)</translation>
    </message>
    <message>
        <source>Open photos</source>
        <translation>사진 열기</translation>
    </message>
    <message>
        <source>Open all photos of a folder</source>
        <translation>폴더의 모든 사진 열기</translation>
    </message>
    <message>
        <source>Save the restored photo</source>
        <translation>복원한 사진을 저장합니다</translation>
    </message>
    <message>
        <source>A photo is being restored.</source>
        <translation>사진을 복원하고 있습니다.</translation>
    </message>
    <message>
        <source>Going on stops that. The original is kept in any case.</source>
        <translation>계속하면 복원이 멈춥니다. 원본은 어떤 경우에도 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Going on stops that; restored photos that are not saved are lost. The originals are kept.</source>
        <translation>계속하면 복원이 멈추고, 저장하지 않은 복원 사진은 사라집니다. 원본은 그대로 있습니다.</translation>
    </message>
    <message>
        <source>%1 restored photos are not saved.</source>
        <translation>복원한 사진 %1장을 저장하지 않았습니다.</translation>
    </message>
    <message>
        <source>Without saving they are lost. The originals are kept in any case.</source>
        <translation>저장하지 않으면 사라집니다. 원본은 어떤 경우에도 그대로 있습니다.</translation>
    </message>
    <message>
        <source>The restored photo is not saved.</source>
        <translation>복원한 사진을 저장하지 않았습니다.</translation>
    </message>
    <message>
        <source>Without saving it is lost. The original is kept in any case.</source>
        <translation>저장하지 않으면 사라집니다. 원본은 어떤 경우에도 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>계속 작업</translation>
    </message>
    <message>
        <source>Discard them</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Restores photos with RED-Net (Mao, Shen, Yang, 2016), offline, on this computer.</source>
        <translation>RED-Net(Mao, Shen, Yang, 2016)으로 이 컴퓨터에서 인터넷 없이 사진을 복원합니다.</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Something went wrong inside the program</source>
        <translation>프로그램 안에서 문제가 생겼습니다</translation>
    </message>
    <message>
        <source>Your files are untouched. The log has the details for a bug report: see the Help menu.</source>
        <translation>파일은 그대로입니다. 오류 보고에 필요한 자세한 내용은 도움말 메뉴의 로그에 있습니다.</translation>
    </message>
    <message>
        <source>This picture cannot be opened</source>
        <translation>이 사진을 열 수 없습니다</translation>
    </message>
    <message>
        <source>Nothing was changed. Check the file, or try another one.</source>
        <translation>바뀐 것은 없습니다. 파일을 확인하거나 다른 파일을 열어 보세요.</translation>
    </message>
    <message>
        <source>The picture could not be saved</source>
        <translation>사진을 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>The restored picture is still here; a file that was there before is untouched.</source>
        <translation>복원한 사진은 아직 여기에 있고, 전에 있던 파일은 그대로입니다.</translation>
    </message>
    <message>
        <source>Not enough memory</source>
        <translation>메모리가 부족합니다</translation>
    </message>
    <message>
        <source>Close other programs and press Restore again.</source>
        <translation>다른 프로그램을 닫고 복원을 다시 누르세요.</translation>
    </message>
    <message>
        <source>The model cannot be used</source>
        <translation>모델을 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Install the program again to get the model back.</source>
        <translation>프로그램을 다시 설치하면 모델이 복구됩니다.</translation>
    </message>
    <message>
        <source>No weights yet</source>
        <translation>아직 모델이 없음</translation>
    </message>
    <message>
        <source>Choose another task.</source>
        <translation>다른 작업을 고르세요.</translation>
    </message>
    <message>
        <source>This strength is not possible</source>
        <translation>이 세기는 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Choose another strength.</source>
        <translation>다른 세기를 고르세요.</translation>
    </message>
    <message>
        <source>This blur cannot be used</source>
        <translation>이 흐림은 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Nothing was changed. Try again, or choose another kind of blur.</source>
        <translation>바뀐 것은 없습니다. 다시 해 보거나 다른 종류의 흐림을 고르세요.</translation>
    </message>
    <message>
        <source>The device cannot be used</source>
        <translation>장치를 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Start the program again.</source>
        <translation>프로그램을 다시 시작하세요.</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>실패했습니다</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>One tile of the picture needs about %1.</source>
        <translation>사진의 타일 하나에 약 %1이(가) 필요합니다.</translation>
    </message>
    <message>
        <source>There is no trained model for this task in this version.</source>
        <translation>이 버전에는 이 작업의 학습된 모델이 없습니다.</translation>
    </message>
</context>
<context>
    <name>text</name>
    <message>
        <source>Denoise</source>
        <translation>노이즈 제거</translation>
    </message>
    <message>
        <source>Removes noise and grain</source>
        <translation>노이즈와 그레인을 없앱니다</translation>
    </message>
    <message>
        <source>Noise strength</source>
        <translation>노이즈 세기</translation>
    </message>
    <message>
        <source>The standard deviation of the noise (sigma), in steps of an 8-bit picture.</source>
        <translation>노이즈의 표준 편차(시그마), 8비트 사진의 단계로.</translation>
    </message>
    <message>
        <source>Estimated from the photo: %1</source>
        <translation>사진에서 추정한 값: %1</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>More pixels, sharp edges</source>
        <translation>더 많은 픽셀, 또렷한 윤곽</translation>
    </message>
    <message>
        <source>Enlargement</source>
        <translation>확대 배율</translation>
    </message>
    <message>
        <source>How many times larger each side becomes.</source>
        <translation>각 변이 몇 배로 커지는지.</translation>
    </message>
    <message>
        <source>Remove JPEG artifacts</source>
        <translation>JPEG 깨짐 제거</translation>
    </message>
    <message>
        <source>Cleans up strong compression</source>
        <translation>심한 압축 흔적을 정리합니다</translation>
    </message>
    <message>
        <source>JPEG quality of the photo</source>
        <translation>사진의 JPEG 품질</translation>
    </message>
    <message>
        <source>The quality that the photo was saved with: low means strong artifacts.</source>
        <translation>사진을 저장한 품질. 낮을수록 깨짐이 심합니다.</translation>
    </message>
    <message>
        <source>Deblur</source>
        <translation>흐림 제거</translation>
    </message>
    <message>
        <source>Sharpens with a known blur</source>
        <translation>흐림의 모양을 알고 또렷하게 합니다</translation>
    </message>
    <message>
        <source>Inpaint</source>
        <translation>채우기</translation>
    </message>
    <message>
        <source>Fills scratches and holes</source>
        <translation>긁힘과 구멍을 채웁니다</translation>
    </message>
</context>
</TS>
