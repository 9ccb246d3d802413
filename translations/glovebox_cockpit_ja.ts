<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>CardHeader</name>
    <message><source>Assistant suggests</source><translation>アシスタント提案</translation></message>
    <message><source>Suggested</source><translation>提案</translation></message>
</context>
<context>
    <name>CockpitWindow</name>
    <message><source>Glovebox</source><translation>Glovebox</translation></message>
</context>
<context>
    <name>DeskFrame</name>
    <message><source>host HMI</source><translation>車の画面</translation></message>
</context>
<context>
    <name>IdleScreen</name>
    <message><source>Payments</source><translation>支払い</translation></message>
    <message><source>Locked</source><translation>ロック中</translation></message>
    <message><source>Ready</source><translation>準備完了</translation></message>
    <message><source>Paused</source><translation>停止中</translation></message>
    <message><source>Unlock once for this drive.</source><translation>この走行用に解除。</translation></message>
    <message><source>Unlock when parked.</source><translation>解除は駐車後。</translation></message>
    <message><source>Waiting: %1</source><translation>待機：%1</translation></message>
    <message><source>Unlock payments</source><translation>支払いを解除</translation></message>
</context>
<context>
    <name>PinScreen</name>
    <message><source>Unlock payments</source><translation>支払いを解除</translation></message>
    <message><source>For this drive, parked only.</source><translation>この走行のみ。駐車中だけ。</translation></message>
    <message><source>Too many tries. Wait.</source><translation>試行が多すぎ。後で再試行。</translation></message>
    <message><source>Wrong PIN. Tries left: %1</source><translation>PIN違い。残り%1回。</translation></message>
    <message><source>Park first, then unlock.</source><translation>駐車してから解除。</translation></message>
    <message><source>Not now</source><translation>後で</translation></message>
</context>
<context>
    <name>ResultScreen</name>
    <message><source>Show again</source><translation>再表示</translation></message>
</context>
<context>
    <name>UnavailableScreen</name>
    <message><source>Payments unavailable</source><translation>支払い不可</translation></message>
    <message><source>The payment service does not answer. Pay at the counter.</source><translation>サービス応答なし。レジで支払い。</translation></message>
</context>
</TS>
