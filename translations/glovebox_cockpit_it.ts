<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="it" sourcelanguage="en">
<context>
    <name>CardHeader</name>
    <message><source>Assistant suggests</source><translation>L’assistente propone</translation></message>
    <message><source>Suggested</source><translation>Proposta</translation></message>
</context>
<context>
    <name>CockpitWindow</name>
    <message><source>Glovebox</source><translation>Glovebox</translation></message>
</context>
<context>
    <name>DeskFrame</name>
    <message><source>host HMI</source><translation>schermo dell’auto</translation></message>
</context>
<context>
    <name>IdleScreen</name>
    <message><source>Payments</source><translation>Pagamenti</translation></message>
    <message><source>Locked</source><translation>Bloccato</translation></message>
    <message><source>Ready</source><translation>Pronto</translation></message>
    <message><source>Paused</source><translation>In pausa</translation></message>
    <message><source>Unlock once for this drive.</source><translation>Sblocca per questo viaggio.</translation></message>
    <message><source>Unlock when parked.</source><translation>Sblocca da fermo.</translation></message>
    <message><source>Waiting: %1</source><translation>In attesa: %1</translation></message>
    <message><source>Unlock payments</source><translation>Sblocca pagamenti</translation></message>
</context>
<context>
    <name>PinScreen</name>
    <message><source>Unlock payments</source><translation>Sblocca pagamenti</translation></message>
    <message><source>For this drive, parked only.</source><translation>Per questo viaggio. Solo da fermo.</translation></message>
    <message><source>Too many tries. Wait.</source><translation>Troppi tentativi. Riprova più tardi.</translation></message>
    <message><source>Wrong PIN. Tries left: %1</source><translation>PIN errato. Tentativi: %1</translation></message>
    <message><source>Park first, then unlock.</source><translation>Prima parcheggia, poi sblocca.</translation></message>
    <message><source>Not now</source><translation>Non ora</translation></message>
</context>
<context>
    <name>ResultScreen</name>
    <message><source>Show again</source><translation>Mostra di nuovo</translation></message>
</context>
<context>
    <name>UnavailableScreen</name>
    <message><source>Payments unavailable</source><translation>Pagamenti non disponibili</translation></message>
    <message><source>The payment service does not answer. Pay at the counter.</source><translation>Il servizio non risponde. Paga alla cassa.</translation></message>
</context>
</TS>
