<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>CardHeader</name>
    <message><source>Assistant suggests</source><translation>Assistent schlägt vor</translation></message>
    <message><source>Suggested</source><translation>Vorschlag</translation></message>
</context>
<context>
    <name>CockpitWindow</name>
    <message><source>Glovebox</source><translation>Glovebox</translation></message>
</context>
<context>
    <name>DeskFrame</name>
    <message><source>host HMI</source><translation>Anzeige des Autos</translation></message>
</context>
<context>
    <name>IdleScreen</name>
    <message><source>Payments</source><translation>Zahlungen</translation></message>
    <message><source>Locked</source><translation>Gesperrt</translation></message>
    <message><source>Ready</source><translation>Bereit</translation></message>
    <message><source>Paused</source><translation>Pausiert</translation></message>
    <message><source>Unlock once for this drive.</source><translation>Einmal für diese Fahrt freischalten.</translation></message>
    <message><source>Unlock when parked.</source><translation>Im Stand freischalten.</translation></message>
    <message><source>Waiting: %1</source><translation>Wartend: %1</translation></message>
    <message><source>Unlock payments</source><translation>Zahlungen freischalten</translation></message>
</context>
<context>
    <name>PinScreen</name>
    <message><source>Unlock payments</source><translation>Zahlungen freischalten</translation></message>
    <message><source>For this drive, parked only.</source><translation>Für diese Fahrt, nur im Stand.</translation></message>
    <message><source>Too many tries. Wait.</source><translation>Zu viele Versuche. Warten.</translation></message>
    <message><source>Wrong PIN. Tries left: %1</source><translation>Falsche PIN. Noch %1 Versuche.</translation></message>
    <message><source>Park first, then unlock.</source><translation>Erst parken, dann freischalten.</translation></message>
    <message><source>Not now</source><translation>Jetzt nicht</translation></message>
</context>
<context>
    <name>ResultScreen</name>
    <message><source>Show again</source><translation>Wieder zeigen</translation></message>
</context>
<context>
    <name>UnavailableScreen</name>
    <message><source>Payments unavailable</source><translation>Zahlen nicht möglich</translation></message>
    <message><source>The payment service does not answer. Pay at the counter.</source><translation>Der Zahldienst antwortet nicht. Bitte an der Kasse zahlen.</translation></message>
</context>
</TS>
