<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>Card</name>
    <message>
        <source>at most</source>
        <translation>como máximo</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Ahora no</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>Se paga con</translation>
    </message>
    <message>
        <source>You can stop it</source>
        <translation>Se puede anular</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>hasta que se envíe</translation>
    </message>
    <message>
        <source>until it is sent or you leave</source>
        <translation>hasta enviarlo o irse</translation>
    </message>
    <message>
        <source>saved, paid later</source>
        <translation>guardado, se paga después</translation>
    </message>
    <message>
        <source>at most; saved, paid later</source>
        <translation>como máximo; se paga después</translation>
    </message>
    <message>
        <source>saved, sent later</source>
        <translation>guardado, se envía después</translation>
    </message>
    <message>
        <source>at most; saved, sent later</source>
        <translation>como máximo; se envía después</translation>
    </message>
</context>
<context>
    <name>Daemon</name>
    <message>
        <source>Desk mode: development keys, sandbox payments</source>
        <translation>Modo de prueba: claves de desarrollo, pagos ficticios</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Fuel</source>
        <translation>Combustible</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>Pagar</translation>
    </message>
    <message>
        <source>Pump %1</source>
        <translation>Surtidor %1</translation>
    </message>
    <message>
        <source>until you start fuelling</source>
        <translation>hasta que empiece a repostar</translation>
    </message>
    <message>
        <source>Undo until fuelling starts</source>
        <translation>Anular antes de repostar</translation>
    </message>
    <message>
        <source>Parking</source>
        <translation>Aparcamiento</translation>
    </message>
    <message>
        <source>Zone %1</source>
        <translation>Zona %1</translation>
    </message>
    <message>
        <source>Gate %1</source>
        <translation>Puerta %1</translation>
    </message>
    <message>
        <source>until you leave</source>
        <translation>hasta que se vaya</translation>
    </message>
    <message>
        <source>Undo until you leave</source>
        <translation>Anular antes de irse</translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation>Café</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Pedir</translation>
    </message>
    <message>
        <source>Pickup %1</source>
        <translation>Recogida %1</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>hasta que se envíe</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>Anular antes de enviarse</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>Carga</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>Cargar</translation>
    </message>
    <message>
        <source>Charger %1</source>
        <translation>Cargador %1</translation>
    </message>
    <message>
        <source>until charging starts</source>
        <translation>hasta que empiece la carga</translation>
    </message>
    <message>
        <source>Undo until charging starts</source>
        <translation>Anular antes de la carga</translation>
    </message>
    <message>
        <source>Toll</source>
        <translation>Peaje</translation>
    </message>
    <message>
        <source>Lane %1</source>
        <translation>Carril %1</translation>
    </message>
    <message>
        <source>Car wash</source>
        <translation>Lavado</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>Box %1</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>Comida</translation>
    </message>
    <message>
        <source>Assistant credit</source>
        <translation>Saldo del asistente</translation>
    </message>
    <message>
        <source>Top up</source>
        <translation>Recargar</translation>
    </message>
    <message>
        <source>until it is first used</source>
        <translation>hasta el primer uso</translation>
    </message>
    <message>
        <source>Undo until it is first used</source>
        <translation>Anular antes de usarlo</translation>
    </message>
    <message>
        <source>Membership</source>
        <translation>Suscripción</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Unirse</translation>
    </message>
    <message>
        <source>one period, then asked again</source>
        <translation>un periodo; luego se pregunta</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>A purchase waits. Unlock payments when parked.</source>
        <translation>Hay una compra. Desbloquee al aparcar.</translation>
    </message>
    <message>
        <source>A purchase waits. Details when parked.</source>
        <translation>Hay una compra. Detalles al aparcar.</translation>
    </message>
    <message>
        <source>The car's storage is full.</source>
        <translation>La memoria del coche está llena.</translation>
    </message>
    <message>
        <source>Nothing was approved. The car's storage is full.</source>
        <translation>No se aprobó nada. Memoria llena.</translation>
    </message>
    <message>
        <source>%1 more when parked.</source>
        <translation>%1 más al aparcar.</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>Approved, not paid yet</source>
        <translation>Aprobado, aún sin pagar</translation>
    </message>
    <message>
        <source>Saved in the car, not paid yet</source>
        <translation>Guardado en el coche, sin pagar</translation>
    </message>
    <message>
        <source>Saved in the car. Paid when back online.</source>
        <translation>Guardado en el coche. Se paga al tener conexión.</translation>
    </message>
    <message>
        <source>Saved in the car. Sent when back online, until %1.</source>
        <translation>En el coche. Se envía con red, hasta las %1.</translation>
    </message>
    <message>
        <source>Saved in the car. Being sent now.</source>
        <translation>Guardado en el coche. Enviándose.</translation>
    </message>
    <message>
        <source>Sent. Waiting for the answer.</source>
        <translation>Enviado. Esperando respuesta.</translation>
    </message>
    <message>
        <source>Sent. The answer comes when back online.</source>
        <translation>Enviado. Respuesta al tener conexión.</translation>
    </message>
    <message>
        <source>Paid %1</source>
        <translation>%1 pagado</translation>
    </message>
    <message>
        <source>You approved up to %1. The rest is released.</source>
        <translation>Aprobó hasta %1. El resto se libera.</translation>
    </message>
    <message>
        <source>Refunded %1</source>
        <translation>%1 reembolsado</translation>
    </message>
    <message>
        <source>At most %1 is held. Not paid yet.</source>
        <translation>Retenido como máximo %1. Aún sin pagar.</translation>
    </message>
    <message>
        <source>Nothing was paid.</source>
        <translation>No se pagó nada.</translation>
    </message>
    <message>
        <source>Too late to stop.</source>
        <translation>Ya no se puede anular.</translation>
    </message>
    <message>
        <source>Undo until %1</source>
        <translation>Anular hasta las %1</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>Anular antes de enviarse</translation>
    </message>
    <message>
        <source>Undo until sent or leaving</source>
        <translation>Anular antes de envío/salida</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>%1 at most</source>
        <translation>%1 como máximo</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>No es posible</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Ahora no</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>Sin respuesta a tiempo</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Retirado</translation>
    </message>
    <message>
        <source>The assistant took it back. Nothing was paid.</source>
        <translation>El asistente lo retiró. No se pagó nada.</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Sustituido</translation>
    </message>
    <message>
        <source>A newer one took its place. Nothing was paid.</source>
        <translation>Otro más nuevo lo sustituye. No se pagó nada.</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>Esperando por usted</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>Reservado</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Anulado</translation>
    </message>
    <message>
        <source>Handed over, not paid yet</source>
        <translation>Entregado, aún sin pagar</translation>
    </message>
    <message>
        <source>The merchant collects it.</source>
        <translation>El comercio lo cobra.</translation>
    </message>
    <message>
        <source>Lapsed</source>
        <translation>Caducado</translation>
    </message>
    <message>
        <source>It was not accepted in time. Nothing was paid.</source>
        <translation>No se aceptó a tiempo. No se pagó nada.</translation>
    </message>
    <message>
        <source>Your bank refused</source>
        <translation>Su banco lo rechazó</translation>
    </message>
    <message>
        <source>Your bank asks for more</source>
        <translation>Su banco pide más</translation>
    </message>
    <message>
        <source>This car cannot give it yet. Nothing was paid.</source>
        <translation>El coche aún no puede. No se pagó nada.</translation>
    </message>
    <message>
        <source>Held back, not paid yet</source>
        <translation>Retenido, aún sin pagar</translation>
    </message>
    <message>
        <source>The payment service did not take it.</source>
        <translation>El servicio de pago no lo aceptó.</translation>
    </message>
    <message>
        <source>Stop requested</source>
        <translation>Anulación solicitada</translation>
    </message>
    <message>
        <source>Not confirmed yet.</source>
        <translation>Aún sin confirmar.</translation>
    </message>
    <message>
        <source>Too late to stop</source>
        <translation>Ya no se puede anular</translation>
    </message>
    <message>
        <source>The final amount is not confirmed yet.</source>
        <translation>El importe final no está confirmado.</translation>
    </message>
    <message>
        <source>Reservation released</source>
        <translation>Reserva liberada</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Abandonado</translation>
    </message>
    <message>
        <source>It will not be sent again.</source>
        <translation>No se enviará de nuevo.</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>Reclamado</translation>
    </message>
    <message>
        <source>The answer is not here yet.</source>
        <translation>Aún no hay respuesta.</translation>
    </message>
    <message>
        <source>Dispute closed</source>
        <translation>Reclamación cerrada</translation>
    </message>
    <message>
        <source>The record holds the outcome.</source>
        <translation>El registro tiene el resultado.</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>Aún sin respuesta</translation>
    </message>
    <message>
        <source>It may have gone through. The car asks.</source>
        <translation>Quizá se realizó. El coche lo consulta.</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Payments paused, service needed</source>
        <translation>Pagos en pausa, acuda al taller</translation>
    </message>
    <message>
        <source>This car cannot pay for that.</source>
        <translation>El coche no puede pagar eso.</translation>
    </message>
    <message>
        <source>You have not allowed this kind of purchase.</source>
        <translation>No ha permitido este tipo de compra.</translation>
    </message>
    <message>
        <source>The assistant's request was not complete.</source>
        <translation>La petición del asistente no estaba completa.</translation>
    </message>
    <message>
        <source>The assistant did not say where.</source>
        <translation>El asistente no dijo dónde.</translation>
    </message>
    <message>
        <source>The offer is too old.</source>
        <translation>La oferta es demasiado antigua.</translation>
    </message>
    <message>
        <source>No contact with the payment service yet.</source>
        <translation>Aún sin contacto con el servicio de pago.</translation>
    </message>
    <message>
        <source>This merchant is not known.</source>
        <translation>Comercio desconocido.</translation>
    </message>
    <message>
        <source>What is known of this merchant is too old.</source>
        <translation>Los datos del comercio son antiguos.</translation>
    </message>
    <message>
        <source>This merchant does not offer that.</source>
        <translation>Este comercio no ofrece eso.</translation>
    </message>
    <message>
        <source>This merchant takes another currency.</source>
        <translation>Este comercio usa otra moneda.</translation>
    </message>
    <message>
        <source>You have not allowed this currency.</source>
        <translation>No ha permitido esta moneda.</translation>
    </message>
    <message>
        <source>More than your limit for one purchase.</source>
        <translation>Supera su límite por compra.</translation>
    </message>
    <message>
        <source>The assistant has too many open requests.</source>
        <translation>El asistente tiene demasiadas peticiones.</translation>
    </message>
    <message>
        <source>The car does not know the time yet. Pay at the till.</source>
        <translation>Hora aún no confirmada. Pague en caja.</translation>
    </message>
    <message>
        <source>No connection. Pay at the till.</source>
        <translation>Sin conexión. Pague en caja.</translation>
    </message>
    <message>
        <source>Too much without a connection. Pay at the till.</source>
        <translation>Demasiado sin conexión. Pague en caja.</translation>
    </message>
    <message>
        <source>Too much is waiting for a connection. Pay at the till.</source>
        <translation>Demasiado pendiente. Pague en caja.</translation>
    </message>
    <message>
        <source>Enter your PIN when parked.</source>
        <translation>Introduzca su PIN al aparcar.</translation>
    </message>
    <message>
        <source>You have stopped all assistants.</source>
        <translation>Ha detenido a todos los asistentes.</translation>
    </message>
    <message>
        <source>You have stopped this assistant.</source>
        <translation>Ha detenido a este asistente.</translation>
    </message>
    <message>
        <source>What you allowed has ended.</source>
        <translation>Su permiso ha terminado.</translation>
    </message>
    <message>
        <source>You have not allowed this merchant.</source>
        <translation>No ha permitido este comercio.</translation>
    </message>
    <message>
        <source>You have not allowed it at this time.</source>
        <translation>No lo ha permitido a esta hora.</translation>
    </message>
    <message>
        <source>You have not allowed it this far away.</source>
        <translation>No lo ha permitido tan lejos.</translation>
    </message>
    <message>
        <source>More than your limit for a day.</source>
        <translation>Supera su límite diario.</translation>
    </message>
    <message>
        <source>More than your limit for a month.</source>
        <translation>Supera su límite mensual.</translation>
    </message>
    <message>
        <source>Too long without a connection. Pay at the till.</source>
        <translation>Demasiado tiempo sin conexión. Pague en caja.</translation>
    </message>
    <message>
        <source>Much more than you usually pay. Please check.</source>
        <translation>Mucho más de lo habitual. Compruébelo.</translation>
    </message>
    <message>
        <source>Many purchases in a short time. Please check.</source>
        <translation>Muchas compras en poco tiempo. Compruébelo.</translation>
    </message>
    <message>
        <source>You just paid the same here. Please check.</source>
        <translation>Acaba de pagar lo mismo aquí. Compruébelo.</translation>
    </message>
    <message>
        <source>The merchant is far from the car.</source>
        <translation>El comercio está lejos del coche.</translation>
    </message>
    <message>
        <source>Your car cannot use that.</source>
        <translation>Su coche no puede usar eso.</translation>
    </message>
    <message>
        <source>Your car is almost full. Please check.</source>
        <translation>Su coche está casi lleno. Compruébelo.</translation>
    </message>
    <message>
        <source>More than fits into your car.</source>
        <translation>Más de lo que cabe en su coche.</translation>
    </message>
    <message>
        <source>Too far from your last purchase. Please check.</source>
        <translation>Muy lejos de la última compra. Compruébelo.</translation>
    </message>
    <message>
        <source>An unusual time for this.</source>
        <translation>Una hora poco habitual.</translation>
    </message>
    <message>
        <source>A new assistant.</source>
        <translation>Un asistente nuevo.</translation>
    </message>
    <message>
        <source>You have not paid here before.</source>
        <translation>Nunca ha pagado aquí.</translation>
    </message>
    <message>
        <source>You often said no to this assistant. Please check.</source>
        <translation>A menudo rechaza a este asistente. Compruébelo.</translation>
    </message>
    <message>
        <source>The assistant spoke of another sum. Please check.</source>
        <translation>El asistente dijo otra cantidad. Compruébelo.</translation>
    </message>
    <message>
        <source>The assistant named another payee. Please check.</source>
        <translation>El asistente nombró a otro cobrador. Compruébelo.</translation>
    </message>
    <message>
        <source>The assistant&apos;s words look forged. Please check.</source>
        <translation>Lo que dice el asistente parece falso. Compruébelo.</translation>
    </message>
    <message>
        <source>Set it up when parked.</source>
        <translation>Configúrelo al aparcar.</translation>
    </message>
    <message>
        <source>Details when parked.</source>
        <translation>Detalles al aparcar.</translation>
    </message>
    <message>
        <source>You decide every time.</source>
        <translation>Usted decide cada vez.</translation>
    </message>
    <message>
        <source>This purchase is not possible.</source>
        <translation>Esta compra no es posible.</translation>
    </message>
</context>
</TS>
