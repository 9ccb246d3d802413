<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="pl" sourcelanguage="en">
<context>
    <name>CardHeader</name>
    <message><source>Assistant suggests</source><translation>Asystent proponuje</translation></message>
    <message><source>Suggested</source><translation>Propozycja</translation></message>
</context>
<context>
    <name>CockpitWindow</name>
    <message><source>Glovebox</source><translation>Glovebox</translation></message>
</context>
<context>
    <name>DeskFrame</name>
    <message><source>host HMI</source><translation>ekran auta</translation></message>
</context>
<context>
    <name>IdleScreen</name>
    <message><source>Payments</source><translation>Płatności</translation></message>
    <message><source>Locked</source><translation>Zablokowane</translation></message>
    <message><source>Ready</source><translation>Gotowe</translation></message>
    <message><source>Paused</source><translation>Wstrzymane</translation></message>
    <message><source>Unlock once for this drive.</source><translation>Odblokuj na tę jazdę.</translation></message>
    <message><source>Unlock when parked.</source><translation>Odblokuj na postoju.</translation></message>
    <message><source>Waiting: %1</source><translation>Oczekuje: %1</translation></message>
    <message><source>Unlock payments</source><translation>Odblokuj płatności</translation></message>
</context>
<context>
    <name>PinScreen</name>
    <message><source>Unlock payments</source><translation>Odblokuj płatności</translation></message>
    <message><source>For this drive, parked only.</source><translation>Na tę jazdę. Tylko na postoju.</translation></message>
    <message><source>Too many tries. Wait.</source><translation>Za dużo prób. Spróbuj później.</translation></message>
    <message><source>Wrong PIN. Tries left: %1</source><translation>Błędny PIN. Prób: %1</translation></message>
    <message><source>Park first, then unlock.</source><translation>Najpierw zaparkuj.</translation></message>
    <message><source>Not now</source><translation>Nie teraz</translation></message>
</context>
<context>
    <name>ResultScreen</name>
    <message><source>Show again</source><translation>Pokaż znowu</translation></message>
</context>
<context>
    <name>UnavailableScreen</name>
    <message><source>Payments unavailable</source><translation>Płatności niedostępne</translation></message>
    <message><source>The payment service does not answer. Pay at the counter.</source><translation>Usługa nie odpowiada. Zapłać w kasie.</translation></message>
</context>
</TS>
