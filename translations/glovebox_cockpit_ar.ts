<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>CardHeader</name>
    <message><source>Assistant suggests</source><translation>المساعد يقترح</translation></message>
    <message><source>Suggested</source><translation>اقتراح</translation></message>
</context>
<context>
    <name>CockpitWindow</name>
    <message><source>Glovebox</source><translation>Glovebox</translation></message>
</context>
<context>
    <name>DeskFrame</name>
    <message><source>host HMI</source><translation>شاشة السيارة</translation></message>
</context>
<context>
    <name>IdleScreen</name>
    <message><source>Payments</source><translation>المدفوعات</translation></message>
    <message><source>Locked</source><translation>مقفل</translation></message>
    <message><source>Ready</source><translation>جاهز</translation></message>
    <message><source>Paused</source><translation>متوقف مؤقتًا</translation></message>
    <message><source>Unlock once for this drive.</source><translation>افتح القفل لهذه الرحلة.</translation></message>
    <message><source>Unlock when parked.</source><translation>افتح القفل عند الوقوف.</translation></message>
    <message><source>Waiting: %1</source><translation>بالانتظار: %1</translation></message>
    <message><source>Unlock payments</source><translation>افتح المدفوعات</translation></message>
</context>
<context>
    <name>PinScreen</name>
    <message><source>Unlock payments</source><translation>افتح المدفوعات</translation></message>
    <message><source>For this drive, parked only.</source><translation>لهذه الرحلة. عند الوقوف فقط.</translation></message>
    <message><source>Too many tries. Wait.</source><translation>محاولات كثيرة. حاول لاحقًا.</translation></message>
    <message><source>Wrong PIN. Tries left: %1</source><translation>رمز خاطئ. محاولات: %1</translation></message>
    <message><source>Park first, then unlock.</source><translation>أوقف السيارة أولًا.</translation></message>
    <message><source>Not now</source><translation>ليس الآن</translation></message>
</context>
<context>
    <name>ResultScreen</name>
    <message><source>Show again</source><translation>أظهر مجددًا</translation></message>
</context>
<context>
    <name>UnavailableScreen</name>
    <message><source>Payments unavailable</source><translation>المدفوعات غير متاحة</translation></message>
    <message><source>The payment service does not answer. Pay at the counter.</source><translation>الخدمة لا تستجيب. ادفع عند الصندوق.</translation></message>
</context>
</TS>
