<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="pl" sourcelanguage="en">
<context>
    <name>Card</name>
    <message>
        <source>at most</source>
        <translation>najwyżej</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nie teraz</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>Płatne przez</translation>
    </message>
    <message>
        <source>You can stop it</source>
        <translation>Można cofnąć</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>do wysłania</translation>
    </message>
    <message>
        <source>until it is sent or you leave</source>
        <translation>do wysłania lub odjazdu</translation>
    </message>
    <message>
        <source>saved, paid later</source>
        <translation>zapisane, płatne później</translation>
    </message>
    <message>
        <source>at most; saved, paid later</source>
        <translation>najwyżej; płatne później</translation>
    </message>
    <message>
        <source>saved, sent later</source>
        <translation>zapisane, wysłane później</translation>
    </message>
    <message>
        <source>at most; saved, sent later</source>
        <translation>najwyżej; wysłane później</translation>
    </message>
</context>
<context>
    <name>Daemon</name>
    <message>
        <source>Desk mode: development keys, sandbox payments</source>
        <translation>Tryb testowy: klucze testowe, płatności próbne</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Fuel</source>
        <translation>Paliwo</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>Zapłać</translation>
    </message>
    <message>
        <source>Pump %1</source>
        <translation>Dystrybutor %1</translation>
    </message>
    <message>
        <source>until you start fuelling</source>
        <translation>do rozpoczęcia tankowania</translation>
    </message>
    <message>
        <source>Undo until fuelling starts</source>
        <translation>Cofnij przed tankowaniem</translation>
    </message>
    <message>
        <source>Parking</source>
        <translation>Parking</translation>
    </message>
    <message>
        <source>Zone %1</source>
        <translation>Strefa %1</translation>
    </message>
    <message>
        <source>Gate %1</source>
        <translation>Brama %1</translation>
    </message>
    <message>
        <source>until you leave</source>
        <translation>do odjazdu</translation>
    </message>
    <message>
        <source>Undo until you leave</source>
        <translation>Cofnij przed odjazdem</translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation>Kawa</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Zamów</translation>
    </message>
    <message>
        <source>Pickup %1</source>
        <translation>Odbiór %1</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>do wysłania</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>Cofnij przed wysłaniem</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Ładowanie</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>Ładuj</translation>
    </message>
    <message>
        <source>Charger %1</source>
        <translation>Stacja %1</translation>
    </message>
    <message>
        <source>until charging starts</source>
        <translation>do początku ładowania</translation>
    </message>
    <message>
        <source>Undo until charging starts</source>
        <translation>Cofnij przed ładowaniem</translation>
    </message>
    <message>
        <source>Toll</source>
        <translation>Opłata drogowa</translation>
    </message>
    <message>
        <source>Lane %1</source>
        <translation>Pas %1</translation>
    </message>
    <message>
        <source>Car wash</source>
        <translation>Myjnia</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>Stanowisko %1</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>Jedzenie</translation>
    </message>
    <message>
        <source>Assistant credit</source>
        <translation>Środki asystenta</translation>
    </message>
    <message>
        <source>Top up</source>
        <translation>Doładuj</translation>
    </message>
    <message>
        <source>until it is first used</source>
        <translation>do pierwszego użycia</translation>
    </message>
    <message>
        <source>Undo until it is first used</source>
        <translation>Cofnij przed użyciem</translation>
    </message>
    <message>
        <source>Membership</source>
        <translation>Członkostwo</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Dołącz</translation>
    </message>
    <message>
        <source>one period, then asked again</source>
        <translation>na jeden okres, potem zapyta</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>A purchase waits. Unlock payments when parked.</source>
        <translation>Zakup czeka. Odblokuj na postoju.</translation>
    </message>
    <message>
        <source>A purchase waits. Details when parked.</source>
        <translation>Zakup czeka. Szczegóły na postoju.</translation>
    </message>
    <message>
        <source>The car's storage is full.</source>
        <translation>Pamięć auta jest pełna.</translation>
    </message>
    <message>
        <source>Nothing was approved. The car's storage is full.</source>
        <translation>Nic nie zatwierdzono. Pamięć pełna.</translation>
    </message>
    <message>
        <source>%1 more when parked.</source>
        <translation>Jeszcze %1 na postoju.</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>Approved, not paid yet</source>
        <translation>Zatwierdzone, jeszcze nieopłacone</translation>
    </message>
    <message>
        <source>Saved in the car, not paid yet</source>
        <translation>Zapisane w aucie, nieopłacone</translation>
    </message>
    <message>
        <source>Saved in the car. Paid when back online.</source>
        <translation>Zapisane w aucie. Płatne po połączeniu.</translation>
    </message>
    <message>
        <source>Saved in the car. Sent when back online, until %1.</source>
        <translation>Zapisane w aucie. Wyślemy po połączeniu, do %1.</translation>
    </message>
    <message>
        <source>Saved in the car. Being sent now.</source>
        <translation>Zapisane w aucie. Trwa wysyłanie.</translation>
    </message>
    <message>
        <source>Sent. Waiting for the answer.</source>
        <translation>Wysłane. Czekamy na odpowiedź.</translation>
    </message>
    <message>
        <source>Sent. The answer comes when back online.</source>
        <translation>Wysłane. Odpowiedź po połączeniu.</translation>
    </message>
    <message>
        <source>Paid %1</source>
        <translation>Zapłacono %1</translation>
    </message>
    <message>
        <source>You approved up to %1. The rest is released.</source>
        <translation>Zatwierdzono do %1. Reszta zwolniona.</translation>
    </message>
    <message>
        <source>Refunded %1</source>
        <translation>Zwrócono %1</translation>
    </message>
    <message>
        <source>At most %1 is held. Not paid yet.</source>
        <translation>Blokada najwyżej %1. Jeszcze nieopłacone.</translation>
    </message>
    <message>
        <source>Nothing was paid.</source>
        <translation>Nic nie zapłacono.</translation>
    </message>
    <message>
        <source>Too late to stop.</source>
        <translation>Za późno na cofnięcie.</translation>
    </message>
    <message>
        <source>Undo until %1</source>
        <translation>Cofnij do %1</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>Cofnij przed wysłaniem</translation>
    </message>
    <message>
        <source>Undo until sent or leaving</source>
        <translation>Cofnij do wysłania / odjazdu</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Gotowe</translation>
    </message>
    <message>
        <source>%1 at most</source>
        <translation>najwyżej %1</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>Niemożliwe</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nie teraz</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>Brak odpowiedzi na czas</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Wycofane</translation>
    </message>
    <message>
        <source>The assistant took it back. Nothing was paid.</source>
        <translation>Asystent to wycofał. Nic nie zapłacono.</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Zastąpione</translation>
    </message>
    <message>
        <source>A newer one took its place. Nothing was paid.</source>
        <translation>Zastąpił to nowszy zakup. Nic nie zapłacono.</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>Czeka na ciebie</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>Zarezerwowane</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Cofnięte</translation>
    </message>
    <message>
        <source>Handed over, not paid yet</source>
        <translation>Przekazane, jeszcze nieopłacone</translation>
    </message>
    <message>
        <source>The merchant collects it.</source>
        <translation>Pobierze to sprzedawca.</translation>
    </message>
    <message>
        <source>Lapsed</source>
        <translation>Wygasło</translation>
    </message>
    <message>
        <source>It was not accepted in time. Nothing was paid.</source>
        <translation>Nie przyjęto na czas. Nic nie zapłacono.</translation>
    </message>
    <message>
        <source>Your bank refused</source>
        <translation>Bank odmówił</translation>
    </message>
    <message>
        <source>Your bank asks for more</source>
        <translation>Bank pyta o więcej</translation>
    </message>
    <message>
        <source>This car cannot give it yet. Nothing was paid.</source>
        <translation>Auto tego nie potrafi. Nic nie zapłacono.</translation>
    </message>
    <message>
        <source>Held back, not paid yet</source>
        <translation>Wstrzymane, jeszcze nieopłacone</translation>
    </message>
    <message>
        <source>The payment service did not take it.</source>
        <translation>Usługa płatnicza tego nie przyjęła.</translation>
    </message>
    <message>
        <source>Stop requested</source>
        <translation>Poproszono o cofnięcie</translation>
    </message>
    <message>
        <source>Not confirmed yet.</source>
        <translation>Jeszcze niepotwierdzone.</translation>
    </message>
    <message>
        <source>Too late to stop</source>
        <translation>Za późno na cofnięcie</translation>
    </message>
    <message>
        <source>The final amount is not confirmed yet.</source>
        <translation>Kwota końcowa niepotwierdzona.</translation>
    </message>
    <message>
        <source>Reservation released</source>
        <translation>Rezerwacja zwolniona</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Zaniechane</translation>
    </message>
    <message>
        <source>It will not be sent again.</source>
        <translation>Nie zostanie wysłane ponownie.</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>Reklamacja</translation>
    </message>
    <message>
        <source>The answer is not here yet.</source>
        <translation>Odpowiedzi jeszcze nie ma.</translation>
    </message>
    <message>
        <source>Dispute closed</source>
        <translation>Reklamacja zamknięta</translation>
    </message>
    <message>
        <source>The record holds the outcome.</source>
        <translation>Wynik jest w zapisie.</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>Jeszcze bez odpowiedzi</translation>
    </message>
    <message>
        <source>It may have gone through. The car asks.</source>
        <translation>Może się udało. Auto sprawdza.</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Payments paused, service needed</source>
        <translation>Płatności wstrzymane, potrzebny serwis</translation>
    </message>
    <message>
        <source>This car cannot pay for that.</source>
        <translation>Auto nie może za to zapłacić.</translation>
    </message>
    <message>
        <source>You have not allowed this kind of purchase.</source>
        <translation>Nie zezwolono na taki zakup.</translation>
    </message>
    <message>
        <source>The assistant's request was not complete.</source>
        <translation>Prośba asystenta była niepełna.</translation>
    </message>
    <message>
        <source>The assistant did not say where.</source>
        <translation>Asystent nie podał miejsca.</translation>
    </message>
    <message>
        <source>The offer is too old.</source>
        <translation>Oferta jest za stara.</translation>
    </message>
    <message>
        <source>No contact with the payment service yet.</source>
        <translation>Jeszcze brak kontaktu z usługą płatniczą.</translation>
    </message>
    <message>
        <source>This merchant is not known.</source>
        <translation>Nieznany sprzedawca.</translation>
    </message>
    <message>
        <source>What is known of this merchant is too old.</source>
        <translation>Dane sprzedawcy są za stare.</translation>
    </message>
    <message>
        <source>This merchant does not offer that.</source>
        <translation>Sprzedawca tego nie oferuje.</translation>
    </message>
    <message>
        <source>This merchant takes another currency.</source>
        <translation>Sprzedawca bierze inną walutę.</translation>
    </message>
    <message>
        <source>You have not allowed this currency.</source>
        <translation>Nie zezwolono na tę walutę.</translation>
    </message>
    <message>
        <source>More than your limit for one purchase.</source>
        <translation>Powyżej limitu jednego zakupu.</translation>
    </message>
    <message>
        <source>The assistant has too many open requests.</source>
        <translation>Asystent ma za dużo próśb.</translation>
    </message>
    <message>
        <source>The car does not know the time yet. Pay at the till.</source>
        <translation>Godzina jeszcze nieznana. Zapłać w kasie.</translation>
    </message>
    <message>
        <source>No connection. Pay at the till.</source>
        <translation>Brak połączenia. Zapłać w kasie.</translation>
    </message>
    <message>
        <source>Too much without a connection. Pay at the till.</source>
        <translation>Za dużo bez połączenia. Zapłać w kasie.</translation>
    </message>
    <message>
        <source>Too much is waiting for a connection. Pay at the till.</source>
        <translation>Za dużo czeka na połączenie. Zapłać w kasie.</translation>
    </message>
    <message>
        <source>Enter your PIN when parked.</source>
        <translation>Podaj PIN na postoju.</translation>
    </message>
    <message>
        <source>You have stopped all assistants.</source>
        <translation>Zatrzymano wszystkich asystentów.</translation>
    </message>
    <message>
        <source>You have stopped this assistant.</source>
        <translation>Zatrzymano tego asystenta.</translation>
    </message>
    <message>
        <source>What you allowed has ended.</source>
        <translation>Twoja zgoda wygasła.</translation>
    </message>
    <message>
        <source>You have not allowed this merchant.</source>
        <translation>Nie zezwolono na tego sprzedawcę.</translation>
    </message>
    <message>
        <source>You have not allowed it at this time.</source>
        <translation>Nie o tej porze.</translation>
    </message>
    <message>
        <source>You have not allowed it this far away.</source>
        <translation>Nie tak daleko.</translation>
    </message>
    <message>
        <source>More than your limit for a day.</source>
        <translation>Powyżej limitu dziennego.</translation>
    </message>
    <message>
        <source>More than your limit for a month.</source>
        <translation>Powyżej limitu miesięcznego.</translation>
    </message>
    <message>
        <source>Too long without a connection. Pay at the till.</source>
        <translation>Zbyt długo bez połączenia. Zapłać w kasie.</translation>
    </message>
    <message>
        <source>Much more than you usually pay. Please check.</source>
        <translation>Dużo więcej niż zwykle. Sprawdź.</translation>
    </message>
    <message>
        <source>Many purchases in a short time. Please check.</source>
        <translation>Wiele zakupów w krótkim czasie. Sprawdź.</translation>
    </message>
    <message>
        <source>You just paid the same here. Please check.</source>
        <translation>Przed chwilą zapłacono tu tyle samo. Sprawdź.</translation>
    </message>
    <message>
        <source>The merchant is far from the car.</source>
        <translation>Sprzedawca jest daleko od auta.</translation>
    </message>
    <message>
        <source>Your car cannot use that.</source>
        <translation>Twoje auto tego nie użyje.</translation>
    </message>
    <message>
        <source>Your car is almost full. Please check.</source>
        <translation>Auto jest prawie pełne. Sprawdź.</translation>
    </message>
    <message>
        <source>More than fits into your car.</source>
        <translation>Więcej, niż zmieści auto.</translation>
    </message>
    <message>
        <source>Too far from your last purchase. Please check.</source>
        <translation>Za daleko od ostatniego zakupu. Sprawdź.</translation>
    </message>
    <message>
        <source>An unusual time for this.</source>
        <translation>Nietypowa pora.</translation>
    </message>
    <message>
        <source>A new assistant.</source>
        <translation>Nowy asystent.</translation>
    </message>
    <message>
        <source>You have not paid here before.</source>
        <translation>Pierwsza płatność w tym miejscu.</translation>
    </message>
    <message>
        <source>You often said no to this assistant. Please check.</source>
        <translation>Często odmawiano asystentowi. Sprawdź.</translation>
    </message>
    <message>
        <source>The assistant spoke of another sum. Please check.</source>
        <translation>Asystent podał inną kwotę. Sprawdź.</translation>
    </message>
    <message>
        <source>The assistant named another payee. Please check.</source>
        <translation>Asystent podał innego odbiorcę. Sprawdź.</translation>
    </message>
    <message>
        <source>The assistant&apos;s words look forged. Please check.</source>
        <translation>Słowa asystenta są podejrzane. Sprawdź.</translation>
    </message>
    <message>
        <source>Set it up when parked.</source>
        <translation>Ustaw na postoju.</translation>
    </message>
    <message>
        <source>Details when parked.</source>
        <translation>Szczegóły na postoju.</translation>
    </message>
    <message>
        <source>You decide every time.</source>
        <translation>Decydujesz za każdym razem.</translation>
    </message>
    <message>
        <source>This purchase is not possible.</source>
        <translation>Ten zakup jest niemożliwy.</translation>
    </message>
</context>
</TS>
