<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>CardHeader</name>
    <message><source>Assistant suggests</source><translation>L’assistant propose</translation></message>
    <message><source>Suggested</source><translation>Proposition</translation></message>
</context>
<context>
    <name>CockpitWindow</name>
    <message><source>Glovebox</source><translation>Glovebox</translation></message>
</context>
<context>
    <name>DeskFrame</name>
    <message><source>host HMI</source><translation>écran de la voiture</translation></message>
</context>
<context>
    <name>IdleScreen</name>
    <message><source>Payments</source><translation>Paiements</translation></message>
    <message><source>Locked</source><translation>Verrouillé</translation></message>
    <message><source>Ready</source><translation>Prêt</translation></message>
    <message><source>Paused</source><translation>Suspendu</translation></message>
    <message><source>Unlock once for this drive.</source><translation>Déverrouillez pour ce trajet.</translation></message>
    <message><source>Unlock when parked.</source><translation>Déverrouillez à l’arrêt.</translation></message>
    <message><source>Waiting: %1</source><translation>En attente : %1</translation></message>
    <message><source>Unlock payments</source><translation>Déverrouiller</translation></message>
</context>
<context>
    <name>PinScreen</name>
    <message><source>Unlock payments</source><translation>Déverrouiller</translation></message>
    <message><source>For this drive, parked only.</source><translation>Pour ce trajet. À l’arrêt seulement.</translation></message>
    <message><source>Too many tries. Wait.</source><translation>Trop d’essais. Réessayez plus tard.</translation></message>
    <message><source>Wrong PIN. Tries left: %1</source><translation>PIN erroné. Essais : %1</translation></message>
    <message><source>Park first, then unlock.</source><translation>Garez-vous, puis déverrouillez.</translation></message>
    <message><source>Not now</source><translation>Pas maintenant</translation></message>
</context>
<context>
    <name>ResultScreen</name>
    <message><source>Show again</source><translation>Revoir</translation></message>
</context>
<context>
    <name>UnavailableScreen</name>
    <message><source>Payments unavailable</source><translation>Paiements indisponibles</translation></message>
    <message><source>The payment service does not answer. Pay at the counter.</source><translation>Le service ne répond pas. Payez à la caisse.</translation></message>
</context>
</TS>
