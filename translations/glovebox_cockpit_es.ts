<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>CardHeader</name>
    <message><source>Assistant suggests</source><translation>El asistente propone</translation></message>
    <message><source>Suggested</source><translation>Propuesta</translation></message>
</context>
<context>
    <name>CockpitWindow</name>
    <message><source>Glovebox</source><translation>Glovebox</translation></message>
</context>
<context>
    <name>DeskFrame</name>
    <message><source>host HMI</source><translation>pantalla del coche</translation></message>
</context>
<context>
    <name>IdleScreen</name>
    <message><source>Payments</source><translation>Pagos</translation></message>
    <message><source>Locked</source><translation>Bloqueado</translation></message>
    <message><source>Ready</source><translation>Listo</translation></message>
    <message><source>Paused</source><translation>En pausa</translation></message>
    <message><source>Unlock once for this drive.</source><translation>Desbloquee para este viaje.</translation></message>
    <message><source>Unlock when parked.</source><translation>Desbloquee al aparcar.</translation></message>
    <message><source>Waiting: %1</source><translation>En espera: %1</translation></message>
    <message><source>Unlock payments</source><translation>Desbloquear pagos</translation></message>
</context>
<context>
    <name>PinScreen</name>
    <message><source>Unlock payments</source><translation>Desbloquear pagos</translation></message>
    <message><source>For this drive, parked only.</source><translation>Para este viaje. Solo aparcado.</translation></message>
    <message><source>Too many tries. Wait.</source><translation>Demasiados intentos. Pruebe más tarde.</translation></message>
    <message><source>Wrong PIN. Tries left: %1</source><translation>PIN incorrecto. Intentos: %1</translation></message>
    <message><source>Park first, then unlock.</source><translation>Aparque y luego desbloquee.</translation></message>
    <message><source>Not now</source><translation>Ahora no</translation></message>
</context>
<context>
    <name>ResultScreen</name>
    <message><source>Show again</source><translation>Mostrar otra vez</translation></message>
</context>
<context>
    <name>UnavailableScreen</name>
    <message><source>Payments unavailable</source><translation>Pagos no disponibles</translation></message>
    <message><source>The payment service does not answer. Pay at the counter.</source><translation>El servicio no responde. Pague en caja.</translation></message>
</context>
</TS>
