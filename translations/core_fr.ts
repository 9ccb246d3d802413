<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Card</name>
    <message>
        <source>at most</source>
        <translation>au maximum</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Pas maintenant</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>Payé avec</translation>
    </message>
    <message>
        <source>You can stop it</source>
        <translation>Annulable</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>jusqu’à l’envoi</translation>
    </message>
    <message>
        <source>until it is sent or you leave</source>
        <translation>jusqu’à l’envoi ou au départ</translation>
    </message>
    <message>
        <source>saved, paid later</source>
        <translation>gardé, payé plus tard</translation>
    </message>
    <message>
        <source>at most; saved, paid later</source>
        <translation>au maximum ; payé plus tard</translation>
    </message>
    <message>
        <source>saved, sent later</source>
        <translation>gardé, envoyé plus tard</translation>
    </message>
    <message>
        <source>at most; saved, sent later</source>
        <translation>au maximum ; envoyé plus tard</translation>
    </message>
</context>
<context>
    <name>Daemon</name>
    <message>
        <source>Desk mode: development keys, sandbox payments</source>
        <translation>Mode bureau : clés de test, paiements fictifs</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Fuel</source>
        <translation>Carburant</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>Payer</translation>
    </message>
    <message>
        <source>Pump %1</source>
        <translation>Pompe %1</translation>
    </message>
    <message>
        <source>until you start fuelling</source>
        <translation>jusqu’au début du plein</translation>
    </message>
    <message>
        <source>Undo until fuelling starts</source>
        <translation>Annuler avant le plein</translation>
    </message>
    <message>
        <source>Parking</source>
        <translation>Parking</translation>
    </message>
    <message>
        <source>Zone %1</source>
        <translation>Zone %1</translation>
    </message>
    <message>
        <source>Gate %1</source>
        <translation>Porte %1</translation>
    </message>
    <message>
        <source>until you leave</source>
        <translation>jusqu’au départ</translation>
    </message>
    <message>
        <source>Undo until you leave</source>
        <translation>Annuler avant le départ</translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation>Café</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Commander</translation>
    </message>
    <message>
        <source>Pickup %1</source>
        <translation>Retrait %1</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>jusqu’à l’envoi</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>Annuler avant l’envoi</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Recharge</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>Recharger</translation>
    </message>
    <message>
        <source>Charger %1</source>
        <translation>Borne %1</translation>
    </message>
    <message>
        <source>until charging starts</source>
        <translation>jusqu’au début de la recharge</translation>
    </message>
    <message>
        <source>Undo until charging starts</source>
        <translation>Annuler avant la recharge</translation>
    </message>
    <message>
        <source>Toll</source>
        <translation>Péage</translation>
    </message>
    <message>
        <source>Lane %1</source>
        <translation>Voie %1</translation>
    </message>
    <message>
        <source>Car wash</source>
        <translation>Lavage auto</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>Box %1</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>Repas</translation>
    </message>
    <message>
        <source>Assistant credit</source>
        <translation>Crédit assistant</translation>
    </message>
    <message>
        <source>Top up</source>
        <translation>Recharger</translation>
    </message>
    <message>
        <source>until it is first used</source>
        <translation>jusqu’au premier usage</translation>
    </message>
    <message>
        <source>Undo until it is first used</source>
        <translation>Annuler avant l’usage</translation>
    </message>
    <message>
        <source>Membership</source>
        <translation>Adhésion</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Adhérer</translation>
    </message>
    <message>
        <source>one period, then asked again</source>
        <translation>une période, puis redemandé</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>A purchase waits. Unlock payments when parked.</source>
        <translation>Un achat attend. Déverrouillez à l’arrêt.</translation>
    </message>
    <message>
        <source>A purchase waits. Details when parked.</source>
        <translation>Un achat attend. Détails à l’arrêt.</translation>
    </message>
    <message>
        <source>The car's storage is full.</source>
        <translation>La mémoire de la voiture est pleine.</translation>
    </message>
    <message>
        <source>Nothing was approved. The car's storage is full.</source>
        <translation>Rien n’a été approuvé. Mémoire pleine.</translation>
    </message>
    <message>
        <source>%1 more when parked.</source>
        <translation>%1 de plus à l’arrêt.</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>Approved, not paid yet</source>
        <translation>Approuvé, pas encore payé</translation>
    </message>
    <message>
        <source>Saved in the car, not paid yet</source>
        <translation>Gardé dans la voiture, pas payé</translation>
    </message>
    <message>
        <source>Saved in the car. Paid when back online.</source>
        <translation>Gardé dans la voiture. Payé une fois en ligne.</translation>
    </message>
    <message>
        <source>Saved in the car. Sent when back online, until %1.</source>
        <translation>Dans la voiture. Envoi en ligne, jusqu’à %1.</translation>
    </message>
    <message>
        <source>Saved in the car. Being sent now.</source>
        <translation>Gardé dans la voiture. Envoi en cours.</translation>
    </message>
    <message>
        <source>Sent. Waiting for the answer.</source>
        <translation>Envoyé. Réponse attendue.</translation>
    </message>
    <message>
        <source>Sent. The answer comes when back online.</source>
        <translation>Envoyé. Réponse une fois en ligne.</translation>
    </message>
    <message>
        <source>Paid %1</source>
        <translation>%1 payés</translation>
    </message>
    <message>
        <source>You approved up to %1. The rest is released.</source>
        <translation>Approuvé jusqu’à %1. Le reste est libéré.</translation>
    </message>
    <message>
        <source>Refunded %1</source>
        <translation>%1 remboursés</translation>
    </message>
    <message>
        <source>At most %1 is held. Not paid yet.</source>
        <translation>%1 au maximum bloqués. Pas encore payé.</translation>
    </message>
    <message>
        <source>Nothing was paid.</source>
        <translation>Rien n’a été payé.</translation>
    </message>
    <message>
        <source>Too late to stop.</source>
        <translation>Trop tard pour annuler.</translation>
    </message>
    <message>
        <source>Undo until %1</source>
        <translation>Annuler jusqu’à %1</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>Annuler avant l’envoi</translation>
    </message>
    <message>
        <source>Undo until sent or leaving</source>
        <translation>Annuler avant envoi/départ</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>%1 at most</source>
        <translation>%1 au maximum</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>Impossible</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Pas maintenant</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>Pas de réponse à temps</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Retiré</translation>
    </message>
    <message>
        <source>The assistant took it back. Nothing was paid.</source>
        <translation>L’assistant l’a retiré. Rien n’a été payé.</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Remplacé</translation>
    </message>
    <message>
        <source>A newer one took its place. Nothing was paid.</source>
        <translation>Un plus récent le remplace. Rien n’a été payé.</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>En attente de vous</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>Réservé</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>Handed over, not paid yet</source>
        <translation>Remis, pas encore payé</translation>
    </message>
    <message>
        <source>The merchant collects it.</source>
        <translation>Le commerçant l’encaisse.</translation>
    </message>
    <message>
        <source>Lapsed</source>
        <translation>Expiré</translation>
    </message>
    <message>
        <source>It was not accepted in time. Nothing was paid.</source>
        <translation>Pas accepté à temps. Rien n’a été payé.</translation>
    </message>
    <message>
        <source>Your bank refused</source>
        <translation>Refusé par votre banque</translation>
    </message>
    <message>
        <source>Your bank asks for more</source>
        <translation>Votre banque demande plus</translation>
    </message>
    <message>
        <source>This car cannot give it yet. Nothing was paid.</source>
        <translation>La voiture ne peut pas encore. Rien n’a été payé.</translation>
    </message>
    <message>
        <source>Held back, not paid yet</source>
        <translation>Retenu, pas encore payé</translation>
    </message>
    <message>
        <source>The payment service did not take it.</source>
        <translation>Le service de paiement l’a refusé.</translation>
    </message>
    <message>
        <source>Stop requested</source>
        <translation>Annulation demandée</translation>
    </message>
    <message>
        <source>Not confirmed yet.</source>
        <translation>Pas encore confirmé.</translation>
    </message>
    <message>
        <source>Too late to stop</source>
        <translation>Trop tard pour annuler</translation>
    </message>
    <message>
        <source>The final amount is not confirmed yet.</source>
        <translation>Le montant final n’est pas confirmé.</translation>
    </message>
    <message>
        <source>Reservation released</source>
        <translation>Réservation libérée</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Abandonné</translation>
    </message>
    <message>
        <source>It will not be sent again.</source>
        <translation>Ce ne sera pas renvoyé.</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>Contesté</translation>
    </message>
    <message>
        <source>The answer is not here yet.</source>
        <translation>La réponse n’est pas là.</translation>
    </message>
    <message>
        <source>Dispute closed</source>
        <translation>Litige clos</translation>
    </message>
    <message>
        <source>The record holds the outcome.</source>
        <translation>Le résultat est enregistré.</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>Pas encore de réponse</translation>
    </message>
    <message>
        <source>It may have gone through. The car asks.</source>
        <translation>Peut-être abouti. La voiture vérifie.</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Payments paused, service needed</source>
        <translation>Paiements suspendus, passez à l’atelier</translation>
    </message>
    <message>
        <source>This car cannot pay for that.</source>
        <translation>La voiture ne peut pas payer cela.</translation>
    </message>
    <message>
        <source>You have not allowed this kind of purchase.</source>
        <translation>Vous n’avez pas autorisé ce type d’achat.</translation>
    </message>
    <message>
        <source>The assistant's request was not complete.</source>
        <translation>La demande de l’assistant est incomplète.</translation>
    </message>
    <message>
        <source>The assistant did not say where.</source>
        <translation>L’assistant n’a pas dit où.</translation>
    </message>
    <message>
        <source>The offer is too old.</source>
        <translation>L’offre est trop ancienne.</translation>
    </message>
    <message>
        <source>No contact with the payment service yet.</source>
        <translation>Pas encore de contact avec le service de paiement.</translation>
    </message>
    <message>
        <source>This merchant is not known.</source>
        <translation>Ce commerçant est inconnu.</translation>
    </message>
    <message>
        <source>What is known of this merchant is too old.</source>
        <translation>Données du commerçant trop anciennes.</translation>
    </message>
    <message>
        <source>This merchant does not offer that.</source>
        <translation>Ce commerçant ne propose pas cela.</translation>
    </message>
    <message>
        <source>This merchant takes another currency.</source>
        <translation>Ce commerçant prend une autre devise.</translation>
    </message>
    <message>
        <source>You have not allowed this currency.</source>
        <translation>Devise non autorisée par vous.</translation>
    </message>
    <message>
        <source>More than your limit for one purchase.</source>
        <translation>Au-delà de votre limite par achat.</translation>
    </message>
    <message>
        <source>The assistant has too many open requests.</source>
        <translation>Trop de demandes en cours de l’assistant.</translation>
    </message>
    <message>
        <source>The car does not know the time yet. Pay at the till.</source>
        <translation>Heure pas encore connue. Payez à la caisse.</translation>
    </message>
    <message>
        <source>No connection. Pay at the till.</source>
        <translation>Pas de connexion. Payez à la caisse.</translation>
    </message>
    <message>
        <source>Too much without a connection. Pay at the till.</source>
        <translation>Trop sans connexion. Payez à la caisse.</translation>
    </message>
    <message>
        <source>Too much is waiting for a connection. Pay at the till.</source>
        <translation>Trop d’achats en attente. Payez à la caisse.</translation>
    </message>
    <message>
        <source>Enter your PIN when parked.</source>
        <translation>Saisissez le PIN à l’arrêt.</translation>
    </message>
    <message>
        <source>You have stopped all assistants.</source>
        <translation>Vous avez arrêté tous les assistants.</translation>
    </message>
    <message>
        <source>You have stopped this assistant.</source>
        <translation>Vous avez arrêté cet assistant.</translation>
    </message>
    <message>
        <source>What you allowed has ended.</source>
        <translation>Votre autorisation a expiré.</translation>
    </message>
    <message>
        <source>You have not allowed this merchant.</source>
        <translation>Commerçant non autorisé par vous.</translation>
    </message>
    <message>
        <source>You have not allowed it at this time.</source>
        <translation>Pas autorisé à cette heure.</translation>
    </message>
    <message>
        <source>You have not allowed it this far away.</source>
        <translation>Pas autorisé aussi loin.</translation>
    </message>
    <message>
        <source>More than your limit for a day.</source>
        <translation>Au-delà de votre limite par jour.</translation>
    </message>
    <message>
        <source>More than your limit for a month.</source>
        <translation>Au-delà de votre limite par mois.</translation>
    </message>
    <message>
        <source>Too long without a connection. Pay at the till.</source>
        <translation>Hors ligne trop longtemps. Payez à la caisse.</translation>
    </message>
    <message>
        <source>Much more than you usually pay. Please check.</source>
        <translation>Bien plus que d’habitude. Vérifiez.</translation>
    </message>
    <message>
        <source>Many purchases in a short time. Please check.</source>
        <translation>Beaucoup d’achats en peu de temps. Vérifiez.</translation>
    </message>
    <message>
        <source>You just paid the same here. Please check.</source>
        <translation>Vous venez de payer cela ici. Vérifiez.</translation>
    </message>
    <message>
        <source>The merchant is far from the car.</source>
        <translation>Le commerçant est loin de la voiture.</translation>
    </message>
    <message>
        <source>Your car cannot use that.</source>
        <translation>Votre voiture n’en a pas l’usage.</translation>
    </message>
    <message>
        <source>Your car is almost full. Please check.</source>
        <translation>Réservoir presque plein. Vérifiez.</translation>
    </message>
    <message>
        <source>More than fits into your car.</source>
        <translation>Plus que votre voiture ne contient.</translation>
    </message>
    <message>
        <source>Too far from your last purchase. Please check.</source>
        <translation>Trop loin du dernier achat. Vérifiez.</translation>
    </message>
    <message>
        <source>An unusual time for this.</source>
        <translation>Une heure inhabituelle.</translation>
    </message>
    <message>
        <source>A new assistant.</source>
        <translation>Un nouvel assistant.</translation>
    </message>
    <message>
        <source>You have not paid here before.</source>
        <translation>Vous n’avez jamais payé ici.</translation>
    </message>
    <message>
        <source>You often said no to this assistant. Please check.</source>
        <translation>Souvent refusé à cet assistant. Vérifiez.</translation>
    </message>
    <message>
        <source>The assistant spoke of another sum. Please check.</source>
        <translation>L’assistant a cité une autre somme. Vérifiez.</translation>
    </message>
    <message>
        <source>The assistant named another payee. Please check.</source>
        <translation>L’assistant a cité un autre bénéficiaire. Vérifiez.</translation>
    </message>
    <message>
        <source>The assistant&apos;s words look forged. Please check.</source>
        <translation>Les mots de l’assistant semblent faux. Vérifiez.</translation>
    </message>
    <message>
        <source>Set it up when parked.</source>
        <translation>À configurer à l’arrêt.</translation>
    </message>
    <message>
        <source>Details when parked.</source>
        <translation>Détails à l’arrêt.</translation>
    </message>
    <message>
        <source>You decide every time.</source>
        <translation>Vous décidez à chaque fois.</translation>
    </message>
    <message>
        <source>This purchase is not possible.</source>
        <translation>Cet achat est impossible.</translation>
    </message>
</context>
</TS>
