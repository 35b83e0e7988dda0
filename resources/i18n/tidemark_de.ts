<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>CoverageSentence</name>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>HTML</source>
        <translation>HTML</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>EPUB book</source>
        <translation>EPUB-Buch</translation>
    </message>
    <message>
        <source>Word document</source>
        <translation>Word-Dokument</translation>
    </message>
    <message>
        <source>OpenDocument text</source>
        <translation>OpenDocument-Text</translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln Seite</numerusform>
            <numerusform>%Ln Seiten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation>
            <numerusform>%Ln Zeichen</numerusform>
            <numerusform>%Ln Zeichen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1–%2</source>
        <comment>a range of pages</comment>
        <translation>%1–%2</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <comment>ranges of pages</comment>
        <translation>
            <numerusform>%1 und %Ln weitere</numerusform>
            <numerusform>%1 und %Ln weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln page(s) are images without text (%2)</source>
        <translation>
            <numerusform>%1 von %Ln Seite ist ein Bild ohne Text (%2)</numerusform>
            <numerusform>%1 von %Ln Seiten sind Bilder ohne Text (%2)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln page(s) have no text (%2), %3 of them show an image</source>
        <translation>
            <numerusform>%1 von %Ln Seite hat keinen Text (%2), davon %3 mit einem Bild</numerusform>
            <numerusform>%1 von %Ln Seiten haben keinen Text (%2), davon %3 mit einem Bild</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s) could not be read as text</source>
        <translation>
            <numerusform>%Ln Byte war nicht als Text lesbar</numerusform>
            <numerusform>%Ln Bytes waren nicht als Text lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s) could not be read as %1</source>
        <translation>
            <numerusform>%Ln Byte war nicht als %1 lesbar</numerusform>
            <numerusform>%Ln Bytes waren nicht als %1 lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln running header(s), footer(s) and page number(s) left out</source>
        <translation>
            <numerusform>%Ln Kopf- oder Fußzeile ausgelassen</numerusform>
            <numerusform>%Ln Kopf- und Fußzeilen und Seitenzahlen ausgelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>skipped: %1 (%2)</source>
        <translation>ausgelassen: %1 (%2)</translation>
    </message>
    <message>
        <source>blank pages: %1</source>
        <translation>leere Seiten: %1</translation>
    </message>
</context>
<context>
    <name>DocumentNotes</name>
    <message>
        <source>taking the text out of %1</source>
        <translation>Text wird aus %1 geholt</translation>
    </message>
    <message>
        <source>taking the text out of %1: %2 %</source>
        <translation>Text wird aus %1 geholt: %2 %</translation>
    </message>
    <message>
        <source>%1 (%2 of %3)</source>
        <translation>%1 (%2 von %3)</translation>
    </message>
</context>
<context>
    <name>ExchangeTexts</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>p. %1</source>
        <translation>S. %1</translation>
    </message>
    <message>
        <source>segment %1</source>
        <translation>Segment %1</translation>
    </message>
    <message>
        <source>Memory trace: %1 of what the answer read from memory was written in segment %2.</source>
        <translation>Gedächtnisspur: %1 dessen, was die Antwort aus dem Gedächtnis gelesen hat, wurde in Segment %2 geschrieben.</translation>
    </message>
    <message>
        <source>%1
“%2”</source>
        <comment>method of the evidence, and the quoted passage</comment>
        <translation>%1
„%2“</translation>
    </message>
    <message>
        <source>with an empty memory</source>
        <translation>mit leerem Gedächtnis</translation>
    </message>
    <message>
        <source>as of segment %1</source>
        <translation>Stand Segment %1</translation>
    </message>
    <message>
        <source>as of segment %1, p. %2</source>
        <translation>Stand Segment %1, S. %2</translation>
    </message>
    <message>
        <source>waiting…</source>
        <translation>wartet…</translation>
    </message>
    <message>
        <source>answering…</source>
        <translation>antwortet…</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>not read to the end</source>
        <translation>nicht zu Ende gelesen</translation>
    </message>
    <message>
        <source>memory trace</source>
        <translation>Gedächtnisspur</translation>
    </message>
    <message>
        <source>first token %1</source>
        <translation>erstes Token %1</translation>
    </message>
    <message>
        <source>Question: %1</source>
        <translation>Frage: %1</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>Antwort: %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) re-read</source>
        <extracomment>%n is the number of tokens of the document that were read again for this answer</extracomment>
        <translation>
            <numerusform>%Ln Token erneut gelesen</numerusform>
            <numerusform>%Ln Token erneut gelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln place(s) of evidence</source>
        <translation>
            <numerusform>%Ln Belegstelle</numerusform>
            <numerusform>%Ln Belegstellen</numerusform>
        </translation>
    </message>
    <message>
        <source>no memory trace: %1</source>
        <translation>keine Gedächtnisspur: %1</translation>
    </message>
</context>
<context>
    <name>ExportTexts</name>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Exportiert</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>Fragen und Antworten</translation>
    </message>
    <message>
        <source>asked %1</source>
        <translation>gefragt %1</translation>
    </message>
    <message>
        <source>The conversation was not exported to %1: %2. Choose another folder or free some space, and export again; a file that was there before is unchanged.</source>
        <translation>Das Gespräch wurde nicht nach %1 exportiert: %2. Einen anderen Ordner wählen oder Platz schaffen und erneut exportieren; eine schon vorhandene Datei ist unverändert.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>name and value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: “%2”</source>
        <comment>place and quote</comment>
        <translation>%1: „%2“</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>es ist keine gewöhnliche Datei</translation>
    </message>
</context>
<context>
    <name>HeatMetric</name>
    <message>
        <source>age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>novelty</source>
        <translation>Neuheit</translation>
    </message>
    <message>
        <source>write strength</source>
        <translation>Schreibstärke</translation>
    </message>
    <message>
        <source>change of memory</source>
        <translation>Gedächtnisänderung</translation>
    </message>
    <message>
        <source>evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>The step a cell ran at: dark ran first, bright ran last.</source>
        <translation>Der Schritt, in dem eine Zelle lief: dunkel lief zuerst, hell zuletzt.</translation>
    </message>
    <message>
        <source>Share of a segment in the memory that the selected answer was read from.</source>
        <translation>Anteil eines Segments an dem Gedächtnis, aus dem die ausgewählte Antwort gelesen wurde.</translation>
    </message>
    <message>
        <source>first</source>
        <translation>zuerst</translation>
    </message>
    <message>
        <source>last</source>
        <translation>zuletzt</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>How new a segment was to the memory: 1 is new, 0 was occupied already. Logarithmic scale.</source>
        <translation>Wie neu ein Segment für das Gedächtnis war: 1 ist neu, 0 war schon belegt. Logarithmische Skala.</translation>
    </message>
    <message>
        <source>How strongly the memory tokens of a segment were written. Logarithmic scale.</source>
        <translation>Wie stark die Gedächtnis-Token eines Segments geschrieben wurden. Logarithmische Skala.</translation>
    </message>
    <message>
        <source>How much a write changed the memory of its layer, compared with the size of that memory. Logarithmic scale.</source>
        <translation>Wie sehr ein Schreibvorgang das Gedächtnis seiner Schicht verändert hat, verglichen mit dessen Größe. Logarithmische Skala.</translation>
    </message>
</context>
<context>
    <name>InspectionText</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln head(s)</source>
        <translation>
            <numerusform>%Ln Kopf</numerusform>
            <numerusform>%Ln Köpfe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln head(s), %1 for keys and values</source>
        <translation>
            <numerusform>%Ln Kopf, %1 für Schlüssel und Werte</numerusform>
            <numerusform>%Ln Köpfe, %1 für Schlüssel und Werte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln layer(s) of width %1, %2</source>
        <translation>
            <numerusform>%Ln Schicht der Breite %1, %2</numerusform>
            <numerusform>%Ln Schichten der Breite %1, %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>segments of %1 tokens and %2 memory tokens; keys of width %3, %Ln memory head(s)</source>
        <translation>
            <numerusform>Segmente von %1 Tokens und %2 Gedächtnistokens; Schlüssel der Breite %3, %Ln Gedächtniskopf</numerusform>
            <numerusform>Segmente von %1 Tokens und %2 Gedächtnistokens; Schlüssel der Breite %3, %Ln Gedächtnisköpfe</numerusform>
        </translation>
    </message>
    <message>
        <source>corrected sums</source>
        <translation>berichtigte Summen</translation>
    </message>
    <message>
        <source>keys of unit length</source>
        <translation>Schlüssel der Länge eins</translation>
    </message>
    <message>
        <source>no denominator</source>
        <translation>ohne Nenner</translation>
    </message>
    <message>
        <source>gated writes</source>
        <translation>Schreiben mit Toren</translation>
    </message>
    <message>
        <source>wrapped positions</source>
        <translation>umlaufende Positionen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 of %2 that are free</source>
        <translation>%1 von %2, die frei sind</translation>
    </message>
    <message>
        <source>%1, and only %2 are free</source>
        <translation>%1, und nur %2 sind frei</translation>
    </message>
    <message>
        <source>%1 billion</source>
        <translation>%1 Milliarden</translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1 Millionen</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Wortschatz</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Gedächtnis</translation>
    </message>
    <message>
        <source>Memory flags</source>
        <translation>Art des Gedächtnisses</translation>
    </message>
    <message>
        <source>Needs on the CPU</source>
        <translation>Braucht auf der CPU</translation>
    </message>
    <message>
        <source>Each snapshot</source>
        <translation>Je Schnappschuss</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>Tokenizer</translation>
    </message>
    <message numerus="yes">
        <source>This model cannot run here: %Ln obstacle(s).</source>
        <translation>
            <numerusform>Dieses Modell läuft hier nicht: %Ln Hindernis.</numerusform>
            <numerusform>Dieses Modell läuft hier nicht: %Ln Hindernisse.</numerusform>
        </translation>
    </message>
    <message>
        <source>This model has no memory: it cannot read documents.</source>
        <translation>Dieses Modell hat kein Gedächtnis: Es kann keine Dokumente lesen.</translation>
    </message>
    <message>
        <source>This model can run here.</source>
        <translation>Dieses Modell läuft hier.</translation>
    </message>
    <message>
        <source>%1 · %2 parameters</source>
        <translation>%1 · %2 Parameter</translation>
    </message>
    <message>
        <source>Needs on a GPU</source>
        <translation>Bedarf auf einer GPU</translation>
    </message>
    <message>
        <source>Questions are put as</source>
        <translation>Fragen werden gestellt als</translation>
    </message>
</context>
<context>
    <name>MemoryTools</name>
    <message>
        <source>segment %1</source>
        <translation>Segment %1</translation>
    </message>
    <message>
        <source>Where their readings part cannot be told: text and numbers were left out.</source>
        <translation>Wo sich die Lesungen trennen, lässt sich nicht sagen: Text und Zahlen wurden weggelassen.</translation>
    </message>
    <message>
        <source>They differ from %1 on.</source>
        <translation>Sie unterscheiden sich ab %1.</translation>
    </message>
    <message>
        <source>Both read the same segments.</source>
        <translation>Beide haben dieselben Segmente gelesen.</translation>
    </message>
    <message>
        <source>Other words follow the last segment.</source>
        <translation>Auf das letzte Segment folgen andere Wörter.</translation>
    </message>
    <message>
        <source>The matrices differ by %1 (layer %2) to %3 (layer %4).</source>
        <translation>Die Matrizen unterscheiden sich um %1 (Schicht %2) bis %3 (Schicht %4).</translation>
    </message>
    <message>
        <source>&lt; %1 %</source>
        <translation>&lt; %1 %</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>less than a second</source>
        <translation>weniger als eine Sekunde</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>etwa %1 min</translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>etwa %1 h</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>The two memories are the same, bit for bit (%1).</source>
        <translation>Die beiden Gedächtnisse sind Bit für Bit gleich (%1).</translation>
    </message>
    <message>
        <source>No question was asked before.</source>
        <translation>Bisher wurde keine Frage gestellt.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln stored question(s) are answered differently.</source>
        <translation>
            <numerusform>%1 von %Ln gespeicherten Frage wird verschieden beantwortet.</numerusform>
            <numerusform>%1 von %Ln gespeicherten Fragen werden verschieden beantwortet.</numerusform>
        </translation>
    </message>
    <message>
        <source>First: %1 (state %2)</source>
        <translation>Erstes: %1 (Zustand %2)</translation>
    </message>
    <message>
        <source>Second: %1 (state %2)</source>
        <translation>Zweites: %1 (Zustand %2)</translation>
    </message>
    <message>
        <source>layer	matrix	sum of keys</source>
        <translation>Schicht	Matrix	Schlüsselsumme</translation>
    </message>
    <message>
        <source>segment	novelty, first	write strength, first	novelty, second	write strength, second</source>
        <translation>Segment	Neuheit, erstes	Schreibstärke, erstes	Neuheit, zweites	Schreibstärke, zweites</translation>
    </message>
    <message>
        <source>question	first	second</source>
        <translation>Frage	erstes	zweites</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 facts were recalled; %Ln of these questions are answered right by luck, without having read the fact.</source>
        <translation>
            <numerusform>%1 von %2 Tatsachen wurden erinnert; %Ln dieser Fragen wird zufällig richtig beantwortet, ohne die Tatsache gelesen zu haben.</numerusform>
            <numerusform>%1 von %2 Tatsachen wurden erinnert; %Ln dieser Fragen werden zufällig richtig beantwortet, ohne die Tatsache gelesen zu haben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Even of the nearest ones less than half came back.</source>
        <translation>Selbst von den nächsten kam weniger als die Hälfte wieder.</translation>
    </message>
    <message>
        <source>At least half came back from everywhere in the text.</source>
        <translation>Von überall im Text kam mindestens die Hälfte wieder.</translation>
    </message>
    <message numerus="yes">
        <source>At least half came back up to %Ln segment(s) before the end.</source>
        <translation>
            <numerusform>Mindestens die Hälfte kam wieder bis %Ln Segment vor dem Ende.</numerusform>
            <numerusform>Mindestens die Hälfte kam wieder bis %Ln Segmente vor dem Ende.</numerusform>
        </translation>
    </message>
    <message>
        <source>not recalled</source>
        <translation>nicht erinnert</translation>
    </message>
    <message>
        <source>right by luck</source>
        <translation>zufällig richtig</translation>
    </message>
    <message>
        <source>recalled</source>
        <translation>erinnert</translation>
    </message>
    <message>
        <source>Recall of %1</source>
        <translation>Erinnerung von %1</translation>
    </message>
    <message>
        <source>segments before the end	asked	recalled	right by luck	novelty</source>
        <translation>Segmente vor dem Ende	gefragt	erinnert	zufällig richtig	Neuheit</translation>
    </message>
    <message>
        <source>distance	result	fact	question	answer</source>
        <translation>Abstand	Ergebnis	Tatsache	Frage	Antwort</translation>
    </message>
    <message>
        <source>&amp;Copy the row</source>
        <translation>Zeile &amp;kopieren</translation>
    </message>
    <message>
        <source>“%1” at the end</source>
        <translation>„%1“ am Ende</translation>
    </message>
    <message>
        <source>“%1” after %2</source>
        <comment>session, place</comment>
        <translation>„%1“ nach %2</translation>
    </message>
    <message>
        <source>%1, %2:</source>
        <comment>the memories that were compared</comment>
        <translation>%1, %2:</translation>
    </message>
