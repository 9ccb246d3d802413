<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>CardHeader</name>
    <message><source>Assistant suggests</source><translation>비서의 제안</translation></message>
    <message><source>Suggested</source><translation>제안</translation></message>
</context>
<context>
    <name>CockpitWindow</name>
    <message><source>Glovebox</source><translation>Glovebox</translation></message>
</context>
<context>
    <name>DeskFrame</name>
    <message><source>host HMI</source><translation>차량 화면</translation></message>
</context>
<context>
    <name>IdleScreen</name>
    <message><source>Payments</source><translation>결제</translation></message>
    <message><source>Locked</source><translation>잠김</translation></message>
    <message><source>Ready</source><translation>준비됨</translation></message>
    <message><source>Paused</source><translation>일시 중지</translation></message>
    <message><source>Unlock once for this drive.</source><translation>이번 주행 동안 잠금 해제.</translation></message>
    <message><source>Unlock when parked.</source><translation>주차 후 잠금 해제.</translation></message>
    <message><source>Waiting: %1</source><translation>대기: %1</translation></message>
    <message><source>Unlock payments</source><translation>결제 잠금 해제</translation></message>
</context>
<context>
    <name>PinScreen</name>
    <message><source>Unlock payments</source><translation>결제 잠금 해제</translation></message>
    <message><source>For this drive, parked only.</source><translation>이번 주행용. 주차 중에만.</translation></message>
    <message><source>Too many tries. Wait.</source><translation>시도 초과. 나중에 다시.</translation></message>
    <message><source>Wrong PIN. Tries left: %1</source><translation>PIN 오류. 남은 횟수: %1</translation></message>
    <message><source>Park first, then unlock.</source><translation>먼저 주차하세요.</translation></message>
    <message><source>Not now</source><translation>나중에</translation></message>
</context>
<context>
    <name>ResultScreen</name>
    <message><source>Show again</source><translation>다시 보기</translation></message>
</context>
<context>
    <name>UnavailableScreen</name>
    <message><source>Payments unavailable</source><translation>결제 불가</translation></message>
    <message><source>The payment service does not answer. Pay at the counter.</source><translation>서비스 응답 없음. 계산대에서 결제.</translation></message>
</context>
</TS>
