<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>CoverageSentence</name>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln page</numerusform>
            <numerusform>%Ln pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation>
            <numerusform>%Ln character</numerusform>
            <numerusform>%Ln characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <comment>ranges of pages</comment>
        <translation>
            <numerusform>%1 and %Ln more</numerusform>
            <numerusform>%1 and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln page(s) are images without text (%2)</source>
        <translation>
            <numerusform>%1 of %Ln page is an image without text (%2)</numerusform>
            <numerusform>%1 of %Ln pages are images without text (%2)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln page(s) have no text (%2), %3 of them show an image</source>
        <translation>
            <numerusform>%1 of %Ln page has no text (%2), %3 of them show an image</numerusform>
            <numerusform>%1 of %Ln pages have no text (%2), %3 of them show an image</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s) could not be read as text</source>
        <translation>
            <numerusform>%Ln byte could not be read as text</numerusform>
            <numerusform>%Ln bytes could not be read as text</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s) could not be read as %1</source>
        <translation>
            <numerusform>%Ln byte could not be read as %1</numerusform>
            <numerusform>%Ln bytes could not be read as %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln running header(s), footer(s) and page number(s) left out</source>
        <translation>
            <numerusform>%Ln running header or footer left out</numerusform>
            <numerusform>%Ln running headers, footers and page numbers left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExchangeTexts</name>
    <message numerus="yes">
        <source>%Ln token(s) re-read</source>
        <extracomment>%n is the number of tokens of the document that were read again for this answer</extracomment>
        <translation>
            <numerusform>%Ln token re-read</numerusform>
            <numerusform>%Ln tokens re-read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) of evidence</source>
        <translation>
            <numerusform>%Ln place of evidence</numerusform>
            <numerusform>%Ln places of evidence</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectionText</name>
    <message numerus="yes">
        <source>%Ln head(s)</source>
        <translation>
            <numerusform>%Ln head</numerusform>
            <numerusform>%Ln heads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln head(s), %1 for keys and values</source>
        <translation>
            <numerusform>%Ln head, %1 for keys and values</numerusform>
            <numerusform>%Ln heads, %1 for keys and values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln layer(s) of width %1, %2</source>
        <translation>
            <numerusform>%Ln layer of width %1, %2</numerusform>
            <numerusform>%Ln layers of width %1, %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>segments of %1 tokens and %2 memory tokens; keys of width %3, %Ln memory head(s)</source>
        <translation>
            <numerusform>segments of %1 tokens and %2 memory tokens; keys of width %3, %Ln memory head</numerusform>
            <numerusform>segments of %1 tokens and %2 memory tokens; keys of width %3, %Ln memory heads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This model cannot run here: %Ln obstacle(s).</source>
        <translation>
            <numerusform>This model cannot run here: %Ln obstacle.</numerusform>
            <numerusform>This model cannot run here: %Ln obstacles.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MemoryTools</name>
    <message numerus="yes">
        <source>%1 of %Ln stored question(s) are answered differently.</source>
        <translation>
            <numerusform>%1 of %Ln stored question is answered differently.</numerusform>
            <numerusform>%1 of %Ln stored questions are answered differently.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 facts were recalled; %Ln of these questions are answered right by luck, without having read the fact.</source>
        <translation>
            <numerusform>%1 of %2 facts were recalled; %Ln of these questions is answered right by luck, without having read the fact.</numerusform>
            <numerusform>%1 of %2 facts were recalled; %Ln of these questions are answered right by luck, without having read the fact.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At least half came back up to %Ln segment(s) before the end.</source>
        <translation>
            <numerusform>At least half came back up to %Ln segment before the end.</numerusform>
            <numerusform>At least half came back up to %Ln segments before the end.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wavefront</name>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::DownloadPage</name>
    <message numerus="yes">
        <source>%Ln second(s) left</source>
        <translation>
            <numerusform>%Ln second left</numerusform>
            <numerusform>%Ln seconds left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s) left</source>
        <translation>
            <numerusform>%Ln minute left</numerusform>
            <numerusform>%Ln minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s) left</source>
        <translation>
            <numerusform>%Ln hour left</numerusform>
            <numerusform>%Ln hours left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s), %1 in all; %2 are free.</source>
        <translation>
            <numerusform>%Ln file, %1 in all; %2 are free.</numerusform>
            <numerusform>%Ln files, %1 in all; %2 are free.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s), at least %1 in all; %2 are free.</source>
        <translation>
            <numerusform>%Ln file, at least %1 in all; %2 are free.</numerusform>
            <numerusform>%Ln files, at least %1 in all; %2 are free.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::DropTarget</name>
    <message numerus="yes">
        <source>Drop to open %Ln item(s)</source>
        <translation>
            <numerusform>Drop to open %Ln item</numerusform>
            <numerusform>Drop to open %Ln items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::GoToBar</name>
    <message numerus="yes">
        <source>The document has %Ln page(s).</source>
        <translation>
            <numerusform>The document has %Ln page.</numerusform>
            <numerusform>The document has %Ln pages.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::HistorySearch</name>
    <message numerus="yes">
        <source>%Ln exchange(s) found</source>
        <translation>
            <numerusform>%Ln exchange found</numerusform>
            <numerusform>%Ln exchanges found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::LibraryController</name>
    <message numerus="yes">
        <source>“%1” is intact: %Ln snapshot(s) agree with their checksums.</source>
        <translation>
            <numerusform>“%1” is intact: %Ln snapshot agrees with its checksum.</numerusform>
            <numerusform>“%1” is intact: %Ln snapshots agree with their checksums.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::MainWindow</name>
    <message numerus="yes">
        <source>%Ln file(s) could not be opened; the first: %1</source>
        <translation>
            <numerusform>%Ln file could not be opened: %1</numerusform>
            <numerusform>%Ln files could not be opened; the first: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read %Ln token(s) in %1 s. Ask what you want to know.</source>
        <translation>
            <numerusform>Read %Ln token in %1 s. Ask what you want to know.</numerusform>
            <numerusform>Read %Ln tokens in %1 s. Ask what you want to know.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s)</source>
        <translation>
            <numerusform>%Ln question</numerusform>
            <numerusform>%Ln questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::MemoryPresenter</name>
    <message numerus="yes">
        <source>%Ln character(s) went out of the session.</source>
        <translation>
            <numerusform>%Ln character went out of the session.</numerusform>
            <numerusform>%Ln characters went out of the session.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The memory as of %1 is pinned: it stays, whatever the space for snapshots. %Ln segment(s) were read again for it.</source>
        <translation>
            <numerusform>The memory as of %1 is pinned: it stays, whatever the space for snapshots. %Ln segment was read again for it.</numerusform>
            <numerusform>The memory as of %1 is pinned: it stays, whatever the space for snapshots. %Ln segments were read again for it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::MessageBar</name>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln time(s)</source>
        <translation>
            <numerusform>%Ln time</numerusform>
            <numerusform>%Ln times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ModelDownload</name>
    <message numerus="yes">
        <source>nothing came for %Ln second(s)</source>
        <translation>
            <numerusform>nothing came for %Ln second</numerusform>
            <numerusform>nothing came for %Ln seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 asks to be left alone for %n minute(s). What came is kept; go on then.</source>
        <translation>
            <numerusform>%1 asks to be left alone for %n minute. What came is kept; go on then.</numerusform>
            <numerusform>%1 asks to be left alone for %n minutes. What came is kept; go on then.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ModelsController</name>
    <message numerus="yes">
        <source>The list holds %Ln model(s) and no more; remove one first.</source>
        <translation>
            <numerusform>The list holds %Ln model and no more; remove one first.</numerusform>
            <numerusform>The list holds %Ln models and no more; remove one first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::QuestionInput</name>
    <message numerus="yes">
        <source>Ask about the first %Ln segment(s)…</source>
        <extracomment>placeholder of the field where questions are written</extracomment>
        <translation>
            <numerusform>Ask about the first %Ln segment…</numerusform>
            <numerusform>Ask about the first %Ln segments…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s) more than a question should have. Shorten it, or it may be refused.</source>
        <translation>
            <numerusform>%Ln character more than a question should have. Shorten it, or it may be refused.</numerusform>
            <numerusform>%Ln characters more than a question should have. Shorten it, or it may be refused.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ReadingBar</name>
    <message numerus="yes">
        <source>%1 of %Ln segment(s)</source>
        <translation>
            <numerusform>%1 of %Ln segment</numerusform>
            <numerusform>%1 of %Ln segments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln segment(s)</source>
        <translation>
            <numerusform>%Ln segment</numerusform>
            <numerusform>%Ln segments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ReadingListPage</name>
    <message numerus="yes">
        <source>Looking at %Ln file(s)…</source>
        <translation>
            <numerusform>Looking at %Ln file…</numerusform>
            <numerusform>Looking at %Ln files…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) will be added, in this order</source>
        <translation>
            <numerusform>%Ln document will be added</numerusform>
            <numerusform>%Ln documents will be added, in this order</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) will be read, in this order</source>
        <translation>
            <numerusform>%Ln document will be read</numerusform>
            <numerusform>%Ln documents will be read, in this order</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) will be left out.</source>
        <translation>
            <numerusform>%Ln file will be left out.</numerusform>
            <numerusform>%Ln files will be left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Read %Ln document(s)</source>
        <translation>
            <numerusform>&amp;Read %Ln document</numerusform>
            <numerusform>&amp;Read %Ln documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ReadingPage</name>
    <message numerus="yes">
        <source>about %Ln snapshot(s) of this model (%1 each)</source>
        <translation>
            <numerusform>about %Ln snapshot of this model (%1)</numerusform>
            <numerusform>about %Ln snapshots of this model (%1 each)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The open session keeps %Ln (%1).</source>
        <translation>
            <numerusform>The open session keeps %Ln snapshot (%1).</numerusform>
            <numerusform>The open session keeps %Ln snapshots (%1).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Asking as of any place reads at most %Ln segment(s) again.</source>
        <translation>
            <numerusform>Asking as of any place reads at most %Ln segment again.</numerusform>
            <numerusform>Asking as of any place reads at most %Ln segments again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::RecallPanel</name>
    <message numerus="yes">
        <source>Reads the text %Ln time(s)</source>
        <translation>
            <numerusform>Reads the text once</numerusform>
            <numerusform>Reads the text %Ln times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionListModel</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionPresenter</name>
    <message numerus="yes">
        <source>reading · %Ln question(s)</source>
        <translation>
            <numerusform>reading · %Ln question</numerusform>
            <numerusform>reading · %Ln questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>finished · %Ln question(s)</source>
        <translation>
            <numerusform>finished · %Ln question</numerusform>
            <numerusform>finished · %Ln questions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>memory without text · %Ln question(s)</source>
        <translation>
            <numerusform>memory without text · %Ln question</numerusform>
            <numerusform>memory without text · %Ln questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionText</name>
    <message numerus="yes">
        <source>finished · %Ln questions</source>
        <translation>
            <numerusform>finished · %Ln question</numerusform>
            <numerusform>finished · %Ln questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SourcesPresenter</name>
    <message numerus="yes">
        <source>%Ln document(s) have changed since they were read; the first: %1.</source>
        <translation>
            <numerusform>%Ln document has changed since it was read: %1.</numerusform>
            <numerusform>%Ln documents have changed since they were read; the first: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) of this session cannot be found or read any more; what was read of them stays.</source>
        <translation>
            <numerusform>%Ln file of this session cannot be found or read any more; what was read of it stays.</numerusform>
            <numerusform>%Ln files of this session cannot be found or read any more; what was read of them stays.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::StatusLine</name>
    <message numerus="yes">
        <source>tail %Ln token(s)</source>
        <translation>
            <numerusform>tail %Ln token</numerusform>
            <numerusform>tail %Ln tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln snapshot(s)</source>
        <translation>
            <numerusform>%Ln snapshot</numerusform>
            <numerusform>%Ln snapshots</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::TimelinePanel</name>
    <message numerus="yes">
        <source>%1 of %Ln place(s)</source>
        <translation>
            <numerusform>%1 of %Ln place</numerusform>
            <numerusform>%1 of %Ln places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Asked at %Ln place(s)</source>
        <translation>
            <numerusform>Asked at %Ln place</numerusform>
            <numerusform>Asked at %Ln places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: the answer changes %Ln time(s).</source>
        <translation>
            <numerusform>%1: the answer changes once.</numerusform>
            <numerusform>%1: the answer changes %Ln times.</numerusform>
        </translation>
    </message>
</context>
</TS>