</context>
<context>
    <name>PdfPages</name>
    <message>
        <source>%1 is no longer there, so its pages cannot be shown; its text is kept in the session.</source>
        <translation>%1 ist nicht mehr da, deshalb können die Seiten nicht gezeigt werden; der Text ist in der Sitzung aufgehoben.</translation>
    </message>
    <message>
        <source>%1 has changed since it was read, so its pages are not those of this text; read it again to see them.</source>
        <translation>%1 hat sich seit dem Lesen geändert, die Seiten gehören nicht mehr zu diesem Text; lesen Sie das Dokument noch einmal, um sie zu sehen.</translation>
    </message>
    <message>
        <source>The pages of %1 cannot be shown: %2</source>
        <translation>Die Seiten von %1 können nicht gezeigt werden: %2</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>Documents and sessions</source>
        <translation>Dokumente und Sitzungen</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>The setting %1 cannot be &quot;%2&quot;; its default is used.</source>
        <translation>Die Einstellung %1 kann nicht „%2“ sein; der Standardwert wird verwendet.</translation>
    </message>
    <message>
        <source>The settings in %1 cannot be read; the defaults are used.</source>
        <translation>Die Einstellungen in %1 lassen sich nicht lesen; die Standardwerte werden verwendet.</translation>
    </message>
    <message>
        <source>The settings could not be written to %1; check that the folder can be written to.</source>
        <translation>Die Einstellungen konnten nicht nach %1 geschrieben werden; prüfen, ob der Ordner beschreibbar ist.</translation>
    </message>
</context>
<context>
    <name>Wavefront</name>
    <message>
        <source>not read yet</source>
        <translation>noch nicht gelesen</translation>
    </message>
    <message>
        <source>runs next</source>
        <translation>läuft als Nächstes</translation>
    </message>
    <message>
        <source>running now</source>
        <translation>läuft gerade</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>restored from the session</source>
        <translation>aus der Sitzung wiederhergestellt</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>segment %1 · layer %2 · step %3</source>
        <translation>Segment %1 · Schicht %2 · Schritt %3</translation>
    </message>
    <message>
        <source>novelty %1</source>
        <translation>Neuheit %1</translation>
    </message>
    <message>
        <source>write %1</source>
        <translation>Schreibstärke %1</translation>
    </message>
    <message>
        <source>change %1</source>
        <translation>Änderung %1</translation>
    </message>
    <message>
        <source>%1 % of the evidence</source>
        <translation>%1 % der Belege</translation>
    </message>
    <message>
        <source>Segment %1, layer %2: %3.</source>
        <translation>Segment %1, Schicht %2: %3.</translation>
    </message>
    <message>
        <source>Segment %1, layer %2: %3, novelty %4, write strength %5, change of memory %6.</source>
        <translation>Segment %1, Schicht %2: %3, Neuheit %4, Schreibstärke %5, Gedächtnisänderung %6.</translation>
    </message>
    <message>
        <source>Nothing has been read.</source>
        <translation>Es wurde nichts gelesen.</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n Schicht</numerusform>
            <numerusform>%n Schichten</numerusform>
        </translation>
    </message>
    <message>
        <source>Read: %1 percent, segment %2 of %3, %4</source>
        <translation>Gelesen: %1 Prozent, Segment %2 von %3, %4</translation>
    </message>
    <message>
        <source>Stopped: %1 percent, segment %2 of %3, %4</source>
        <translation>Gestoppt: %1 Prozent, Segment %2 von %3, %4</translation>
    </message>
    <message>
        <source>Replay: %1 percent, segment %2 of %3, %4</source>
        <translation>Wiedergabe: %1 Prozent, Segment %2 von %3, %4</translation>
    </message>
    <message>
        <source>Paused: %1 percent, segment %2 of %3, %4</source>
        <translation>Pausiert: %1 Prozent, Segment %2 von %3, %4</translation>
    </message>
    <message>
        <source>Reading: %1 percent, segment %2 of %3, %4</source>
        <translation>Lesen läuft: %1 Prozent, Segment %2 von %3, %4</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>segment %1</source>
        <translation>Segment %1</translation>
    </message>
    <message>
        <source>&lt;%1</source>
        <translation>&lt;%1</translation>
    </message>
</context>
<context>
    <name>WavefrontExport</name>
    <message>
        <source>Could not write %1: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>There is not enough memory for a picture of this size.</source>
        <translation>Für ein Bild dieser Größe reicht der Arbeitsspeicher nicht.</translation>
    </message>
    <message>
        <source>Wavefront</source>
        <translation>Wellenfront</translation>
    </message>
