<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="it" sourcelanguage="en">
<context>
    <name>Card</name>
    <message>
        <source>at most</source>
        <translation>al massimo</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Non ora</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>Pagato con</translation>
    </message>
    <message>
        <source>You can stop it</source>
        <translation>Annullabile</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>fino all’invio</translation>
    </message>
    <message>
        <source>until it is sent or you leave</source>
        <translation>fino all’invio o alla partenza</translation>
    </message>
    <message>
        <source>saved, paid later</source>
        <translation>salvato, pagato dopo</translation>
    </message>
    <message>
        <source>at most; saved, paid later</source>
        <translation>al massimo; pagato dopo</translation>
    </message>
    <message>
        <source>saved, sent later</source>
        <translation>salvato, inviato dopo</translation>
    </message>
    <message>
        <source>at most; saved, sent later</source>
        <translation>al massimo; inviato dopo</translation>
    </message>
</context>
<context>
    <name>Daemon</name>
    <message>
        <source>Desk mode: development keys, sandbox payments</source>
        <translation>Modalità banco: chiavi di prova, pagamenti fittizi</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Fuel</source>
        <translation>Carburante</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>Paga</translation>
    </message>
    <message>
        <source>Pump %1</source>
        <translation>Pompa %1</translation>
    </message>
    <message>
        <source>until you start fuelling</source>
        <translation>fino a inizio rifornimento</translation>
    </message>
    <message>
        <source>Undo until fuelling starts</source>
        <translation>Annulla prima del rifornimento</translation>
    </message>
    <message>
        <source>Parking</source>
        <translation>Parcheggio</translation>
    </message>
    <message>
        <source>Zone %1</source>
        <translation>Zona %1</translation>
    </message>
    <message>
        <source>Gate %1</source>
        <translation>Varco %1</translation>
    </message>
    <message>
        <source>until you leave</source>
        <translation>fino alla partenza</translation>
    </message>
    <message>
        <source>Undo until you leave</source>
        <translation>Annulla prima di partire</translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation>Caffè</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordina</translation>
    </message>
    <message>
        <source>Pickup %1</source>
        <translation>Ritiro %1</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>fino all’invio</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>Annulla prima dell’invio</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Ricarica</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>Ricarica</translation>
    </message>
    <message>
        <source>Charger %1</source>
        <translation>Colonnina %1</translation>
    </message>
    <message>
        <source>until charging starts</source>
        <translation>fino a inizio ricarica</translation>
    </message>
    <message>
        <source>Undo until charging starts</source>
        <translation>Annulla prima della ricarica</translation>
    </message>
    <message>
        <source>Toll</source>
        <translation>Pedaggio</translation>
    </message>
    <message>
        <source>Lane %1</source>
        <translation>Corsia %1</translation>
    </message>
    <message>
        <source>Car wash</source>
        <translation>Autolavaggio</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>Box %1</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>Cibo</translation>
    </message>
    <message>
        <source>Assistant credit</source>
        <translation>Credito assistente</translation>
    </message>
    <message>
        <source>Top up</source>
        <translation>Ricarica</translation>
    </message>
    <message>
        <source>until it is first used</source>
        <translation>fino al primo uso</translation>
    </message>
    <message>
        <source>Undo until it is first used</source>
        <translation>Annulla prima dell’uso</translation>
    </message>
    <message>
        <source>Membership</source>
        <translation>Iscrizione</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Iscriviti</translation>
    </message>
    <message>
        <source>one period, then asked again</source>
        <translation>un periodo, poi si richiede</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>A purchase waits. Unlock payments when parked.</source>
        <translation>Un acquisto attende. Sblocca da fermo.</translation>
    </message>
    <message>
        <source>A purchase waits. Details when parked.</source>
        <translation>Un acquisto attende. Dettagli da fermo.</translation>
    </message>
    <message>
        <source>The car's storage is full.</source>
        <translation>La memoria dell’auto è piena.</translation>
    </message>
    <message>
        <source>Nothing was approved. The car's storage is full.</source>
        <translation>Nulla è stato approvato. Memoria piena.</translation>
    </message>
    <message>
        <source>%1 more when parked.</source>
        <translation>Altri %1 da fermo.</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>Approved, not paid yet</source>
        <translation>Approvato, non ancora pagato</translation>
    </message>
    <message>
        <source>Saved in the car, not paid yet</source>
        <translation>Salvato in auto, non pagato</translation>
    </message>
    <message>
        <source>Saved in the car. Paid when back online.</source>
        <translation>Salvato in auto. Pagato quando c’è rete.</translation>
    </message>
    <message>
        <source>Saved in the car. Sent when back online, until %1.</source>
        <translation>In auto. Inviato con la rete, fino alle %1.</translation>
    </message>
    <message>
        <source>Saved in the car. Being sent now.</source>
        <translation>Salvato in auto. Invio in corso.</translation>
    </message>
    <message>
        <source>Sent. Waiting for the answer.</source>
        <translation>Inviato. In attesa di risposta.</translation>
    </message>
    <message>
        <source>Sent. The answer comes when back online.</source>
        <translation>Inviato. Risposta quando c’è rete.</translation>
    </message>
    <message>
        <source>Paid %1</source>
        <translation>%1 pagati</translation>
    </message>
    <message>
        <source>You approved up to %1. The rest is released.</source>
        <translation>Approvato fino a %1. Il resto è liberato.</translation>
    </message>
    <message>
        <source>Refunded %1</source>
        <translation>%1 rimborsati</translation>
    </message>
    <message>
        <source>At most %1 is held. Not paid yet.</source>
        <translation>Bloccati al massimo %1. Non ancora pagato.</translation>
    </message>
    <message>
        <source>Nothing was paid.</source>
        <translation>Non è stato pagato nulla.</translation>
    </message>
    <message>
        <source>Too late to stop.</source>
        <translation>Non più annullabile.</translation>
    </message>
    <message>
        <source>Undo until %1</source>
        <translation>Annulla fino alle %1</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>Annulla prima dell’invio</translation>
    </message>
    <message>
        <source>Undo until sent or leaving</source>
        <translation>Annulla prima di invio/partenza</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fatto</translation>
    </message>
    <message>
        <source>%1 at most</source>
        <translation>%1 al massimo</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>Non possibile</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Non ora</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>Nessuna risposta in tempo</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Ritirato</translation>
    </message>
    <message>
        <source>The assistant took it back. Nothing was paid.</source>
        <translation>L’assistente l’ha ritirato. Nessun pagamento.</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Sostituito</translation>
    </message>
    <message>
        <source>A newer one took its place. Nothing was paid.</source>
        <translation>Uno più recente lo sostituisce. Nessun pagamento.</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>In attesa di te</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>Riservato</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Annullato</translation>
    </message>
    <message>
        <source>Handed over, not paid yet</source>
        <translation>Consegnato, non ancora pagato</translation>
    </message>
    <message>
        <source>The merchant collects it.</source>
        <translation>Lo incassa l’esercente.</translation>
    </message>
    <message>
        <source>Lapsed</source>
        <translation>Scaduto</translation>
    </message>
    <message>
        <source>It was not accepted in time. Nothing was paid.</source>
        <translation>Non accettato in tempo. Nessun pagamento.</translation>
    </message>
    <message>
        <source>Your bank refused</source>
        <translation>Rifiutato dalla banca</translation>
    </message>
    <message>
        <source>Your bank asks for more</source>
        <translation>La banca chiede altro</translation>
    </message>
    <message>
        <source>This car cannot give it yet. Nothing was paid.</source>
        <translation>L’auto non può ancora. Nessun pagamento.</translation>
    </message>
    <message>
        <source>Held back, not paid yet</source>
        <translation>Trattenuto, non ancora pagato</translation>
    </message>
    <message>
        <source>The payment service did not take it.</source>
        <translation>Il servizio non l’ha accettato.</translation>
    </message>
    <message>
        <source>Stop requested</source>
        <translation>Annullamento richiesto</translation>
    </message>
    <message>
        <source>Not confirmed yet.</source>
        <translation>Non ancora confermato.</translation>
    </message>
    <message>
        <source>Too late to stop</source>
        <translation>Non più annullabile</translation>
    </message>
    <message>
        <source>The final amount is not confirmed yet.</source>
        <translation>L’importo finale non è confermato.</translation>
    </message>
    <message>
        <source>Reservation released</source>
        <translation>Riserva liberata</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Abbandonato</translation>
    </message>
    <message>
        <source>It will not be sent again.</source>
        <translation>Non verrà reinviato.</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>Contestato</translation>
    </message>
    <message>
        <source>The answer is not here yet.</source>
        <translation>La risposta non c’è ancora.</translation>
    </message>
    <message>
        <source>Dispute closed</source>
        <translation>Contestazione chiusa</translation>
    </message>
    <message>
        <source>The record holds the outcome.</source>
        <translation>L’esito è nel registro.</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>Ancora nessuna risposta</translation>
    </message>
    <message>
        <source>It may have gone through. The car asks.</source>
        <translation>Forse è riuscito. L’auto verifica.</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Payments paused, service needed</source>
        <translation>Pagamenti sospesi, serve assistenza</translation>
    </message>
    <message>
        <source>This car cannot pay for that.</source>
        <translation>L’auto non può pagarlo.</translation>
    </message>
    <message>
        <source>You have not allowed this kind of purchase.</source>
        <translation>Non hai permesso questo tipo di acquisto.</translation>
    </message>
    <message>
        <source>The assistant's request was not complete.</source>
        <translation>La richiesta dell’assistente è incompleta.</translation>
    </message>
    <message>
        <source>The assistant did not say where.</source>
        <translation>L’assistente non ha detto dove.</translation>
    </message>
    <message>
        <source>The offer is too old.</source>
        <translation>L’offerta è troppo vecchia.</translation>
    </message>
    <message>
        <source>No contact with the payment service yet.</source>
        <translation>Nessun contatto con il servizio di pagamento.</translation>
    </message>
    <message>
        <source>This merchant is not known.</source>
        <translation>Esercente sconosciuto.</translation>
    </message>
    <message>
        <source>What is known of this merchant is too old.</source>
        <translation>I dati dell’esercente sono vecchi.</translation>
    </message>
    <message>
        <source>This merchant does not offer that.</source>
        <translation>L’esercente non lo offre.</translation>
    </message>
    <message>
        <source>This merchant takes another currency.</source>
        <translation>L’esercente usa un’altra valuta.</translation>
    </message>
    <message>
        <source>You have not allowed this currency.</source>
        <translation>Non hai permesso questa valuta.</translation>
    </message>
    <message>
        <source>More than your limit for one purchase.</source>
        <translation>Oltre il tuo limite per acquisto.</translation>
    </message>
    <message>
        <source>The assistant has too many open requests.</source>
        <translation>L’assistente ha troppe richieste aperte.</translation>
    </message>
    <message>
        <source>The car does not know the time yet. Pay at the till.</source>
        <translation>Ora non ancora nota. Paga alla cassa.</translation>
    </message>
    <message>
        <source>No connection. Pay at the till.</source>
        <translation>Nessuna rete. Paga alla cassa.</translation>
    </message>
    <message>
        <source>Too much without a connection. Pay at the till.</source>
        <translation>Troppo senza rete. Paga alla cassa.</translation>
    </message>
    <message>
        <source>Too much is waiting for a connection. Pay at the till.</source>
        <translation>Troppo in attesa di rete. Paga alla cassa.</translation>
    </message>
    <message>
        <source>Enter your PIN when parked.</source>
        <translation>Inserisci il PIN da fermo.</translation>
    </message>
    <message>
        <source>You have stopped all assistants.</source>
        <translation>Hai fermato tutti gli assistenti.</translation>
    </message>
    <message>
        <source>You have stopped this assistant.</source>
        <translation>Hai fermato questo assistente.</translation>
    </message>
    <message>
        <source>What you allowed has ended.</source>
        <translation>Il tuo permesso è scaduto.</translation>
    </message>
    <message>
        <source>You have not allowed this merchant.</source>
        <translation>Non hai permesso questo esercente.</translation>
    </message>
    <message>
        <source>You have not allowed it at this time.</source>
        <translation>Non permesso a quest’ora.</translation>
    </message>
    <message>
        <source>You have not allowed it this far away.</source>
        <translation>Non permesso così lontano.</translation>
    </message>
    <message>
        <source>More than your limit for a day.</source>
        <translation>Oltre il tuo limite giornaliero.</translation>
    </message>
    <message>
        <source>More than your limit for a month.</source>
        <translation>Oltre il tuo limite mensile.</translation>
    </message>
    <message>
        <source>Too long without a connection. Pay at the till.</source>
        <translation>Troppo tempo senza rete. Paga alla cassa.</translation>
    </message>
    <message>
        <source>Much more than you usually pay. Please check.</source>
        <translation>Molto più del solito. Controlla.</translation>
    </message>
    <message>
        <source>Many purchases in a short time. Please check.</source>
        <translation>Molti acquisti in poco tempo. Controlla.</translation>
    </message>
    <message>
        <source>You just paid the same here. Please check.</source>
        <translation>Hai appena pagato lo stesso qui. Controlla.</translation>
    </message>
    <message>
        <source>The merchant is far from the car.</source>
        <translation>L’esercente è lontano dall’auto.</translation>
    </message>
    <message>
        <source>Your car cannot use that.</source>
        <translation>La tua auto non può usarlo.</translation>
    </message>
    <message>
        <source>Your car is almost full. Please check.</source>
        <translation>L’auto è quasi piena. Controlla.</translation>
    </message>
    <message>
        <source>More than fits into your car.</source>
        <translation>Più di quanto l’auto contenga.</translation>
    </message>
    <message>
        <source>Too far from your last purchase. Please check.</source>
        <translation>Troppo lontano dall’ultimo acquisto. Controlla.</translation>
    </message>
    <message>
        <source>An unusual time for this.</source>
        <translation>Un orario insolito.</translation>
    </message>
    <message>
        <source>A new assistant.</source>
        <translation>Un nuovo assistente.</translation>
    </message>
    <message>
        <source>You have not paid here before.</source>
        <translation>Non hai mai pagato qui.</translation>
    </message>
    <message>
        <source>You often said no to this assistant. Please check.</source>
        <translation>Hai spesso rifiutato. Controlla.</translation>
    </message>
    <message>
        <source>The assistant spoke of another sum. Please check.</source>
        <translation>L’assistente ha detto un’altra somma. Controlla.</translation>
    </message>
    <message>
        <source>The assistant named another payee. Please check.</source>
        <translation>L’assistente ha detto un altro beneficiario. Controlla.</translation>
    </message>
    <message>
        <source>The assistant&apos;s words look forged. Please check.</source>
        <translation>Le parole dell’assistente sembrano false. Controlla.</translation>
    </message>
    <message>
        <source>Set it up when parked.</source>
        <translation>Configuralo da fermo.</translation>
    </message>
    <message>
        <source>Details when parked.</source>
        <translation>Dettagli da fermo.</translation>
    </message>
    <message>
        <source>You decide every time.</source>
        <translation>Decidi ogni volta.</translation>
    </message>
    <message>
        <source>This purchase is not possible.</source>
        <translation>Acquisto non possibile.</translation>
    </message>
</context>
</TS>
