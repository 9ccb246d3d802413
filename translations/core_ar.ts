<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>Card</name>
    <message>
        <source>at most</source>
        <translation>كحد أقصى</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>ليس الآن</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>الدفع عبر</translation>
    </message>
    <message>
        <source>You can stop it</source>
        <translation>يمكن إيقافه</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>حتى يُرسل</translation>
    </message>
    <message>
        <source>until it is sent or you leave</source>
        <translation>حتى يُرسل أو تغادر</translation>
    </message>
    <message>
        <source>saved, paid later</source>
        <translation>محفوظ، يُدفع لاحقًا</translation>
    </message>
    <message>
        <source>at most; saved, paid later</source>
        <translation>كحد أقصى؛ يُدفع لاحقًا</translation>
    </message>
    <message>
        <source>saved, sent later</source>
        <translation>محفوظ، يُرسل لاحقًا</translation>
    </message>
    <message>
        <source>at most; saved, sent later</source>
        <translation>كحد أقصى؛ يُرسل لاحقًا</translation>
    </message>
</context>
<context>
    <name>Daemon</name>
    <message>
        <source>Desk mode: development keys, sandbox payments</source>
        <translation>وضع الاختبار: مفاتيح تجريبية ومدفوعات وهمية</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Fuel</source>
        <translation>وقود</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>ادفع</translation>
    </message>
    <message>
        <source>Pump %1</source>
        <translation>المضخة %1</translation>
    </message>
    <message>
        <source>until you start fuelling</source>
        <translation>حتى تبدأ التعبئة</translation>
    </message>
    <message>
        <source>Undo until fuelling starts</source>
        <translation>تراجع قبل التعبئة</translation>
    </message>
    <message>
        <source>Parking</source>
        <translation>موقف</translation>
    </message>
    <message>
        <source>Zone %1</source>
        <translation>المنطقة %1</translation>
    </message>
    <message>
        <source>Gate %1</source>
        <translation>البوابة %1</translation>
    </message>
    <message>
        <source>until you leave</source>
        <translation>حتى تغادر</translation>
    </message>
    <message>
        <source>Undo until you leave</source>
        <translation>تراجع قبل المغادرة</translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation>قهوة</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>اطلب</translation>
    </message>
    <message>
        <source>Pickup %1</source>
        <translation>استلام %1</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>حتى يُرسل</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>تراجع قبل الإرسال</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>شحن</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>اشحن</translation>
    </message>
    <message>
        <source>Charger %1</source>
        <translation>الشاحن %1</translation>
    </message>
    <message>
        <source>until charging starts</source>
        <translation>حتى يبدأ الشحن</translation>
    </message>
    <message>
        <source>Undo until charging starts</source>
        <translation>تراجع قبل الشحن</translation>
    </message>
    <message>
        <source>Toll</source>
        <translation>رسوم عبور</translation>
    </message>
    <message>
        <source>Lane %1</source>
        <translation>المسار %1</translation>
    </message>
    <message>
        <source>Car wash</source>
        <translation>غسيل سيارات</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>الحجرة %1</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>طعام</translation>
    </message>
    <message>
        <source>Assistant credit</source>
        <translation>رصيد المساعد</translation>
    </message>
    <message>
        <source>Top up</source>
        <translation>اشحن الرصيد</translation>
    </message>
    <message>
        <source>until it is first used</source>
        <translation>حتى أول استخدام</translation>
    </message>
    <message>
        <source>Undo until it is first used</source>
        <translation>تراجع قبل الاستخدام</translation>
    </message>
    <message>
        <source>Membership</source>
        <translation>عضوية</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>انضم</translation>
    </message>
    <message>
        <source>one period, then asked again</source>
        <translation>لفترة واحدة ثم يُسأل مجددًا</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>A purchase waits. Unlock payments when parked.</source>
        <translation>شراء ينتظر. افتح القفل عند الوقوف.</translation>
    </message>
    <message>
        <source>A purchase waits. Details when parked.</source>
        <translation>شراء ينتظر. التفاصيل عند الوقوف.</translation>
    </message>
    <message>
        <source>The car's storage is full.</source>
        <translation>ذاكرة السيارة ممتلئة.</translation>
    </message>
    <message>
        <source>Nothing was approved. The car's storage is full.</source>
        <translation>لم تتم الموافقة. الذاكرة ممتلئة.</translation>
    </message>
    <message>
        <source>%1 more when parked.</source>
        <translation>%1 أخرى عند الوقوف.</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>Approved, not paid yet</source>
        <translation>تمت الموافقة ولم يُدفع بعد</translation>
    </message>
    <message>
        <source>Saved in the car, not paid yet</source>
        <translation>محفوظ في السيارة ولم يُدفع</translation>
    </message>
    <message>
        <source>Saved in the car. Paid when back online.</source>
        <translation>محفوظ في السيارة. يُدفع عند الاتصال.</translation>
    </message>
    <message>
        <source>Saved in the car. Sent when back online, until %1.</source>
        <translation>محفوظ في السيارة. يُرسل عند الاتصال حتى %1.</translation>
    </message>
    <message>
        <source>Saved in the car. Being sent now.</source>
        <translation>محفوظ في السيارة. يُرسل الآن.</translation>
    </message>
    <message>
        <source>Sent. Waiting for the answer.</source>
        <translation>أُرسل. بانتظار الرد.</translation>
    </message>
    <message>
        <source>Sent. The answer comes when back online.</source>
        <translation>أُرسل. الرد عند الاتصال.</translation>
    </message>
    <message>
        <source>Paid %1</source>
        <translation>دُفع %1</translation>
    </message>
    <message>
        <source>You approved up to %1. The rest is released.</source>
        <translation>وافقت حتى %1. أُفرج عن الباقي.</translation>
    </message>
    <message>
        <source>Refunded %1</source>
        <translation>رُدّ %1</translation>
    </message>
    <message>
        <source>At most %1 is held. Not paid yet.</source>
        <translation>حُجز %1 كحد أقصى. لم يُدفع بعد.</translation>
    </message>
    <message>
        <source>Nothing was paid.</source>
        <translation>لم يُدفع شيء.</translation>
    </message>
    <message>
        <source>Too late to stop.</source>
        <translation>فات وقت الإيقاف.</translation>
    </message>
    <message>
        <source>Undo until %1</source>
        <translation>تراجع حتى %1</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>تراجع قبل الإرسال</translation>
    </message>
    <message>
        <source>Undo until sent or leaving</source>
        <translation>تراجع قبل الإرسال/المغادرة</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>%1 at most</source>
        <translation>%1 كحد أقصى</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>غير ممكن</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>ليس الآن</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>لا رد في الوقت</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>سُحب</translation>
    </message>
    <message>
        <source>The assistant took it back. Nothing was paid.</source>
        <translation>سحبه المساعد. لم يُدفع شيء.</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>استُبدل</translation>
    </message>
    <message>
        <source>A newer one took its place. Nothing was paid.</source>
        <translation>حلّ محله أحدث. لم يُدفع شيء.</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>بانتظارك</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>محجوز</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>أُوقف</translation>
    </message>
    <message>
        <source>Handed over, not paid yet</source>
        <translation>سُلّم ولم يُدفع بعد</translation>
    </message>
    <message>
        <source>The merchant collects it.</source>
        <translation>يحصّله التاجر.</translation>
    </message>
    <message>
        <source>Lapsed</source>
        <translation>انقضى</translation>
    </message>
    <message>
        <source>It was not accepted in time. Nothing was paid.</source>
        <translation>لم يُقبل في الوقت. لم يُدفع شيء.</translation>
    </message>
    <message>
        <source>Your bank refused</source>
        <translation>رفض مصرفك</translation>
    </message>
    <message>
        <source>Your bank asks for more</source>
        <translation>مصرفك يطلب المزيد</translation>
    </message>
    <message>
        <source>This car cannot give it yet. Nothing was paid.</source>
        <translation>السيارة لا تستطيع بعد. لم يُدفع شيء.</translation>
    </message>
    <message>
        <source>Held back, not paid yet</source>
        <translation>مُعلّق ولم يُدفع بعد</translation>
    </message>
    <message>
        <source>The payment service did not take it.</source>
        <translation>لم تقبله خدمة الدفع.</translation>
    </message>
    <message>
        <source>Stop requested</source>
        <translation>طُلب الإيقاف</translation>
    </message>
    <message>
        <source>Not confirmed yet.</source>
        <translation>لم يُؤكد بعد.</translation>
    </message>
    <message>
        <source>Too late to stop</source>
        <translation>فات وقت الإيقاف</translation>
    </message>
    <message>
        <source>The final amount is not confirmed yet.</source>
        <translation>المبلغ النهائي لم يُؤكد بعد.</translation>
    </message>
    <message>
        <source>Reservation released</source>
        <translation>أُلغي الحجز</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>تُرك</translation>
    </message>
    <message>
        <source>It will not be sent again.</source>
        <translation>لن يُرسل مجددًا.</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>متنازع عليه</translation>
    </message>
    <message>
        <source>The answer is not here yet.</source>
        <translation>لم يصل الرد بعد.</translation>
    </message>
    <message>
        <source>Dispute closed</source>
        <translation>أُغلق النزاع</translation>
    </message>
    <message>
        <source>The record holds the outcome.</source>
        <translation>النتيجة في السجل.</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>لا رد بعد</translation>
    </message>
    <message>
        <source>It may have gone through. The car asks.</source>
        <translation>ربما تم. السيارة تستعلم.</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Payments paused, service needed</source>
        <translation>المدفوعات متوقفة، الصيانة مطلوبة</translation>
    </message>
    <message>
        <source>This car cannot pay for that.</source>
        <translation>لا تستطيع السيارة دفع ذلك.</translation>
    </message>
    <message>
        <source>You have not allowed this kind of purchase.</source>
        <translation>لم تسمح بهذا النوع من الشراء.</translation>
    </message>
    <message>
        <source>The assistant's request was not complete.</source>
        <translation>طلب المساعد غير مكتمل.</translation>
    </message>
    <message>
        <source>The assistant did not say where.</source>
        <translation>لم يذكر المساعد المكان.</translation>
    </message>
    <message>
        <source>The offer is too old.</source>
        <translation>العرض قديم جدًا.</translation>
    </message>
    <message>
        <source>No contact with the payment service yet.</source>
        <translation>لا اتصال بخدمة الدفع بعد.</translation>
    </message>
    <message>
        <source>This merchant is not known.</source>
        <translation>تاجر غير معروف.</translation>
    </message>
    <message>
        <source>What is known of this merchant is too old.</source>
        <translation>بيانات التاجر قديمة.</translation>
    </message>
    <message>
        <source>This merchant does not offer that.</source>
        <translation>هذا التاجر لا يقدم ذلك.</translation>
    </message>
    <message>
        <source>This merchant takes another currency.</source>
        <translation>هذا التاجر يقبل عملة أخرى.</translation>
    </message>
    <message>
        <source>You have not allowed this currency.</source>
        <translation>لم تسمح بهذه العملة.</translation>
    </message>
    <message>
        <source>More than your limit for one purchase.</source>
        <translation>أكثر من حدك لكل شراء.</translation>
    </message>
    <message>
        <source>The assistant has too many open requests.</source>
        <translation>للمساعد طلبات مفتوحة كثيرة.</translation>
    </message>
    <message>
        <source>The car does not know the time yet. Pay at the till.</source>
        <translation>الوقت غير مؤكد. ادفع عند الصندوق.</translation>
    </message>
    <message>
        <source>No connection. Pay at the till.</source>
        <translation>لا اتصال. ادفع عند الصندوق.</translation>
    </message>
    <message>
        <source>Too much without a connection. Pay at the till.</source>
        <translation>مبلغ كبير دون اتصال. ادفع عند الصندوق.</translation>
    </message>
    <message>
        <source>Too much is waiting for a connection. Pay at the till.</source>
        <translation>الكثير ينتظر الاتصال. ادفع عند الصندوق.</translation>
    </message>
    <message>
        <source>Enter your PIN when parked.</source>
        <translation>أدخل رمز PIN عند الوقوف.</translation>
    </message>
    <message>
        <source>You have stopped all assistants.</source>
        <translation>أوقفت جميع المساعدين.</translation>
    </message>
    <message>
        <source>You have stopped this assistant.</source>
        <translation>أوقفت هذا المساعد.</translation>
    </message>
    <message>
        <source>What you allowed has ended.</source>
        <translation>انتهى ما سمحت به.</translation>
    </message>
    <message>
        <source>You have not allowed this merchant.</source>
        <translation>لم تسمح بهذا التاجر.</translation>
    </message>
    <message>
        <source>You have not allowed it at this time.</source>
        <translation>لم تسمح به في هذا الوقت.</translation>
    </message>
    <message>
        <source>You have not allowed it this far away.</source>
        <translation>لم تسمح به على هذا البعد.</translation>
    </message>
    <message>
        <source>More than your limit for a day.</source>
        <translation>أكثر من حدك اليومي.</translation>
    </message>
    <message>
        <source>More than your limit for a month.</source>
        <translation>أكثر من حدك الشهري.</translation>
    </message>
    <message>
        <source>Too long without a connection. Pay at the till.</source>
        <translation>طال انقطاع الاتصال. ادفع عند الصندوق.</translation>
    </message>
    <message>
        <source>Much more than you usually pay. Please check.</source>
        <translation>أكثر بكثير من المعتاد. تحقق.</translation>
    </message>
    <message>
        <source>Many purchases in a short time. Please check.</source>
        <translation>مشتريات كثيرة بسرعة. تحقق.</translation>
    </message>
    <message>
        <source>You just paid the same here. Please check.</source>
        <translation>دفعت المثل هنا للتو. تحقق.</translation>
    </message>
    <message>
        <source>The merchant is far from the car.</source>
        <translation>التاجر بعيد عن السيارة.</translation>
    </message>
    <message>
        <source>Your car cannot use that.</source>
        <translation>سيارتك لا تستخدم ذلك.</translation>
    </message>
    <message>
        <source>Your car is almost full. Please check.</source>
        <translation>سيارتك شبه ممتلئة. تحقق.</translation>
    </message>
    <message>
        <source>More than fits into your car.</source>
        <translation>أكثر من سعة سيارتك.</translation>
    </message>
    <message>
        <source>Too far from your last purchase. Please check.</source>
        <translation>بعيد جدًا عن آخر شراء. تحقق.</translation>
    </message>
    <message>
        <source>An unusual time for this.</source>
        <translation>وقت غير معتاد لهذا.</translation>
    </message>
    <message>
        <source>A new assistant.</source>
        <translation>مساعد جديد.</translation>
    </message>
    <message>
        <source>You have not paid here before.</source>
        <translation>لم تدفع هنا من قبل.</translation>
    </message>
    <message>
        <source>You often said no to this assistant. Please check.</source>
        <translation>كثيرًا ما رفضت هذا المساعد. تحقق.</translation>
    </message>
    <message>
        <source>The assistant spoke of another sum. Please check.</source>
        <translation>ذكر المساعد مبلغًا آخر. تحقق.</translation>
    </message>
    <message>
        <source>The assistant named another payee. Please check.</source>
        <translation>ذكر المساعد مستفيدًا آخر. تحقق.</translation>
    </message>
    <message>
        <source>The assistant&apos;s words look forged. Please check.</source>
        <translation>كلام المساعد يبدو مزورًا. تحقق.</translation>
    </message>
    <message>
        <source>Set it up when parked.</source>
        <translation>اضبطه عند الوقوف.</translation>
    </message>
    <message>
        <source>Details when parked.</source>
        <translation>التفاصيل عند الوقوف.</translation>
    </message>
    <message>
        <source>You decide every time.</source>
        <translation>أنت تقرر كل مرة.</translation>
    </message>
    <message>
        <source>This purchase is not possible.</source>
        <translation>هذا الشراء غير ممكن.</translation>
    </message>
</context>
</TS>