</context>
<context>
    <name>WavefrontMeters</name>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
    <message>
        <source>memory %1</source>
        <translation>Gedächtnis %1</translation>
    </message>
    <message>
        <source>a KV cache would be %1</source>
        <translation>ein KV-Cache bräuchte %1</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Add to session…</source>
        <translation>Zur Sitzung &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Paste as document</source>
        <translation>&amp;Als Dokument einfügen</translation>
    </message>
    <message>
        <source>Try the &amp;sample</source>
        <translation>Be&amp;ispiel ausprobieren</translation>
    </message>
    <message>
        <source>All s&amp;essions…</source>
        <translation>Alle &amp;Sitzungen…</translation>
    </message>
    <message>
        <source>Conversation as &amp;Markdown…</source>
        <translation>Gespräch als &amp;Markdown…</translation>
    </message>
    <message>
        <source>Conversation as &amp;HTML…</source>
        <translation>Gespräch als &amp;HTML…</translation>
    </message>
    <message>
        <source>Conversation as &amp;PDF…</source>
        <translation>Gespräch als &amp;PDF…</translation>
    </message>
    <message>
        <source>&amp;Close session</source>
        <translation>Sitzung s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Suchen…</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>&amp;Nächster Treffer</translation>
    </message>
    <message>
        <source>Find p&amp;revious</source>
        <translation>&amp;Vorheriger Treffer</translation>
    </message>
    <message>
        <source>Search &amp;questions…</source>
        <translation>&amp;Fragen durchsuchen…</translation>
    </message>
    <message>
        <source>Pr&amp;eferences…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Normal size</source>
        <translation>N&amp;ormale Größe</translation>
    </message>
    <message>
        <source>&amp;Segment boundaries</source>
        <translation>&amp;Segmentgrenzen</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Vo&amp;llbild</translation>
    </message>
    <message>
        <source>Restore &amp;default layout</source>
        <translation>Standard&amp;anordnung wiederherstellen</translation>
    </message>
    <message>
        <source>Next &amp;panel</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>Pre&amp;vious panel</source>
        <translation>&amp;Vorheriger Bereich</translation>
    </message>
    <message>
        <source>Command pa&amp;lette…</source>
        <translation>Befehls&amp;palette…</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>&amp;Lesen</translation>
    </message>
    <message>
        <source>&amp;Pause reading</source>
        <translation>Lesen &amp;pausieren</translation>
    </message>
    <message>
        <source>&amp;Stop reading</source>
        <translation>Lesen s&amp;toppen</translation>
    </message>
    <message>
        <source>As&amp;k a question</source>
        <translation>&amp;Frage stellen</translation>
    </message>
    <message>
        <source>Ask as of &amp;here…</source>
        <translation>&amp;Stand an dieser Stelle befragen…</translation>
    </message>
    <message>
        <source>Ask a&amp;gain</source>
        <translation>&amp;Erneut fragen</translation>
    </message>
    <message>
        <source>Stop &amp;answer</source>
        <translation>&amp;Antwort stoppen</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>Um&amp;benennen…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>Move to &amp;trash</source>
        <translation>In den Papierkorb &amp;verschieben</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>P&amp;rüfen</translation>
    </message>
    <message>
        <source>Show the &amp;file</source>
        <translation>Datei an&amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Go to…</source>
        <translation>&amp;Gehe zu…</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Vor</translation>
    </message>
    <message>
        <source>Book&amp;mark here</source>
        <translation>Lesezeichen &amp;hier setzen</translation>
    </message>
    <message>
        <source>To the &amp;text</source>
        <translation>Zum &amp;Text</translation>
    </message>
    <message>
        <source>To the &amp;wavefront</source>
        <translation>Zur &amp;Wellenfront</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Tidemark</source>
        <translation>Ü&amp;ber Tidemark</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>Über &amp;Qt</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Bereiche</translation>
    </message>
    <message>
        <source>&amp;Wavefront</source>
        <translation>&amp;Wellenfront</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sitzung</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>M&amp;odels…</source>
        <translation>M&amp;odelle…</translation>
    </message>
    <message>
        <source>Pa&amp;ges</source>
        <translation>S&amp;eiten</translation>
    </message>
    <message>
        <source>Ask a&amp;long the document</source>
        <translation>Das Dokument ent&amp;lang befragen</translation>
    </message>
    <message>
        <source>F&amp;ork from here…</source>
        <translation>Hier a&amp;bzweigen…</translation>
    </message>
    <message>
        <source>Re&amp;wind to here…</source>
        <translation>Bis hierher &amp;zurückspulen…</translation>
    </message>
    <message>
        <source>P&amp;in the memory here</source>
        <translation>Gedächtnis hier an&amp;heften</translation>
    </message>
    <message>
        <source>&amp;Undo reading of this chapter…</source>
        <translation>Dieses Kapitel &amp;ungelesen machen…</translation>
    </message>
    <message>
        <source>Stop what is done with the &amp;memory</source>
        <translation>Arbeit am &amp;Gedächtnis anhalten</translation>
    </message>
    <message>
        <source>To the a&amp;nswers along the document</source>
        <translation>Zu den A&amp;ntworten entlang des Dokuments</translation>
    </message>
    <message>
        <source>&amp;Compare memories…</source>
        <translation>Gedä&amp;chtnisse vergleichen…</translation>
    </message>
    <message>
        <source>M&amp;easure recall…</source>
        <translation>Er&amp;innerung messen…</translation>
    </message>
    <message>
        <source>Compare with its fi&amp;les</source>
        <translation>Mit den &amp;Quelldateien vergleichen</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Ask questions of very long documents.</source>
        <translation>Fragen an sehr lange Dokumente stellen.</translation>
    </message>
    <message>
        <source>Do not hand the files to a window that is open.</source>
        <translation>Die Dateien nicht an ein bereits geöffnetes Fenster übergeben.</translation>
    </message>
    <message>
        <source>Texts, folders or sessions to open.</source>
        <translation>Zu öffnende Texte, Ordner oder Sitzungen.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::AboutDialog</name>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Version %1 (%2)</source>
        <translation>Version %1 (%2)</translation>
    </message>
    <message>
        <source>Qt %1 on %2, %3</source>
        <translation>Qt %1 auf %2, %3</translation>
    </message>
    <message>
        <source>This build</source>
        <translation>Dieser Build</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotheken</translation>
    </message>
    <message>
        <source>About Tidemark</source>
        <translation>Über Tidemark</translation>
    </message>
    <message>
        <source>Tidemark</source>
        <translation>Tidemark</translation>
    </message>
    <message>
        <source>Reads documents of any length with a memory of constant size, and answers questions about them on this computer. Apache License 2.0.</source>
        <translation>Liest Dokumente beliebiger Länge mit einem Gedächtnis gleichbleibender Größe und beantwortet Fragen dazu auf diesem Rechner. Apache-Lizenz 2.0.</translation>
    </message>
    <message>
        <source>Build and libraries</source>
        <translation>Build und Bibliotheken</translation>
    </message>
    <message>
        <source>Features of this build, and the licences of the libraries in it</source>
        <translation>Funktionen dieses Builds und die Lizenzen der enthaltenen Bibliotheken</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copies all of this as text, for a bug report</source>
        <translation>Kopiert all dies als Text für einen Fehlerbericht</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::AccessibilityPage</name>
    <message>
        <source>Accessibility</source>
        <translation>Barrierefreiheit</translation>
    </message>
    <message>
        <source>&amp;Reduce motion</source>
        <translation>&amp;Bewegung verringern</translation>
    </message>
    <message>
        <source>Nothing moves by itself</source>
        <translation>Nichts bewegt sich von selbst</translation>
    </message>
    <message>
        <source>Without motion the wavefront and the scrolling jump instead of gliding. The size of text is under Appearance. Every command can be found with the command palette.</source>
        <translation>Ohne Bewegung springen Wellenfront und Bildlauf, statt zu gleiten. Die Schriftgröße steht unter „Darstellung“. Jeder Befehl ist über die Befehlspalette zu finden.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::AppearancePage</name>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>&amp;Size of text</source>
        <translation>Schrift&amp;größe</translation>
    </message>
    <message>
        <source>Font of the interface</source>
        <translation>Schrift der Oberfläche</translation>
    </message>
    <message>
        <source>Font of the &amp;interface</source>
        <translation>Schrift der &amp;Oberfläche</translation>
    </message>
    <message>
        <source>Font of documents</source>
        <translation>Schrift der Dokumente</translation>
    </message>
    <message>
        <source>Font of &amp;documents</source>
        <translation>Schrift der &amp;Dokumente</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>A change of language takes effect when the program starts again.</source>
        <translation>Eine andere Sprache gilt ab dem nächsten Start des Programms.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::BookmarkModel</name>
    <message>
        <source>%1 · at %2</source>
        <translation>%1 · bei %2</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>Lesezeichen</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::CommandListModel</name>
    <message>
        <source>%1, not available now</source>
        <translation>%1, zurzeit nicht verfügbar</translation>
    </message>
    <message>
        <source>%1, shortcut %2</source>
        <translation>%1, Tastenkürzel %2</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::CommandPalette</name>
    <message>
        <source>Type the name of a command</source>
        <translation>Name eines Befehls</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Commands that fit what was typed, best first</source>
        <translation>Befehle, die zur Eingabe passen, die besten zuerst</translation>
    </message>
    <message>
        <source>No command fits</source>
        <translation>Kein passender Befehl</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ConversationView</name>
    <message>
        <source>Questions and answers</source>
        <translation>Fragen und Antworten</translation>
    </message>
    <message>
        <source>Up and down go from exchange to exchange, Tab goes through the evidence, Enter opens it.</source>
        <translation>Auf und Ab wechseln zwischen den Fragen, Tabulator geht durch die Belege, Eingabe öffnet einen Beleg.</translation>
    </message>
    <message>
        <source>No question or answer contains “%1”</source>
        <translation>Keine Frage oder Antwort enthält „%1“</translation>
    </message>
    <message>
        <source>Copy &amp;selection</source>
        <translation>Aus&amp;wahl kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;answer</source>
        <translation>&amp;Antwort kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;question and answer</source>
        <translation>&amp;Frage und Antwort kopieren</translation>
    </message>
    <message>
        <source>Ask a&amp;gain</source>
        <translation>&amp;Erneut fragen</translation>
    </message>
    <message>
        <source>Ask again as &amp;of…</source>
        <translation>Erneut fragen mit &amp;Stand…</translation>
    </message>
    <message>
        <source>Ask a&amp;long the document</source>
        <translation>Das Dokument ent&amp;lang befragen</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::DiffPanel</name>
    <message>
        <source>Compare memories</source>
        <translation>Gedächtnisse vergleichen</translation>
    </message>
    <message>
        <source>First memory</source>
        <translation>Erstes Gedächtnis</translation>
    </message>
    <message>
        <source>with</source>
        <translation>mit</translation>
    </message>
    <message>
        <source>Second memory</source>
        <translation>Zweites Gedächtnis</translation>
    </message>
    <message>
        <source>Ask the stored &amp;questions</source>
        <translation>Gespeicherte &amp;Fragen stellen</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Both read the same segments.</source>
        <translation>Beide haben dieselben Segmente gelesen.</translation>
    </message>
    <message>
        <source>Answers of both memories</source>
        <translation>Antworten beider Gedächtnisse</translation>
    </message>
    <message>
        <source>What did reading on change in the memory, or another edition? Two memories side by side: layer by layer, segment by segment, and which of the questions that were asked before they answer differently. Nothing is changed by it.</source>
        <translation>Was hat das Weiterlesen am Gedächtnis geändert, oder eine andere Ausgabe? Zwei Gedächtnisse nebeneinander: Schicht für Schicht, Segment für Segment, und welche der schon gestellten Fragen sie verschieden beantworten. Es wird nichts dadurch verändert.</translation>
    </message>
    <message>
        <source>Progress of the comparison</source>
        <translation>Fortschritt des Vergleichs</translation>
    </message>
    <message>
        <source>Second memory: session</source>
        <translation>Zweites Gedächtnis: Sitzung</translation>
    </message>
    <message>
        <source>Asks both memories what the sessions were asked before, and shows where the answers differ</source>
        <translation>Stellt beiden Gedächtnissen die Fragen, die den Sitzungen schon gestellt wurden, und zeigt, wo sich die Antworten unterscheiden</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Copy the comparison as text</source>
        <translation>Den Vergleich als Text kopieren</translation>
    </message>
    <message>
        <source>Stored questions</source>
        <translation>Gespeicherte Fragen</translation>
    </message>
    <message>
        <source>this session</source>
        <translation>dieser Sitzung</translation>
    </message>
    <message>
        <source>%1 of %2 answers</source>
        <translation>%1 von %2 Antworten</translation>
    </message>
    <message>
        <source>%1 of %2 segments read again</source>
        <translation>%1 von %2 Segmenten wieder gelesen</translation>
    </message>
    <message>
        <source>What their segments wrote was not kept.</source>
        <translation>Was ihre Segmente schrieben, wurde nicht aufgehoben.</translation>
    </message>
    <message>
        <source>No question was asked before.</source>
        <translation>Bisher wurde keine Frage gestellt.</translation>
    </message>
    <message>
        <source>They were not asked: tick “Ask the stored questions” above.</source>
        <translation>Sie wurden nicht gestellt: oben „Gespeicherte Fragen stellen“ ankreuzen.</translation>
    </message>
    <message>
        <source>another file…</source>
        <translation>einer anderen Datei…</translation>
    </message>
    <message>
        <source>Change by layer (thin: sum of keys)</source>
        <translation>Änderung je Schicht (dünn: Schlüsselsumme)</translation>
    </message>
    <message>
        <source>What segments wrote (0.0001 to 1)</source>
        <translation>Was Segmente schrieben (0,0001 bis 1)</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::DocumentListModel</name>
    <message>
        <source>%1 · read</source>
        <translation>%1 · gelesen</translation>
    </message>
    <message>
        <source>%1 · not read yet</source>
        <translation>%1 · noch nicht gelesen</translation>
    </message>
    <message>
        <source>%1 · %2 read</source>
        <translation>%1 · %2 gelesen</translation>
    </message>
    <message>
        <source>taking the text out…</source>
        <translation>Text wird geholt…</translation>
    </message>
    <message>
        <source>taking the text out · %1 %</source>
        <translation>Text wird geholt · %1 %</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::DocumentPanel</name>
    <message>
        <source>Opening the text…</source>
        <translation>Der Text wird geöffnet…</translation>
    </message>
    <message>
        <source>Drop a text here or open one</source>
        <translation>Einen Text hier ablegen oder öffnen</translation>
    </message>
    <message>
        <source>This document has no text.</source>
        <translation>Dieses Dokument enthält keinen Text.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::DocumentView</name>
    <message>
        <source>%1 % of the document</source>
        <translation>%1 % des Dokuments</translation>
    </message>
    <message>
        <source>Document text</source>
        <translation>Dokumenttext</translation>
    </message>
    <message>
        <source>The text of the document. Arrow keys scroll, Shift with arrow keys selects.</source>
        <translation>Der Text des Dokuments. Pfeiltasten scrollen, Umschalt mit Pfeiltasten wählt aus.</translation>
    </message>
    <message>
        <source>The selection has %1. At most %2 can be copied; select less.</source>
        <translation>Die Auswahl umfasst %1. Höchstens %2 lassen sich kopieren; weniger auswählen.</translation>
    </message>
    <message>
        <source>segment %1</source>
        <translation>Segment %1</translation>
    </message>
    <message>
        <source>segment %1 · page %2</source>
        <translation>Segment %1 · Seite %2</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>&amp;Remove bookmark</source>
        <translation>Lesezeichen &amp;entfernen</translation>
    </message>
    <message>
        <source>&amp;Bookmark here</source>
        <translation>&amp;Lesezeichen hier setzen</translation>
    </message>
    <message>
        <source>Ask about &amp;selection</source>
        <translation>Zur Aus&amp;wahl fragen</translation>
    </message>
    <message>
        <source>Ask as &amp;of here</source>
        <translation>&amp;Stand an dieser Stelle befragen</translation>
    </message>
    <message>
        <source>%1 of text were copied.</source>
        <translation>%1 Text wurden kopiert.</translation>
    </message>
    <message>
        <source>bytes %1 to %2</source>
        <translation>Bytes %1 bis %2</translation>
    </message>
    <message>
        <source>memory trace, %1 %</source>
        <translation>Gedächtnisspur, %1 %</translation>
    </message>
    <message>
        <source>&amp;Fork from here…</source>
        <translation>Hier a&amp;bzweigen…</translation>
    </message>
    <message>
        <source>Re&amp;wind to here…</source>
        <translation>Bis hierher &amp;zurückspulen…</translation>
    </message>
    <message>
        <source>&amp;Pin the memory here</source>
        <translation>Gedächtnis hier an&amp;heften</translation>
    </message>
    <message>
        <source>&amp;Undo reading of the selection…</source>
        <translation>Die Auswahl &amp;ungelesen machen…</translation>
    </message>
    <message>
        <source>&amp;Compare the memory here with the end</source>
        <translation>Das Gedächtnis hier mit dem Ende &amp;vergleichen</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::DownloadPage</name>
    <message numerus="yes">
        <source>%Ln second(s) left</source>
        <translation>
            <numerusform>noch %Ln Sekunde</numerusform>
            <numerusform>noch %Ln Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s) left</source>
        <translation>
            <numerusform>noch %Ln Minute</numerusform>
            <numerusform>noch %Ln Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s) left</source>
        <translation>
            <numerusform>noch %Ln Stunde</numerusform>
            <numerusform>noch %Ln Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Back to the models</source>
        <translation>&amp;Zurück zu den Modellen</translation>
    </message>
    <message>
        <source>Download a model</source>
        <translation>Ein Modell herunterladen</translation>
    </message>
    <message>
        <source>OWNER/NAME on huggingface.co, or an https address</source>
        <translation>EIGNER/NAME auf huggingface.co oder eine https-Adresse</translation>
    </message>
    <message>
        <source>Where from</source>
        <translation>Woher</translation>
    </message>
    <message>
        <source>The name of a model on the hub, OWNER/NAME, or the address of its folder</source>
        <translation>Der Name eines Modells auf dem Hub, EIGNER/NAME, oder die Adresse seines Ordners</translation>
    </message>
    <message>
        <source>only for private models</source>
        <translation>nur für private Modelle</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Zugangsschlüssel</translation>
    </message>
    <message>
        <source>Kept in memory only and told to nobody but the source; gone when the program ends</source>
        <translation>Wird nur im Arbeitsspeicher gehalten und nur der Quelle genannt; mit dem Ende des Programms ist er weg</translation>
    </message>
    <message>
        <source>The token is kept in memory only and told to nobody but the source.</source>
        <translation>Der Schlüssel wird nur im Arbeitsspeicher gehalten und nur der Quelle genannt.</translation>
    </message>
    <message>
        <source>&amp;Where from</source>
        <translation>&amp;Woher</translation>
    </message>
    <message>
        <source>Access to&amp;ken</source>
        <translation>Zugangs&amp;schlüssel</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>What would be fetched</source>
        <translation>Was geholt würde</translation>
    </message>
    <message>
        <source>&amp;Download</source>
        <translation>&amp;Herunterladen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Look what is there</source>
        <translation>&amp;Nachsehen, was es gibt</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>&amp;Another source</source>
        <translation>Andere &amp;Quelle</translation>
    </message>
    <message>
        <source>What came is kept; fetching the same model again goes on there</source>
        <translation>Was kam, bleibt; wird dasselbe Modell noch einmal geholt, geht es dort weiter</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s), %1 in all; %2 are free.</source>
        <translation>
            <numerusform>%Ln Datei, zusammen %1; %2 sind frei.</numerusform>
            <numerusform>%Ln Dateien, zusammen %1; %2 sind frei.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s), at least %1 in all; %2 are free.</source>
        <translation>
            <numerusform>%Ln Datei, zusammen mindestens %1; %2 sind frei.</numerusform>
            <numerusform>%Ln Dateien, zusammen mindestens %1; %2 sind frei.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of it are there already.</source>
        <translation>%1 davon sind schon da.</translation>
    </message>
    <message>
        <source>They go into %1.</source>
        <translation>Ziel ist %1.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weitere</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (file %2 of %3)</source>
        <translation>%1 (Datei %2 von %3)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Looking what is there …</source>
        <translation>Es wird nachgesehen, was es gibt …</translation>
    </message>
    <message>
        <source>%1 is here and in the list of models.</source>
        <translation>%1 ist da und steht in der Liste der Modelle.</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 per second</source>
        <translation>%1 je Sekunde</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::DropTarget</name>
    <message>
        <source>Drop to read this text as a new document</source>
        <translation>Ablegen, um diesen Text als neues Dokument zu lesen</translation>
    </message>
    <message numerus="yes">
        <source>Drop to open %Ln item(s)</source>
        <translation>
            <numerusform>Ablegen, um %Ln Objekt zu öffnen</numerusform>
            <numerusform>Ablegen, um %Ln Objekte zu öffnen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::EmptyConversation</name>
    <message>
        <source>Nothing has been asked yet</source>
        <translation>Noch keine Fragen gestellt</translation>
    </message>
    <message>
        <source>Answers come from the memory of what has been read, without reading it again. You can ask while the reading goes on.</source>
        <translation>Antworten kommen aus dem Gedächtnis des Gelesenen, ohne es erneut zu lesen. Fragen sind auch möglich, während das Lesen läuft.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ExampleButton</name>
    <message>
        <source>Example question; puts it into the field below.</source>
        <translation>Beispielfrage; setzt sie in das Feld darunter ein.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::FactModel</name>
    <message>
        <source>Planted: %1</source>
        <translation>Eingepflanzt: %1</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Planted</source>
        <translation>Eingepflanzt</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::FindBar</name>
    <message>
        <source>Aa</source>
        <translation>Aa</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß-/Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Capitals and small letters are different</source>
        <translation>Groß- und Kleinbuchstaben werden unterschieden</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Ganze Wörter</translation>
    </message>
    <message>
        <source>Do not find parts of words</source>
        <translation>Keine Wortteile finden</translation>
    </message>
    <message>
        <source>Find in the document</source>
        <translation>Im Dokument suchen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Text to find. Enter goes to the next match, Shift and Enter to the one before.</source>
        <translation>Zu suchender Text. Eingabe geht zum nächsten Treffer, Umschalt und Eingabe zum vorherigen.</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Vorheriger Treffer</translation>
    </message>
    <message>
        <source>Go to the match before (Shift+F3)</source>
        <translation>Zum vorherigen Treffer (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Go to the next match (F3)</source>
        <translation>Zum nächsten Treffer (F3)</translation>
    </message>
    <message>
        <source>Close the find bar</source>
        <translation>Suchleiste schließen</translation>
    </message>
    <message>
        <source>Back to the text (Esc)</source>
        <translation>Zurück zum Text (Esc)</translation>
    </message>
    <message>
        <source>%1+</source>
        <translation>%1+</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>Suche läuft…</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>kein Treffer</translation>
    </message>
    <message>
        <source>Only the first %1 matches are shown.</source>
        <translation>Nur die ersten %1 Treffer werden angezeigt.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::GoToBar</name>
    <message>
        <source>p. 12, segment 41, 38 % or byte 1000</source>
        <translation>S. 12, Segment 41, 38 % oder Byte 1000</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>A page, a segment, a percentage or a byte of the document.</source>
        <translation>Eine Seite, ein Segment, ein Prozentwert oder ein Byte des Dokuments.</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Go to the place that was entered</source>
        <translation>Zur eingegebenen Stelle gehen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Back to the text</source>
        <translation>Zurück zum Text</translation>
    </message>
    <message>
        <source>page p pp</source>
        <comment>words for page, separated by blanks</comment>
        <translation>Seite Seiten S p</translation>
    </message>
    <message>
        <source>segment seg s</source>
        <comment>words for segment, separated by blanks</comment>
        <translation>Segment Seg</translation>
    </message>
    <message>
        <source>byte b</source>
        <comment>words for byte, separated by blanks</comment>
        <translation>Byte B</translation>
    </message>
    <message>
        <source>Enter a page, segment, percentage or byte.</source>
        <translation>Eine Seite, ein Segment, einen Prozentwert oder ein Byte eingeben.</translation>
    </message>
    <message>
        <source>This document has no page marks.</source>
        <translation>Dieses Dokument hat keine Seitenmarken.</translation>
    </message>
    <message>
        <source>Nothing has been read yet, so there are no segments.</source>
        <translation>Es wurde noch nichts gelesen, daher gibt es keine Segmente.</translation>
    </message>
    <message>
        <source>There are segments %1 to %2.</source>
        <translation>Es gibt die Segmente %1 bis %2.</translation>
    </message>
    <message>
        <source>The text has %1 bytes.</source>
        <translation>Der Text hat %1 Byte.</translation>
    </message>
    <message>
        <source>Back to the text (Esc)</source>
        <translation>Zurück zum Text (Esc)</translation>
    </message>
    <message numerus="yes">
        <source>The document has %Ln page(s).</source>
        <translation>
            <numerusform>Das Dokument hat %Ln Seite.</numerusform>
            <numerusform>Das Dokument hat %Ln Seiten.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::HeatLegend</name>
    <message>
        <source>Colour scale: %1</source>
        <translation>Farbskala: %1</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::HintsForm</name>
    <message>
        <source>as the model says</source>
        <translation>wie das Modell sagt</translation>
    </message>
    <message>
        <source>Apply and check again</source>
        <translation>Anwenden und neu prüfen</translation>
    </message>
    <message>
        <source>as the tokenizer says</source>
        <translation>wie der Tokenizer sagt</translation>
    </message>
    <message>
        <source>&amp;Base config</source>
        <translation>&amp;Grundform</translation>
    </message>
    <message>
        <source>For weights without config.json: a shape that ships, such as llama-3.2-1b, or the path of a config.json</source>
        <translation>Für Gewichte ohne config.json: eine mitgelieferte Form wie llama-3.2-1b oder der Pfad einer config.json</translation>
    </message>
    <message>
        <source>&amp;Segment size</source>
        <translation>&amp;Segmentgröße</translation>
    </message>
    <message>
        <source>Tokens of text in a segment</source>
        <translation>Texttokens in einem Segment</translation>
    </message>
    <message>
        <source>Memory &amp;tokens</source>
        <translation>Gedächtnis&amp;tokens</translation>
    </message>
    <message>
        <source>Tokens that carry the memory, at the end of each segment</source>
        <translation>Tokens, die das Gedächtnis tragen, am Ende jedes Segments</translation>
    </message>
    <message>
        <source>LoRA &amp;alpha</source>
        <translation>LoRA-&amp;Alpha</translation>
    </message>
    <message>
        <source>For LoRA pairs without adapter_config.json</source>
        <translation>Für LoRA-Paare ohne adapter_config.json</translation>
    </message>
    <message>
        <source>LoRA &amp;rank</source>
        <translation>LoRA-&amp;Rang</translation>
    </message>
    <message>
        <source>&amp;Chat template</source>
        <translation>&amp;Frageform</translation>
    </message>
    <message>
        <source>A template that ships, such as llama-3, or one with {question} in it</source>
        <translation>Eine mitgelieferte Form wie llama-3 oder eine, in der {question} steht</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::HistorySearch</name>
    <message>
        <source>Search in questions and answers</source>
        <translation>In Fragen und Antworten suchen</translation>
    </message>
    <message>
        <source>Shows only the exchanges that contain this text. Escape shows all.</source>
        <translation>Zeigt nur Fragen und Antworten, die diesen Text enthalten. Escape zeigt alle.</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>Shows all exchanges again.</source>
        <translation>Zeigt wieder alle Fragen und Antworten.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln exchange(s) found</source>
        <translation>
            <numerusform>%Ln Frage mit Antwort gefunden</numerusform>
            <numerusform>%Ln Fragen mit Antwort gefunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::InspectionPage</name>
    <message>
        <source>What the folder does not say</source>
        <translation>Was der Ordner nicht sagt</translation>
    </message>
    <message>
        <source>Shows fields for hints: base config, segment size, LoRA, chat template</source>
        <translation>Zeigt Felder für Hinweise: Grundform, Segmentgröße, LoRA, Frageform</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>&amp;Use as default</source>
        <translation>Als &amp;Vorgabe verwenden</translation>
    </message>
    <message>
        <source>Sessions are read and asked with this model from now on</source>
        <translation>Sitzungen werden von nun an mit diesem Modell gelesen und befragt</translation>
    </message>
    <message>
        <source>C&amp;heck again</source>
        <translation>&amp;Neu prüfen</translation>
    </message>
    <message>
        <source>Reads the folder and every weight again</source>
        <translation>Liest den Ordner und alle Gewichte noch einmal</translation>
    </message>
    <message>
        <source>Show &amp;folder</source>
        <translation>&amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>Opens the folder in the file manager</source>
        <translation>Öffnet den Ordner in der Dateiverwaltung</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Takes the model out of the list; its files stay</source>
        <translation>Nimmt das Modell aus der Liste; seine Dateien bleiben</translation>
    </message>
    <message>
        <source>Move files to &amp;trash</source>
        <translation>Dateien in den &amp;Papierkorb</translation>
    </message>
    <message>
        <source>Takes the model out of the list and moves the downloaded files to the trash</source>
        <translation>Nimmt das Modell aus der Liste und legt die heruntergeladenen Dateien in den Papierkorb</translation>
    </message>
    <message>
        <source>The model that comes with the program</source>
        <translation>Das mitgelieferte Modell</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Is the default</source>
        <translation>Ist die Vorgabe</translation>
    </message>
    <message>
        <source>In the way</source>
        <translation>Im Weg</translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation>Wissenswert</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::LayerChart</name>
    <message>
        <source>Change by layer</source>
        <translation>Änderung je Schicht</translation>
    </message>
    <message>
        <source>How far the two memories are apart in every layer</source>
        <translation>Wie weit die beiden Gedächtnisse in jeder Schicht auseinanderliegen</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>Layer %1: the matrix differs by %2 of its length, the sum of keys by %3</source>
        <translation>Schicht %1: Die Matrix unterscheidet sich um %2 ihrer Länge, die Schlüsselsumme um %3</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::LibraryController</name>
    <message>
        <source>The copy is called “%1”.</source>
        <translation>Die Kopie heißt „%1“.</translation>
    </message>
    <message numerus="yes">
        <source>“%1” is intact: %Ln snapshot(s) agree with their checksums.</source>
        <translation>
            <numerusform>„%1“ ist unversehrt: %Ln Schnappschuss stimmt mit seiner Prüfsumme überein.</numerusform>
            <numerusform>„%1“ ist unversehrt: %Ln Schnappschüsse stimmen mit ihren Prüfsummen überein.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is damaged: %2. Duplicate what can still be read, or restore a backup.</source>
        <translation>„%1“ ist beschädigt: %2. Duplizieren, was sich noch lesen lässt, oder eine Sicherung zurückspielen.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::MainWindow</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Wavefront</source>
        <translation>Wellenfront</translation>
    </message>
    <message>
        <source>Main toolbar</source>
        <translation>Hauptwerkzeugleiste</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Starts, pauses or goes on with reading the document</source>
        <translation>Startet oder pausiert das Lesen des Dokuments oder setzt es fort</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be opened; the first: %1</source>
        <translation>
            <numerusform>%Ln Datei konnte nicht geöffnet werden: %1</numerusform>
            <numerusform>%Ln Dateien konnten nicht geöffnet werden; die erste: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read %Ln token(s) in %1 s. Ask what you want to know.</source>
        <translation>
            <numerusform>%Ln Token in %1 s gelesen. Jetzt sind Fragen möglich.</numerusform>
            <numerusform>%Ln Token in %1 s gelesen. Jetzt sind Fragen möglich.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln question(s)</source>
        <translation>
            <numerusform>%Ln Frage</numerusform>
            <numerusform>%Ln Fragen</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is in the trash; it stays there for 30 days.</source>
        <translation>„%1“ liegt im Papierkorb und bleibt dort 30 Tage.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Rename the session</source>
        <translation>Sitzung umbenennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>&amp;Resume reading</source>
        <translation>&amp;Lesen fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Erneut versu&amp;chen</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>&amp;Lesen</translation>
    </message>
    <message>
        <source>&amp;Continue reading</source>
        <translation>&amp;Lesen fortsetzen</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Export the conversation</source>
        <translation>Gespräch exportieren</translation>
    </message>
    <message>
        <source>The conversation was written to %1.</source>
        <translation>Das Gespräch wurde nach %1 geschrieben.</translation>
    </message>
    <message>
        <source>The CPU: this build has no GPU backend.</source>
        <translation>Die CPU: Dieser Build hat kein GPU-Backend.</translation>
    </message>
    <message>
        <source>CUDA: this build has no GPU backend.</source>
        <translation>CUDA: Dieser Build hat kein GPU-Backend.</translation>
    </message>
    <message>
        <source>CPU backend, float32</source>
        <translation>CPU-Backend, float32</translation>
    </message>
    <message>
        <source>no GPU backend in this build</source>
        <translation>kein GPU-Backend in diesem Build</translation>
    </message>
    <message>
        <source>Go on with the CPU</source>
        <translation>Mit der CPU fortfahren</translation>
    </message>
    <message>
        <source>Looking for a GPU…</source>
        <translation>Suche nach einer GPU…</translation>
    </message>
    <message>
        <source>CUDA: %1.</source>
        <translation>CUDA: %1.</translation>
    </message>
    <message>
        <source>The GPU: %1.</source>
        <translation>Die GPU: %1.</translation>
    </message>
    <message>
        <source>The CPU: %1.</source>
        <translation>Die CPU: %1.</translation>
    </message>
    <message>
        <source>GPU backend, bfloat16: %1</source>
        <translation>GPU-Backend, bfloat16: %1</translation>
    </message>
    <message>
        <source>Tidemark did not end well while loading “%1” the last time, so it is not loaded by itself.</source>
        <translation>Tidemark endete beim letzten Mal nicht ordentlich, als es „%1“ lud; darum wird es nicht von selbst geladen.</translation>
    </message>
    <message>
        <source>Load it anyway</source>
        <translation>Trotzdem laden</translation>
    </message>
    <message>
        <source>Use the built-in model</source>
        <translation>Das mitgelieferte Modell nehmen</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>Open documents or a session</source>
        <translation>Dokumente oder eine Sitzung öffnen</translation>
    </message>
    <message>
        <source>Add documents to the session</source>
        <translation>Dokumente zur Sitzung hinzufügen</translation>
    </message>
    <message>
        <source>Answers along the document</source>
        <translation>Antworten entlang des Dokuments</translation>
    </message>
    <message>
        <source>What is at the top of the text has not been read yet.</source>
        <translation>Was oben im Text steht, ist noch nicht gelesen.</translation>
    </message>
    <message>
        <source>Write the question first, or select one that was asked.</source>
        <translation>Schreiben Sie erst die Frage, oder wählen Sie eine gestellte aus.</translation>
    </message>
    <message>
        <source>Compare memories</source>
        <translation>Gedächtnisse vergleichen</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Erinnerung</translation>
    </message>
    <message>
        <source>Compare with a session file</source>
        <translation>Mit einer Sitzungsdatei vergleichen</translation>
    </message>
    <message>
        <source>Sessions (*.tidemark)</source>
        <translation>Sitzungen (*.tidemark)</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::MarginStrip</name>
    <message>
        <source>Place in the document</source>
        <translation>Stelle im Dokument</translation>
    </message>
    <message>
        <source>The whole document with evidence, bookmarks and matches. Arrow keys go through it.</source>
        <translation>Das ganze Dokument mit Belegen, Lesezeichen und Treffern. Pfeiltasten bewegen sich darin.</translation>
    </message>
    <message>
        <source>%1 % of the document</source>
        <translation>%1 % des Dokuments</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::MemoryPresenter</name>
    <message numerus="yes">
        <source>%Ln character(s) went out of the session.</source>
        <translation>
            <numerusform>%Ln Zeichen wurde aus der Sitzung genommen.</numerusform>
            <numerusform>%Ln Zeichen wurden aus der Sitzung genommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The memory as of %1 is pinned: it stays, whatever the space for snapshots. %Ln segment(s) were read again for it.</source>
        <translation>
            <numerusform>Das Gedächtnis (Stand %1) ist angeheftet: Es bleibt, wie groß der Platz für Schnappschüsse auch ist. Dafür wurde %Ln Segment erneut gelesen.</numerusform>
            <numerusform>Das Gedächtnis (Stand %1) ist angeheftet: Es bleibt, wie groß der Platz für Schnappschüsse auch ist. Dafür wurden %Ln Segmente erneut gelesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>the selection</source>
        <translation>der Auswahl</translation>
    </message>
    <message>
        <source>This is a memory without its text: it was exported like that. Questions can be asked; there is nothing to read, to search or to mark.</source>
        <translation>Dies ist ein Gedächtnis ohne seinen Text: So wurde es exportiert. Fragen sind möglich; zu lesen, zu suchen oder anzustreichen gibt es nichts.</translation>
    </message>
    <message>
        <source>The text is being taken out of the memory…</source>
        <translation>Der Text wird aus dem Gedächtnis genommen…</translation>
    </message>
    <message>
        <source>The session is being forked…</source>
        <translation>Die Sitzung wird abgezweigt…</translation>
    </message>
    <message>
        <source>The memory as of this place is being read again…</source>
        <translation>Das Gedächtnis an dieser Stelle wird erneut gelesen…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>There is no text behind this place; duplicate the session instead.</source>
        <translation>Hinter dieser Stelle steht kein Text; duplizieren Sie stattdessen die Sitzung.</translation>
    </message>
    <message>
        <source>%1 as of %2</source>
        <comment>name of a session, place</comment>
        <translation>%1, Stand %2</translation>
    </message>
    <message>
        <source>There is no text behind this place.</source>
        <translation>Hinter dieser Stelle steht kein Text.</translation>
    </message>
    <message>
        <source>Rewind to %1? All text behind it (%2) goes out of this session for good, with the evidence that points there. The files it came from stay; a fork leaves this session as it is.</source>
        <translation>Bis %1 zurückspulen? Aller Text dahinter (%2) wird endgültig aus dieser Sitzung genommen, mit den Belegen, die dorthin zeigen. Die Dateien, aus denen er kam, bleiben; eine Abzweigung lässt diese Sitzung, wie sie ist.</translation>
    </message>
    <message>
        <source>Fork from here</source>
        <translation>Hier abzweigen</translation>
    </message>
    <message>
        <source>Rewind</source>
        <translation>Zurückspulen</translation>
    </message>
    <message>
        <source>That is all the text of the session; move the session to the trash instead.</source>
        <translation>Das ist der ganze Text der Sitzung; verschieben Sie stattdessen die Sitzung in den Papierkorb.</translation>
    </message>
    <message>
        <source>Undo the reading of %1? Its text (%2) goes out of this session for good; what stands behind it is read again. The file it came from stays; a fork leaves this session as it is.</source>
        <translation>Lesen von %1 rückgängig machen? Der Text (%2) wird endgültig aus dieser Sitzung genommen; was dahinter steht, wird erneut gelesen. Die Datei, aus der er kam, bleibt; eine Abzweigung lässt diese Sitzung, wie sie ist.</translation>
    </message>
    <message>
        <source>%1 without %2</source>
        <comment>name of a session, part of it</comment>
        <translation>%1 ohne %2</translation>
    </message>
    <message>
        <source>Undo it in a fork</source>
        <translation>In einer Abzweigung rückgängig machen</translation>
    </message>
    <message>
        <source>Undo the reading</source>
        <translation>Lesen rückgängig machen</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>p. %1</source>
        <translation>S. %1</translation>
    </message>
    <message>
        <source>segment %1</source>
        <translation>Segment %1</translation>
    </message>
    <message>
        <source>less than 1</source>
        <translation>weniger als 1</translation>
    </message>
    <message>
        <source>%1, %2 % of the text</source>
        <translation>%1, %2 % des Textes</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>The answer changes: %1 as of %2, %3 as of %4</source>
        <translation>Die Antwort ändert sich: %1 (Stand %2), %3 (Stand %4)</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::MemoryToolsPresenter</name>
    <message>
        <source>This is a memory without its text, which would have to be read again; open the session that it was exported from.</source>
        <translation>Dies ist ein Gedächtnis ohne seinen Text, der noch einmal gelesen werden müsste; öffnen Sie die Sitzung, aus der es exportiert wurde.</translation>
    </message>
    <message>
        <source>The memory of this session is not loaded; try again when it can be asked.</source>
        <translation>Das Gedächtnis dieser Sitzung ist nicht geladen; versuchen Sie es wieder, wenn sie befragt werden kann.</translation>
    </message>
    <message>
        <source>Recall can be measured once the text was read to its end.</source>
        <translation>Die Erinnerung kann gemessen werden, sobald der Text bis zum Ende gelesen ist.</translation>
    </message>
    <message>
        <source>The text is shorter than one segment: there is nothing to forget.</source>
        <translation>Der Text ist kürzer als ein Segment: Es gibt nichts zu vergessen.</translation>
    </message>
    <message>
        <source>What is at the top of the text has not been read yet.</source>
        <translation>Was oben im Text steht, wurde noch nicht gelesen.</translation>
    </message>
    <message>
        <source>Nothing has been read into that session yet: there is no memory to compare.</source>
        <translation>In diese Sitzung wurde noch nichts gelesen: Es gibt kein Gedächtnis zu vergleichen.</translation>
    </message>
    <message>
        <source>This takes the model, which is not loaded; choose places with a snapshot (at the end there always is one), and do not ask the questions.</source>
        <translation>Dazu braucht es das Modell, das nicht geladen ist; wählen Sie Stellen mit einem Schnappschuss (am Ende gibt es immer einen), und stellen Sie die Fragen nicht.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::MessageBar</name>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Copies the message and its details to the clipboard</source>
        <translation>Kopiert die Meldung und ihre Details in die Zwischenablage</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln Meldung</numerusform>
            <numerusform>%Ln Meldungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln time(s)</source>
        <translation>
            <numerusform>%Ln-mal</numerusform>
            <numerusform>%Ln-mal</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::MeterStrip</name>
    <message>
        <source>Speed and memory</source>
        <translation>Geschwindigkeit und Gedächtnis</translation>
    </message>
    <message>
        <source>Tokens per second (median of the last seconds). The memory keeps its size at any length of text; the rising line is what a key/value cache would take for the same text.</source>
        <translation>Token pro Sekunde (Median der letzten Sekunden). Das Gedächtnis bleibt bei jeder Textlänge gleich groß; die steigende Linie zeigt, was ein KV-Cache (Key/Value) für denselben Text belegen würde.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ModelDownload</name>
    <message>
        <source>%1 could not be reached: %2. What came is kept; go on when the connection is back.</source>
        <translation>%1 war nicht zu erreichen: %2. Was kam, bleibt; fortsetzen, wenn die Verbindung wieder da ist.</translation>
    </message>
    <message>
        <source>%1; trying again soon</source>
        <translation>%1; gleich der nächste Versuch</translation>
    </message>
    <message>
        <source>%1 gives “%2” only to those it knows; type an access token, or check the name.</source>
        <translation>%1 gibt „%2“ nur denen, die es kennt; einen Zugangsschlüssel eingeben oder den Namen prüfen.</translation>
    </message>
    <message>
        <source>%1 does not give “%2” for this access token; check the token and the name.</source>
        <translation>%1 gibt „%2“ für diesen Zugangsschlüssel nicht her; Schlüssel und Namen prüfen.</translation>
    </message>
    <message>
        <source>%1 knows no “%2”; check how it is written.</source>
        <translation>%1 kennt kein „%2“; die Schreibweise prüfen.</translation>
    </message>
    <message>
        <source>%1 answered with status %2; try again later.</source>
        <translation>%1 antwortete mit dem Status %2; später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1 could not be read: %2.</source>
        <translation>%1 konnte nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1 answered with far more than a list of files.</source>
        <translation>%1 antwortete mit weit mehr als einer Liste von Dateien.</translation>
    </message>
    <message>
        <source>it answered with status %1</source>
        <translation>die Antwort hatte den Status %1</translation>
    </message>
    <message>
        <source>“%1” holds no weights that can be read (model.safetensors or pytorch_model.bin).</source>
        <translation>„%1“ enthält keine lesbaren Gewichte (model.safetensors oder pytorch_model.bin).</translation>
    </message>
    <message>
        <source>“%1” holds its weights in folders (%2); give the address of one of them.</source>
        <translation>„%1“ hat seine Gewichte in Ordnern (%2); die Adresse eines davon angeben.</translation>
    </message>
    <message>
        <source>%1 are needed and %2 are free in %3; make room first.</source>
        <translation>%1 werden gebraucht und %2 sind frei in %3; erst Platz schaffen.</translation>
    </message>
    <message>
        <source>%1 could not be made (%2); choose another folder or check its permissions.</source>
        <translation>%1 konnte nicht angelegt werden (%2); einen anderen Ordner wählen oder seine Rechte prüfen.</translation>
    </message>
    <message>
        <source>%1 should have %2 bytes and the server sends %3; nothing was kept of it. Look again.</source>
        <translation>%1 sollte %2 Bytes haben und der Server schickt %3; davon wurde nichts behalten. Noch einmal nachsehen.</translation>
    </message>
    <message>
        <source>More came of %1 than its %2 bytes; nothing was kept of it.</source>
        <translation>Von %1 kam mehr als seine %2 Bytes; davon wurde nichts behalten.</translation>
    </message>
    <message>
        <source>%1 could not be fetched: %2.</source>
        <translation>%1 konnte nicht geholt werden: %2.</translation>
    </message>
    <message numerus="yes">
        <source>nothing came for %Ln second(s)</source>
        <translation>
            <numerusform>es kam %Ln Sekunde lang nichts</numerusform>
            <numerusform>es kam %Ln Sekunden lang nichts</numerusform>
        </translation>
    </message>
    <message>
        <source>the connection ended too early</source>
        <translation>die Verbindung endete zu früh</translation>
    </message>
    <message>
        <source>it leads to an address that is not https</source>
        <translation>sie führt zu einer Adresse ohne https</translation>
    </message>
    <message>
        <source>it leads from address to address without an end</source>
        <translation>sie führt endlos von Adresse zu Adresse</translation>
    </message>
    <message>
        <source>%1 answered with something that is not a list of files; try again later.</source>
        <translation>%1 antwortete mit etwas, das keine Liste von Dateien ist; später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1 lists a file called “%2”, which is not a plain name; nothing was fetched.</source>
        <translation>%1 nennt eine Datei „%2“, was kein einfacher Name ist; es wurde nichts geholt.</translation>
    </message>
    <message>
        <source>%1 says something impossible of the file “%2”; nothing was fetched.</source>
        <translation>%1 sagt Unmögliches über die Datei „%2“; es wurde nichts geholt.</translation>
    </message>
    <message>
        <source>The index of the weights names “%1”, which is not a plain name; nothing was fetched.</source>
        <translation>Das Verzeichnis der Gewichte nennt „%1“, was kein einfacher Name ist; es wurde nichts geholt.</translation>
    </message>
    <message>
        <source>The index of the weights does not say which files they are in; nothing was fetched.</source>
        <translation>Das Verzeichnis der Gewichte sagt nicht, in welchen Dateien sie sind; es wurde nichts geholt.</translation>
    </message>
    <message>
        <source>“%1” is not an address; give one that begins with https://.</source>
        <translation>„%1“ ist keine Adresse; eine angeben, die mit https:// beginnt.</translation>
    </message>
    <message>
        <source>Models are fetched over https only; “%1” is another kind of address.</source>
        <translation>Modelle werden nur über https geholt; „%1“ ist eine andere Art von Adresse.</translation>
    </message>
    <message>
        <source>“%1” is neither the name of a model (OWNER/NAME) nor the address of one; look up how it is called on the hub.</source>
        <translation>„%1“ ist weder der Name eines Modells (EIGNER/NAME) noch die Adresse eines solchen; auf dem Hub nachsehen, wie es heißt.</translation>
    </message>
    <message>
        <source>%1 could not be written (%2); make room or choose another folder.</source>
        <translation>%1 konnte nicht geschrieben werden (%2); Platz schaffen oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>it became shorter meanwhile</source>
        <translation>sie ist inzwischen kürzer</translation>
    </message>
    <message>
        <source>%1 could not be written (%2); make room and resume.</source>
        <translation>%1 konnte nicht geschrieben werden (%2); Platz schaffen und fortsetzen.</translation>
    </message>
    <message>
        <source>%1 could not be written; make room and resume.</source>
        <translation>%1 konnte nicht geschrieben werden; Platz schaffen und fortsetzen.</translation>
    </message>
    <message>
        <source>%1 has %2 bytes and should have %3; what came was thrown away. Try again later.</source>
        <translation>%1 hat %2 Bytes und sollte %3 haben; was kam, wurde verworfen. Später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1 has the checksum %2… and should have %3…; what came was thrown away. Try again later.</source>
        <translation>%1 hat die Prüfsumme %2… und sollte %3… haben; was kam, wurde verworfen. Später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>%1 could not be given its name; check that its folder can be written to.</source>
        <translation>%1 konnte nicht umbenannt werden; prüfen, ob der Ordner beschreibbar ist.</translation>
    </message>
    <message numerus="yes">
        <source>%1 asks to be left alone for %n minute(s). What came is kept; go on then.</source>
        <translation>
            <numerusform>%1 bittet um %n Minute Ruhe. Was schon da ist, bleibt; machen Sie danach weiter.</numerusform>
            <numerusform>%1 bittet um %n Minuten Ruhe. Was schon da ist, bleibt; machen Sie danach weiter.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ModelListModel</name>
    <message>
        <source>comes with the program</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>default · %1</source>
        <translation>Vorgabe · %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ModelManager</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Enter makes a model the default, Delete takes it out of the list</source>
        <translation>Die Eingabetaste macht ein Modell zur Vorgabe, Entf nimmt es aus der Liste</translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation>O&amp;rdner hinzufügen…</translation>
    </message>
    <message>
        <source>Adds a folder with a model to the list; nothing is copied</source>
        <translation>Nimmt einen Ordner mit einem Modell in die Liste auf; nichts wird kopiert</translation>
    </message>
    <message>
        <source>D&amp;ownload…</source>
        <translation>Her&amp;unterladen…</translation>
    </message>
    <message>
        <source>Fetches a model from the hub or another address</source>
        <translation>Holt ein Modell vom Hub oder von einer anderen Adresse</translation>
    </message>
    <message>
        <source>Folder of a model</source>
        <translation>Ordner eines Modells</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ModelPage</name>
    <message>
        <source>Model and device</source>
        <translation>Modell und Gerät</translation>
    </message>
    <message>
        <source>The model that comes with the program</source>
        <translation>Das mitgelieferte Modell</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>GPU (CUDA)</source>
        <translation>GPU (CUDA)</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>How many threads the CPU computes with</source>
        <translation>Mit wie vielen Threads die CPU rechnet</translation>
    </message>
    <message>
        <source>&amp;Threads</source>
        <translation>&amp;Threads</translation>
    </message>
    <message>
        <source>All (%1)</source>
        <translation>Alle (%1)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Mo&amp;dels…</source>
        <translation>M&amp;odelle…</translation>
    </message>
    <message>
        <source>Shows what each model needs; adds a folder or downloads one</source>
        <translation>Zeigt, was jedes Modell braucht; fügt einen Ordner hinzu oder lädt eines herunter</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>D&amp;evice</source>
        <translation>&amp;Gerät</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ModelsController</name>
    <message>
        <source>%1 could not be looked at (%2).</source>
        <translation>%1 konnte nicht untersucht werden (%2).</translation>
    </message>
    <message>
        <source>%1 could not be moved to the trash (%2); it stays where it is.</source>
        <translation>%1 konnte nicht in den Papierkorb gelegt werden (%2); es bleibt, wo es ist.</translation>
    </message>
    <message>
        <source>%1 could not be brought back; look for it in the trash of the desktop.</source>
        <translation>%1 konnte nicht zurückgeholt werden; im Papierkorb des Desktops danach suchen.</translation>
    </message>
    <message>
        <source>Built-in model</source>
        <translation>Mitgeliefertes Modell</translation>
    </message>
    <message numerus="yes">
        <source>The list holds %Ln model(s) and no more; remove one first.</source>
        <translation>
            <numerusform>Die Liste fasst nur %Ln Modell; erst eines entfernen.</numerusform>
            <numerusform>Die Liste fasst nur %Ln Modelle; erst eines entfernen.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is no longer in the list; its files are where they were.</source>
        <translation>„%1“ steht nicht mehr in der Liste; seine Dateien sind, wo sie waren.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>The files of “%1” are in the trash of the desktop.</source>
        <translation>Die Dateien von „%1“ liegen im Papierkorb des Desktops.</translation>
    </message>
    <message>
        <source>“%1” was downloaded.</source>
        <translation>„%1“ wurde heruntergeladen.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::OutlineModel</name>
    <message>
        <source>%1, you are here</source>
        <translation>%1, aktuelle Stelle</translation>
    </message>
    <message>
        <source>%1, page %2</source>
        <translation>%1, Seite %2</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::PagePanel</name>
    <message>
        <source>Why there are no pages</source>
        <translation>Warum es keine Seiten gibt</translation>
    </message>
    <message>
        <source>This document has no pages of its own.</source>
        <translation>Dieses Dokument hat keine eigenen Seiten.</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>The page that is seen; type another and press Enter to go there</source>
        <translation>Die sichtbare Seite; geben Sie eine andere ein und drücken Sie Enter</translation>
    </message>
    <message>
        <source>Type a page, as it is printed or counted, and press Enter</source>
        <translation>Geben Sie eine Seite ein, wie sie gedruckt oder gezählt ist, und drücken Sie Enter</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Smaller pages (Ctrl and wheel)</source>
        <translation>Kleinere Seiten (Strg und Mausrad)</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Larger pages (Ctrl and wheel)</source>
        <translation>Größere Seiten (Strg und Mausrad)</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>Ganze Breite</translation>
    </message>
    <message>
        <source>Pages as wide as this panel</source>
        <translation>Seiten so breit wie dieses Feld</translation>
    </message>
    <message>
        <source>Fit the page</source>
        <translation>Ganze Seite</translation>
    </message>
    <message>
        <source>One whole page at a time</source>
        <translation>Immer eine ganze Seite</translation>
    </message>
    <message>
        <source>Dark pages</source>
        <translation>Dunkle Seiten</translation>
    </message>
    <message>
        <source>Dark paper and light ink; pictures are inverted too</source>
        <translation>Dunkles Papier und helle Schrift; auch Bilder werden umgekehrt</translation>
    </message>
    <message>
        <source>Hide the pages</source>
        <translation>Seiten ausblenden</translation>
    </message>
    <message>
        <source>Opening the pages…</source>
        <translation>Seiten werden geöffnet…</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::PageView</name>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>The pages of the document as they look. Page Up and Page Down turn pages, arrow keys scroll, Ctrl with plus and minus zooms.</source>
        <translation>Die Seiten des Dokuments, wie sie aussehen. Bild auf und Bild ab blättern, Pfeiltasten rollen, Strg mit Plus und Minus zoomt.</translation>
    </message>
    <message>
        <source>This page cannot be shown: %1</source>
        <translation>Diese Seite kann nicht gezeigt werden: %1</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::PlaceChooser</name>
    <message>
        <source>%1: as of</source>
        <comment>which memory</comment>
        <translation>%1: Stand</translation>
    </message>
    <message>
        <source>%1: segment</source>
        <comment>which memory</comment>
        <translation>%1: Segment</translation>
    </message>
    <message>
        <source>at the end</source>
        <translation>am Ende</translation>
    </message>
    <message>
        <source>at the top of the text</source>
        <translation>oben im sichtbaren Text</translation>
    </message>
    <message>
        <source>after segment</source>
        <translation>nach Segment</translation>
    </message>
    <message>
        <source>segment %1</source>
        <translation>Segment %1</translation>
    </message>
    <message>
        <source>snapshot after %1</source>
        <translation>Schnappschuss nach %1</translation>
    </message>
    <message>
        <source>snapshot after %1 (%2)</source>
        <comment>place, segment</comment>
        <translation>Schnappschuss nach %1 (%2)</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Pages of the preferences</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Reset this page</source>
        <translation>Diese Seite &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Gives the settings on this page their default values</source>
        <translation>Setzt die Einstellungen auf dieser Seite auf ihre Standardwerte</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::QuestionDiffModel</name>
    <message>
        <source>not asked</source>
        <translation>nicht gestellt</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>First memory</source>
        <translation>Erstes Gedächtnis</translation>
    </message>
    <message>
        <source>Second memory</source>
        <translation>Zweites Gedächtnis</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::QuestionEditor</name>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Enter asks, Shift and Enter start a new line, Up in an empty field brings back the previous question.</source>
        <translation>Eingabe stellt die Frage, Umschalt und Eingabe beginnen eine neue Zeile, Auf holt in einem leeren Feld die vorherige Frage zurück.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::QuestionInput</name>
    <message>
        <source>as of segment </source>
        <extracomment>before the number of a segment: the memory after it is asked</extracomment>
        <translation>Stand Segment </translation>
    </message>
    <message>
        <source>Segment to ask as of</source>
        <translation>Segment, dessen Stand befragt wird</translation>
    </message>
    <message>
        <source>The question is answered from the memory after this segment.</source>
        <translation>Die Frage wird aus dem Gedächtnis nach diesem Segment beantwortet.</translation>
    </message>
    <message>
        <source>Ask the newest memory</source>
        <translation>Das neueste Gedächtnis befragen</translation>
    </message>
    <message>
        <source>Takes the segment away, so the question is answered from everything read.</source>
        <translation>Entfernt das Segment, sodass die Frage aus allem Gelesenen beantwortet wird.</translation>
    </message>
    <message>
        <source>Ask about the document…</source>
        <translation>Frage zum Dokument…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Stops the answer that is being written.</source>
        <translation>Stoppt die Antwort, die gerade geschrieben wird.</translation>
    </message>
    <message>
        <source>Asks the question in the field above.</source>
        <translation>Stellt die Frage aus dem Feld darüber.</translation>
    </message>
    <message>
        <source>Enter puts the question behind the one being answered</source>
        <translation>Eingabe stellt die Frage hinter die gerade beantwortete</translation>
    </message>
    <message>
        <source>Enter asks, Shift+Enter starts a new line</source>
        <translation>Eingabe stellt die Frage, Umschalt+Eingabe beginnt eine neue Zeile</translation>
    </message>
    <message numerus="yes">
        <source>Ask about the first %Ln segment(s)…</source>
        <extracomment>placeholder of the field where questions are written</extracomment>
        <translation>
            <numerusform>Frage zum %Ln. Segment…</numerusform>
            <numerusform>Frage zu den ersten %Ln Segmenten…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s) more than a question should have. Shorten it, or it may be refused.</source>
        <translation>
            <numerusform>%Ln Zeichen mehr, als eine Frage haben sollte. Kürzen, sonst wird sie möglicherweise abgelehnt.</numerusform>
            <numerusform>%Ln Zeichen mehr, als eine Frage haben sollte. Kürzen, sonst wird sie möglicherweise abgelehnt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::QuestionPanel</name>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Search in questions and answers</source>
        <translation>In Fragen und Antworten suchen</translation>
    </message>
    <message>
        <source>Opens a field that filters the exchanges.</source>
        <translation>Öffnet ein Feld, das Fragen und Antworten filtert.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ReadingBar</name>
    <message>
        <source>%1–%2</source>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>about %1 s left</source>
        <translation>noch etwa %1 s</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>noch etwa %1 min</translation>
    </message>
    <message>
        <source>about %1 h left</source>
        <translation>noch etwa %1 h</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln segment(s)</source>
        <translation>
            <numerusform>%1 von %Ln Segment</numerusform>
            <numerusform>%1 von %Ln Segmenten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln segment(s)</source>
        <translation>
            <numerusform>%Ln Segment</numerusform>
            <numerusform>%Ln Segmente</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ReadingListModel</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>checking…</source>
        <translation>wird geprüft…</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>read all the same</source>
        <translation>wird trotzdem gelesen</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%1 von %2: %3</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ReadingListPage</name>
    <message>
        <source>&amp;Up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Read this file earlier (Alt+Up)</source>
        <translation>Diese Datei früher lesen (Alt+Auf)</translation>
    </message>
    <message>
        <source>Do&amp;wn</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Read this file later (Alt+Down)</source>
        <translation>Diese Datei später lesen (Alt+Ab)</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Take this file out of the list (Delete)</source>
        <translation>Diese Datei aus der Liste nehmen (Entf)</translation>
    </message>
    <message>
        <source>Read all the &amp;same</source>
        <translation>&amp;Trotzdem lesen</translation>
    </message>
    <message>
        <source>Read what little text there is, although most pages are images (space bar)</source>
        <translation>Das wenige an Text lesen, obwohl die meisten Seiten Bilder sind (Leertaste)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Read none of them (Esc)</source>
        <translation>Keine davon lesen (Esc)</translation>
    </message>
    <message>
        <source>Read the files of the list in this order</source>
        <translation>Die Dateien der Liste in dieser Reihenfolge lesen</translation>
    </message>
    <message numerus="yes">
        <source>Looking at %Ln file(s)…</source>
        <translation>
            <numerusform>%Ln Datei wird angesehen…</numerusform>
            <numerusform>%Ln Dateien werden angesehen…</numerusform>
        </translation>
    </message>
    <message>
        <source>It is read at once unless something is missing.</source>
        <translation>Sie wird gleich gelesen, wenn nichts fehlt.</translation>
    </message>
    <message>
        <source>Nothing is read before you say so.</source>
        <translation>Nichts wird gelesen, bevor Sie es sagen.</translation>
    </message>
    <message>
        <source>None of these files can be read</source>
        <translation>Keine dieser Dateien ist lesbar</translation>
    </message>
    <message>
        <source>Choose others, or read a scan all the same.</source>
        <translation>Wählen Sie andere, oder lesen Sie einen Scan trotzdem.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) will be added, in this order</source>
        <translation>
            <numerusform>%Ln Dokument wird hinzugefügt</numerusform>
            <numerusform>%Ln Dokumente werden in dieser Reihenfolge hinzugefügt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) will be read, in this order</source>
        <translation>
            <numerusform>%Ln Dokument wird gelesen</numerusform>
            <numerusform>%Ln Dokumente werden in dieser Reihenfolge gelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>What comes later is read with the memory of what came before.</source>
        <translation>Was später kommt, wird mit der Erinnerung an das Frühere gelesen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) will be left out.</source>
        <translation>
            <numerusform>%Ln Datei wird ausgelassen.</numerusform>
            <numerusform>%Ln Dateien werden ausgelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>&amp;Lesen</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Read %Ln document(s)</source>
        <translation>
            <numerusform>%Ln Dokument &amp;lesen</numerusform>
            <numerusform>%Ln Dokumente &amp;lesen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ReadingListView</name>
    <message>
        <source>Files to be read</source>
        <translation>Zu lesende Dateien</translation>
    </message>
    <message>
        <source>In the order in which they will be read. Alt with the arrow keys moves a file, Delete takes it out of the list, the space bar reads a scan all the same.</source>
        <translation>In der Reihenfolge, in der sie gelesen werden. Alt mit den Pfeiltasten verschiebt eine Datei, Entf nimmt sie aus der Liste, die Leertaste liest einen Scan trotzdem.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ReadingPage</name>
    <message>
        <source>Reading and memory</source>
        <translation>Lesen und Gedächtnis</translation>
    </message>
    <message>
        <source>Show where &amp;segments end in the document</source>
        <translation>&amp;Segmentgrenzen im Dokument anzeigen</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source>Space for snapshots</source>
        <translation>Platz für Schnappschüsse</translation>
    </message>
    <message>
        <source>Space for s&amp;napshots</source>
        <translation>&amp;Platz für Schnappschüsse</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Work between snapshots</source>
        <translation>Arbeit zwischen Schnappschüssen</translation>
    </message>
    <message>
        <source>After a crash at most this much is read again</source>
        <translation>Nach einem Absturz wird höchstens so viel erneut gelesen</translation>
    </message>
    <message>
        <source>&amp;Work between snapshots</source>
        <translation>&amp;Arbeit zwischen Schnappschüssen</translation>
    </message>
    <message>
        <source>After a crash at most this much is read again.</source>
        <translation>Nach einem Absturz wird höchstens so viel erneut gelesen.</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln snapshot(s) of this model (%1 each)</source>
        <translation>
            <numerusform>etwa %Ln Schnappschuss dieses Modells (%1)</numerusform>
            <numerusform>etwa %Ln Schnappschüsse dieses Modells (je %1)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The open session keeps %Ln (%1).</source>
        <translation>
            <numerusform>Die offene Sitzung hält %Ln Schnappschuss (%1).</numerusform>
            <numerusform>Die offene Sitzung hält %Ln Schnappschüsse (%1).</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading on thins them out to this space; pinned ones stay.</source>
        <translation>Weiterlesen dünnt sie auf diesen Platz aus; angeheftete bleiben.</translation>
    </message>
    <message numerus="yes">
        <source>Asking as of any place reads at most %Ln segment(s) again.</source>
        <translation>
            <numerusform>Eine Frage zu einem früheren Stand liest höchstens %Ln Segment erneut.</numerusform>
            <numerusform>Eine Frage zu einem früheren Stand liest höchstens %Ln Segmente erneut.</numerusform>
        </translation>
    </message>
    <message>
        <source>They tell which passage an answer came from.</source>
        <translation>Sie sagen, aus welcher Stelle eine Antwort kam.</translation>
    </message>
    <message>
        <source>With this model they take %1 for every segment, %2 for a text of 100,000 tokens.</source>
        <translation>Bei diesem Modell brauchen sie %1 je Segment, %2 für einen Text von 100.000 Token.</translation>
    </message>
    <message>
        <source>This device cannot keep them; the CPU can.</source>
        <translation>Dieses Gerät kann sie nicht aufheben; die CPU kann es.</translation>
    </message>
    <message>
        <source>That is little beside the text, so they are kept.</source>
        <translation>Das ist wenig neben dem Text, also werden sie aufgehoben.</translation>
    </message>
    <message>
        <source>That is much beside the text, so they are not kept.</source>
        <translation>Das ist viel neben dem Text, also werden sie nicht aufgehoben.</translation>
    </message>
    <message>
        <source>Where they are small</source>
        <translation>Wo sie klein sind</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Memory traces</source>
        <translation>Gedächtnisspuren</translation>
    </message>
    <message>
        <source>Keep memory &amp;traces</source>
        <translation>Gedächtnis&amp;spuren aufheben</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::RecallChart</name>
    <message>
        <source>Recall by distance</source>
        <translation>Erinnerung nach Abstand</translation>
    </message>
    <message>
        <source>How many of the facts were recalled, by how many segments behind them were read</source>
        <translation>Wie viele der Tatsachen erinnert wurden, danach geordnet, wie viele Segmente dahinter gelesen wurden</translation>
    </message>
    <message>
        <source>novelty</source>
        <translation>Neuheit</translation>
    </message>
    <message>
        <source>%1 segments before the end</source>
        <translation>%1 Segmente vor dem Ende</translation>
    </message>
    <message>
        <source>%1: no fact stood there</source>
        <translation>%1: Dort stand keine Tatsache</translation>
    </message>
    <message>
        <source>%1: %2 of %3 facts recalled, %4 right by luck</source>
        <translation>%1: %2 von %3 Tatsachen erinnert, %4 zufällig richtig</translation>
    </message>
    <message>
        <source>%1; novelty %2</source>
        <comment>counts, number</comment>
        <translation>%1; Neuheit %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::RecallPanel</name>
    <message>
        <source>Recall</source>
        <translation>Erinnerung</translation>
    </message>
    <message>
        <source>&amp;Facts</source>
        <translation>&amp;Tatsachen</translation>
    </message>
    <message>
        <source>&amp;at a time</source>
        <translation>&amp;je Lesung</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>&amp;Messen</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Recalled, and hatched: right by luck</source>
        <translation>Erinnert, und schraffiert: zufällig richtig</translation>
    </message>
    <message>
        <source>Planted facts</source>
        <translation>Eingepflanzte Tatsachen</translation>
    </message>
    <message>
        <source>How far back can this memory be trusted? The text is read again with invented facts at known places, into a memory of its own; at the end each is asked for, and what is recalled is counted by distance. The session stays as it is.</source>
        <translation>Wie weit zurück ist diesem Gedächtnis zu trauen? Der Text wird noch einmal gelesen, mit erfundenen Tatsachen an bekannten Stellen, in ein eigenes Gedächtnis; am Ende wird nach jeder gefragt, und was erinnert wird, nach Abstand gezählt. Die Sitzung bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>&amp;Go to where it was planted</source>
        <translation>Zur Stelle &amp;gehen, an der sie steht</translation>
    </message>
    <message>
        <source>How many facts are planted, evenly over the text</source>
        <translation>Wie viele Tatsachen eingepflanzt werden, gleichmäßig über den Text</translation>
    </message>
    <message>
        <source>Most facts in one reading: many at once confuse each other. The text is read as often as it takes.</source>
        <translation>Höchstens so viele Tatsachen in einer Lesung: Viele auf einmal verwirren einander. Der Text wird so oft gelesen wie nötig.</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Tatsachen</translation>
    </message>
    <message>
        <source>Facts in one reading</source>
        <translation>Tatsachen in einer Lesung</translation>
    </message>
    <message>
        <source>Progress of the measurement</source>
        <translation>Fortschritt der Messung</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Als Text kopieren</translation>
    </message>
    <message>
        <source>Copy the recall as text</source>
        <translation>Die Erinnerung als Text kopieren</translation>
    </message>
    <message>
        <source>%1 segments read, %2 of %3 answers</source>
        <translation>%1 Segmente gelesen, %2 von %3 Antworten</translation>
    </message>
    <message>
        <source>%1; %2 left</source>
        <comment>what was done, time</comment>
        <translation>%1; noch %2</translation>
    </message>
    <message>
        <source>Open a session to measure its recall.</source>
        <translation>Öffnen Sie eine Sitzung, um ihre Erinnerung zu messen.</translation>
    </message>
    <message numerus="yes">
        <source>Reads the text %Ln time(s)</source>
        <translation>
            <numerusform>Liest den Text %Ln Mal</numerusform>
            <numerusform>Liest den Text %Ln Mal</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 tokens, and asks %3 questions</source>
        <comment>how often, tokens, questions</comment>
        <translation>%1, %2 Token, und stellt %3 Fragen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what, how long</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1. The session stays as it is, and can be asked meanwhile.</source>
        <translation>%1. Die Sitzung bleibt, wie sie ist, und kann währenddessen befragt werden.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SegmentChart</name>
    <message>
        <source>Segments that differ</source>
        <translation>Segmente, die sich unterscheiden</translation>
    </message>
    <message>
        <source>What each segment wrote into the two memories; Enter goes to its text.</source>
        <translation>Was jedes Segment in die beiden Gedächtnisse schrieb; die Eingabetaste geht zu seinem Text.</translation>
    </message>
    <message>
        <source>segment %1</source>
        <translation>Segment %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>place, segment</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>novelty, first</source>
        <translation>Neuheit, erstes</translation>
    </message>
    <message>
        <source>novelty, second</source>
        <translation>Neuheit, zweites</translation>
    </message>
    <message>
        <source>writes, first</source>
        <translation>schreibt, erstes</translation>
    </message>
    <message>
        <source>writes, second</source>
        <translation>schreibt, zweites</translation>
    </message>
    <message>
        <source>novelty %1, write strength %2</source>
        <translation>Neuheit %1, Schreibstärke %2</translation>
    </message>
    <message>
        <source>%1: only in the first memory: %2</source>
        <translation>%1: nur im ersten Gedächtnis: %2</translation>
    </message>
    <message>
        <source>%1: only in the second memory: %2</source>
        <translation>%1: nur im zweiten Gedächtnis: %2</translation>
    </message>
    <message>
        <source>%1: first %2; second %3</source>
        <translation>%1: erstes %2; zweites %3</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionBrowser</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Filter by name or document</source>
        <translation>Nach Name oder Dokument filtern</translation>
    </message>
    <message>
        <source>Filter sessions</source>
        <translation>Sitzungen filtern</translation>
    </message>
    <message>
        <source>Shows only sessions whose name or documents hold this text</source>
        <translation>Zeigt nur Sitzungen, deren Name oder Dokumente diesen Text enthalten</translation>
    </message>
    <message>
        <source>Enter opens a session, F2 renames it, Delete moves it to the trash</source>
        <translation>Eingabe öffnet eine Sitzung, F2 benennt sie um, Entf verschiebt sie in den Papierkorb</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Show file</source>
        <translation>Datei anzeigen</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In den Papierkorb verschieben</translation>
    </message>
    <message>
        <source>Sessions that were thrown away; Enter brings one back</source>
        <translation>Gelöschte Sitzungen; Eingabe stellt eine wieder her</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Empty trash</source>
        <translation>Papierkorb leeren</translation>
    </message>
    <message>
        <source>Removes everything in the trash for good</source>
        <translation>Entfernt alles im Papierkorb endgültig</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionController</name>
    <message>
        <source>The memory of this session is not loaded; try again when it can be asked.</source>
        <translation>Das Gedächtnis dieser Sitzung ist nicht geladen; versuchen Sie es wieder, wenn sie befragt werden kann.</translation>
    </message>
    <message>
        <source>The session is being read; stop reading first, or wait for its end.</source>
        <translation>Die Sitzung wird gelesen; halten Sie erst das Lesen an, oder warten Sie sein Ende ab.</translation>
    </message>
    <message>
        <source>The memory is busy with something else; stop that first.</source>
        <translation>Das Gedächtnis ist mit etwas anderem beschäftigt; halten Sie das erst an.</translation>
    </message>
    <message>
        <source>A question is being answered; wait for its answer, or stop it first.</source>
        <translation>Eine Frage wird beantwortet; warten Sie die Antwort ab, oder halten Sie sie erst an.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionDelegate</name>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>Enter keeps the name, Escape leaves the old one</source>
        <translation>Eingabe übernimmt den Namen, Escape behält den alten</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionListModel</name>
    <message>
        <source>%1, open</source>
        <translation>%1, geöffnet</translation>
    </message>
    <message>
        <source>cannot be opened: %1</source>
        <translation>lässt sich nicht öffnen: %1</translation>
    </message>
    <message>
        <source>%1, last changed %2</source>
        <translation>%1, zuletzt geändert %2</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weiteres</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionMenu</name>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen…</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>&amp;Prüfen</translation>
    </message>
    <message>
        <source>Show &amp;file</source>
        <translation>Datei &amp;anzeigen</translation>
    </message>
    <message>
        <source>&amp;Copy path</source>
        <translation>Pfad &amp;kopieren</translation>
    </message>
    <message>
        <source>Move to &amp;trash</source>
        <translation>In den Papierkorb &amp;verschieben</translation>
    </message>
    <message>
        <source>Compare with the o&amp;pen session</source>
        <translation>Mit der o&amp;ffenen Sitzung vergleichen</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionPresenter</name>
    <message>
        <source>What is said about “%1”?</source>
        <translation>Was wird über „%1“ gesagt?</translation>
    </message>
    <message>
        <source>Resumed behind segment %1: 0 tokens were read again, ready after %2 ms.</source>
        <translation>Fortgesetzt nach Segment %1: 0 Token erneut gelesen, bereit nach %2 ms.</translation>
    </message>
    <message>
        <source>Resumed behind segment %1, %2 % of the text: 0 tokens were read again, ready after %3 ms.</source>
        <translation>Fortgesetzt nach Segment %1, %2 % des Textes: 0 Token erneut gelesen, bereit nach %3 ms.</translation>
    </message>
    <message>
        <source>Continue reading</source>
        <translation>Lesen fortsetzen</translation>
    </message>
    <message>
        <source>no GPU: this build has no GPU backend</source>
        <translation>keine GPU: Dieser Build hat kein GPU-Backend</translation>
    </message>
    <message>
        <source>Open a document or a session to ask about it.</source>
        <translation>Für Fragen ein Dokument oder eine Sitzung öffnen.</translation>
    </message>
    <message>
        <source>The model is being loaded…</source>
        <translation>Das Modell wird geladen…</translation>
    </message>
    <message>
        <source>opening…</source>
        <translation>wird geöffnet…</translation>
    </message>
    <message>
        <source>This session can be looked at, not asked: %1</source>
        <translation>Diese Sitzung lässt sich ansehen, aber nicht befragen: %1</translation>
    </message>
    <message>
        <source>cannot be asked</source>
        <translation>nicht befragbar</translation>
    </message>
    <message>
        <source>Nothing has been read yet.</source>
        <translation>Es wurde noch nichts gelesen.</translation>
    </message>
    <message>
        <source>stopped at %1 %</source>
        <translation>gestoppt bei %1 %</translation>
    </message>
    <message numerus="yes">
        <source>reading · %Ln question(s)</source>
        <translation>
            <numerusform>Lesen läuft · %Ln Frage</numerusform>
            <numerusform>Lesen läuft · %Ln Fragen</numerusform>
        </translation>
    </message>
    <message>
        <source>paused at %1 %</source>
        <translation>pausiert bei %1 %</translation>
    </message>
    <message numerus="yes">
        <source>finished · %Ln question(s)</source>
        <translation>
            <numerusform>fertig · %Ln Frage</numerusform>
            <numerusform>fertig · %Ln Fragen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>memory without text · %Ln question(s)</source>
        <translation>
            <numerusform>Gedächtnis ohne Text · %Ln Frage</numerusform>
            <numerusform>Gedächtnis ohne Text · %Ln Fragen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionSidebar</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Enter opens a session, F2 renames it, Delete moves it to the trash</source>
        <translation>Eingabe öffnet eine Sitzung, F2 benennt sie um, Entf verschiebt sie in den Papierkorb</translation>
    </message>
    <message>
        <source>Open a document to start the first session.</source>
        <translation>Ein Dokument öffnen, um die erste Sitzung zu beginnen.</translation>
    </message>
    <message>
        <source>Filter sessions</source>
        <translation>Sitzungen filtern</translation>
    </message>
    <message>
        <source>Shows only sessions whose name holds this text</source>
        <translation>Zeigt nur Sitzungen, deren Name diesen Text enthält</translation>
    </message>
    <message>
        <source>No session has this in its name.</source>
        <translation>Keine Sitzung hat dies im Namen.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionTableModel</name>
    <message>
        <source>⚠ %1</source>
        <translation>⚠ %1</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>%1 (open)</source>
        <translation>%1 (geöffnet)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt verwendet</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>Segmente</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionText</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>nothing read yet</source>
        <translation>noch nichts gelesen</translation>
    </message>
    <message>
        <source>paused at %1</source>
        <translation>pausiert bei %1</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message numerus="yes">
        <source>finished · %Ln questions</source>
        <translation>
            <numerusform>fertig · %Ln Frage</numerusform>
            <numerusform>fertig · %Ln Fragen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SessionsPage</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Folder for sessions</source>
        <translation>Ordner für Sitzungen</translation>
    </message>
    <message>
        <source>Where new sessions are kept</source>
        <translation>Wo neue Sitzungen gespeichert werden</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>&amp;Durchsuchen…</translation>
    </message>
    <message>
        <source>Choose the folder for sessions</source>
        <translation>Den Ordner für Sitzungen wählen</translation>
    </message>
    <message>
        <source>&amp;Folder for sessions</source>
        <translation>&amp;Ordner für Sitzungen</translation>
    </message>
    <message>
        <source>One session is one file. Sessions in the folder used so far stay there.</source>
        <translation>Eine Sitzung ist eine Datei. Sitzungen im bisherigen Ordner bleiben dort.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>All shortcuts, grouped by menu</source>
        <translation>Alle Tastenkürzel, nach Menüs geordnet</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>&amp;Drucken…</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Sonstige</translation>
    </message>
    <message>
        <source>Tidemark keyboard shortcuts</source>
        <translation>Tastenkürzel von Tidemark</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SidebarPlaces</name>
    <message>
        <source>What to list of the open session</source>
        <translation>Was von der geöffneten Sitzung aufgelistet wird</translation>
    </message>
    <message>
        <source>Contents, documents or bookmarks; the arrow keys change between them</source>
        <translation>Inhalt, Dokumente oder Lesezeichen; die Pfeiltasten wechseln zwischen ihnen</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Headings of the text; Enter goes to one</source>
        <translation>Überschriften des Textes; Eingabe geht zu einer</translation>
    </message>
    <message>
        <source>Headings of the text appear here.</source>
        <translation>Überschriften des Textes erscheinen hier.</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Documents of the open session; Enter goes to one</source>
        <translation>Dokumente der geöffneten Sitzung; Eingabe geht zu einem</translation>
    </message>
    <message>
        <source>Documents of the open session appear here.</source>
        <translation>Dokumente der geöffneten Sitzung erscheinen hier.</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Enter goes to a bookmark, F2 renames it, Delete removes it</source>
        <translation>Eingabe geht zu einem Lesezeichen, F2 benennt es um, Entf entfernt es</translation>
    </message>
    <message>
        <source>Places that you mark appear here.</source>
        <translation>Markierte Stellen erscheinen hier.</translation>
    </message>
    <message>
        <source>&amp;Go there</source>
        <translation>&amp;Dorthin gehen</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen…</translation>
    </message>
    <message>
        <source>R&amp;emove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>&amp;Undo reading of this…</source>
        <translation>Dies &amp;ungelesen machen…</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SingleInstance</name>
    <message>
        <source>There is no private folder for a socket; a second start opens a second program.</source>
        <translation>Es gibt keinen privaten Ordner für einen Socket; ein zweiter Start öffnet ein zweites Programm.</translation>
    </message>
    <message>
        <source>The program that runs already does not answer; this is a second one.</source>
        <translation>Das bereits laufende Programm antwortet nicht; dies ist ein zweites.</translation>
    </message>
    <message>
        <source>The socket %1 cannot be used; a second start opens a second program.</source>
        <translation>Der Socket %1 lässt sich nicht verwenden; ein zweiter Start öffnet ein zweites Programm.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::SourcesPresenter</name>
    <message>
        <source>%1 has changed since it was read.</source>
        <translation>%1 hat sich seit dem Lesen geändert.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) have changed since they were read; the first: %1.</source>
        <translation>
            <numerusform>%Ln Dokument hat sich seit dem Lesen geändert: %1.</numerusform>
            <numerusform>%Ln Dokumente haben sich seit dem Lesen geändert; das erste: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Read again from the change</source>
        <translation>Ab der Änderung neu lesen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) of this session cannot be found or read any more; what was read of them stays.</source>
        <translation>
            <numerusform>%Ln Datei dieser Sitzung ist nicht mehr da oder nicht lesbar; was daraus gelesen wurde, bleibt.</numerusform>
            <numerusform>%Ln Dateien dieser Sitzung sind nicht mehr da oder nicht lesbar; was daraus gelesen wurde, bleibt.</numerusform>
        </translation>
    </message>
    <message>
        <source>The files of this session are what they were when they were read.</source>
        <translation>Die Dateien dieser Sitzung sind noch so, wie sie gelesen wurden.</translation>
    </message>
    <message>
        <source>This session was not read from files.</source>
        <translation>Diese Sitzung wurde nicht aus Dateien gelesen.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::StatusLine</name>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
    <message>
        <source>memory %1</source>
        <translation>Gedächtnis %1</translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message numerus="yes">
        <source>tail %Ln token(s)</source>
        <translation>
            <numerusform>Rest %Ln Token</numerusform>
            <numerusform>Rest %Ln Token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln snapshot(s)</source>
        <translation>
            <numerusform>%Ln Schnappschuss</numerusform>
            <numerusform>%Ln Schnappschüsse</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ui::TimelinePanel</name>
    <message>
        <source>Answers along the document</source>
        <translation>Antworten entlang des Dokuments</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Questions that were asked along the document</source>
        <translation>Fragen, die entlang des Dokuments gestellt wurden</translation>
    </message>
    <message>
        <source>Stop asking; the answers so far stay</source>
        <translation>Fragen anhalten; die bisherigen Antworten bleiben</translation>
    </message>
    <message>
        <source>Stop asking along the document</source>
        <translation>Fragen entlang des Dokuments anhalten</translation>
    </message>
    <message>
        <source>One question, asked of the memory as it was at many places: “Ask along the document” in the menu of a question shows here where the answer changes.</source>
        <translation>Eine Frage, gestellt an das Gedächtnis, wie es an vielen Stellen war: „Das Dokument entlang befragen“ im Menü einer Frage zeigt hier, wo sich die Antwort ändert.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln place(s)</source>
        <translation>
            <numerusform>%1 von %Ln Stelle</numerusform>
            <numerusform>%1 von %Ln Stellen</numerusform>
        </translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message numerus="yes">
        <source>Asked at %Ln place(s)</source>
        <translation>
            <numerusform>An %Ln Stelle gefragt</numerusform>
            <numerusform>An %Ln Stellen gefragt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: the answer is the same at each.</source>
        <translation>%1: Die Antwort ist überall dieselbe.</translation>
    </message>
    <message numerus="yes">
        <source>%1: the answer changes %Ln time(s).</source>
        <translation>
            <numerusform>%1: Die Antwort ändert sich %Ln-mal.</numerusform>
            <numerusform>%1: Die Antwort ändert sich %Ln-mal.</numerusform>
        </translation>
    </message>
    <message>
        <source>The paler, the less sure was the model.</source>
        <translation>Je blasser, desto unsicherer war das Modell.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::TimelineView</name>
    <message>
        <source>Answers along the document</source>
        <translation>Antworten entlang des Dokuments</translation>
    </message>
    <message>
        <source>Left and Right go from place to place, Up and Down to where the answer changes, Enter goes to the text.</source>
        <translation>Links und Rechts gehen von Stelle zu Stelle, Auf und Ab dorthin, wo sich die Antwort ändert, Eingabe geht zum Text.</translation>
    </message>
    <message>
        <source>segment %1</source>
        <translation>Segment %1</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>After %1: %2 (before: %3) · %4 % sure of its words</source>
        <translation>Nach %1: %2 (vorher: %3) · seiner Worte zu %4 % sicher</translation>
    </message>
    <message>
        <source>After %1: %2 · %3 % sure of its words</source>
        <translation>Nach %1: %2 · seiner Worte zu %3 % sicher</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>place, answer</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 to %2: %3</source>
        <comment>places, answer</comment>
        <translation>%1 bis %2: %3</translation>
    </message>
    <message>
        <source>&amp;Go to the text</source>
        <translation>Zum Text &amp;gehen</translation>
    </message>
    <message>
        <source>Ask as &amp;of here</source>
        <translation>Stand an &amp;dieser Stelle befragen</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::TransportBar</name>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Plays the read again (Space).</source>
        <translation>Spielt den Lesevorgang noch einmal ab (Leertaste).</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Moment of the read that is shown.</source>
        <translation>Angezeigter Zeitpunkt des Lesevorgangs.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>Speed of the replay.</source>
        <translation>Geschwindigkeit der Wiedergabe.</translation>
    </message>
    <message>
        <source>Leave the replay</source>
        <translation>Wiedergabe verlassen</translation>
    </message>
    <message>
        <source>Shows the read as it stands now.</source>
        <translation>Zeigt den Lesevorgang, wie er jetzt steht.</translation>
    </message>
    <message>
        <source>Leave replay</source>
        <translation>Wiedergabe verlassen</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Keeps the front of the read in view (L).</source>
        <translation>Hält die Front des Lesevorgangs im Blick (L).</translation>
    </message>
    <message>
        <source>%1x</source>
        <translation>%1×</translation>
    </message>
    <message>
        <source>fit to 10 s</source>
        <translation>in 10 s</translation>
    </message>
    <message>
        <source>Pause the replay</source>
        <translation>Wiedergabe pausieren</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>replayed as it ran</source>
        <translation>Wiedergabe wie gelaufen</translation>
    </message>
    <message>
        <source>replayed from the schedule, not timed</source>
        <translation>Wiedergabe nach dem Ablaufplan, ohne Zeitmessung</translation>
    </message>
    <message>
        <source>simulated: this read did not run in this order</source>
        <translation>simuliert: Dieser Lesevorgang lief nicht in dieser Reihenfolge</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::TrashModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Thrown away</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::UndoCommands</name>
    <message>
        <source>rename “%1” to “%2”</source>
        <translation>(„%1“ in „%2“ umbenennen)</translation>
    </message>
    <message>
        <source>move “%1” to the trash</source>
        <translation>(„%1“ in den Papierkorb verschieben)</translation>
    </message>
    <message>
        <source>add a bookmark</source>
        <translation>(Lesezeichen hinzufügen)</translation>
    </message>
    <message>
        <source>remove a bookmark</source>
        <translation>(Lesezeichen entfernen)</translation>
    </message>
    <message>
        <source>rename a bookmark</source>
        <translation>(Lesezeichen umbenennen)</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::WavefrontGrid</name>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>segment %1</source>
        <translation>Segment %1</translation>
    </message>
    <message>
        <source>Wavefront</source>
        <translation>Wellenfront</translation>
    </message>
    <message>
        <source>Jump to live</source>
        <translation>Zum aktuellen Stand</translation>
    </message>
    <message>
        <source>Shows the front of the read and follows it again.</source>
        <translation>Zeigt die Front des Lesevorgangs und folgt ihr wieder.</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Open a document to see it being read.</source>
        <translation>Ein Dokument öffnen, um zu sehen, wie es gelesen wird.</translation>
    </message>
    <message>
        <source>Jump to the playhead</source>
        <translation>Zur Wiedergabeposition</translation>
    </message>
    <message>
        <source>Ask as of here</source>
        <translation>Stand an dieser Stelle befragen</translation>
    </message>
    <message>
        <source>Go to passage</source>
        <translation>Zur Textstelle</translation>
    </message>
    <message>
        <source>Copy numbers</source>
        <translation>Werte kopieren</translation>
    </message>
    <message>
        <source>Fork from here…</source>
        <translation>Hier abzweigen…</translation>
    </message>
    <message>
        <source>Rewind to here…</source>
        <translation>Bis hierher zurückspulen…</translation>
    </message>
    <message>
        <source>Pin the memory here</source>
        <translation>Gedächtnis hier anheften</translation>
    </message>
    <message>
        <source>Compare the memory here with the end</source>
        <translation>Das Gedächtnis hier mit dem Ende vergleichen</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::WavefrontPanel</name>
    <message>
        <source>Wavefront</source>
        <translation>Wellenfront</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>What the colour of a cell stands for (keys 1 to 4).</source>
        <translation>Wofür die Farbe einer Zelle steht (Tasten 1 bis 4).</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Order in which the cells are replayed.</source>
        <translation>Reihenfolge, in der die Zellen wiedergegeben werden.</translation>
    </message>
    <message>
        <source>diagonal</source>
        <translation>diagonal</translation>
    </message>
    <message>
        <source>sequential</source>
        <translation>sequenziell</translation>
    </message>
    <message>
        <source>shear</source>
        <translation>Scherung</translation>
    </message>
    <message>
        <source>Shear</source>
        <translation>Scherung</translation>
    </message>
    <message>
        <source>Stands the diagonal up: everything in a column runs at the same time.</source>
        <translation>Richtet die Diagonale auf: Alles in einer Spalte läuft gleichzeitig.</translation>
    </message>
    <message>
        <source>Amount of shear</source>
        <translation>Stärke der Scherung</translation>
    </message>
    <message>
        <source>From segments side by side (0) to steps side by side (100).</source>
        <translation>Von Segmenten nebeneinander (0) bis zu Schritten nebeneinander (100).</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Saves a picture of this view.</source>
        <translation>Speichert ein Bild dieser Ansicht.</translation>
    </message>
    <message>
        <source>Numbers copied.</source>
        <translation>Werte kopiert.</translation>
    </message>
    <message>
        <source>Colour by age</source>
        <translation>Farbe nach Alter</translation>
    </message>
    <message>
        <source>Colour by novelty</source>
        <translation>Farbe nach Neuheit</translation>
    </message>
    <message>
        <source>Colour by write strength</source>
        <translation>Farbe nach Schreibstärke</translation>
    </message>
    <message>
        <source>Colour by change of memory</source>
        <translation>Farbe nach Gedächtnisänderung</translation>
    </message>
    <message>
        <source>Colour by evidence</source>
        <translation>Farbe nach Belegen</translation>
    </message>
    <message>
        <source>Zoom in on the wavefront</source>
        <translation>Wellenfront vergrößern</translation>
    </message>
    <message>
        <source>Zoom out of the wavefront</source>
        <translation>Wellenfront verkleinern</translation>
    </message>
    <message>
        <source>Show the whole wavefront</source>
        <translation>Ganze Wellenfront anzeigen</translation>
    </message>
    <message>
        <source>Show the selected cell</source>
        <translation>Ausgewählte Zelle anzeigen</translation>
    </message>
    <message>
        <source>Go to the first segment</source>
        <translation>Zum ersten Segment</translation>
    </message>
    <message>
        <source>Go to the last segment</source>
        <translation>Zum letzten Segment</translation>
    </message>
    <message>
        <source>Play or pause the replay</source>
        <translation>Wiedergabe starten oder pausieren</translation>
    </message>
    <message>
        <source>Follow the front</source>
        <translation>Der Front folgen</translation>
    </message>
    <message>
        <source>Previous snapshot</source>
        <translation>Vorheriger Schnappschuss</translation>
    </message>
    <message>
        <source>Next snapshot</source>
        <translation>Nächster Schnappschuss</translation>
    </message>
    <message>
        <source>Clear the selected cell</source>
        <translation>Zellauswahl aufheben</translation>
    </message>
    <message>
        <source>Shear the wavefront</source>
        <translation>Wellenfront scheren</translation>
    </message>
    <message>
        <source>Copy the numbers of the cell</source>
        <translation>Werte der Zelle kopieren</translation>
    </message>
    <message>
        <source>Picture (PNG, %1x)…</source>
        <translation>Bild (PNG, %1-fach)…</translation>
    </message>
    <message>
        <source>Drawing (SVG)…</source>
        <translation>Zeichnung (SVG)…</translation>
    </message>
    <message>
        <source>Export the wavefront</source>
        <translation>Wellenfront exportieren</translation>
    </message>
    <message>
        <source>SVG drawings (*.svg)</source>
        <translation>SVG-Zeichnungen (*.svg)</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::WavefrontRibbon</name>
    <message>
        <source>Whole document</source>
        <translation>Ganzes Dokument</translation>
    </message>
    <message>
        <source>All segments in one strip; the frame is the part that the grid shows. Left and Right move it.</source>
        <translation>Alle Segmente in einem Streifen; der Rahmen ist der Teil, den das Raster zeigt. Links und Rechts verschieben ihn.</translation>
    </message>
