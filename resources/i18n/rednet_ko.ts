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
        <source>S&amp;tronger</source>
        <translation>더 강하게(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Weaker</source>
        <translation>더 약하게(&amp;W)</translation>
    </message>
    <message>
        <source>Contact s&amp;heet…</source>
        <translation>밀착 인화지(&amp;H)…</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>확대(&amp;I)</translation>
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
        <source>Zoom o&amp;ut</source>
        <translation>축소(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Estimate the level</source>
        <translation>수준 추정(&amp;E)</translation>
    </message>
    <message>
        <source>Sho&amp;w the original</source>
        <translation>원본 보기(&amp;W)</translation>
    </message>
    <message>
        <source>Divider to the lef&amp;t</source>
        <translation>구분선을 왼쪽으로(&amp;T)</translation>
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
        <source>&amp;Draw the blur on the photo</source>
        <translation>사진에 흐림 그리기(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation>키보드와 마우스(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;User guide</source>
        <translation>사용 설명서(&amp;U)</translation>
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
        <source>Show the photo larger</source>
        <translation>사진을 더 크게 봅니다</translation>
    </message>
    <message>
        <source>Show the photo smaller</source>
        <translation>사진을 더 작게 봅니다</translation>
    </message>
    <message>
        <source>Show all of the photo</source>
        <translation>사진 전체를 봅니다</translation>
    </message>
    <message>
        <source>Show every pixel of the photo as it is, to judge sharpness and noise</source>
        <translation>사진의 픽셀을 하나하나 그대로 보며 선명도와 노이즈를 살핍니다</translation>
    </message>
    <message>
        <source>Show the photo as it was; holding Space shows it for a moment</source>
        <translation>복원하기 전의 사진을 봅니다. 스페이스 바를 누르고 있으면 잠깐 보입니다</translation>
    </message>
    <message>
        <source>Magnify what is under the pointer, before on the left and after on the right</source>
        <translation>포인터 아래를 확대합니다. 왼쪽은 복원 전, 오른쪽은 복원 후입니다</translation>
    </message>
    <message>
        <source>Show how bright what you see is, and in which colors</source>
        <translation>보이는 부분의 밝기와 색의 분포를 봅니다</translation>
    </message>
    <message>
        <source>Compare levels and amounts side by side, and choose</source>
        <translation>여러 수준과 적용량을 나란히 비교하고 고릅니다</translation>
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
    <message>
        <source>%1 was changed by another program. Open it again to work on it as it is now.</source>
        <translation>다른 프로그램이 %1을(를) 바꾸었습니다. 바뀐 사진으로 작업하려면 다시 여십시오.</translation>
    </message>
    <message>
        <source>The unsaved result of %1 had to make room. Restore the photo again: its settings are kept.</source>
        <translation>메모리가 모자라 저장하지 않은 %1의 결과를 내려놓았습니다. 사진을 다시 복원하십시오. 설정은 그대로 남아 있습니다.</translation>
    </message>
</context>
<context>
    <name>AppearanceMenu</name>
    <message>
        <source>&amp;Appearance</source>
        <translation>화면 모양(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>어둡게(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>밝게(&amp;L)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>시스템과 같게(&amp;S)</translation>
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
    <name>BatchPage</name>
    <message>
        <source>Add photos…</source>
        <translation>사진 추가…</translation>
    </message>
    <message>
        <source>Put photos at the end of the list</source>
        <translation>목록 끝에 사진을 넣습니다</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>Put all photos of a folder, and of those in it, at the end of the list</source>
        <translation>폴더와 그 하위 폴더의 모든 사진을 목록 끝에 넣습니다</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>건너뛰기</translation>
    </message>
    <message>
        <source>Leave the selected photos out (Del)</source>
        <translation>선택한 사진을 제외합니다(Del)</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Restore the selected photos that failed or were left out after all</source>
        <translation>선택한 사진 중 실패했거나 제외된 사진을 다시 복원합니다</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>목록 비우기</translation>
    </message>
    <message>
        <source>Empty the list; all files stay as they are</source>
        <translation>목록을 비웁니다. 파일은 모두 그대로 남습니다</translation>
    </message>
    <message>
        <source>Restore the photos that failed once more</source>
        <translation>실패한 사진을 한 번 더 복원합니다</translation>
    </message>
    <message>
        <source>Try all failed again</source>
        <translation>실패한 사진 모두 다시 시도</translation>
    </message>
    <message>
        <source>Open the report</source>
        <translation>보고서 열기</translation>
    </message>
    <message>
        <source>Show each photo before and after, and what was done, in the browser</source>
        <translation>사진마다 복원 전과 후, 그리고 처리한 내용을 브라우저에서 봅니다</translation>
    </message>
    <message>
        <source>Drop photos and folders here</source>
        <translation>사진과 폴더를 여기에 놓으십시오</translation>
    </message>
    <message>
        <source>The same is done to all of them, one after another. A photo that cannot be read stops none of the others, and what is not done when you close the window goes on at the next start.</source>
        <translation>모든 사진을 하나씩 같은 방법으로 복원합니다. 읽을 수 없는 사진이 있어도 나머지는 계속되며, 창을 닫을 때 끝나지 않은 것은 다음에 시작할 때 이어집니다.</translation>
    </message>
    <message>
        <source>Progress of the batch</source>
        <translation>일괄 작업 진행률</translation>
    </message>
</context>
<context>
    <name>BatchPresenter</name>
    <message>
        <source>Another window has the list of the last batch; that of this window ends with it.</source>
        <translation>지난 일괄 작업의 목록은 다른 창에서 사용 중입니다. 이 창의 목록은 창을 닫으면 사라집니다.</translation>
    </message>
    <message>
        <source>The list of this batch is not kept for the next start: %1 cannot be written.</source>
        <translation>이 일괄 작업의 목록을 다음에 시작할 때까지 보관할 수 없습니다. %1에 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>The batch goes on where it was.</source>
        <translation>일괄 작업을 멈춘 곳부터 이어서 합니다.</translation>
    </message>
    <message>
        <source>There are no photos in it.</source>
        <translation>사진이 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>These photos are in the list already.</source>
        <translation>이미 목록에 있는 사진입니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are results of others and were left out.</source>
        <translation>
            <numerusform>다른 사진의 복원 결과 %n장은 넣지 않았습니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchSetupPanel</name>
    <message>
        <source>What is done</source>
        <translation>처리 내용</translation>
    </message>
    <message>
        <source>What is done to each photo: what is chosen for one photo now, or a preset</source>
        <translation>사진마다 할 일: 지금 한 장의 사진에 선택한 내용 또는 프리셋</translation>
    </message>
    <message>
        <source>Where the results go</source>
        <translation>결과를 저장할 곳</translation>
    </message>
    <message>
        <source>Beside each photo, or into one folder, in which the folders of the photos are made again</source>
        <translation>각 사진 옆에, 또는 사진의 폴더 구조를 그대로 옮긴 한 폴더에 저장합니다</translation>
    </message>
    <message>
        <source>What the results are called</source>
        <translation>결과의 이름</translation>
    </message>
    <message>
        <source>{name} and {ext} are those of the photo, {task} and {level} what is done, {n} or {n:03} its number; a name that is taken gets a number</source>
        <translation>{name}과 {ext}는 사진의 이름과 확장자, {task}와 {level}은 처리 내용, {n} 또는 {n:03}은 번호입니다. 이미 있는 이름에는 번호가 붙습니다</translation>
    </message>
    <message>
        <source>Replace files that are there</source>
        <translation>이미 있는 파일 바꾸기</translation>
    </message>
    <message>
        <source>Otherwise no file is ever replaced: a name that is taken gets a number</source>
        <translation>선택하지 않으면 어떤 파일도 바꾸지 않으며, 이미 있는 이름에는 번호가 붙습니다</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Restore all photos that wait, and save the results as it is said above</source>
        <translation>기다리는 사진을 모두 복원하고 위에 적힌 대로 저장합니다</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Hold at once, within the photo that is being restored</source>
        <translation>복원 중인 사진에서 바로 멈춥니다</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Go on exactly where the batch was paused</source>
        <translation>일괄 작업을 멈춘 바로 그곳부터 계속합니다</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>End now; photos that are not done yet wait for a new start</source>
        <translation>지금 끝냅니다. 끝나지 않은 사진은 다시 시작할 때까지 기다립니다</translation>
    </message>
    <message>
        <source>What they are called</source>
        <translation>결과의 이름</translation>
    </message>
    <message>
        <source>As chosen for one photo</source>
        <translation>한 장의 사진에 선택한 대로</translation>
    </message>
    <message>
        <source>%1 – in the place of the original, which is lost</source>
        <translation>%1 – 원본을 바꾸며, 원본은 사라집니다</translation>
    </message>
    <message>
        <source>For example: %1</source>
        <translation>예: %1</translation>
    </message>
    <message>
        <source>Beside each photo</source>
        <translation>각 사진 옆</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <source>You may close the window: the batch goes on at the next start.</source>
        <translation>창을 닫아도 됩니다. 다음에 시작할 때 일괄 작업이 이어집니다.</translation>
    </message>
    <message>
        <source>This batch ends with this window: its list is not kept.</source>
        <translation>이 일괄 작업은 이 창을 닫으면 끝납니다. 목록은 저장되지 않습니다.</translation>
    </message>
    <message>
        <source>Meanwhile you can work on one photo; while that is restored, the batch waits.</source>
        <translation>그동안 한 장의 사진을 작업할 수 있으며, 그 사진을 복원하는 동안 일괄 작업은 기다립니다.</translation>
    </message>
    <message>
        <source>Choose a folder for the results</source>
        <translation>결과를 저장할 폴더 선택</translation>
    </message>
</context>
<context>
    <name>BatchSetupPresenter</name>
    <message>
        <source>This preset cannot be used: %1.</source>
        <translation>이 프리셋은 사용할 수 없습니다: %1.</translation>
    </message>
    <message>
        <source>Nothing is to be done: all steps are off.</source>
        <translation>할 일이 없습니다. 모든 단계가 꺼져 있습니다.</translation>
    </message>
    <message>
        <source>“%1” must know the blur: choose it for one photo first.</source>
        <translation>“%1”에는 흐림 정보가 필요합니다. 먼저 한 장의 사진에서 선택하십시오.</translation>
    </message>
    <message>
        <source>“%1” must know where: paint on one photo first.</source>
        <translation>“%1”에는 위치가 필요합니다. 먼저 한 장의 사진에 칠하십시오.</translation>
    </message>
    <message>
        <source>What was painted for “%1” is not kept: paint it on one photo again.</source>
        <translation>“%1”에 칠한 부분이 보관되어 있지 않습니다. 한 장의 사진에 다시 칠하십시오.</translation>
    </message>
</context>
<context>
    <name>BatchTab</name>
    <message>
        <source>&amp;Batch</source>
        <translation>일괄 작업(&amp;B)</translation>
    </message>
    <message>
        <source>Do the same to many photos</source>
        <translation>여러 사진을 같은 방법으로 복원합니다</translation>
    </message>
</context>
<context>
    <name>BatchTable</name>
    <message>
        <source>Restoring, %1</source>
        <translation>복원 중, %1</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>Restoring</source>
        <translation>복원 중</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>저장 중</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>건너뜀</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>What was done, or what went wrong</source>
        <translation>한 일 또는 문제</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
</context>
<context>
    <name>BatchTableView</name>
    <message>
        <source>Photos of the batch</source>
        <translation>일괄 작업의 사진</translation>
    </message>
</context>
<context>
    <name>BlurPanel</name>
    <message>
        <source>Kind of blur</source>
        <translation>흐림의 종류</translation>
    </message>
    <message>
        <source>How the photo was blurred; deblurring undoes this</source>
        <translation>사진이 어떻게 흐려졌는지 고릅니다. 흐림 제거가 이것을 되돌립니다</translation>
    </message>
    <message>
        <source>Draw on the photo</source>
        <translation>사진에 그리기</translation>
    </message>
    <message>
        <source>Show the blur on the photo with the mouse</source>
        <translation>사진 위에서 마우스로 흐림을 표시합니다</translation>
    </message>
    <message>
        <source>Center</source>
        <translation>가운데로</translation>
    </message>
    <message>
        <source>Move the blur&apos;s weight into the middle, so that nothing shifts</source>
        <translation>흐림의 무게 중심을 가운데로 옮겨 사진이 밀리지 않게 합니다</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>처음부터</translation>
    </message>
    <message>
        <source>Take back what was painted on the blur</source>
        <translation>흐림에 칠한 것을 되돌립니다</translation>
    </message>
    <message>
        <source>Load…</source>
        <translation>불러오기…</translation>
    </message>
    <message>
        <source>Take the blur from a picture or a .npy file</source>
        <translation>사진이나 .npy 파일에서 흐림을 가져옵니다</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Keep the blur as a picture or a .npy file</source>
        <translation>흐림을 사진이나 .npy 파일로 저장합니다</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>반지름</translation>
    </message>
    <message>
        <source>How large the disc is that a point became</source>
        <translation>점 하나가 얼마나 큰 원이 되었는지</translation>
    </message>
    <message>
        <source>Softness</source>
        <translation>번짐</translation>
    </message>
    <message>
        <source>How wide the haze is that a point became</source>
        <translation>점 하나가 얼마나 넓게 번졌는지</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>How far a point moved</source>
        <translation>점이 얼마나 멀리 움직였는지</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>각도</translation>
    </message>
    <message>
        <source>In which direction it moved</source>
        <translation>점이 어느 방향으로 움직였는지</translation>
    </message>
    <message>
        <source>°</source>
        <translation>°</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>흐림</translation>
    </message>
    <message>
        <source>%1 × %2 px</source>
        <translation>%1 × %2 px</translation>
    </message>
    <message>
        <source>This is a preview of the middle of what is in sight. Restore works on the whole photo.</source>
        <translation>보이는 부분의 가운데를 미리 본 것입니다. 복원은 사진 전체에 적용됩니다.</translation>
    </message>
    <message>
        <source>Out of focus: every point became a disc.</source>
        <translation>초점이 맞지 않음: 모든 점이 원이 되었습니다.</translation>
    </message>
    <message>
        <source>Soft: every point became a round haze.</source>
        <translation>부드러움: 모든 점이 둥글게 번졌습니다.</translation>
    </message>
    <message>
        <source>Draw an arrow along a smear, from one end to the other.</source>
        <translation>번진 자국을 따라 한쪽 끝에서 다른 쪽 끝까지 화살표를 그리십시오.</translation>
    </message>
    <message>
        <source>Draw how a point moved while the shutter was open.</source>
        <translation>셔터가 열린 동안 점이 움직인 모양을 그리십시오.</translation>
    </message>
    <message>
        <source>Click on a small bright light, or draw a frame around it.</source>
        <translation>작고 밝은 불빛을 클릭하거나 그 둘레에 사각형을 그리십시오.</translation>
    </message>
    <message>
        <source>Load a picture of the blur, a bright trace on black, or a .npy file.</source>
        <translation>검은 바탕에 밝은 자국이 있는 흐림 사진이나 .npy 파일을 불러오십시오.</translation>
    </message>
    <message>
        <source>Out of focus</source>
        <translation>초점이 맞지 않음</translation>
    </message>
    <message>
        <source>Soft</source>
        <translation>부드러움</translation>
    </message>
    <message>
        <source>Straight motion</source>
        <translation>곧은 움직임</translation>
    </message>
    <message>
        <source>Drawn motion</source>
        <translation>그린 움직임</translation>
    </message>
    <message>
        <source>From a light</source>
        <translation>불빛에서</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>파일에서</translation>
    </message>
</context>
<context>
    <name>BlurPresenter</name>
    <message>
        <source>Saved the blur as %1.</source>
        <translation>흐림을 %1(으)로 저장했습니다.</translation>
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
    <name>ContactCell</name>
    <message>
        <source>Working…</source>
        <translation>작업 중…</translation>
    </message>
    <message>
        <source>now</source>
        <translation>지금</translation>
    </message>
</context>
<context>
    <name>ContactSheetDialog</name>
    <message>
        <source>Contact sheet</source>
        <translation>밀착 인화지</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Go back without choosing (Esc)</source>
        <translation>고르지 않고 돌아갑니다(Esc)</translation>
    </message>
    <message>
        <source>Drag, or Shift and an arrow key: another place · Wheel: zoom</source>
        <translation>끌기, 또는 Shift와 화살표 키: 다른 곳 보기 · 휠: 확대와 축소</translation>
    </message>
</context>
<context>
    <name>EmptyHint</name>
    <message>
        <source>Open a photo…</source>
        <translation>사진 열기…</translation>
    </message>
    <message>
        <source>Choose a photo to repair; its file is never changed (%1)</source>
        <translation>복원할 사진을 고릅니다. 파일은 절대 바뀌지 않습니다(%1)</translation>
    </message>
    <message>
        <source>No photo at hand? Try a sample.</source>
        <translation>사진이 없습니까? 예시 사진으로 해 보십시오.</translation>
    </message>
    <message>
        <source>Drop a photo here, or press %1</source>
        <translation>여기에 사진을 놓거나 %1 키를 누르십시오</translation>
    </message>
    <message>
        <source>JPEG, PNG, TIFF, WebP, AVIF, HEIC, GIF or camera raw.</source>
        <translation>JPEG, PNG, TIFF, WebP, AVIF, HEIC, GIF, 카메라 RAW.</translation>
    </message>
    <message>
        <source>It never leaves this computer.</source>
        <translation>사진은 이 컴퓨터를 떠나지 않습니다.</translation>
    </message>
    <message>
        <source>Open a photo</source>
        <translation>사진 열기</translation>
    </message>
    <message>
        <source>Choose what to repair</source>
        <translation>복원할 것 고르기</translation>
    </message>
    <message>
        <source>Compare and save</source>
        <translation>비교하고 저장하기</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>S&amp;ort the photos</source>
        <translation>사진 정렬(&amp;O)</translation>
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
    <name>KernelView</name>
    <message>
        <source>Blur kernel</source>
        <translation>흐림 커널</translation>
    </message>
    <message>
        <source>What the blur made of one point. Paint with the left button, erase with the right one; or move with the arrow keys and press + or -</source>
        <translation>점 하나가 흐려진 모양입니다. 왼쪽 버튼으로 칠하고 오른쪽 버튼으로 지우십시오. 화살표 키로 움직여 + 또는 - 키를 눌러도 됩니다</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keyboard and mouse</source>
        <translation>키보드와 마우스</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>Lan&amp;guage</source>
        <translation>언어(&amp;G)</translation>
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
        <source>Take the value that is estimated from the photo</source>
        <translation>사진에서 추정한 값을 사용합니다</translation>
    </message>
    <message>
        <source>Use the estimated value</source>
        <translation>추정한 값을 사용합니다</translation>
    </message>
    <message>
        <source>Auto estimates this from your photo.</source>
        <translation>자동은 사진에서 이 값을 추정합니다.</translation>
    </message>
    <message>
        <source>No traces of a small JPEG file were found. If you see blocks, choose a lower quality.</source>
        <translation>작은 JPEG 파일의 흔적을 찾지 못했습니다. 블록이 보이면 더 낮은 품질을 고르십시오.</translation>
    </message>
    <message>
        <source>No estimate; choose the value yourself.</source>
        <translation>추정할 수 없습니다. 값을 직접 고르십시오.</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Estimating…</source>
        <translation>추정하는 중…</translation>
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
        <translation>사진이 저장될 때까지 기다리십시오.</translation>
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
    <name>MaskActions</name>
    <message>
        <source>&amp;Paint a mask</source>
        <translation>마스크 칠하기(&amp;P)</translation>
    </message>
    <message>
        <source>Paint where to fill, or where the restoration counts</source>
        <translation>채울 곳이나 복원을 적용할 곳을 칠합니다</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>브러시(&amp;B)</translation>
    </message>
    <message>
        <source>Paint the mask; the right button or Alt erases, Shift draws a line</source>
        <translation>마스크를 칠합니다. 오른쪽 버튼이나 Alt는 지우고, Shift는 직선을 그립니다</translation>
    </message>
    <message>
        <source>L&amp;asso</source>
        <translation>올가미(&amp;A)</translation>
    </message>
    <message>
        <source>Mark what you draw a line around; the right button or Alt frees it</source>
        <translation>선으로 둘러싼 곳을 칠합니다. 오른쪽 버튼이나 Alt는 지웁니다</translation>
    </message>
    <message>
        <source>&amp;Rectangle</source>
        <translation>사각형(&amp;R)</translation>
    </message>
    <message>
        <source>Mark a rectangle; the right button or Alt frees it</source>
        <translation>사각형을 칠합니다. 오른쪽 버튼이나 Alt는 지웁니다</translation>
    </message>
    <message>
        <source>&amp;Wand</source>
        <translation>마술봉(&amp;W)</translation>
    </message>
    <message>
        <source>Mark what is connected and of one color, as the sky; Alt frees it</source>
        <translation>하늘처럼 이어져 있고 색이 같은 곳을 칠합니다. Alt는 지웁니다</translation>
    </message>
    <message>
        <source>&amp;Larger brush</source>
        <translation>브러시 크게(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;maller brush</source>
        <translation>브러시 작게(&amp;M)</translation>
    </message>
    <message>
        <source>Harder brush</source>
        <translation>브러시 단단하게</translation>
    </message>
    <message>
        <source>So&amp;fter brush</source>
        <translation>브러시 부드럽게(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Grow</source>
        <translation>넓히기(&amp;G)</translation>
    </message>
    <message>
        <source>Move the edge of the mask outward</source>
        <translation>마스크의 가장자리를 바깥쪽으로 옮깁니다</translation>
    </message>
    <message>
        <source>S&amp;hrink</source>
        <translation>좁히기(&amp;H)</translation>
    </message>
    <message>
        <source>Move the edge of the mask inward</source>
        <translation>마스크의 가장자리를 안쪽으로 옮깁니다</translation>
    </message>
    <message>
        <source>Fea&amp;ther</source>
        <translation>가장자리 부드럽게(&amp;T)</translation>
    </message>
    <message>
        <source>Let the edge of the mask fade out, so that nobody sees it</source>
        <translation>마스크의 가장자리를 눈에 띄지 않게 서서히 흐립니다</translation>
    </message>
    <message>
        <source>&amp;Invert</source>
        <translation>반전(&amp;I)</translation>
    </message>
    <message>
        <source>Paint what is free, and free what is painted</source>
        <translation>칠하지 않은 곳을 칠하고, 칠한 곳을 지웁니다</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>모두 지우기(&amp;C)</translation>
    </message>
    <message>
        <source>Take all paint away</source>
        <translation>칠한 것을 모두 지웁니다</translation>
    </message>
    <message>
        <source>Find &amp;dust and scratches</source>
        <translation>먼지와 긁힘 찾기(&amp;D)</translation>
    </message>
    <message>
        <source>Mark thin lines and specks that stand out, as on scanned photos</source>
        <translation>스캔한 사진에서처럼 눈에 띄는 가는 선과 점을 칠합니다</translation>
    </message>
    <message>
        <source>&amp;Open a mask…</source>
        <translation>마스크 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Take a mask from a picture: white is painted</source>
        <translation>사진에서 마스크를 가져옵니다. 흰색이 칠한 곳입니다</translation>
    </message>
    <message>
        <source>&amp;Save the mask…</source>
        <translation>마스크 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>Keep the mask as a PNG</source>
        <translation>마스크를 PNG로 저장합니다</translation>
    </message>
    <message>
        <source>Show the mas&amp;k</source>
        <translation>마스크 보기(&amp;K)</translation>
    </message>
    <message>
        <source>Show the mask over the photo</source>
        <translation>사진 위에 마스크를 봅니다</translation>
    </message>
    <message>
        <source>Restore e&amp;verywhere</source>
        <translation>모든 곳 복원(&amp;V)</translation>
    </message>
    <message>
        <source>Restore all of the photo</source>
        <translation>사진 전체를 복원합니다</translation>
    </message>
    <message>
        <source>Restore only where painted</source>
        <translation>칠한 곳만 복원</translation>
    </message>
    <message>
        <source>Restore only what is painted, such as the sky</source>
        <translation>하늘처럼 칠한 곳만 복원합니다</translation>
    </message>
    <message>
        <source>Do &amp;not restore where painted</source>
        <translation>칠한 곳은 복원하지 않기(&amp;N)</translation>
    </message>
    <message>
        <source>Leave what is painted as it is, such as eyes</source>
        <translation>눈처럼 칠한 곳은 그대로 둡니다</translation>
    </message>
    <message>
        <source>&amp;Mask</source>
        <translation>마스크(&amp;M)</translation>
    </message>
</context>
<context>
    <name>MaskBar</name>
    <message>
        <source>Brush size</source>
        <translation>브러시 크기</translation>
    </message>
    <message>
        <source>Diameter of the brush, in pixels of the photo</source>
        <translation>브러시의 지름, 사진의 픽셀로</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>단단함</translation>
    </message>
    <message>
        <source>How sharp the edge of the brush is</source>
        <translation>브러시의 가장자리가 얼마나 또렷한지</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>허용 범위</translation>
    </message>
    <message>
        <source>How different the colors that the wand marks may be</source>
        <translation>마술봉이 칠하는 색이 얼마나 달라도 되는지</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>민감도</translation>
    </message>
    <message>
        <source>How faint the dust that is found may be</source>
        <translation>얼마나 희미한 먼지까지 찾을지</translation>
    </message>
    <message>
        <source>Opacity of the mask</source>
        <translation>마스크의 불투명도</translation>
    </message>
    <message>
        <source>How much of the photo the mask covers</source>
        <translation>마스크가 사진을 얼마나 가릴지</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>How far to grow, shrink or feather</source>
        <translation>넓히거나 좁히거나 부드럽게 할 폭</translation>
    </message>
    <message>
        <source>How far the mask grows, shrinks or fades out, in pixels of the photo</source>
        <translation>마스크를 넓히거나 좁히거나 부드럽게 하는 폭, 사진의 픽셀로</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Look of the mask</source>
        <translation>마스크의 모양새</translation>
    </message>
    <message>
        <source>The color of the mask, and how much of the photo it covers</source>
        <translation>마스크의 색과 사진을 가리는 정도</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>불투명도</translation>
    </message>
    <message>
        <source>Where the restoration counts</source>
        <translation>복원을 적용할 곳</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>빨강</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>주황</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>노랑</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>초록</translation>
    </message>
    <message>
        <source>Cyan</source>
        <translation>청록</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>파랑</translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation>자홍</translation>
    </message>
    <message>
        <source>White</source>
        <translation>하양</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
</context>
<context>
    <name>MaskControl</name>
    <message>
        <source>Paint</source>
        <translation>칠하기</translation>
    </message>
    <message>
        <source>Paint on the photo with a brush, lasso, rectangle or wand</source>
        <translation>브러시, 올가미, 사각형, 마술봉으로 사진 위에 칠합니다</translation>
    </message>
    <message>
        <source>Where to fill</source>
        <translation>채울 곳</translation>
    </message>
    <message>
        <source>Paint over what is to be filled.</source>
        <translation>채울 곳을 칠하십시오.</translation>
    </message>
    <message>
        <source>The rest of the photo stays as it is.</source>
        <translation>사진의 나머지는 그대로 있습니다.</translation>
    </message>
</context>
<context>
    <name>MaskDesk</name>
    <message>
        <source>Nothing is painted yet, so the photo stays as it is.</source>
        <translation>아직 칠한 곳이 없어서 사진이 그대로 있습니다.</translation>
    </message>
    <message>
        <source>The mask has no effect yet: choose “Restore only where painted” in the Mask menu (Alt+2).</source>
        <translation>마스크가 아직 아무 영향도 주지 않습니다. 마스크 메뉴에서 ‘칠한 곳만 복원’을 고르십시오(Alt+2).</translation>
    </message>
</context>
<context>
    <name>MaskKeeper</name>
    <message>
        <source>Masks cannot be kept for the next start: %1 cannot be written. Make room on that disk.</source>
        <translation>마스크를 다음 시작 때까지 보관할 수 없습니다. %1에 쓸 수 없습니다. 그 디스크의 공간을 확보하십시오.</translation>
    </message>
</context>
<context>
    <name>MaskPresenter</name>
    <message>
        <source>The mask had another size and was fitted to the photo.</source>
        <translation>마스크의 크기가 달라서 사진에 맞추었습니다.</translation>
    </message>
    <message>
        <source>No dust was found; a higher sensitivity finds fainter dust.</source>
        <translation>먼지를 찾지 못했습니다. 민감도를 높이면 더 희미한 먼지를 찾습니다.</translation>
    </message>
    <message>
        <source>Dust and scratches are marked. Erase what is none of it.</source>
        <translation>먼지와 긁힘을 칠했습니다. 아닌 것은 지우십시오.</translation>
    </message>
    <message>
        <source>The mask is saved as %1.</source>
        <translation>마스크를 %1(으)로 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Manage…</source>
        <translation>관리…</translation>
    </message>
    <message>
        <source>Rename, export, import or delete your models</source>
        <translation>내 모델의 이름을 바꾸거나 내보내거나 가져오거나 삭제합니다</translation>
    </message>
    <message>
        <source>Stock model</source>
        <translation>기본 모델</translation>
    </message>
    <message>
        <source>The model that came with the program restores with this task</source>
        <translation>이 작업은 프로그램에 들어 있는 모델로 복원합니다</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>My models</source>
        <translation>내 모델</translation>
    </message>
    <message>
        <source>Use by default</source>
        <translation>기본으로 사용</translation>
    </message>
    <message>
        <source>Restore with this model whenever its task is chosen</source>
        <translation>이 작업을 고르면 언제나 이 모델로 복원합니다</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Change the name of the model (F2)</source>
        <translation>모델의 이름을 바꿉니다(F2)</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>Remove the model for good</source>
        <translation>모델을 완전히 삭제합니다</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Write the model to one file, for other computers</source>
        <translation>다른 컴퓨터에서 쓸 수 있게 모델을 파일 하나로 저장합니다</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>가져오기…</translation>
    </message>
    <message>
        <source>Take in a model from a file</source>
        <translation>파일에서 모델을 가져옵니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Go back (Esc)</source>
        <translation>돌아갑니다(Esc)</translation>
    </message>
    <message>
        <source>There are no models of yours yet. Train one, or import a file.</source>
        <translation>아직 내 모델이 없습니다. 모델을 학습시키거나 파일을 가져오십시오.</translation>
    </message>
    <message>
        <source>Delete the model “%1”?</source>
        <translation>모델 “%1”을(를) 삭제할까요?</translation>
    </message>
    <message>
        <source>Photos that were restored with it stay as they are.</source>
        <translation>이 모델로 복원한 사진은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>유지</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>모델 내보내기</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>모델 가져오기</translation>
    </message>
    <message>
        <source>Models (*.safetensors)</source>
        <translation>모델 (*.safetensors)</translation>
    </message>
</context>
<context>
    <name>ModelsPresenter</name>
    <message>
        <source>The model is in your list now.</source>
        <translation>모델이 목록에 추가되었습니다.</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>%1(으)로 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>MoreMenus</name>
    <message>
        <source>&amp;Convert to sRGB when saving</source>
        <translation>저장할 때 sRGB로 변환(&amp;C)</translation>
    </message>
</context>
<context>
    <name>NameList</name>
    <message>
        <source>Double-click a name to change it</source>
        <translation>이름을 두 번 눌러 바꿉니다</translation>
    </message>
</context>
<context>
    <name>OpenPresenter</name>
    <message numerus="yes">
        <source>The file has %n pages; the first is restored.</source>
        <translation>
            <numerusform>이 파일에는 페이지가 %n개 있으며, 첫 페이지를 복원합니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no photos in this folder.</source>
        <translation>이 폴더에는 사진이 없습니다.</translation>
    </message>
</context>
<context>
    <name>OpeningView</name>
    <message>
        <source>Photo, being opened</source>
        <translation>여는 중인 사진</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>&amp;Go</source>
        <translation>이동(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;One photo</source>
        <translation>사진 한 장(&amp;O)</translation>
    </message>
    <message>
        <source>Work on one photo after another</source>
        <translation>사진을 한 장씩 작업합니다</translation>
    </message>
</context>
<context>
    <name>PairSheet</name>
    <message>
        <source>What it will learn from</source>
        <translation>학습할 내용</translation>
    </message>
    <message>
        <source>Left what it is given, right what it should make of it. Are these what your photos suffer from?</source>
        <translation>왼쪽은 주어지는 사진, 오른쪽은 만들어야 할 사진입니다. 내 사진의 손상과 같습니까?</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>손상됨</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>원본</translation>
    </message>
</context>
<context>
    <name>PresetsDialog</name>
    <message>
        <source>Presets</source>
        <translation>프리셋</translation>
    </message>
    <message>
        <source>Use for this photo</source>
        <translation>이 사진에 사용</translation>
    </message>
    <message>
        <source>Put these steps in the place of the photo&apos;s</source>
        <translation>사진의 단계를 이 단계로 바꿉니다</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Change the name of the preset (F2)</source>
        <translation>프리셋의 이름을 바꿉니다(F2)</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>Remove the preset for good</source>
        <translation>프리셋을 완전히 삭제합니다</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>가져오기…</translation>
    </message>
    <message>
        <source>Take steps from a file, or from a restored photo</source>
        <translation>파일이나 복원한 사진에서 단계를 가져옵니다</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Write the preset to a file, for others or “rednet”</source>
        <translation>다른 사람이나 “rednet” 명령이 쓸 수 있게 프리셋을 파일로 저장합니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Go back to the photo (Esc)</source>
        <translation>사진으로 돌아갑니다(Esc)</translation>
    </message>
    <message>
        <source>There are no presets yet. Keep a photo&apos;s steps as one, or import a file.</source>
        <translation>아직 프리셋이 없습니다. 사진의 단계를 프리셋으로 저장하거나 파일을 가져오십시오.</translation>
    </message>
    <message>
        <source>Delete the preset “%1”?</source>
        <translation>프리셋 “%1”을(를) 삭제할까요?</translation>
    </message>
    <message>
        <source>Photos that were restored with it stay as they are.</source>
        <translation>이 프리셋으로 복원한 사진은 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Export the preset</source>
        <translation>프리셋 내보내기</translation>
    </message>
    <message>
        <source>Steps (*.json)</source>
        <translation>단계 (*.json)</translation>
    </message>
</context>
<context>
    <name>PresetsMenu</name>
    <message>
        <source>Pre&amp;sets</source>
        <translation>프리셋(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Keep these steps as a preset…</source>
        <translation>이 단계를 프리셋으로 저장(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Import from a file or a restored photo…</source>
        <translation>파일이나 복원한 사진에서 가져오기(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Manage presets…</source>
        <translation>프리셋 관리(&amp;M)…</translation>
    </message>
    <message>
        <source>Keep the steps as a preset</source>
        <translation>단계를 프리셋으로 저장</translation>
    </message>
    <message>
        <source>Name, such as “Old family scans”:</source>
        <translation>이름(예: “오래된 가족사진 스캔”):</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Import steps</source>
        <translation>단계 가져오기</translation>
    </message>
    <message>
        <source>Steps and restored photos (*.json *.jpg *.jpeg *.png *.tif *.tiff *.webp)</source>
        <translation>단계와 복원한 사진 (*.json *.jpg *.jpeg *.png *.tif *.tiff *.webp)</translation>
    </message>
</context>
<context>
    <name>PresetsPresenter</name>
    <message>
        <source>Kept as the preset “%1”.</source>
        <translation>프리셋 “%1”(으)로 저장했습니다.</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>%1(으)로 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>PreviewTable</name>
    <message>
        <source>Damaged</source>
        <translation>손상됨</translation>
    </message>
    <message>
        <source>Stock model</source>
        <translation>기본 모델</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>내 모델</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>원본</translation>
    </message>
</context>
<context>
    <name>QualityControl</name>
    <message>
        <source>Auto</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Save at the photo&apos;s own quality</source>
        <translation>사진 본래의 품질로 저장</translation>
    </message>
    <message>
        <source>Save as the photo was saved, but never so small that it shows; 95 for photos that are no JPEG</source>
        <translation>사진이 저장된 품질로 저장하되 눈에 띄게 나빠지지는 않게 합니다. JPEG가 아닌 사진은 95입니다</translation>
    </message>
    <message>
        <source>Quality of JPEG and WebP files</source>
        <translation>JPEG와 WebP 파일의 품질</translation>
    </message>
    <message>
        <source>Higher keeps more detail in larger files; PNG and TIFF always keep all</source>
        <translation>높일수록 세밀한 부분이 더 남고 파일이 커집니다. PNG와 TIFF는 언제나 모두 보존합니다</translation>
    </message>
    <message>
        <source>JPEG and WebP quality</source>
        <translation>JPEG·WebP 품질</translation>
    </message>
</context>
<context>
    <name>ReferenceCard</name>
    <message>
        <source>Measure no longer</source>
        <translation>측정 끝내기</translation>
    </message>
    <message>
        <source>Take the reference away; no file is changed</source>
        <translation>기준 사진을 뺍니다. 파일은 바뀌지 않습니다</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>전</translation>
    </message>
    <message>
        <source>After</source>
        <translation>후</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>How small the difference to the reference is: more is better</source>
        <translation>기준 사진과의 차이가 얼마나 작은지. 클수록 좋습니다</translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>How alike the structure is: 1 is the same</source>
        <translation>구조가 얼마나 비슷한지. 1이면 똑같습니다</translation>
    </message>
    <message>
        <source>Against %1</source>
        <translation>기준: %1</translation>
    </message>
</context>
<context>
    <name>ReferencePresenter</name>
    <message>
        <source>%5: it has %1 × %2 pixels; the reference must have %3 × %4, like the restored photo.</source>
        <translation>%5: %1 × %2 픽셀입니다. 기준 사진은 복원한 사진처럼 %3 × %4 픽셀이어야 합니다.</translation>
    </message>
    <message>
        <source>This picture cannot be the reference</source>
        <translation>이 사진은 기준 사진이 될 수 없습니다</translation>
    </message>
    <message>
        <source>Choose the same picture in that size.</source>
        <translation>같은 사진을 그 크기로 고르십시오.</translation>
    </message>
</context>
<context>
    <name>RunControl</name>
    <message>
        <source>Restore</source>
        <translation>복원</translation>
    </message>
    <message>
        <source>Repair the whole photo with the chosen task; its file stays as it is</source>
        <translation>고른 작업으로 사진 전체를 복원합니다. 파일은 그대로 있습니다</translation>
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
</context>
<context>
    <name>RunFollower</name>
    <message>
        <source>The training went astray; it goes on from its last good state.</source>
        <translation>학습이 잘못된 방향으로 나아가 마지막으로 좋았던 상태부터 계속합니다.</translation>
    </message>
    <message>
        <source>The training went astray and did not recover; its best state so far is judged.</source>
        <translation>학습이 잘못된 방향으로 나아가 회복하지 못했습니다. 지금까지 가장 좋았던 상태로 판정합니다.</translation>
    </message>
    <message>
        <source>The training ended unexpectedly; it goes on from the last minute that was saved.</source>
        <translation>학습이 예기치 않게 끝났습니다. 마지막으로 저장된 시점(1분 이내)부터 이어집니다.</translation>
    </message>
</context>
<context>
    <name>SampleMenu</name>
    <message>
        <source>Open a sa&amp;mple</source>
        <translation>예시 사진 열기(&amp;M)</translation>
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
        <translation>다른 이름이나 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>Saved as %1 in %2.</source>
        <translation>%2에 %1(으)로 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Restore as I adjust</source>
        <translation>조절하는 대로 복원</translation>
    </message>
    <message>
        <source>Save the restored photo as a new file; the original stays as it is</source>
        <translation>복원한 사진을 새 파일로 저장합니다. 원본은 그대로 있습니다</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>다른 이름으로 저장…</translation>
    </message>
    <message>
        <source>A change restores what you see first, then the rest. Deblur only shows a preview, and Inpaint waits: press Restore for them</source>
        <translation>바꿀 때마다 보이는 부분부터 복원합니다. 흐림 제거는 미리 보기만 보여 주고 채우기는 기다리므로 복원을 누르십시오</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>작업</translation>
    </message>
</context>
<context>
    <name>SizePanel</name>
    <message>
        <source>Width</source>
        <translation>너비</translation>
    </message>
    <message>
        <source>How many pixels wide the enlarged photo becomes</source>
        <translation>확대한 사진의 너비, 픽셀로</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>높이</translation>
    </message>
    <message>
        <source>How many pixels high the enlarged photo becomes</source>
        <translation>확대한 사진의 높이, 픽셀로</translation>
    </message>
    <message>
        <source>%1×</source>
        <translation>%1×</translation>
    </message>
    <message>
        <source>Make each side %1 times as long</source>
        <translation>각 변을 %1배로 늘립니다</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>픽셀</translation>
    </message>
    <message>
        <source>Open a photo to see how large it becomes.</source>
        <translation>사진을 열면 얼마나 커지는지 보입니다.</translation>
    </message>
    <message>
        <source>%1 × %2 pixels, %3 MP</source>
        <translation>%1 × %2 픽셀, %3 MP</translation>
    </message>
    <message>
        <source>As %1: %2.</source>
        <translation>%1 형식: %2.</translation>
    </message>
    <message>
        <source>Estimating the file…</source>
        <translation>파일 크기를 추정하는 중…</translation>
    </message>
    <message>
        <source>About %1 as %2</source>
        <translation>%2 형식으로 약 %1</translation>
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
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 픽셀</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>프로세서</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>그래픽 카드</translation>
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
        <source>JPEG quality %1</source>
        <translation>JPEG 품질 %1</translation>
    </message>
    <message>
        <source>Restored in %1 s</source>
        <translation>%1초 만에 복원</translation>
    </message>
</context>
<context>
    <name>StepRow</name>
    <message>
        <source>Move &amp;up</source>
        <translation>위로(&amp;U)</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>아래로(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>빼기(&amp;R)</translation>
    </message>
    <message>
        <source>Move or remove this step</source>
        <translation>이 단계를 옮기거나 뺍니다</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>꺼짐</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>%1단계: %2</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 사용</translation>
    </message>
    <message>
        <source>More for %1</source>
        <translation>%1 더 보기</translation>
    </message>
    <message>
        <source>Work on this step: see the photo after it, and change its task, level or mask</source>
        <translation>이 단계를 다룹니다. 이 단계 다음의 사진을 보고 작업, 값, 마스크를 바꿉니다</translation>
    </message>
    <message>
        <source>Leave this step out, or use it again</source>
        <translation>이 단계를 건너뛰거나 다시 사용합니다</translation>
    </message>
    <message>
        <source>The only step that is on; add another one to switch it off</source>
        <translation>켜져 있는 유일한 단계입니다. 끄려면 다른 단계를 추가하십시오</translation>
    </message>
</context>
<context>
    <name>StepsDesk</name>
    <message>
        <source>Sho&amp;w the steps</source>
        <translation>단계 보기(&amp;W)</translation>
    </message>
    <message>
        <source>Work on the step &amp;before</source>
        <translation>이전 단계 다루기(&amp;B)</translation>
    </message>
    <message>
        <source>Work on the step &amp;after</source>
        <translation>다음 단계 다루기(&amp;A)</translation>
    </message>
    <message>
        <source>Move this step u&amp;p</source>
        <translation>이 단계를 위로(&amp;P)</translation>
    </message>
    <message>
        <source>Move this step &amp;down</source>
        <translation>이 단계를 아래로(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Remove this step</source>
        <translation>이 단계 빼기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Copy the steps</source>
        <translation>단계 복사(&amp;C)</translation>
    </message>
    <message>
        <source>Paste t&amp;he steps</source>
        <translation>단계 붙여넣기(&amp;H)</translation>
    </message>
    <message>
        <source>Add a s&amp;tep</source>
        <translation>단계 추가(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>단계(&amp;S)</translation>
    </message>
</context>
<context>
    <name>StepsPanel</name>
    <message>
        <source>Add a step</source>
        <translation>단계 추가</translation>
    </message>
    <message>
        <source>Go on with another task on what the steps above make of the photo</source>
        <translation>위 단계의 결과에 다른 작업을 이어서 합니다</translation>
    </message>
    <message>
        <source>Presets: steps to use again</source>
        <translation>프리셋: 다시 쓸 단계</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Making what this step works on…</source>
        <translation>이 단계에 쓸 사진을 만드는 중…</translation>
    </message>
    <message>
        <source>You see the photo after step %1. Choose the last step to see and save all of them.</source>
        <translation>%1단계까지 거친 사진입니다. 모든 단계를 보고 저장하려면 마지막 단계를 고르십시오.</translation>
    </message>
    <message>
        <source>Each step works on what the one before has made.</source>
        <translation>각 단계는 이전 단계의 결과에 이어서 작업합니다.</translation>
    </message>
</context>
<context>
    <name>StepsPresenter</name>
    <message>
        <source>This step is not complete yet: paint what to fill, or give the blur.</source>
        <translation>이 단계는 아직 준비되지 않았습니다. 채울 곳을 칠하거나 흐림을 지정하십시오.</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) copied.</source>
        <translation>
            <numerusform>단계 %n개를 복사했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>None of these steps can be used: their masks were painted.</source>
        <translation>마스크를 칠한 단계뿐이라 사용할 수 있는 단계가 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) have lost their mask and stay off.</source>
        <translation>
            <numerusform>마스크를 찾을 수 없는 단계 %n개는 꺼 둡니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StrengthControl</name>
    <message>
        <source>Brightness and color apart</source>
        <translation>밝기와 색을 따로</translation>
    </message>
    <message>
        <source>Choose by itself how much of the brightness and of the color is changed</source>
        <translation>밝기와 색을 각각 얼마나 바꿀지 따로 고릅니다</translation>
    </message>
    <message>
        <source>Use the restored photo as it is</source>
        <translation>복원한 사진을 그대로 사용</translation>
    </message>
    <message>
        <source>Use the restored photo as it is, with nothing of the original mixed in</source>
        <translation>원본을 섞지 않고 복원한 사진을 그대로 사용합니다</translation>
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
        <source>Amount</source>
        <translation>적용량</translation>
    </message>
</context>
<context>
    <name>SuggestionBar</name>
    <message>
        <source>Remove JPEG artifacts</source>
        <translation>JPEG 깨짐 제거</translation>
    </message>
    <message>
        <source>Choose that task, with the quality that the file tells</source>
        <translation>그 작업을 고르고 파일에서 알아낸 품질을 사용합니다</translation>
    </message>
    <message>
        <source>Close the suggestion</source>
        <translation>제안 닫기</translation>
    </message>
    <message>
        <source>This JPEG was saved at about quality %1.</source>
        <translation>이 JPEG는 품질 약 %1(으)로 저장되었습니다.</translation>
    </message>
</context>
<context>
    <name>TrainCurves</name>
    <message>
        <source>How good photos become that it never learned from</source>
        <translation>학습하지 않은 사진이 얼마나 좋아지는지</translation>
    </message>
    <message>
        <source>PSNR in decibels: higher is better; the dashed line is the stock model</source>
        <translation>데시벨로 나타낸 PSNR: 높을수록 좋습니다. 점선은 기본 모델입니다</translation>
    </message>
    <message>
        <source>PSNR, dB</source>
        <translation>PSNR(dB)</translation>
    </message>
    <message>
        <source>How much is still wrong</source>
        <translation>아직 남은 오차</translation>
    </message>
    <message>
        <source>Loss in the photos that it learns from: lower is better</source>
        <translation>학습하는 사진에서의 손실: 낮을수록 좋습니다</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>To beat: %1, the dashed line.</source>
        <translation>넘어야 할 값: %1(점선).</translation>
    </message>
    <message>
        <source>Now %1, to beat: %2, the dashed line. Difference: %3.</source>
        <translation>현재 %1, 넘어야 할 값 %2(점선). 차이: %3.</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>Drop a folder of good photos here</source>
        <translation>좋은 사진이 든 폴더를 여기에 놓으십시오</translation>
    </message>
    <message>
        <source>Your camera, your scanner, your archive: the program damages your good photos as your bad ones are, learns to repair them, and tells whether it is better than the stock model on photos that it has never seen. You decide whether to keep it. Nothing leaves this computer.</source>
        <translation>내 카메라, 내 스캐너, 내 보관함. 프로그램이 좋은 사진을 나쁜 사진처럼 손상시켜 고치는 법을 배우고, 한 번도 보지 않은 사진에서 기본 모델보다 나은지 알려 줍니다. 보관할지는 사용자가 정합니다. 아무것도 이 컴퓨터를 떠나지 않습니다.</translation>
    </message>
</context>
<context>
    <name>TrainPresenter</name>
    <message>
        <source>Saved as %1.</source>
        <translation>%1(으)로 저장했습니다.</translation>
    </message>
    <message>
        <source>Kept as “%1”. Choose it below the tasks.</source>
        <translation>“%1”(으)로 저장했습니다. 작업 아래에서 고르십시오.</translation>
    </message>
</context>
<context>
    <name>TrainRun</name>
    <message>
        <source>Progress of the training</source>
        <translation>학습 진행</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Save the training and end it for now; nothing is lost</source>
        <translation>학습을 저장하고 잠시 멈춥니다. 잃는 것은 없습니다</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Go on exactly where the training was stopped</source>
        <translation>학습을 멈춘 바로 그 지점부터 계속합니다</translation>
    </message>
    <message>
        <source>Finish now</source>
        <translation>지금 마치기</translation>
    </message>
    <message>
        <source>Learn no more, and see whether the model is better than the stock model</source>
        <translation>학습을 그만하고 모델이 기본 모델보다 나은지 확인합니다</translation>
    </message>
    <message>
        <source>Name of the model</source>
        <translation>모델 이름</translation>
    </message>
    <message>
        <source>What the model is called in your list</source>
        <translation>목록에 표시될 모델의 이름입니다</translation>
    </message>
    <message>
        <source>Keep the model</source>
        <translation>모델 유지</translation>
    </message>
    <message>
        <source>Put the model into the list of its task</source>
        <translation>모델을 해당 작업의 목록에 넣습니다</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>버리기…</translation>
    </message>
    <message>
        <source>Delete the training and what it has learned</source>
        <translation>학습과 배운 내용을 삭제합니다</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>준비 중…</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>Finishing this step…</source>
        <translation>이 단계를 마치는 중…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>Keep it all the same</source>
        <translation>그래도 유지</translation>
    </message>
    <message>
        <source>Discard this training?</source>
        <translation>이 학습을 버릴까요?</translation>
    </message>
    <message>
        <source>What it has learned is lost. Your photos stay as they are.</source>
        <translation>배운 내용이 사라집니다. 사진은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>돌아가기</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>버리기</translation>
    </message>
</context>
<context>
    <name>TrainSetup</name>
    <message>
        <source>Choose good photos…</source>
        <translation>좋은 사진 고르기…</translation>
    </message>
    <message>
        <source>A folder of sharp, clean photos; drop it here. It is only read.</source>
        <translation>선명하고 깨끗한 사진이 든 폴더입니다. 여기에 놓으십시오. 읽기만 합니다.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Train a model of your own; you can pause at any time and lose nothing</source>
        <translation>내 모델을 학습시킵니다. 언제든지 잃는 것 없이 멈출 수 있습니다</translation>
    </message>
    <message>
        <source>My models…</source>
        <translation>내 모델…</translation>
    </message>
    <message>
        <source>Rename, export, import or delete models that you trained</source>
        <translation>학습시킨 모델의 이름을 바꾸거나 내보내거나 가져오거나 삭제합니다</translation>
    </message>
    <message>
        <source>What to repair</source>
        <translation>복원할 손상</translation>
    </message>
    <message>
        <source>What the model shall repair in your photos</source>
        <translation>모델이 사진에서 복원할 손상입니다</translation>
    </message>
    <message>
        <source>Weakest damage</source>
        <translation>가장 약한 손상</translation>
    </message>
    <message>
        <source>The weakest damage that it learns to repair</source>
        <translation>복원을 배울 가장 약한 손상입니다</translation>
    </message>
    <message>
        <source>Strongest damage</source>
        <translation>가장 강한 손상</translation>
    </message>
    <message>
        <source>The strongest damage that it learns to repair</source>
        <translation>복원을 배울 가장 강한 손상입니다</translation>
    </message>
    <message>
        <source>I have damaged copies of these photos</source>
        <translation>이 사진들의 손상된 사본이 있음</translation>
    </message>
    <message>
        <source>Learn from pairs, such as high and low ISO, or scans before and after cleaning, instead of damage that the program makes; both photos have the same name and are aligned automatically</source>
        <translation>프로그램이 만든 손상 대신 높은 ISO와 낮은 ISO, 또는 청소 전후의 스캔 같은 사진 쌍에서 배웁니다. 두 사진은 이름이 같아야 하며 자동으로 정렬됩니다</translation>
    </message>
    <message>
        <source>Choose damaged photos…</source>
        <translation>손상된 사진 고르기…</translation>
    </message>
    <message>
        <source>A folder of the same photos, damaged, with the same names</source>
        <translation>같은 사진의 손상된 사본이 같은 이름으로 든 폴더입니다</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>How long, where to start from, and the recipe as a file</source>
        <translation>학습 길이, 출발점, 파일로 된 학습 설정</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계 수</translation>
    </message>
    <message>
        <source>How long it learns at most; it stops by itself when it gets no better</source>
        <translation>최대 학습 길이입니다. 더 나아지지 않으면 스스로 멈춥니다</translation>
    </message>
    <message>
        <source>Start from nothing</source>
        <translation>처음부터 학습</translation>
    </message>
    <message>
        <source>Forget what the stock model knows; that takes hours instead of minutes</source>
        <translation>기본 모델이 아는 것을 쓰지 않습니다. 몇 분이 아니라 몇 시간이 걸립니다</translation>
    </message>
    <message>
        <source>Export the recipe…</source>
        <translation>학습 설정 내보내기…</translation>
    </message>
    <message>
        <source>Write all numbers of the training to a file for “rednet train --recipe”</source>
        <translation>학습의 모든 수치를 “rednet train --recipe”용 파일로 저장합니다</translation>
    </message>
    <message>
        <source>1  Good photos</source>
        <translation>1  좋은 사진</translation>
    </message>
    <message>
        <source>2  What to repair</source>
        <translation>2  복원할 손상</translation>
    </message>
    <message>
        <source>Steps at most</source>
        <translation>최대 단계 수</translation>
    </message>
    <message>
        <source>3  Start</source>
        <translation>3  시작</translation>
    </message>
    <message>
        <source>Export the recipe</source>
        <translation>학습 설정 내보내기</translation>
    </message>
    <message>
        <source>Recipes (*.toml)</source>
        <translation>학습 설정 (*.toml)</translation>
    </message>
</context>
<context>
    <name>TrainTab</name>
    <message>
        <source>&amp;Train</source>
        <translation>학습(&amp;T)</translation>
    </message>
    <message>
        <source>Train a model on your own photos</source>
        <translation>내 사진으로 모델을 학습시킵니다</translation>
    </message>
</context>
<context>
    <name>UndoActions</name>
    <message>
        <source>&amp;Undo</source>
        <translation>되돌리기(&amp;U)</translation>
    </message>
    <message>
        <source>Take the last change of the mask or the steps back</source>
        <translation>마스크나 단계의 마지막 변경을 되돌립니다</translation>
    </message>
    <message>
        <source>R&amp;edo</source>
        <translation>다시 하기(&amp;E)</translation>
    </message>
    <message>
        <source>Make the change again that was taken back</source>
        <translation>되돌린 변경을 다시 합니다</translation>
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
    <name>_Chart</name>
    <message>
        <source>Steps</source>
        <translation>단계 수</translation>
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
    <name>batch</name>
    <message>
        <source>%1 of %2 photos</source>
        <translation>사진 %2장 중 %1장</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1장 실패</translation>
    </message>
    <message>
        <source>%1 restored</source>
        <translation>%1장 복원</translation>
    </message>
    <message>
        <source>%1 skipped</source>
        <translation>%1장 건너뜀</translation>
    </message>
    <message>
        <source>writing the report…</source>
        <translation>보고서 작성 중…</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>중지하는 중…</translation>
    </message>
    <message>
        <source>waiting while one photo is restored</source>
        <translation>한 장의 사진을 복원하는 동안 대기 중</translation>
    </message>
</context>
<context>
    <name>comparison</name>
    <message>
        <source>Before</source>
        <translation>전</translation>
    </message>
    <message>
        <source>Before this step</source>
        <translation>이 단계 전</translation>
    </message>
    <message>
        <source>After</source>
        <translation>후</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>원본</translation>
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
    <name>contact_sheet</name>
    <message>
        <source>Original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Network · %1</source>
        <translation>신경망 · %1</translation>
    </message>
    <message>
        <source>The photo as it is, to compare with.</source>
        <translation>비교할 수 있는 원래 사진입니다.</translation>
    </message>
    <message>
        <source>A classical filter, to compare with. It cannot be chosen: photos are restored by networks.</source>
        <translation>비교할 수 있는 고전적인 필터입니다. 사진은 신경망으로 복원하므로 고를 수 없습니다.</translation>
    </message>
    <message>
        <source>Restored as if the blur had this size. The correct one has clean outlines. Click or Enter takes it.</source>
        <translation>흐림의 크기가 이만하다고 보고 복원했습니다. 맞는 크기에서 윤곽이 가장 깨끗합니다. 클릭하거나 Enter를 누르면 선택됩니다.</translation>
    </message>
    <message>
        <source>Restored, with fine detail brought back. Click or Enter takes it.</source>
        <translation>복원하고 세밀한 질감을 되살린 사진입니다. 클릭하거나 Enter 키를 누르면 고릅니다.</translation>
    </message>
    <message>
        <source>Restored in full. Click or Enter takes it.</source>
        <translation>전부 적용해 복원한 사진입니다. 클릭하거나 Enter 키를 누르면 고릅니다.</translation>
    </message>
    <message>
        <source>Restored, mixed with the original. Click or Enter takes it.</source>
        <translation>복원하고 원본과 섞은 사진입니다. 클릭하거나 Enter 키를 누르면 고릅니다.</translation>
    </message>
    <message>
        <source>Non-local means</source>
        <translation>비국소 평균</translation>
    </message>
    <message>
        <source>Bicubic</source>
        <translation>바이큐빅</translation>
    </message>
    <message>
        <source>Lanczos</source>
        <translation>란초스</translation>
    </message>
    <message>
        <source>Wiener filter</source>
        <translation>위너 필터</translation>
    </message>
    <message>
        <source>Telea</source>
        <translation>Telea</translation>
    </message>
    <message>
        <source>Navier-Stokes</source>
        <translation>나비에-스토크스</translation>
    </message>
    <message>
        <source>Noise %1</source>
        <translation>노이즈 %1</translation>
    </message>
    <message>
        <source>× %1</source>
        <translation>× %1</translation>
    </message>
    <message>
        <source>Quality %1</source>
        <translation>품질 %1</translation>
    </message>
    <message>
        <source>Radius %1</source>
        <translation>반지름 %1</translation>
    </message>
    <message>
        <source>Softness %1</source>
        <translation>부드러움 %1</translation>
    </message>
    <message>
        <source>Length %1</source>
        <translation>길이 %1</translation>
    </message>
    <message>
        <source>with texture</source>
        <translation>질감 포함</translation>
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
        <source>Open the photo as it should be</source>
        <translation>기준 사진 열기</translation>
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
        <source>The original photo is never overwritten.</source>
        <translation>원본 사진은 절대 덮어쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Choose another name or folder.</source>
        <translation>다른 이름이나 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>The batch of this window ends when it closes; photos that are done stay.</source>
        <translation>이 창의 일괄 작업은 창을 닫으면 끝납니다. 이미 처리한 사진은 남습니다.</translation>
    </message>
    <message>
        <source>Its list is not kept for the next start.</source>
        <translation>목록은 다음에 시작할 때까지 보관되지 않습니다.</translation>
    </message>
    <message>
        <source>The batch is not done.</source>
        <translation>일괄 작업이 아직 끝나지 않았습니다.</translation>
    </message>
    <message>
        <source>A photo is being restored.</source>
        <translation>사진을 복원하고 있습니다.</translation>
    </message>
    <message>
        <source>%1 photos with your work are not saved.</source>
        <translation>작업한 사진 %1장이 저장되지 않았습니다.</translation>
    </message>
    <message>
        <source>Without saving it is lost. The originals are kept, but not of pasted photos.</source>
        <translation>저장하지 않으면 작업한 내용이 사라집니다. 원본은 남지만, 붙여 넣은 사진은 원본도 사라집니다.</translation>
    </message>
    <message>
        <source>It is in no file: without saving it is lost, and your work on it.</source>
        <translation>이 사진은 파일이 없습니다. 저장하지 않으면 사진과 작업한 내용이 모두 사라집니다.</translation>
    </message>
    <message>
        <source>The pasted photo is not saved.</source>
        <translation>붙여 넣은 사진이 저장되지 않았습니다.</translation>
    </message>
    <message>
        <source>Going on stops that; what is not saved is lost. The originals are kept, but not of pasted photos.</source>
        <translation>계속하면 복원이 중단되고, 저장하지 않은 내용은 사라집니다. 원본은 남지만, 붙여 넣은 사진은 원본도 사라집니다.</translation>
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
    <message>
        <source>Blur kernels (%1)</source>
        <translation>흐림 커널 (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Load a blur</source>
        <translation>흐림 불러오기</translation>
    </message>
    <message>
        <source>Save the blur</source>
        <translation>흐림 저장</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 사진 (*.png)</translation>
    </message>
    <message>
        <source>NumPy array, exact (*.npy)</source>
        <translation>NumPy 배열, 정확함 (*.npy)</translation>
    </message>
    <message>
        <source>Open a mask</source>
        <translation>마스크 열기</translation>
    </message>
    <message>
        <source>Save the mask</source>
        <translation>마스크 저장</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>there is no such file; check its name</source>
        <translation>그런 파일이 없습니다. 이름을 확인하십시오</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>그런 파일이 없습니다</translation>
    </message>
    <message>
        <source>it is a folder or a device; choose a picture file</source>
        <translation>폴더이거나 장치입니다. 사진 파일을 고르십시오</translation>
    </message>
    <message>
        <source>you may not read it; change its permissions</source>
        <translation>읽을 권한이 없습니다. 권한을 바꾸십시오</translation>
    </message>
    <message>
        <source>reading failed (%1); copy it to another disk first</source>
        <translation>읽지 못했습니다(%1). 먼저 다른 디스크에 복사하십시오</translation>
    </message>
    <message>
        <source>it cannot be read; copy it to another disk first</source>
        <translation>읽을 수 없습니다. 먼저 다른 디스크에 복사하십시오</translation>
    </message>
    <message>
        <source>it cannot be read; check its permissions</source>
        <translation>읽을 수 없습니다. 권한을 확인하십시오</translation>
    </message>
    <message>
        <source>it is empty; copy it again from where it came</source>
        <translation>비어 있습니다. 원래 있던 곳에서 다시 복사하십시오</translation>
    </message>
    <message>
        <source>it is damaged or cut short; copy it again from where it came</source>
        <translation>손상되었거나 중간에 끊겼습니다. 원래 있던 곳에서 다시 복사하십시오</translation>
    </message>
    <message>
        <source>it is damaged or cut short; copy it again from the camera&apos;s card</source>
        <translation>손상되었거나 중간에 끊겼습니다. 카메라의 카드에서 다시 복사하십시오</translation>
    </message>
    <message>
        <source>it is of a camera with an unusual sensor; save it as a 16-bit TIFF first</source>
        <translation>센서가 특이한 카메라의 파일입니다. 먼저 16비트 TIFF로 저장하십시오</translation>
    </message>
    <message>
        <source>its pixels do not fit into the memory; make it smaller first</source>
        <translation>픽셀이 메모리에 다 들어가지 않습니다. 먼저 크기를 줄이십시오</translation>
    </message>
    <message>
        <source>its %1 x %2 pixels do not fit into the memory; make it smaller first</source>
        <translation>%1 x %2 픽셀이 메모리에 다 들어가지 않습니다. 먼저 크기를 줄이십시오</translation>
    </message>
    <message>
        <source>it is neither gray nor RGB; save it anew as a JPEG</source>
        <translation>회색조도 RGB도 아닙니다. JPEG로 새로 저장하십시오</translation>
    </message>
    <message>
        <source>it is damaged or of an unusual kind; save it anew as a JPEG</source>
        <translation>손상되었거나 특이한 종류입니다. JPEG로 새로 저장하십시오</translation>
    </message>
    <message>
        <source>it is damaged or of an unusual kind; save it anew as an ordinary 8- or 16-bit picture</source>
        <translation>손상되었거나 특이한 종류입니다. 보통의 8비트나 16비트 사진으로 새로 저장하십시오</translation>
    </message>
    <message>
        <source>it is damaged or of an unusual kind; save it anew</source>
        <translation>손상되었거나 특이한 종류입니다. 새로 저장하십시오</translation>
    </message>
    <message>
        <source>it is damaged, or of a camera that is not known here</source>
        <translation>손상되었거나 이 프로그램이 모르는 카메라의 파일입니다</translation>
    </message>
    <message>
        <source>it is not gray, RGB or CMYK of 8 or 16 bits; save it anew as one of these</source>
        <translation>8비트나 16비트의 회색조, RGB, CMYK가 아닙니다. 그중 하나로 새로 저장하십시오</translation>
    </message>
    <message>
        <source>some of its samples are no numbers; save it anew as a 16-bit picture</source>
        <translation>일부 픽셀 값이 숫자가 아닙니다. 16비트 사진으로 새로 저장하십시오</translation>
    </message>
    <message>
        <source>it is black everywhere, so nothing is marked; paint white what is meant</source>
        <translation>온통 검은색이라 표시된 곳이 없습니다. 원하는 곳을 흰색으로 칠하십시오</translation>
    </message>
    <message>
        <source>it is no ICC profile of RGB; name another one, or &apos;%1&apos;</source>
        <translation>RGB용 ICC 프로파일이 아닙니다. 다른 것을 고르거나 &apos;%1&apos;을(를) 쓰십시오</translation>
    </message>
    <message>
        <source>there is no such profile; name an ICC file, or &apos;%1&apos;</source>
        <translation>그런 프로파일이 없습니다. ICC 파일을 고르거나 &apos;%1&apos;을(를) 쓰십시오</translation>
    </message>
    <message>
        <source>colors cannot be converted to this profile; name another one</source>
        <translation>이 프로파일로 색을 변환할 수 없습니다. 다른 것을 고르십시오</translation>
    </message>
    <message>
        <source>writing failed; check that the disk has room</source>
        <translation>쓰지 못했습니다. 디스크에 빈 공간이 있는지 확인하십시오</translation>
    </message>
    <message>
        <source>you may not write there; choose another folder</source>
        <translation>그곳에 쓸 권한이 없습니다. 다른 폴더를 고르십시오</translation>
    </message>
    <message>
        <source>writing failed (%1); choose another folder</source>
        <translation>쓰지 못했습니다(%1). 다른 폴더를 고르십시오</translation>
    </message>
    <message>
        <source>the name must end in one of %1</source>
        <translation>이름은 다음 중 하나로 끝나야 합니다: %1</translation>
    </message>
    <message>
        <source>the picture has no pixels; open another one</source>
        <translation>사진에 픽셀이 없습니다. 다른 사진을 여십시오</translation>
    </message>
    <message>
        <source>it is %1 pixels long, %2 holds %3; save it as PNG or TIFF</source>
        <translation>한 변이 %1픽셀인데 %2에는 %3픽셀까지만 들어갑니다. PNG나 TIFF로 저장하십시오</translation>
    </message>
    <message>
        <source>a folder has that name; choose another name</source>
        <translation>그 이름의 폴더가 있습니다. 다른 이름을 고르십시오</translation>
    </message>
    <message>
        <source>there is no folder %1; create it first</source>
        <translation>%1 폴더가 없습니다. 먼저 만드십시오</translation>
    </message>
    <message>
        <source>the file there is write-protected; choose another name</source>
        <translation>그곳의 파일은 쓰기 금지되어 있습니다. 다른 이름을 고르십시오</translation>
    </message>
    <message>
        <source>the disk is too small</source>
        <translation>디스크가 너무 작습니다</translation>
    </message>
    <message>
        <source>the disk of %1, for what is worked on, is too small</source>
        <translation>작업용 디스크(%1)가 너무 작습니다</translation>
    </message>
    <message>
        <source>the report cannot be written; choose another folder, or make room</source>
        <translation>보고서를 쓸 수 없습니다. 다른 폴더를 고르거나 공간을 비우십시오</translation>
    </message>
    <message>
        <source>the folder cannot be made, choose another</source>
        <translation>폴더를 만들 수 없습니다. 다른 폴더를 고르십시오</translation>
    </message>
    <message>
        <source>it cannot be written there, choose another folder</source>
        <translation>그곳에 쓸 수 없습니다. 다른 폴더를 고르십시오</translation>
    </message>
    <message>
        <source>it cannot be written, choose another folder or make room</source>
        <translation>쓸 수 없습니다. 다른 폴더를 고르거나 공간을 비우십시오</translation>
    </message>
    <message>
        <source>it cannot be written; make room, or choose another folder</source>
        <translation>쓸 수 없습니다. 공간을 비우거나 다른 폴더를 고르십시오</translation>
    </message>
    <message>
        <source>it cannot be written, check the folder and the free space</source>
        <translation>쓸 수 없습니다. 폴더와 빈 공간을 확인하십시오</translation>
    </message>
    <message>
        <source>it cannot be written, make room and go on</source>
        <translation>쓸 수 없습니다. 공간을 비운 뒤 계속하십시오</translation>
    </message>
    <message>
        <source>it cannot be deleted, check the permissions of its folder</source>
        <translation>지울 수 없습니다. 폴더의 권한을 확인하십시오</translation>
    </message>
    <message>
        <source>it must end with .{ext} or one of %1</source>
        <translation>이름은 .{ext} 또는 다음 중 하나로 끝나야 합니다: %1</translation>
    </message>
    <message>
        <source>a name cannot hold %1</source>
        <translation>이름에는 %1을(를) 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>{%1} is not one of %2</source>
        <translation>{%1}은(는) 다음 중 하나가 아닙니다: %2</translation>
    </message>
    <message>
        <source>only the number can have a width, as in {n:03}</source>
        <translation>{n:03}처럼 번호에만 자릿수를 정할 수 있습니다</translation>
    </message>
    <message>
        <source>a brace is missing; write {{ or }} for one in the name</source>
        <translation>중괄호가 하나 빠졌습니다. 이름에 중괄호를 넣으려면 {{ 또는 }}로 쓰십시오</translation>
    </message>
    <message>
        <source>it was made by a newer version of this program; install that one to go on</source>
        <translation>이 프로그램의 더 새로운 버전에서 만들었습니다. 계속하려면 그 버전을 설치하십시오</translation>
    </message>
    <message>
        <source>it was made by a newer version of this program; install that one to use it</source>
        <translation>이 프로그램의 더 새로운 버전에서 만들었습니다. 쓰려면 그 버전을 설치하십시오</translation>
    </message>
    <message>
        <source>it was made by a newer version of this program</source>
        <translation>이 프로그램의 더 새로운 버전에서 만들었습니다</translation>
    </message>
    <message>
        <source>it is damaged, or no queue; delete it to begin anew</source>
        <translation>손상되었거나 일괄 작업 목록이 아닙니다. 새로 시작하려면 지우십시오</translation>
    </message>
    <message>
        <source>it is damaged, or no file of steps</source>
        <translation>손상되었거나 단계 파일이 아닙니다</translation>
    </message>
    <message>
        <source>it cannot be read; choose a JSON file of steps</source>
        <translation>읽을 수 없습니다. 단계가 든 JSON 파일을 고르십시오</translation>
    </message>
    <message>
        <source>its step %1 has no task that this version of the program knows</source>
        <translation>%1번째 단계의 작업을 이 버전의 프로그램이 모릅니다</translation>
    </message>
    <message>
        <source>in its step %1 (%2) %3</source>
        <translation>%1번째 단계(%2): %3</translation>
    </message>
    <message>
        <source>the mask is neither a file&apos;s name nor true</source>
        <translation>마스크가 파일 이름도 true도 아닙니다</translation>
    </message>
    <message>
        <source>the strength makes no sense</source>
        <translation>강도 값이 올바르지 않습니다</translation>
    </message>
    <message>
        <source>the strength of %1 must be from 0 to 1, not %2</source>
        <translation>%1의 강도는 0에서 1 사이여야 하는데 %2입니다</translation>
    </message>
    <message>
        <source>the kernel is damaged</source>
        <translation>커널이 손상되었습니다</translation>
    </message>
    <message>
        <source>the kernel must have two odd sides of at most %1 pixels</source>
        <translation>커널의 두 변은 %1픽셀 이하의 홀수여야 합니다</translation>
    </message>
    <message>
        <source>the numbers of the kernel must be finite, not below 0 and not all 0</source>
        <translation>커널의 숫자는 유한하고 0 이상이어야 하며 모두 0일 수는 없습니다</translation>
    </message>
    <message>
        <source>the step had a mask that was painted and not kept, so give another one</source>
        <translation>이 단계에는 칠한 마스크가 있었지만 보관되지 않았습니다. 다른 마스크를 주십시오</translation>
    </message>
    <message>
        <source>%1 must be a number, not %2</source>
        <translation>%1 값은 숫자여야 하는데 %2입니다</translation>
    </message>
    <message>
        <source>%1 must be a number</source>
        <translation>%1 값은 숫자여야 합니다</translation>
    </message>
    <message>
        <source>%1 must be from %2 to %3, not %4</source>
        <translation>%1 값은 %2에서 %3 사이여야 하는데 %4입니다</translation>
    </message>
    <message>
        <source>%1 must be a whole number, not %2</source>
        <translation>%1 값은 정수여야 하는데 %2입니다</translation>
    </message>
    <message>
        <source>it has no automatic %1, give a value</source>
        <translation>%1 값을 자동으로 정할 수 없습니다. 값을 주십시오</translation>
    </message>
    <message>
        <source>a blur kernel is needed</source>
        <translation>흐림 커널이 필요합니다</translation>
    </message>
    <message>
        <source>a mask of what to fill is needed</source>
        <translation>채울 곳을 표시한 마스크가 필요합니다</translation>
    </message>
    <message>
        <source>a kernel has two odd sides of at most %1 pixels</source>
        <translation>커널의 두 변은 %1픽셀 이하의 홀수여야 합니다</translation>
    </message>
    <message>
        <source>the numbers of a kernel must be finite and sum to 1</source>
        <translation>커널의 숫자는 유한하고 합이 1이어야 합니다</translation>
    </message>
    <message>
        <source>a mask is one plane of yes and no</source>
        <translation>마스크는 예와 아니요로 된 한 장이어야 합니다</translation>
    </message>
    <message>
        <source>what shows of the filling is told for every pixel of the mask</source>
        <translation>채운 것이 얼마나 보이는지는 마스크의 모든 픽셀에 정해야 합니다</translation>
    </message>
    <message>
        <source>it is not %1; convert it to one of these first</source>
        <translation>%1이(가) 아닙니다. 먼저 그중 하나로 변환하십시오</translation>
    </message>
    <message>
        <source>a JPEG, PNG, TIFF, WebP, AVIF, HEIC, GIF or camera raw picture</source>
        <translation>JPEG, PNG, TIFF, WebP, AVIF, HEIC, GIF 또는 카메라 RAW 사진</translation>
    </message>
    <message>
        <source>%1; copy it again from where it came</source>
        <translation>%1. 원래 있던 곳에서 다시 복사하십시오</translation>
    </message>
    <message>
        <source>it claims %1 x %2 pixels, far more than can be in it</source>
        <translation>%1 x %2 픽셀이라고 하지만 그만큼 들어 있을 수 없습니다</translation>
    </message>
    <message>
        <source>its other pages would be lost, for only the first is restored; choose another name</source>
        <translation>첫 페이지만 복원되어 나머지 페이지를 잃게 됩니다. 다른 이름을 고르십시오</translation>
    </message>
    <message>
        <source>it is the photo itself; choose another name</source>
        <translation>사진 자체의 이름입니다. 다른 이름을 고르십시오</translation>
    </message>
    <message>
        <source>it cannot be deleted; check the permissions of its folder</source>
        <translation>지울 수 없습니다. 폴더의 권한을 확인하십시오</translation>
    </message>
    <message>
        <source>it cannot be written; choose another folder, or make room</source>
        <translation>쓸 수 없습니다. 다른 폴더를 고르거나 공간을 비우십시오</translation>
    </message>
    <message>
        <source>it does not say how it was restored; choose one that this program has saved</source>
        <translation>어떻게 복원되었는지 적혀 있지 않습니다. 이 프로그램이 저장한 것을 고르십시오</translation>
    </message>
    <message>
        <source>it was restored in this way already; to do that once more, choose another name</source>
        <translation>이미 이 방법으로 복원되었습니다. 한 번 더 하려면 다른 이름을 고르십시오</translation>
    </message>
    <message>
        <source>its layers would be lost, for only the picture is restored; choose another name</source>
        <translation>그림만 복원하므로 레이어가 사라집니다. 다른 이름을 고르십시오</translation>
    </message>
    <message>
        <source>the link there leads to itself; choose another name</source>
        <translation>그곳의 링크가 자기 자신을 가리킵니다. 다른 이름을 고르십시오</translation>
    </message>
    <message>
        <source>some pictures were restored in place with other settings; finish with those, or delete this file</source>
        <translation>일부 사진이 다른 설정으로 제자리에서 복원되었습니다. 그 설정으로 마치거나 이 파일을 지우십시오</translation>
    </message>
    <message>
        <source>a file of that name has come there meanwhile; choose another name</source>
        <translation>그 사이에 그 이름의 파일이 생겼습니다. 다른 이름을 고르십시오</translation>
    </message>
    <message>
        <source>you may not write in %1; choose another folder</source>
        <translation>%1에는 쓸 권한이 없습니다. 다른 폴더를 고르십시오</translation>
    </message>
    <message>
        <source>%1: %2; make room or choose another disk</source>
        <translation>%1: %2. 공간을 비우거나 다른 디스크를 고르십시오</translation>
    </message>
    <message>
        <source>at least %1 MiB are needed and %2 MiB are free</source>
        <translation>적어도 %1 MiB가 필요한데 %2 MiB만 비어 있습니다</translation>
    </message>
    <message>
        <source>about %1 MiB are needed and %2 MiB are free</source>
        <translation>약 %1 MiB가 필요한데 %2 MiB만 비어 있습니다</translation>
    </message>
    <message>
        <source>the mask must be %1, like the picture</source>
        <translation>마스크는 사진처럼 %1이어야 합니다</translation>
    </message>
    <message>
        <source>%1 x %2 pixels</source>
        <translation>%1 x %2 픽셀</translation>
    </message>
    <message>
        <source>it is %1 x %2 pixels, larger than the picture of %3: take a smaller one</source>
        <translation>%1 x %2 픽셀로, %3인 사진보다 큽니다. 더 작은 것을 쓰십시오</translation>
    </message>
    <message>
        <source>it is %1 x %2 pixels, a kernel has at most %3 on a side: cut it out</source>
        <translation>%1 x %2 픽셀인데 커널의 한 변은 %3픽셀까지입니다. 잘라 내십시오</translation>
    </message>
    <message>
        <source>the path is wider than %1 pixels, draw a shorter one</source>
        <translation>경로가 %1픽셀보다 넓습니다. 더 짧게 그리십시오</translation>
    </message>
    <message>
        <source>there is no folder for what is worked on; check the permissions of the user&apos;s cache folder</source>
        <translation>작업용 폴더를 만들 수 없습니다. 사용자 캐시 폴더의 권한을 확인하십시오</translation>
    </message>
    <message>
        <source>the frame is too small, draw it around the whole light</source>
        <translation>테두리가 너무 작습니다. 빛 전체를 둘러싸게 그리십시오</translation>
    </message>
    <message>
        <source>the frame is too large, draw it around one light alone</source>
        <translation>틀이 너무 큽니다. 빛 하나만 둘러싸도록 그리십시오</translation>
    </message>
    <message>
        <source>no light stands out of the dark here, frame a small bright point</source>
        <translation>여기에는 어둠 속에서 두드러지는 빛이 없습니다. 작고 밝은 점을 둘러싸십시오</translation>
    </message>
    <message>
        <source>the light reaches the edge of the frame, draw the frame larger</source>
        <translation>빛이 테두리 끝까지 닿습니다. 테두리를 더 크게 그리십시오</translation>
    </message>
    <message>
        <source>a kernel is a plane of numbers, with rows and columns</source>
        <translation>커널은 행과 열이 있는 숫자판이어야 합니다</translation>
    </message>
    <message>
        <source>it has numbers that are not finite, mend it where it was made</source>
        <translation>유한하지 않은 숫자가 있습니다. 만든 곳에서 고치십시오</translation>
    </message>
    <message>
        <source>it is all black, a kernel is a bright trace on black</source>
        <translation>온통 검은색입니다. 커널은 검은 바탕의 밝은 자국입니다</translation>
    </message>
    <message>
        <source>it is the same everywhere, a kernel is a bright trace on black</source>
        <translation>어디나 똑같습니다. 커널은 검은 바탕의 밝은 자국입니다</translation>
    </message>
    <message>
        <source>it is no array of numbers</source>
        <translation>숫자 배열이 아닙니다</translation>
    </message>
    <message>
        <source>it holds numbers that are not finite, get the file again</source>
        <translation>유한하지 않은 숫자가 들어 있습니다. 파일을 다시 받으십시오</translation>
    </message>
    <message>
        <source>it is not a model of this program</source>
        <translation>이 프로그램의 모델이 아닙니다</translation>
    </message>
    <message>
        <source>it is the state of a training run, use the model.safetensors beside it</source>
        <translation>학습 중인 상태 파일입니다. 옆에 있는 model.safetensors를 쓰십시오</translation>
    </message>
    <message>
        <source>its weights do not fit its header, get the file again</source>
        <translation>가중치가 머리글과 맞지 않습니다. 파일을 다시 받으십시오</translation>
    </message>
    <message>
        <source>it is not a readable safetensors file, get it again</source>
        <translation>읽을 수 있는 safetensors 파일이 아닙니다. 다시 받으십시오</translation>
    </message>
    <message>
        <source>its header is incomplete</source>
        <translation>머리글이 완전하지 않습니다</translation>
    </message>
    <message>
        <source>the file is damaged, get it again</source>
        <translation>파일이 손상되었습니다. 다시 받으십시오</translation>
    </message>
    <message>
        <source>there is neither such a file nor a model of yours with that name</source>
        <translation>그런 파일도, 그 이름의 내 모델도 없습니다</translation>
    </message>
    <message>
        <source>it was trained for %1, not for %2</source>
        <translation>%2이(가) 아니라 %1용으로 학습한 모델입니다</translation>
    </message>
    <message>
        <source>its net has another shape than the recipe asks for</source>
        <translation>신경망의 모양이 학습 설정과 다릅니다</translation>
    </message>
    <message>
        <source>the run cannot be resumed, start a new one</source>
        <translation>이 학습은 이어서 할 수 없습니다. 새로 시작하십시오</translation>
    </message>
    <message>
        <source>it is missing or damaged, install the program again</source>
        <translation>없거나 손상되었습니다. 프로그램을 다시 설치하십시오</translation>
    </message>
    <message>
        <source>There is no device &apos;%1&apos; on this machine: use %2.</source>
        <translation>이 컴퓨터에는 &apos;%1&apos; 장치가 없습니다. %2을(를) 쓰십시오.</translation>
    </message>
    <message>
        <source>The mask has another shape than the picture, to which it is stretched.</source>
        <translation>마스크의 모양이 사진과 달라 사진에 맞게 늘렸습니다.</translation>
    </message>
    <message>
        <source>This task needs the whole picture in memory at once: about %1.</source>
        <translation>이 작업에는 사진 전체가 한꺼번에 메모리에 있어야 합니다. 약 %1이(가) 필요합니다.</translation>
    </message>
    <message>
        <source>Not enough memory on %1: going on with tiles of %2 pixels.</source>
        <translation>%1의 메모리가 부족합니다. %2픽셀 타일로 계속합니다.</translation>
    </message>
    <message>
        <source>Not enough memory on %1: starting again on the processor, which is slower.</source>
        <translation>%1의 메모리가 부족합니다. 더 느린 프로세서에서 다시 시작합니다.</translation>
    </message>
    <message>
        <source>A part came out broken in %1: it was computed again in float32.</source>
        <translation>%1(으)로 계산한 한 부분이 깨져 float32로 다시 계산했습니다.</translation>
    </message>
    <message>
        <source>A part came out broken even in float32: it was left as it is. The model may be damaged.</source>
        <translation>float32로도 한 부분이 깨져 그대로 두었습니다. 모델이 손상되었을 수 있습니다.</translation>
    </message>
    <message>
        <source>A hole is about %1 pixels thick: what is filled in there is smooth guesswork, nothing that was in the picture.</source>
        <translation>구멍의 두께가 약 %1픽셀입니다. 그곳에 채운 것은 매끄러운 짐작일 뿐, 사진에 있던 것이 아닙니다.</translation>
    </message>
    <message>
        <source>Left out %1: %2.</source>
        <translation>%1을(를) 뺐습니다: %2.</translation>
    </message>
    <message>
        <source>there is no such folder</source>
        <translation>그런 폴더가 없습니다</translation>
    </message>
    <message>
        <source>it holds no pictures</source>
        <translation>사진이 없습니다</translation>
    </message>
    <message>
        <source>too small to learn from</source>
        <translation>배우기에는 너무 작습니다</translation>
    </message>
    <message>
        <source>%1 cannot learn from pairs, these can: %2</source>
        <translation>%1은(는) 사진 쌍으로 학습할 수 없습니다. 할 수 있는 작업: %2</translation>
    </message>
    <message>
        <source>it is the folder of the good pictures too, choose the one of the damaged</source>
        <translation>좋은 사진의 폴더이기도 합니다. 손상된 사진의 폴더를 고르십시오</translation>
    </message>
    <message>
        <source>none of its pictures has the name of a good one, give both the same names</source>
        <translation>좋은 사진과 이름이 같은 사진이 없습니다. 양쪽에 같은 이름을 붙이십시오</translation>
    </message>
    <message>
        <source>it has %1 x %2 pixels and the good one %3 x %4, bring both to the same size</source>
        <translation>%1 x %2 픽셀인데 좋은 사진은 %3 x %4입니다. 둘을 같은 크기로 맞추십시오</translation>
    </message>
    <message>
        <source>it does not show what the good picture of that name shows, or is turned or shifted far</source>
        <translation>그 이름의 좋은 사진과 다른 것이 찍혔거나, 많이 돌아가거나 밀려 있습니다</translation>
    </message>
    <message>
        <source>there is no damaged picture of that name</source>
        <translation>그 이름의 손상된 사진이 없습니다</translation>
    </message>
    <message>
        <source>one picture cannot be trained on and judged on, add more</source>
        <translation>사진 한 장으로는 학습과 평가를 함께 할 수 없습니다. 더 넣으십시오</translation>
    </message>
    <message>
        <source>it is damaged, start a new run</source>
        <translation>손상되었습니다. 새로 시작하십시오</translation>
    </message>
    <message>
        <source>none of its pictures is readable and at least %1 pixels wide</source>
        <translation>읽을 수 있고 한 변이 %1픽셀 이상인 사진이 없습니다</translation>
    </message>
    <message>
        <source>its pictures cannot be read any more; check the disk, then go on</source>
        <translation>사진을 더는 읽을 수 없습니다. 디스크를 확인한 뒤 계속하십시오</translation>
    </message>
    <message>
        <source>learning goes astray again and again; start a new run with other pictures, or with lower rates</source>
        <translation>학습이 거듭 잘못된 방향으로 나아갑니다. 다른 사진으로, 또는 더 낮은 학습률로 새로 시작하십시오</translation>
    </message>
    <message>
        <source>it holds a run with another recipe, choose another run folder</source>
        <translation>다른 설정의 학습이 들어 있습니다. 다른 폴더를 고르십시오</translation>
    </message>
    <message>
        <source>none of the pictures kept for judging is readable</source>
        <translation>평가용 사진 중에 읽을 수 있는 것이 없습니다</translation>
    </message>
    <message>
        <source>not enough memory; close other programs, then go on</source>
        <translation>메모리가 부족합니다. 다른 프로그램을 닫은 뒤 계속하십시오</translation>
    </message>
    <message>
        <source>%1 x %2 pixels, %3 are the least</source>
        <translation>%1 x %2 픽셀입니다. 적어도 %3픽셀이어야 합니다</translation>
    </message>
    <message>
        <source>saved as JPEG of quality %1, %2 is the least</source>
        <translation>품질 %1의 JPEG로 저장되었습니다. 적어도 %2이어야 합니다</translation>
    </message>
    <message>
        <source>the same as %1</source>
        <translation>%1와(과) 같습니다</translation>
    </message>
    <message>
        <source>nothing in it is sharp</source>
        <translation>선명한 곳이 없습니다</translation>
    </message>
    <message>
        <source>the recipe has unknown entries: %1</source>
        <translation>설정에 모르는 항목이 있습니다: %1</translation>
    </message>
    <message>
        <source>the recipe cannot be read</source>
        <translation>설정을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>the recipe is not valid TOML (%1)</source>
        <translation>설정이 올바른 TOML이 아닙니다(%1)</translation>
    </message>
    <message>
        <source>Cannot open %1: %2.</source>
        <translation>%1을(를) 열 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>Cannot save %1: %2.</source>
        <translation>%1을(를) 저장할 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>Cannot use %1: %2.</source>
        <translation>%1을(를) 쓸 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>Cannot use the model %1: %2.</source>
        <translation>%1 모델을 쓸 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>Cannot train with %1: %2.</source>
        <translation>%1(으)로 학습할 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>Cannot use the steps in %1: %2.</source>
        <translation>%1의 단계를 쓸 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>Cannot use the queue %1: %2.</source>
        <translation>일괄 작업 목록 %1을(를) 쓸 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>Cannot make names of &apos;%1&apos;: %2.</source>
        <translation>&apos;%1&apos;(으)로 이름을 만들 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>Wrong level for %1: %2.</source>
        <translation>%1에 맞지 않는 값입니다: %2.</translation>
    </message>
    <message>
        <source>Cannot use this blur: %1.</source>
        <translation>이 흐림을 쓸 수 없습니다: %1.</translation>
    </message>
    <message>
        <source>There are no weights for %1 yet: train some with &apos;rednet train&apos; and name them with --model.</source>
        <translation>%1에 쓸 학습된 모델이 아직 없습니다. &apos;rednet train&apos;으로 학습해 --model로 지정하십시오.</translation>
    </message>
    <message>
        <source>Not enough memory: about %1 MiB are needed. Close other programs and try again.</source>
        <translation>메모리가 부족합니다. 약 %1 MiB가 필요합니다. 다른 프로그램을 닫고 다시 해 보십시오.</translation>
    </message>
    <message>
        <source>Cannot look into %1: %2.</source>
        <translation>%1을(를) 들여다볼 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>reading failed</source>
        <translation>읽지 못했습니다</translation>
    </message>
    <message>
        <source>%1: something unexpected went wrong (%2: %3).</source>
        <translation>%1: 예상하지 못한 문제가 생겼습니다(%2: %3).</translation>
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
        <translation>바뀐 것은 없습니다. 파일을 확인하거나 다른 파일을 열어 보십시오.</translation>
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
        <translation>다른 프로그램을 닫고 복원을 다시 누르십시오.</translation>
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
        <source>Training cannot go on</source>
        <translation>학습을 계속할 수 없습니다</translation>
    </message>
    <message>
        <source>Your pictures are untouched, and what was learned is kept.</source>
        <translation>사진은 그대로이며 배운 내용은 남아 있습니다.</translation>
    </message>
    <message>
        <source>These steps cannot be used</source>
        <translation>이 단계는 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>The batch queue cannot be used</source>
        <translation>일괄 처리 대기열을 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Your photos, and those that are restored, are untouched.</source>
        <translation>사진과 복원된 사진은 그대로 남아 있습니다.</translation>
    </message>
    <message>
        <source>No names can be made of this</source>
        <translation>이 형식으로는 이름을 만들 수 없습니다</translation>
    </message>
    <message>
        <source>Choose another pattern for the names.</source>
        <translation>다른 이름 형식을 선택하십시오.</translation>
    </message>
    <message>
        <source>No weights yet</source>
        <translation>아직 모델이 없음</translation>
    </message>
    <message>
        <source>Choose another task.</source>
        <translation>다른 작업을 고르십시오.</translation>
    </message>
    <message>
        <source>This blur cannot be used</source>
        <translation>이 흐림은 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Nothing was changed. Try again, or choose another kind of blur.</source>
        <translation>바뀐 것은 없습니다. 다시 해 보거나 다른 종류의 흐림을 고르십시오.</translation>
    </message>
    <message>
        <source>The device cannot be used</source>
        <translation>장치를 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Start the program again.</source>
        <translation>프로그램을 다시 시작하십시오.</translation>
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
        <source>This value is not possible</source>
        <translation>이 값은 사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Choose another value.</source>
        <translation>다른 값을 고르십시오.</translation>
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
    <name>gestures</name>
    <message>
        <source>On the photo</source>
        <translation>사진에서</translation>
    </message>
    <message>
        <source>Painting the mask</source>
        <translation>마스크를 칠할 때</translation>
    </message>
    <message>
        <source>Drawing the blur</source>
        <translation>흐림을 그릴 때</translation>
    </message>
    <message>
        <source>On the contact sheet</source>
        <translation>밀착 인화지에서</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>그 밖에</translation>
    </message>
    <message>
        <source>Zoom where the pointer is</source>
        <translation>포인터가 있는 곳을 확대·축소</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>휠</translation>
    </message>
    <message>
        <source>Move the photo</source>
        <translation>사진 옮기기</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>끌기</translation>
    </message>
    <message>
        <source>Move it while painting</source>
        <translation>칠하는 동안 옮기기</translation>
    </message>
    <message>
        <source>Middle button</source>
        <translation>가운데 버튼</translation>
    </message>
    <message>
        <source>Actual size, or fit</source>
        <translation>실제 크기 또는 창에 맞추기</translation>
    </message>
    <message>
        <source>Move the divider</source>
        <translation>구분선 옮기기</translation>
    </message>
    <message>
        <source>Drag it</source>
        <translation>구분선 끌기</translation>
    </message>
    <message>
        <source>See the original</source>
        <translation>원본 보기</translation>
    </message>
    <message>
        <source>Hold Space</source>
        <translation>스페이스 바 누르고 있기</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Right button</source>
        <translation>오른쪽 버튼</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Straight line</source>
        <translation>직선</translation>
    </message>
    <message>
        <source>Shift, click</source>
        <translation>Shift, 클릭</translation>
    </message>
    <message>
        <source>Size of the brush</source>
        <translation>브러시 크기</translation>
    </message>
    <message>
        <source>Ctrl, wheel</source>
        <translation>Ctrl, 휠</translation>
    </message>
    <message>
        <source>Give up the stroke</source>
        <translation>획 취소</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Arrow in steps of angle</source>
        <translation>화살표 각도를 일정하게</translation>
    </message>
    <message>
        <source>Shift, drag</source>
        <translation>Shift, 끌기</translation>
    </message>
    <message>
        <source>Paint on the blur</source>
        <translation>흐림에 칠하기</translation>
    </message>
    <message>
        <source>Erase on the blur</source>
        <translation>흐림에서 지우기</translation>
    </message>
    <message>
        <source>Choose a version</source>
        <translation>결과 고르기</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>클릭</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Show another place</source>
        <translation>다른 곳 보기</translation>
    </message>
    <message>
        <source>Shift, arrows</source>
        <translation>Shift, 화살표</translation>
    </message>
    <message>
        <source>Larger, smaller</source>
        <translation>더 크게, 더 작게</translation>
    </message>
    <message>
        <source>Next control</source>
        <translation>다음 항목</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Slider by a step</source>
        <translation>슬라이더를 한 칸씩</translation>
    </message>
    <message>
        <source>Amount slider back</source>
        <translation>적용량 슬라이더 원래대로</translation>
    </message>
    <message>
        <source>Another task or photo</source>
        <translation>다른 작업이나 사진</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>화살표</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>두 번 클릭</translation>
    </message>
</context>
<context>
    <name>plan</name>
    <message>
        <source>Restoring: %1, %2, %3 of memory; file %4, %5 free</source>
        <translation>복원: %1, %2, 메모리 %3; 파일 %4, 여유 공간 %5</translation>
    </message>
    <message>
        <source>1 tile</source>
        <translation>타일 1개</translation>
    </message>
    <message>
        <source>%1 tiles</source>
        <translation>타일 %1개</translation>
    </message>
    <message>
        <source>It could not be saved: %1.</source>
        <translation>저장할 수 없습니다: %1.</translation>
    </message>
    <message>
        <source>It needs about %1 of memory, and %2 is free: close other programs, or it becomes slow.</source>
        <translation>메모리가 약 %1 필요한데 %2만 비어 있습니다. 다른 프로그램을 닫지 않으면 느려집니다.</translation>
    </message>
</context>
<context>
    <name>samples</name>
    <message>
        <source>Opens a grainy photo, to see how grain goes and detail stays</source>
        <translation>입자가 있는 사진을 열어, 입자는 사라지고 세부는 남는 것을 봅니다</translation>
    </message>
    <message>
        <source>Opens a photo that was taken in the dark, to see its noise go</source>
        <translation>어두운 곳에서 찍은 사진을 열어 노이즈가 사라지는 것을 봅니다</translation>
    </message>
    <message>
        <source>Opens a small photo, to see it enlarged</source>
        <translation>작은 사진을 열어 확대해 봅니다</translation>
    </message>
    <message>
        <source>Opens a photo that was saved too small as a JPEG, to see the blocks go</source>
        <translation>JPEG로 너무 작게 저장한 사진을 엽니다. 네모난 깨짐이 사라집니다</translation>
    </message>
    <message>
        <source>Opens a photo that is out of focus, to see it sharpened</source>
        <translation>초점이 맞지 않는 사진을 열어 또렷하게 해 봅니다</translation>
    </message>
    <message>
        <source>Opens a scratched photo, to see the scratches filled</source>
        <translation>긁힌 사진을 열어 긁힘을 채워 봅니다</translation>
    </message>
</context>
<context>
    <name>saved</name>
    <message>
        <source>%1-bit %2</source>
        <translation>%1비트 %2</translation>
    </message>
    <message>
        <source>%1 kept</source>
        <translation>%1 보존</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>Not kept: %1.</source>
        <translation>보존되지 않음: %1.</translation>
    </message>
    <message>
        <source>This system has no program to show that</source>
        <translation>이 시스템에는 그것을 보여 줄 프로그램이 없습니다</translation>
    </message>
    <message>
        <source>It is at %1</source>
        <translation>위치: %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1(%2)</translation>
    </message>
    <message>
        <source>color profile</source>
        <translation>색상 프로파일</translation>
    </message>
    <message>
        <source>EXIF</source>
        <translation>EXIF</translation>
    </message>
    <message>
        <source>the longest EXIF field</source>
        <translation>가장 긴 EXIF 항목</translation>
    </message>
    <message>
        <source>GPS</source>
        <translation>GPS</translation>
    </message>
    <message>
        <source>XMP</source>
        <translation>XMP</translation>
    </message>
    <message>
        <source>extended XMP</source>
        <translation>확장 XMP</translation>
    </message>
    <message>
        <source>IPTC</source>
        <translation>IPTC</translation>
    </message>
    <message>
        <source>resolution</source>
        <translation>해상도</translation>
    </message>
    <message>
        <source>transparency</source>
        <translation>투명도</translation>
    </message>
    <message>
        <source>bit depth</source>
        <translation>비트 심도</translation>
    </message>
    <message>
        <source>further pages</source>
        <translation>나머지 페이지</translation>
    </message>
    <message>
        <source>HDR or film</source>
        <translation>HDR 또는 동영상</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>CMYK</source>
        <translation>CMYK</translation>
    </message>
    <message>
        <source>the format has no place for it</source>
        <translation>이 형식에는 담을 곳이 없음</translation>
    </message>
    <message>
        <source>it is too large for the format</source>
        <translation>이 형식에 담기에는 너무 큼</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>손상됨</translation>
    </message>
    <message>
        <source>converted to sRGB</source>
        <translation>sRGB로 변환됨</translation>
    </message>
    <message>
        <source>rounded to 8 or 16 bits</source>
        <translation>8비트 또는 16비트로 반올림됨</translation>
    </message>
    <message>
        <source>only the first is restored</source>
        <translation>첫 페이지만 복원됨</translation>
    </message>
    <message>
        <source>only the picture is restored</source>
        <translation>사진만 복원됩니다</translation>
    </message>
</context>
<context>
    <name>steps</name>
    <message>
        <source>texture %1</source>
        <translation>질감 %1</translation>
    </message>
    <message>
        <source>painted part</source>
        <translation>칠한 부분</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 픽셀</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>auto %1</source>
        <translation>자동 %1</translation>
    </message>
    <message>
        <source>quality %1</source>
        <translation>품질 %1</translation>
    </message>
    <message>
        <source>It cannot be used: %1.</source>
        <translation>사용할 수 없습니다: %1.</translation>
    </message>
</context>
<context>
    <name>text</name>
    <message>
        <source>Denoise</source>
        <translation>노이즈 제거</translation>
    </message>
    <message>
        <source>Estimated from the photo: %1</source>
        <translation>사진에서 추정한 값: %1</translation>
    </message>
    <message>
        <source>Camera noise</source>
        <translation>카메라 노이즈</translation>
    </message>
    <message>
        <source>For photos at high ISO</source>
        <translation>고감도 사진용</translation>
    </message>
    <message>
        <source>Takes away the noise that cameras leave in the dark: uneven, in blotches and colors.</source>
        <translation>어두운 곳에서 카메라가 남기는, 고르지 않고 얼룩지고 색을 띤 노이즈를 없앱니다.</translation>
    </message>
    <message>
        <source>Higher takes away more noise, and fine detail with it. High ISO is about 30.</source>
        <translation>높을수록 노이즈를 더 없애지만 미세한 세부도 함께 줄어듭니다. 고감도는 약 30입니다.</translation>
    </message>
    <message>
        <source>Estimated from the photo: about %1</source>
        <translation>사진에서 추정: 약 %1</translation>
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
        <source>Makes a photo up to four times as wide and high, sharper than plain enlarging does.</source>
        <translation>사진의 너비와 높이를 네 배까지, 단순한 확대보다 또렷하게 늘립니다.</translation>
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
        <source>Takes away the blocks and halos that come from saving as a small JPEG file.</source>
        <translation>작은 JPEG 파일로 저장할 때 생기는 네모난 깨짐과 번짐을 없앱니다.</translation>
    </message>
    <message>
        <source>JPEG quality of the photo</source>
        <translation>사진의 JPEG 품질</translation>
    </message>
    <message>
        <source>The quality that the photo was saved with: lower takes away more blocks, and detail.</source>
        <translation>사진을 저장한 품질입니다. 낮출수록 깨짐이 더 사라지고 세밀한 부분도 줄어듭니다.</translation>
    </message>
    <message>
        <source>Higher sharpens with less noise, but less: 2 is a clean photo, 10 a noisy one.</source>
        <translation>높일수록 노이즈가 적지만 덜 선명해집니다. 2는 깨끗한 사진, 10은 노이즈가 많은 사진입니다.</translation>
    </message>
    <message>
        <source>Fills what you paint, such as scratches, dust or a date, from what lies around it.</source>
        <translation>긁힘, 먼지, 날짜처럼 칠한 곳을 둘레의 모습으로 채웁니다.</translation>
    </message>
    <message>
        <source>Deblur</source>
        <translation>흐림 제거</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>약 %1초</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>약 %1분</translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>약 %1시간</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>Removes even grain</source>
        <translation>고른 입자 제거</translation>
    </message>
    <message>
        <source>Takes away grain that is the same everywhere, as of scans and film, and keeps edges.</source>
        <translation>스캔이나 필름처럼 어디나 같은 입자를 없애고 윤곽은 유지합니다.</translation>
    </message>
    <message>
        <source>Noise level</source>
        <translation>노이즈 수준</translation>
    </message>
    <message>
        <source>Higher takes away more noise, and fine detail too: 25 is strong grain, 5 is hardly seen.</source>
        <translation>높일수록 노이즈를 더 많이 없애지만 미세한 부분도 사라집니다. 25는 강한 입자, 5는 거의 보이지 않는 입자입니다.</translation>
    </message>
    <message>
        <source>The photo is like a JPEG file of about quality %1.</source>
        <translation>이 사진은 품질 약 %1의 JPEG 파일과 같습니다.</translation>
    </message>
    <message>
        <source>Sharpens with a known blur</source>
        <translation>흐림의 모양을 알고 또렷하게 합니다</translation>
    </message>
    <message>
        <source>Sharpens a photo that is out of focus, soft or shaken; you show how it was blurred.</source>
        <translation>초점이 맞지 않거나 부드럽거나 흔들린 사진을 또렷하게 합니다. 어떻게 흐려졌는지는 직접 알려 주십시오.</translation>
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
<context>
    <name>train</name>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>Looking at the photos… %1</source>
        <translation>사진을 살펴보는 중… %1</translation>
    </message>
    <message>
        <source>unreadable: %1</source>
        <translation>읽을 수 없음: %1</translation>
    </message>
    <message>
        <source>too small: %1</source>
        <translation>너무 작음: %1</translation>
    </message>
    <message>
        <source>blurred: %1</source>
        <translation>흐림: %1</translation>
    </message>
    <message>
        <source>there twice: %1</source>
        <translation>중복: %1</translation>
    </message>
    <message>
        <source>too compressed: %1</source>
        <translation>압축이 심함: %1</translation>
    </message>
    <message>
        <source>Usable photos: %1</source>
        <translation>쓸 수 있는 사진: %1</translation>
    </message>
    <message>
        <source>At least 6 are needed; add more, or choose another folder.</source>
        <translation>6장 이상이 필요합니다. 사진을 더하거나 다른 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>With 12 or more, it can also be told whether your model is better.</source>
        <translation>12장 이상이면 내 모델이 더 나은지도 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>%2단계 중 %1단계</translation>
    </message>
    <message>
        <source>Yours: %1, stock: %2, measured on photos that neither learned from: %3.</source>
        <translation>내 모델 %1, 기본 모델 %2. 어느 쪽도 학습하지 않은 사진 %3장으로 측정했습니다.</translation>
    </message>
    <message>
        <source>With 95 % confidence the difference is between %1 and %2.</source>
        <translation>95 % 신뢰도에서 차이는 %1에서 %2 사이입니다.</translation>
    </message>
    <message>
        <source>Better than the stock model: %1</source>
        <translation>기본 모델보다 나음: %1</translation>
    </message>
    <message>
        <source>These are too few photos to tell.</source>
        <translation>판단하기에는 사진이 너무 적습니다.</translation>
    </message>
    <message>
        <source>That may be chance.</source>
        <translation>우연일 수 있습니다.</translation>
    </message>
    <message>
        <source>Not clearly better than the stock model: %1</source>
        <translation>기본 모델보다 낫다고 하기 어려움: %1</translation>
    </message>
    <message>
        <source>Not better than the stock model: %1</source>
        <translation>기본 모델보다 낫지 않음: %1</translation>
    </message>
    <message>
        <source>Task: %1</source>
        <translation>작업: %1</translation>
    </message>
    <message>
        <source>Levels: %1 to %2</source>
        <translation>수준: %1~%2</translation>
    </message>
    <message>
        <source>Photos: %1 (%2)</source>
        <translation>사진: %1 (%2)</translation>
    </message>
    <message>
        <source>Trained on %1</source>
        <translation>학습한 날: %1</translation>
    </message>
    <message>
        <source>Training time: %1 min</source>
        <translation>학습 시간: %1분</translation>
    </message>
    <message>
        <source>Against the stock model: %1</source>
        <translation>기본 모델과의 차이: %1</translation>
    </message>
</context>
</TS>
