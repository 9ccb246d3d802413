<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>Card</name>
    <message>
        <source>at most</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>後で</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>支払い方法</translation>
    </message>
    <message>
        <source>You can stop it</source>
        <translation>取消できるのは</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>送信まで</translation>
    </message>
    <message>
        <source>until it is sent or you leave</source>
        <translation>送信か出発まで</translation>
    </message>
    <message>
        <source>saved, paid later</source>
        <translation>保存済、後で支払い</translation>
    </message>
    <message>
        <source>at most; saved, paid later</source>
        <translation>上限、後で支払い</translation>
    </message>
    <message>
        <source>saved, sent later</source>
        <translation>保存済、後で送信</translation>
    </message>
    <message>
        <source>at most; saved, sent later</source>
        <translation>上限、後で送信</translation>
    </message>
</context>
<context>
    <name>Daemon</name>
    <message>
        <source>Desk mode: development keys, sandbox payments</source>
        <translation>机上モード：試験用の鍵、仮の支払い</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Fuel</source>
        <translation>給油</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>支払う</translation>
    </message>
    <message>
        <source>Pump %1</source>
        <translation>%1番</translation>
    </message>
    <message>
        <source>until you start fuelling</source>
        <translation>給油を始めるまで</translation>
    </message>
    <message>
        <source>Undo until fuelling starts</source>
        <translation>給油まで取消</translation>
    </message>
    <message>
        <source>Parking</source>
        <translation>駐車</translation>
    </message>
    <message>
        <source>Zone %1</source>
        <translation>%1区域</translation>
    </message>
    <message>
        <source>Gate %1</source>
        <translation>%1番口</translation>
    </message>
    <message>
        <source>until you leave</source>
        <translation>出発まで</translation>
    </message>
    <message>
        <source>Undo until you leave</source>
        <translation>出発まで取消</translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation>コーヒー</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>注文</translation>
    </message>
    <message>
        <source>Pickup %1</source>
        <translation>受取%1</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>送信まで</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>送信まで取消</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>充電</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>充電</translation>
    </message>
    <message>
        <source>Charger %1</source>
        <translation>%1番</translation>
    </message>
    <message>
        <source>until charging starts</source>
        <translation>充電が始まるまで</translation>
    </message>
    <message>
        <source>Undo until charging starts</source>
        <translation>充電まで取消</translation>
    </message>
    <message>
        <source>Toll</source>
        <translation>通行料</translation>
    </message>
    <message>
        <source>Lane %1</source>
        <translation>%1番レーン</translation>
    </message>
    <message>
        <source>Car wash</source>
        <translation>洗車</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>%1番</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>食事</translation>
    </message>
    <message>
        <source>Assistant credit</source>
        <translation>アシスタント残高</translation>
    </message>
    <message>
        <source>Top up</source>
        <translation>チャージ</translation>
    </message>
    <message>
        <source>until it is first used</source>
        <translation>初回の利用まで</translation>
    </message>
    <message>
        <source>Undo until it is first used</source>
        <translation>利用まで取消</translation>
    </message>
    <message>
        <source>Membership</source>
        <translation>会員</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>入会</translation>
    </message>
    <message>
        <source>one period, then asked again</source>
        <translation>一期間のみ、次は再確認</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>A purchase waits. Unlock payments when parked.</source>
        <translation>購入が待機中。駐車後に解除。</translation>
    </message>
    <message>
        <source>A purchase waits. Details when parked.</source>
        <translation>購入が待機中。詳細は駐車後。</translation>
    </message>
    <message>
        <source>The car's storage is full.</source>
        <translation>車の保存領域が満杯。</translation>
    </message>
    <message>
        <source>Nothing was approved. The car's storage is full.</source>
        <translation>承認なし。保存領域が満杯。</translation>
    </message>
    <message>
        <source>%1 more when parked.</source>
        <translation>駐車後にあと%1件。</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>Approved, not paid yet</source>
        <translation>承認済・未払い</translation>
    </message>
    <message>
        <source>Saved in the car, not paid yet</source>
        <translation>車内に保存・未払い</translation>
    </message>
    <message>
        <source>Saved in the car. Paid when back online.</source>
        <translation>保存済。接続後に支払。</translation>
    </message>
    <message>
        <source>Saved in the car. Sent when back online, until %1.</source>
        <translation>保存済。%1までに送信。</translation>
    </message>
    <message>
        <source>Saved in the car. Being sent now.</source>
        <translation>保存済。送信中。</translation>
    </message>
    <message>
        <source>Sent. Waiting for the answer.</source>
        <translation>送信済。返答待ち。</translation>
    </message>
    <message>
        <source>Sent. The answer comes when back online.</source>
        <translation>送信済。返答は接続後。</translation>
    </message>
    <message>
        <source>Paid %1</source>
        <translation>%1支払い済み</translation>
    </message>
    <message>
        <source>You approved up to %1. The rest is released.</source>
        <translation>承認上限%1。残りは解放。</translation>
    </message>
    <message>
        <source>Refunded %1</source>
        <translation>%1返金済み</translation>
    </message>
    <message>
        <source>At most %1 is held. Not paid yet.</source>
        <translation>上限%1を確保。未払い。</translation>
    </message>
    <message>
        <source>Nothing was paid.</source>
        <translation>支払いなし。</translation>
    </message>
    <message>
        <source>Too late to stop.</source>
        <translation>取消不可。</translation>
    </message>
    <message>
        <source>Undo until %1</source>
        <translation>%1まで取消</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>送信まで取消</translation>
    </message>
    <message>
        <source>Undo until sent or leaving</source>
        <translation>送信か出発まで取消</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>%1 at most</source>
        <translation>上限%1</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>支払えません</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>後で</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>時間切れ</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>取り下げ</translation>
    </message>
    <message>
        <source>The assistant took it back. Nothing was paid.</source>
        <translation>提案は撤回。支払いなし。</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>置き換え</translation>
    </message>
    <message>
        <source>A newer one took its place. Nothing was paid.</source>
        <translation>新しい提案あり。支払いなし。</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>確認待ち</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>確保済み</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>取消済み</translation>
    </message>
    <message>
        <source>Handed over, not paid yet</source>
        <translation>引渡済・未払い</translation>
    </message>
    <message>
        <source>The merchant collects it.</source>
        <translation>店が受け取ります。</translation>
    </message>
    <message>
        <source>Lapsed</source>
        <translation>失効</translation>
    </message>
    <message>
        <source>It was not accepted in time. Nothing was paid.</source>
        <translation>期限切れ。支払いなし。</translation>
    </message>
    <message>
        <source>Your bank refused</source>
        <translation>銀行が拒否</translation>
    </message>
    <message>
        <source>Your bank asks for more</source>
        <translation>銀行が確認要求</translation>
    </message>
    <message>
        <source>This car cannot give it yet. Nothing was paid.</source>
        <translation>この車は未対応。支払いなし。</translation>
    </message>
    <message>
        <source>Held back, not paid yet</source>
        <translation>保留中・未払い</translation>
    </message>
    <message>
        <source>The payment service did not take it.</source>
        <translation>支払いサービスが受付せず。</translation>
    </message>
    <message>
        <source>Stop requested</source>
        <translation>取消を依頼</translation>
    </message>
    <message>
        <source>Not confirmed yet.</source>
        <translation>未確認。</translation>
    </message>
    <message>
        <source>Too late to stop</source>
        <translation>取消できません</translation>
    </message>
    <message>
        <source>The final amount is not confirmed yet.</source>
        <translation>最終金額は未確認。</translation>
    </message>
    <message>
        <source>Reservation released</source>
        <translation>確保を解放</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>It will not be sent again.</source>
        <translation>再送信しません。</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>異議申立中</translation>
    </message>
    <message>
        <source>The answer is not here yet.</source>
        <translation>返答はまだです。</translation>
    </message>
    <message>
        <source>Dispute closed</source>
        <translation>異議終了</translation>
    </message>
    <message>
        <source>The record holds the outcome.</source>
        <translation>結果は記録に。</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>返答待ち</translation>
    </message>
    <message>
        <source>It may have gone through. The car asks.</source>
        <translation>完了の可能性。確認中。</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Payments paused, service needed</source>
        <translation>支払い停止中、要点検</translation>
    </message>
    <message>
        <source>This car cannot pay for that.</source>
        <translation>この車では払えません。</translation>
    </message>
    <message>
        <source>You have not allowed this kind of purchase.</source>
        <translation>この種の購入は未許可。</translation>
    </message>
    <message>
        <source>The assistant's request was not complete.</source>
        <translation>提案の内容が不足。</translation>
    </message>
    <message>
        <source>The assistant did not say where.</source>
        <translation>場所の指定がない。</translation>
    </message>
    <message>
        <source>The offer is too old.</source>
        <translation>提案が古すぎます。</translation>
    </message>
    <message>
        <source>No contact with the payment service yet.</source>
        <translation>支払いサービスに未接続です。</translation>
    </message>
    <message>
        <source>This merchant is not known.</source>
        <translation>不明な店です。</translation>
    </message>
    <message>
        <source>What is known of this merchant is too old.</source>
        <translation>店の情報が古い。</translation>
    </message>
    <message>
        <source>This merchant does not offer that.</source>
        <translation>この店では扱いません。</translation>
    </message>
    <message>
        <source>This merchant takes another currency.</source>
        <translation>店の通貨が違います。</translation>
    </message>
    <message>
        <source>You have not allowed this currency.</source>
        <translation>この通貨は未許可。</translation>
    </message>
    <message>
        <source>More than your limit for one purchase.</source>
        <translation>1回の上限を超過。</translation>
    </message>
    <message>
        <source>The assistant has too many open requests.</source>
        <translation>提案が多すぎます。</translation>
    </message>
    <message>
        <source>The car does not know the time yet. Pay at the till.</source>
        <translation>時刻が未確認。レジで支払い。</translation>
    </message>
    <message>
        <source>No connection. Pay at the till.</source>
        <translation>接続なし。レジで支払い。</translation>
    </message>
    <message>
        <source>Too much without a connection. Pay at the till.</source>
        <translation>接続なしでは高額。レジで支払い。</translation>
    </message>
    <message>
        <source>Too much is waiting for a connection. Pay at the till.</source>
        <translation>未送信が多すぎ。レジで支払い。</translation>
    </message>
    <message>
        <source>Enter your PIN when parked.</source>
        <translation>駐車後にPINを入力。</translation>
    </message>
    <message>
        <source>You have stopped all assistants.</source>
        <translation>全アシスタントを停止中。</translation>
    </message>
    <message>
        <source>You have stopped this assistant.</source>
        <translation>このアシスタントは停止中。</translation>
    </message>
    <message>
        <source>What you allowed has ended.</source>
        <translation>許可の期限切れ。</translation>
    </message>
    <message>
        <source>You have not allowed this merchant.</source>
        <translation>この店は未許可。</translation>
    </message>
    <message>
        <source>You have not allowed it at this time.</source>
        <translation>この時間は未許可。</translation>
    </message>
    <message>
        <source>You have not allowed it this far away.</source>
        <translation>許可した範囲の外。</translation>
    </message>
    <message>
        <source>More than your limit for a day.</source>
        <translation>1日の上限を超過。</translation>
    </message>
    <message>
        <source>More than your limit for a month.</source>
        <translation>1か月の上限を超過。</translation>
    </message>
    <message>
        <source>Too long without a connection. Pay at the till.</source>
        <translation>未接続が長い。レジで支払い。</translation>
    </message>
    <message>
        <source>Much more than you usually pay. Please check.</source>
        <translation>普段より高額。確認を。</translation>
    </message>
    <message>
        <source>Many purchases in a short time. Please check.</source>
        <translation>短時間に多数の購入。確認を。</translation>
    </message>
    <message>
        <source>You just paid the same here. Please check.</source>
        <translation>同じ支払いをした直後。確認を。</translation>
    </message>
    <message>
        <source>The merchant is far from the car.</source>
        <translation>店が車から遠い。</translation>
    </message>
    <message>
        <source>Your car cannot use that.</source>
        <translation>この車では使えません。</translation>
    </message>
    <message>
        <source>Your car is almost full. Please check.</source>
        <translation>ほぼ満タン。確認を。</translation>
    </message>
    <message>
        <source>More than fits into your car.</source>
        <translation>車の容量を超過。</translation>
    </message>
    <message>
        <source>Too far from your last purchase. Please check.</source>
        <translation>前回の購入から遠い。確認を。</translation>
    </message>
    <message>
        <source>An unusual time for this.</source>
        <translation>普段と違う時間。</translation>
    </message>
    <message>
        <source>A new assistant.</source>
        <translation>新しいアシスタント。</translation>
    </message>
    <message>
        <source>You have not paid here before.</source>
        <translation>ここでの支払いは初めて。</translation>
    </message>
    <message>
        <source>You often said no to this assistant. Please check.</source>
        <translation>よく断る提案元。確認を。</translation>
    </message>
    <message>
        <source>The assistant spoke of another sum. Please check.</source>
        <translation>提案の金額が違う。確認を。</translation>
    </message>
    <message>
        <source>The assistant named another payee. Please check.</source>
        <translation>提案の支払先が違う。確認を。</translation>
    </message>
    <message>
        <source>The assistant&apos;s words look forged. Please check.</source>
        <translation>提案の文が不審。確認を。</translation>
    </message>
    <message>
        <source>Set it up when parked.</source>
        <translation>設定は駐車後に。</translation>
    </message>
    <message>
        <source>Details when parked.</source>
        <translation>詳細は駐車後。</translation>
    </message>
    <message>
        <source>You decide every time.</source>
        <translation>毎回確認します。</translation>
    </message>
    <message>
        <source>This purchase is not possible.</source>
        <translation>この購入はできません。</translation>
    </message>
</context>
</TS>