</context>
<context>
    <name>tidemark::ui::WelcomePage</name>
    <message>
        <source>Ask questions of long documents</source>
        <translation>Fragen an lange Dokumente stellen</translation>
    </message>
    <message>
        <source>Everything stays on this computer.</source>
        <translation>Alles bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>You can also drop files, folders or text anywhere in this window.</source>
        <translation>Dateien, Ordner oder Text lassen sich auch überall in diesem Fenster ablegen.</translation>
    </message>
    <message>
        <source>Open a document</source>
        <translation>Dokument öffnen</translation>
    </message>
    <message>
        <source>Choose a text or Markdown file and read it from the first page to the last.</source>
        <translation>Eine Text- oder Markdown-Datei wählen und von der ersten bis zur letzten Seite lesen.</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>Resume the last session</source>
        <translation>Letzte Sitzung fortsetzen</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>There is no session yet. What you read is kept, so you can go on here later.</source>
        <translation>Es gibt noch keine Sitzung. Gelesenes bleibt erhalten, sodass es hier später weitergehen kann.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Two chapters of Moby-Dick with facts hidden in them: read in a second, with three questions to ask.</source>
        <translation>Zwei Kapitel aus Moby-Dick mit versteckten Angaben: in einer Sekunde gelesen, mit drei Fragen dazu.</translation>
    </message>
</context>
</TS>
