<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Card</name>
    <message>
        <source>at most</source>
        <translation>höchstens</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>Bezahlt mit</translation>
    </message>
    <message>
        <source>You can stop it</source>
        <translation>Abbrechen geht</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>bis es gesendet wird</translation>
    </message>
    <message>
        <source>until it is sent or you leave</source>
        <translation>bis es gesendet wird oder Sie losfahren</translation>
    </message>
    <message>
        <source>saved, paid later</source>
        <translation>gespeichert, später bezahlt</translation>
    </message>
    <message>
        <source>at most; saved, paid later</source>
        <translation>höchstens; gespeichert, später bezahlt</translation>
    </message>
    <message>
        <source>saved, sent later</source>
        <translation>gespeichert, später gesendet</translation>
    </message>
    <message>
        <source>at most; saved, sent later</source>
        <translation>höchstens; gespeichert, später gesendet</translation>
    </message>
</context>
<context>
    <name>Daemon</name>
    <message>
        <source>Desk mode: development keys, sandbox payments</source>
        <translation>Testbetrieb: Entwicklungsschlüssel, Sandbox-Zahlungen</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Fuel</source>
        <translation>Tanken</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Pump %1</source>
        <translation>Säule %1</translation>
    </message>
    <message>
        <source>until you start fuelling</source>
        <translation>bis Sie zu tanken beginnen</translation>
    </message>
    <message>
        <source>Undo until fuelling starts</source>
        <translation>Rückgängig bis zum Tanken</translation>
    </message>
    <message>
        <source>Parking</source>
        <translation>Parken</translation>
    </message>
    <message>
        <source>Zone %1</source>
        <translation>Zone %1</translation>
    </message>
    <message>
        <source>Gate %1</source>
        <translation>Tor %1</translation>
    </message>
    <message>
        <source>until you leave</source>
        <translation>bis Sie losfahren</translation>
    </message>
    <message>
        <source>Undo until you leave</source>
        <translation>Rückgängig bis zur Abfahrt</translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation>Kaffee</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Bestellen</translation>
    </message>
    <message>
        <source>Pickup %1</source>
        <translation>Abholung %1</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>bis es gesendet wird</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>Rückgängig bis zum Senden</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Charger %1</source>
        <translation>Ladepunkt %1</translation>
    </message>
    <message>
        <source>until charging starts</source>
        <translation>bis das Laden beginnt</translation>
    </message>
    <message>
        <source>Undo until charging starts</source>
        <translation>Rückgängig bis zum Laden</translation>
    </message>
    <message>
        <source>Toll</source>
        <translation>Maut</translation>
    </message>
    <message>
        <source>Lane %1</source>
        <translation>Spur %1</translation>
    </message>
    <message>
        <source>Car wash</source>
        <translation>Autowäsche</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>Box %1</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>Essen</translation>
    </message>
    <message>
        <source>Assistant credit</source>
        <translation>Assistenten-Guthaben</translation>
    </message>
    <message>
        <source>Top up</source>
        <translation>Aufladen</translation>
    </message>
    <message>
        <source>until it is first used</source>
        <translation>bis es zum ersten Mal genutzt wird</translation>
    </message>
    <message>
        <source>Undo until it is first used</source>
        <translation>Rückgängig bis zur Nutzung</translation>
    </message>
    <message>
        <source>Membership</source>
        <translation>Mitgliedschaft</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>one period, then asked again</source>
        <translation>ein Zeitraum, dann neue Frage</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>A purchase waits. Unlock payments when parked.</source>
        <translation>Ein Kauf wartet. Zahlungen im Stand entsperren.</translation>
    </message>
    <message>
        <source>A purchase waits. Details when parked.</source>
        <translation>Ein Kauf wartet. Mehr im Stand.</translation>
    </message>
    <message>
        <source>The car's storage is full.</source>
        <translation>Der Speicher des Autos ist voll.</translation>
    </message>
    <message>
        <source>Nothing was approved. The car's storage is full.</source>
        <translation>Nichts wurde freigegeben. Der Speicher des Autos ist voll.</translation>
    </message>
    <message>
        <source>%1 more when parked.</source>
        <translation>%1 weitere im Stand.</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>Approved, not paid yet</source>
        <translation>Freigegeben, noch nicht bezahlt</translation>
    </message>
    <message>
        <source>Saved in the car, not paid yet</source>
        <translation>Im Auto gespeichert, nicht bezahlt</translation>
    </message>
    <message>
        <source>Saved in the car. Paid when back online.</source>
        <translation>Im Auto gespeichert. Wird online bezahlt.</translation>
    </message>
    <message>
        <source>Saved in the car. Sent when back online, until %1.</source>
        <translation>Im Auto gespeichert. Wird online gesendet, bis %1.</translation>
    </message>
    <message>
        <source>Saved in the car. Being sent now.</source>
        <translation>Im Auto gespeichert. Wird gesendet.</translation>
    </message>
    <message>
        <source>Sent. Waiting for the answer.</source>
        <translation>Gesendet. Die Antwort steht aus.</translation>
    </message>
    <message>
        <source>Sent. The answer comes when back online.</source>
        <translation>Gesendet. Die Antwort kommt online.</translation>
    </message>
    <message>
        <source>Paid %1</source>
        <translation>%1 bezahlt</translation>
    </message>
    <message>
        <source>You approved up to %1. The rest is released.</source>
        <translation>Bis %1 freigegeben. Der Rest ist wieder frei.</translation>
    </message>
    <message>
        <source>Refunded %1</source>
        <translation>%1 erstattet</translation>
    </message>
    <message>
        <source>At most %1 is held. Not paid yet.</source>
        <translation>Höchstens %1 reserviert. Noch nicht bezahlt.</translation>
    </message>
    <message>
        <source>Nothing was paid.</source>
        <translation>Es wurde nichts bezahlt.</translation>
    </message>
    <message>
        <source>Too late to stop.</source>
        <translation>Kein Abbruch mehr.</translation>
    </message>
    <message>
        <source>Undo until %1</source>
        <translation>Rückgängig bis %1</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>Rückgängig bis zum Senden</translation>
    </message>
    <message>
        <source>Undo until sent or leaving</source>
        <translation>Rückgängig bis Senden/Abfahrt</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>%1 at most</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>Nicht möglich</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Zurückgezogen</translation>
    </message>
    <message>
        <source>The assistant took it back. Nothing was paid.</source>
        <translation>Vom Assistenten zurückgezogen. Nichts wurde bezahlt.</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Ersetzt</translation>
    </message>
    <message>
        <source>A newer one took its place. Nothing was paid.</source>
        <translation>Durch ein neueres ersetzt. Nichts wurde bezahlt.</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>Wartet auf Sie</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>Reserviert</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Handed over, not paid yet</source>
        <translation>Übergeben, noch nicht bezahlt</translation>
    </message>
    <message>
        <source>The merchant collects it.</source>
        <translation>Der Händler zieht es ein.</translation>
    </message>
    <message>
        <source>Lapsed</source>
        <translation>Verfallen</translation>
    </message>
    <message>
        <source>It was not accepted in time. Nothing was paid.</source>
        <translation>Nicht rechtzeitig angenommen. Nichts wurde bezahlt.</translation>
    </message>
    <message>
        <source>Your bank refused</source>
        <translation>Ihre Bank lehnt ab</translation>
    </message>
    <message>
        <source>Your bank asks for more</source>
        <translation>Ihre Bank fragt nach</translation>
    </message>
    <message>
        <source>This car cannot give it yet. Nothing was paid.</source>
        <translation>Das kann dieses Auto noch nicht. Nichts wurde bezahlt.</translation>
    </message>
    <message>
        <source>Held back, not paid yet</source>
        <translation>Angehalten, noch nicht bezahlt</translation>
    </message>
    <message>
        <source>The payment service did not take it.</source>
        <translation>Der Zahlungsdienst nahm es nicht an.</translation>
    </message>
    <message>
        <source>Stop requested</source>
        <translation>Abbruch angefragt</translation>
    </message>
    <message>
        <source>Not confirmed yet.</source>
        <translation>Noch nicht bestätigt.</translation>
    </message>
    <message>
        <source>Too late to stop</source>
        <translation>Zu spät zum Abbrechen</translation>
    </message>
    <message>
        <source>The final amount is not confirmed yet.</source>
        <translation>Der Endbetrag ist noch nicht bestätigt.</translation>
    </message>
    <message>
        <source>Reservation released</source>
        <translation>Reservierung aufgehoben</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Aufgegeben</translation>
    </message>
    <message>
        <source>It will not be sent again.</source>
        <translation>Es wird nicht erneut gesendet.</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>Reklamiert</translation>
    </message>
    <message>
        <source>The answer is not here yet.</source>
        <translation>Die Antwort steht noch aus.</translation>
    </message>
    <message>
        <source>Dispute closed</source>
        <translation>Reklamation beendet</translation>
    </message>
    <message>
        <source>The record holds the outcome.</source>
        <translation>Das Ergebnis steht im Protokoll.</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>Noch keine Antwort</translation>
    </message>
    <message>
        <source>It may have gone through. The car asks.</source>
        <translation>Vielleicht gelungen. Das Auto fragt nach.</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Payments paused, service needed</source>
        <translation>Zahlen pausiert, Werkstatt nötig</translation>
    </message>
    <message>
        <source>This car cannot pay for that.</source>
        <translation>Das kann dieses Auto nicht bezahlen.</translation>
    </message>
    <message>
        <source>You have not allowed this kind of purchase.</source>
        <translation>Diese Art Kauf haben Sie nicht erlaubt.</translation>
    </message>
    <message>
        <source>The assistant's request was not complete.</source>
        <translation>Die Anfrage des Assistenten war unvollständig.</translation>
    </message>
    <message>
        <source>The assistant did not say where.</source>
        <translation>Der Assistent hat nicht gesagt, wo.</translation>
    </message>
    <message>
        <source>The offer is too old.</source>
        <translation>Das Angebot ist zu alt.</translation>
    </message>
    <message>
        <source>No contact with the payment service yet.</source>
        <translation>Noch kein Kontakt zum Zahlungsdienst.</translation>
    </message>
    <message>
        <source>This merchant is not known.</source>
        <translation>Dieser Händler ist nicht bekannt.</translation>
    </message>
    <message>
        <source>What is known of this merchant is too old.</source>
        <translation>Die Angaben zum Händler sind zu alt.</translation>
    </message>
    <message>
        <source>This merchant does not offer that.</source>
        <translation>Dieser Händler bietet das nicht an.</translation>
    </message>
    <message>
        <source>This merchant takes another currency.</source>
        <translation>Dieser Händler nimmt eine andere Währung.</translation>
    </message>
    <message>
        <source>You have not allowed this currency.</source>
        <translation>Diese Währung haben Sie nicht erlaubt.</translation>
    </message>
    <message>
        <source>More than your limit for one purchase.</source>
        <translation>Mehr als Ihre Grenze für einen Kauf.</translation>
    </message>
    <message>
        <source>The assistant has too many open requests.</source>
        <translation>Der Assistent hat zu viele offene Anfragen.</translation>
    </message>
    <message>
        <source>The car does not know the time yet. Pay at the till.</source>
        <translation>Uhrzeit noch nicht bestätigt. Bitte an der Kasse zahlen.</translation>
    </message>
    <message>
        <source>No connection. Pay at the till.</source>
        <translation>Keine Verbindung. Bitte an der Kasse zahlen.</translation>
    </message>
    <message>
        <source>Too much without a connection. Pay at the till.</source>
        <translation>Ohne Verbindung zu viel. Bitte an der Kasse zahlen.</translation>
    </message>
    <message>
        <source>Too much is waiting for a connection. Pay at the till.</source>
        <translation>Zu viel noch ungesendet. Bitte an der Kasse zahlen.</translation>
    </message>
    <message>
        <source>Enter your PIN when parked.</source>
        <translation>PIN im Stand eingeben.</translation>
    </message>
    <message>
        <source>You have stopped all assistants.</source>
        <translation>Sie haben alle Assistenten gestoppt.</translation>
    </message>
    <message>
        <source>You have stopped this assistant.</source>
        <translation>Sie haben diesen Assistenten gestoppt.</translation>
    </message>
    <message>
        <source>What you allowed has ended.</source>
        <translation>Ihre Erlaubnis ist abgelaufen.</translation>
    </message>
    <message>
        <source>You have not allowed this merchant.</source>
        <translation>Diesen Händler haben Sie nicht erlaubt.</translation>
    </message>
    <message>
        <source>You have not allowed it at this time.</source>
        <translation>Um diese Zeit haben Sie es nicht erlaubt.</translation>
    </message>
    <message>
        <source>You have not allowed it this far away.</source>
        <translation>So weit weg haben Sie es nicht erlaubt.</translation>
    </message>
    <message>
        <source>More than your limit for a day.</source>
        <translation>Mehr als Ihre Grenze für einen Tag.</translation>
    </message>
    <message>
        <source>More than your limit for a month.</source>
        <translation>Mehr als Ihre Grenze für einen Monat.</translation>
    </message>
    <message>
        <source>Too long without a connection. Pay at the till.</source>
        <translation>Zu lange ohne Verbindung. Bitte an der Kasse zahlen.</translation>
    </message>
    <message>
        <source>Much more than you usually pay. Please check.</source>
        <translation>Viel mehr als sonst. Bitte prüfen.</translation>
    </message>
    <message>
        <source>Many purchases in a short time. Please check.</source>
        <translation>Viele Käufe in kurzer Zeit. Bitte prüfen.</translation>
    </message>
    <message>
        <source>You just paid the same here. Please check.</source>
        <translation>Das haben Sie hier eben bezahlt. Bitte prüfen.</translation>
    </message>
    <message>
        <source>The merchant is far from the car.</source>
        <translation>Der Händler ist weit vom Auto entfernt.</translation>
    </message>
    <message>
        <source>Your car cannot use that.</source>
        <translation>Ihr Auto kann das nicht brauchen.</translation>
    </message>
    <message>
        <source>Your car is almost full. Please check.</source>
        <translation>Ihr Auto ist fast voll. Bitte prüfen.</translation>
    </message>
    <message>
        <source>More than fits into your car.</source>
        <translation>Mehr, als in Ihr Auto passt.</translation>
    </message>
    <message>
        <source>Too far from your last purchase. Please check.</source>
        <translation>Zu weit vom letzten Kauf. Bitte prüfen.</translation>
    </message>
    <message>
        <source>An unusual time for this.</source>
        <translation>Eine ungewöhnliche Zeit dafür.</translation>
    </message>
    <message>
        <source>A new assistant.</source>
        <translation>Ein neuer Assistent.</translation>
    </message>
    <message>
        <source>You have not paid here before.</source>
        <translation>Hier haben Sie noch nie bezahlt.</translation>
    </message>
    <message>
        <source>You often said no to this assistant. Please check.</source>
        <translation>Oft abgelehnter Assistent. Bitte prüfen.</translation>
    </message>
    <message>
        <source>The assistant spoke of another sum. Please check.</source>
        <translation>Der Assistent nannte eine andere Summe. Bitte prüfen.</translation>
    </message>
    <message>
        <source>The assistant named another payee. Please check.</source>
        <translation>Der Assistent nannte einen anderen Empfänger. Bitte prüfen.</translation>
    </message>
    <message>
        <source>The assistant&apos;s words look forged. Please check.</source>
        <translation>Die Worte des Assistenten wirken gefälscht. Bitte prüfen.</translation>
    </message>
    <message>
        <source>Set it up when parked.</source>
        <translation>Im Stand einrichten.</translation>
    </message>
    <message>
        <source>Details when parked.</source>
        <translation>Mehr im Stand.</translation>
    </message>
    <message>
        <source>You decide every time.</source>
        <translation>Sie entscheiden jedes Mal.</translation>
    </message>
    <message>
        <source>This purchase is not possible.</source>
        <translation>Dieser Kauf ist nicht möglich.</translation>
    </message>
</context>
</TS>
