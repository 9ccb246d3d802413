<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CardHeader</name>
    <message><source>Assistant suggests</source><translation>助手建议</translation></message>
    <message><source>Suggested</source><translation>建议</translation></message>
</context>
<context>
    <name>CockpitWindow</name>
    <message><source>Glovebox</source><translation>Glovebox</translation></message>
</context>
<context>
    <name>DeskFrame</name>
    <message><source>host HMI</source><translation>车辆屏幕</translation></message>
</context>
<context>
    <name>IdleScreen</name>
    <message><source>Payments</source><translation>支付</translation></message>
    <message><source>Locked</source><translation>已锁定</translation></message>
    <message><source>Ready</source><translation>就绪</translation></message>
    <message><source>Paused</source><translation>已暂停</translation></message>
    <message><source>Unlock once for this drive.</source><translation>为本次行程解锁。</translation></message>
    <message><source>Unlock when parked.</source><translation>停车后解锁。</translation></message>
    <message><source>Waiting: %1</source><translation>等待：%1</translation></message>
    <message><source>Unlock payments</source><translation>解锁支付</translation></message>
</context>
<context>
    <name>PinScreen</name>
    <message><source>Unlock payments</source><translation>解锁支付</translation></message>
    <message><source>For this drive, parked only.</source><translation>本次行程有效，仅限停车时。</translation></message>
    <message><source>Too many tries. Wait.</source><translation>尝试过多，请稍后再试。</translation></message>
    <message><source>Wrong PIN. Tries left: %1</source><translation>PIN错误，剩%1次。</translation></message>
    <message><source>Park first, then unlock.</source><translation>请先停车再解锁。</translation></message>
    <message><source>Not now</source><translation>暂不</translation></message>
</context>
<context>
    <name>ResultScreen</name>
    <message><source>Show again</source><translation>再次显示</translation></message>
</context>
<context>
    <name>UnavailableScreen</name>
    <message><source>Payments unavailable</source><translation>支付不可用</translation></message>
    <message><source>The payment service does not answer. Pay at the counter.</source><translation>支付服务无响应，请到柜台付款。</translation></message>
</context>
</TS>
