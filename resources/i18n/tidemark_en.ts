<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>ExchangeTexts</name>
    <message numerus="yes">
        <source>%n token(s) re-read</source>
        <extracomment>%n is the number of tokens of the document that were read again for this answer</extracomment>
        <translation>
            <numerusform>%n token re-read</numerusform>
            <numerusform>%n tokens re-read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) of evidence</source>
        <translation>
            <numerusform>%n place of evidence</numerusform>
            <numerusform>%n places of evidence</numerusform>
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
    <name>tidemark::ui::DropTarget</name>
    <message numerus="yes">
        <source>Drop to open %n item(s)</source>
        <translation>
            <numerusform>Drop to open %n item</numerusform>
            <numerusform>Drop to open %n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::GoToBar</name>
    <message numerus="yes">
        <source>The document has %n page(s).</source>
        <translation>
            <numerusform>The document has %n page.</numerusform>
            <numerusform>The document has %n pages.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::HistorySearch</name>
    <message numerus="yes">
        <source>%n exchange(s) found</source>
        <translation>
            <numerusform>%n exchange found</numerusform>
            <numerusform>%n exchanges found</numerusform>
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
    <name>tidemark::ui::MessageBar</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::QuestionInput</name>
    <message numerus="yes">
        <source>Ask about the first %n segment(s)…</source>
        <extracomment>placeholder of the field where questions are written</extracomment>
        <translation>
            <numerusform>Ask about the first %n segment…</numerusform>
            <numerusform>Ask about the first %n segments…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) more than a question should have. Shorten it, or it may be refused.</source>
        <translation>
            <numerusform>%n character more than a question should have. Shorten it, or it may be refused.</numerusform>
            <numerusform>%n characters more than a question should have. Shorten it, or it may be refused.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ReadingBar</name>
    <message numerus="yes">
        <source>%1 of %n segment(s)</source>
        <translation>
            <numerusform>%1 of %n segment</numerusform>
            <numerusform>%1 of %n segments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n segment(s)</source>
        <translation>
            <numerusform>%n segment</numerusform>
            <numerusform>%n segments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ReadingPage</name>
    <message numerus="yes">
        <source>about %n snapshot(s) of this model (%1 each)</source>
        <translation>
            <numerusform>about %n snapshot of this model (%1)</numerusform>
            <numerusform>about %n snapshots of this model (%1 each)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionListModel</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
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
</context>
<context>
    <name>tidemark::ui::SessionText</name>
    <message numerus="yes">
        <source>finished · %n questions</source>
        <translation>
            <numerusform>finished · %n question</numerusform>
            <numerusform>finished · %n questions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::StatusLine</name>
    <message numerus="yes">
        <source>tail %n token(s)</source>
        <translation>
            <numerusform>tail %n token</numerusform>
            <numerusform>tail %n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n snapshot(s)</source>
        <translation>
            <numerusform>%n snapshot</numerusform>
            <numerusform>%n snapshots</numerusform>
        </translation>
    </message>
</context>
</TS>
