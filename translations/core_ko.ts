<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>Card</name>
    <message>
        <source>at most</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>결제 수단</translation>
    </message>
    <message>
        <source>You can stop it</source>
        <translation>취소 가능</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>전송 전까지</translation>
    </message>
    <message>
        <source>until it is sent or you leave</source>
        <translation>전송 또는 출발 전까지</translation>
    </message>
    <message>
        <source>saved, paid later</source>
        <translation>저장됨, 나중에 결제</translation>
    </message>
    <message>
        <source>at most; saved, paid later</source>
        <translation>최대, 나중에 결제</translation>
    </message>
    <message>
        <source>saved, sent later</source>
        <translation>저장됨, 나중에 전송</translation>
    </message>
    <message>
        <source>at most; saved, sent later</source>
        <translation>최대, 나중에 전송</translation>
    </message>
</context>
<context>
    <name>Daemon</name>
    <message>
        <source>Desk mode: development keys, sandbox payments</source>
        <translation>시험 모드: 개발용 키, 가상 결제</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Fuel</source>
        <translation>주유</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>결제</translation>
    </message>
    <message>
        <source>Pump %1</source>
        <translation>%1번 주유기</translation>
    </message>
    <message>
        <source>until you start fuelling</source>
        <translation>주유 시작 전까지</translation>
    </message>
    <message>
        <source>Undo until fuelling starts</source>
        <translation>주유 전 취소</translation>
    </message>
    <message>
        <source>Parking</source>
        <translation>주차</translation>
    </message>
    <message>
        <source>Zone %1</source>
        <translation>%1구역</translation>
    </message>
    <message>
        <source>Gate %1</source>
        <translation>%1번 출구</translation>
    </message>
    <message>
        <source>until you leave</source>
        <translation>출발 전까지</translation>
    </message>
    <message>
        <source>Undo until you leave</source>
        <translation>출발 전 취소</translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation>커피</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>주문</translation>
    </message>
    <message>
        <source>Pickup %1</source>
        <translation>픽업 %1</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>전송 전까지</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>전송 전 취소</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>충전</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>충전</translation>
    </message>
    <message>
        <source>Charger %1</source>
        <translation>%1번 충전기</translation>
    </message>
    <message>
        <source>until charging starts</source>
        <translation>충전 시작 전까지</translation>
    </message>
    <message>
        <source>Undo until charging starts</source>
        <translation>충전 전 취소</translation>
    </message>
    <message>
        <source>Toll</source>
        <translation>통행료</translation>
    </message>
    <message>
        <source>Lane %1</source>
        <translation>%1차로</translation>
    </message>
    <message>
        <source>Car wash</source>
        <translation>세차</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>%1번 칸</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>음식</translation>
    </message>
    <message>
        <source>Assistant credit</source>
        <translation>비서 잔액</translation>
    </message>
    <message>
        <source>Top up</source>
        <translation>충전</translation>
    </message>
    <message>
        <source>until it is first used</source>
        <translation>첫 사용 전까지</translation>
    </message>
    <message>
        <source>Undo until it is first used</source>
        <translation>사용 전 취소</translation>
    </message>
    <message>
        <source>Membership</source>
        <translation>멤버십</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>가입</translation>
    </message>
    <message>
        <source>one period, then asked again</source>
        <translation>한 기간만, 이후 다시 확인</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>A purchase waits. Unlock payments when parked.</source>
        <translation>구매 대기 중. 주차 후 잠금 해제.</translation>
    </message>
    <message>
        <source>A purchase waits. Details when parked.</source>
        <translation>구매 대기 중. 자세히는 주차 후.</translation>
    </message>
    <message>
        <source>The car's storage is full.</source>
        <translation>차량 저장 공간 부족.</translation>
    </message>
    <message>
        <source>Nothing was approved. The car's storage is full.</source>
        <translation>승인 안 됨. 저장 공간 부족.</translation>
    </message>
    <message>
        <source>%1 more when parked.</source>
        <translation>주차 후 %1건 더.</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>Approved, not paid yet</source>
        <translation>승인됨, 미결제</translation>
    </message>
    <message>
        <source>Saved in the car, not paid yet</source>
        <translation>차에 저장됨, 미결제</translation>
    </message>
    <message>
        <source>Saved in the car. Paid when back online.</source>
        <translation>차에 저장. 연결되면 결제.</translation>
    </message>
    <message>
        <source>Saved in the car. Sent when back online, until %1.</source>
        <translation>차에 저장. %1까지 전송.</translation>
    </message>
    <message>
        <source>Saved in the car. Being sent now.</source>
        <translation>차에 저장. 전송 중.</translation>
    </message>
    <message>
        <source>Sent. Waiting for the answer.</source>
        <translation>전송됨. 응답 대기.</translation>
    </message>
    <message>
        <source>Sent. The answer comes when back online.</source>
        <translation>전송됨. 연결되면 응답.</translation>
    </message>
    <message>
        <source>Paid %1</source>
        <translation>%1 결제됨</translation>
    </message>
    <message>
        <source>You approved up to %1. The rest is released.</source>
        <translation>최대 %1 승인. 나머지는 해제.</translation>
    </message>
    <message>
        <source>Refunded %1</source>
        <translation>%1 환불됨</translation>
    </message>
    <message>
        <source>At most %1 is held. Not paid yet.</source>
        <translation>최대 %1 보류. 미결제.</translation>
    </message>
    <message>
        <source>Nothing was paid.</source>
        <translation>결제되지 않음.</translation>
    </message>
    <message>
        <source>Too late to stop.</source>
        <translation>취소 불가.</translation>
    </message>
    <message>
        <source>Undo until %1</source>
        <translation>%1까지 취소</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>전송 전 취소</translation>
    </message>
    <message>
        <source>Undo until sent or leaving</source>
        <translation>전송·출발 전 취소</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>%1 at most</source>
        <translation>최대 %1</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>불가</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>철회됨</translation>
    </message>
    <message>
        <source>The assistant took it back. Nothing was paid.</source>
        <translation>비서가 철회. 결제 안 됨.</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>대체됨</translation>
    </message>
    <message>
        <source>A newer one took its place. Nothing was paid.</source>
        <translation>새 구매로 대체. 결제 안 됨.</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>확인 대기</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>예약됨</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>Handed over, not paid yet</source>
        <translation>전달됨, 미결제</translation>
    </message>
    <message>
        <source>The merchant collects it.</source>
        <translation>상점이 수금합니다.</translation>
    </message>
    <message>
        <source>Lapsed</source>
        <translation>만료됨</translation>
    </message>
    <message>
        <source>It was not accepted in time. Nothing was paid.</source>
        <translation>제때 수락 안 됨. 결제 안 됨.</translation>
    </message>
    <message>
        <source>Your bank refused</source>
        <translation>은행이 거절</translation>
    </message>
    <message>
        <source>Your bank asks for more</source>
        <translation>은행 추가 확인</translation>
    </message>
    <message>
        <source>This car cannot give it yet. Nothing was paid.</source>
        <translation>이 차는 미지원. 결제 안 됨.</translation>
    </message>
    <message>
        <source>Held back, not paid yet</source>
        <translation>보류됨, 미결제</translation>
    </message>
    <message>
        <source>The payment service did not take it.</source>
        <translation>결제 서비스가 받지 않음.</translation>
    </message>
    <message>
        <source>Stop requested</source>
        <translation>취소 요청됨</translation>
    </message>
    <message>
        <source>Not confirmed yet.</source>
        <translation>미확인.</translation>
    </message>
    <message>
        <source>Too late to stop</source>
        <translation>취소 불가</translation>
    </message>
    <message>
        <source>The final amount is not confirmed yet.</source>
        <translation>최종 금액 미확인.</translation>
    </message>
    <message>
        <source>Reservation released</source>
        <translation>예약 해제됨</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>포기됨</translation>
    </message>
    <message>
        <source>It will not be sent again.</source>
        <translation>다시 전송하지 않음.</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>이의 제기됨</translation>
    </message>
    <message>
        <source>The answer is not here yet.</source>
        <translation>아직 응답 없음.</translation>
    </message>
    <message>
        <source>Dispute closed</source>
        <translation>이의 종료</translation>
    </message>
    <message>
        <source>The record holds the outcome.</source>
        <translation>결과는 기록에 있음.</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>응답 대기</translation>
    </message>
    <message>
        <source>It may have gone through. The car asks.</source>
        <translation>처리됐을 수 있음. 확인 중.</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Payments paused, service needed</source>
        <translation>결제 중지, 정비 필요</translation>
    </message>
    <message>
        <source>This car cannot pay for that.</source>
        <translation>이 차로 결제할 수 없음.</translation>
    </message>
    <message>
        <source>You have not allowed this kind of purchase.</source>
        <translation>허용하지 않은 구매 종류.</translation>
    </message>
    <message>
        <source>The assistant's request was not complete.</source>
        <translation>비서의 요청이 불완전함.</translation>
    </message>
    <message>
        <source>The assistant did not say where.</source>
        <translation>비서가 장소를 말하지 않음.</translation>
    </message>
    <message>
        <source>The offer is too old.</source>
        <translation>제안이 너무 오래됨.</translation>
    </message>
    <message>
        <source>No contact with the payment service yet.</source>
        <translation>결제 서비스와 아직 연결 안 됨.</translation>
    </message>
    <message>
        <source>This merchant is not known.</source>
        <translation>알 수 없는 상점.</translation>
    </message>
    <message>
        <source>What is known of this merchant is too old.</source>
        <translation>상점 정보가 오래됨.</translation>
    </message>
    <message>
        <source>This merchant does not offer that.</source>
        <translation>이 상점에서 제공하지 않음.</translation>
    </message>
    <message>
        <source>This merchant takes another currency.</source>
        <translation>이 상점은 다른 통화 사용.</translation>
    </message>
    <message>
        <source>You have not allowed this currency.</source>
        <translation>허용하지 않은 통화.</translation>
    </message>
    <message>
        <source>More than your limit for one purchase.</source>
        <translation>1회 한도 초과.</translation>
    </message>
    <message>
        <source>The assistant has too many open requests.</source>
        <translation>비서의 요청이 너무 많음.</translation>
    </message>
    <message>
        <source>The car does not know the time yet. Pay at the till.</source>
        <translation>시간 미확인. 계산대에서 결제.</translation>
    </message>
    <message>
        <source>No connection. Pay at the till.</source>
        <translation>연결 없음. 계산대에서 결제.</translation>
    </message>
    <message>
        <source>Too much without a connection. Pay at the till.</source>
        <translation>오프라인 한도 초과. 계산대에서 결제.</translation>
    </message>
    <message>
        <source>Too much is waiting for a connection. Pay at the till.</source>
        <translation>미전송 과다. 계산대에서 결제.</translation>
    </message>
    <message>
        <source>Enter your PIN when parked.</source>
        <translation>주차 후 PIN 입력.</translation>
    </message>
    <message>
        <source>You have stopped all assistants.</source>
        <translation>모든 비서를 중지함.</translation>
    </message>
    <message>
        <source>You have stopped this assistant.</source>
        <translation>이 비서를 중지함.</translation>
    </message>
    <message>
        <source>What you allowed has ended.</source>
        <translation>허용 기간이 끝남.</translation>
    </message>
    <message>
        <source>You have not allowed this merchant.</source>
        <translation>허용하지 않은 상점.</translation>
    </message>
    <message>
        <source>You have not allowed it at this time.</source>
        <translation>허용하지 않은 시간.</translation>
    </message>
    <message>
        <source>You have not allowed it this far away.</source>
        <translation>허용 거리를 벗어남.</translation>
    </message>
    <message>
        <source>More than your limit for a day.</source>
        <translation>일일 한도 초과.</translation>
    </message>
    <message>
        <source>More than your limit for a month.</source>
        <translation>월 한도 초과.</translation>
    </message>
    <message>
        <source>Too long without a connection. Pay at the till.</source>
        <translation>오프라인이 너무 길다. 계산대에서 결제.</translation>
    </message>
    <message>
        <source>Much more than you usually pay. Please check.</source>
        <translation>평소보다 많음. 확인 요망.</translation>
    </message>
    <message>
        <source>Many purchases in a short time. Please check.</source>
        <translation>짧은 시간에 여러 구매. 확인 요망.</translation>
    </message>
    <message>
        <source>You just paid the same here. Please check.</source>
        <translation>방금 같은 결제를 함. 확인 요망.</translation>
    </message>
    <message>
        <source>The merchant is far from the car.</source>
        <translation>상점이 차에서 멀다.</translation>
    </message>
    <message>
        <source>Your car cannot use that.</source>
        <translation>이 차에 쓸 수 없음.</translation>
    </message>
    <message>
        <source>Your car is almost full. Please check.</source>
        <translation>거의 가득 참. 확인 요망.</translation>
    </message>
    <message>
        <source>More than fits into your car.</source>
        <translation>차량 용량 초과.</translation>
    </message>
    <message>
        <source>Too far from your last purchase. Please check.</source>
        <translation>지난 구매와 너무 멂. 확인 요망.</translation>
    </message>
    <message>
        <source>An unusual time for this.</source>
        <translation>평소와 다른 시간.</translation>
    </message>
    <message>
        <source>A new assistant.</source>
        <translation>새 비서.</translation>
    </message>
    <message>
        <source>You have not paid here before.</source>
        <translation>여기서 첫 결제.</translation>
    </message>
    <message>
        <source>You often said no to this assistant. Please check.</source>
        <translation>자주 거절한 비서. 확인 요망.</translation>
    </message>
    <message>
        <source>The assistant spoke of another sum. Please check.</source>
        <translation>비서가 말한 금액과 다름. 확인 요망.</translation>
    </message>
    <message>
        <source>The assistant named another payee. Please check.</source>
        <translation>비서가 말한 수취인과 다름. 확인 요망.</translation>
    </message>
    <message>
        <source>The assistant&apos;s words look forged. Please check.</source>
        <translation>비서의 말이 의심됨. 확인 요망.</translation>
    </message>
    <message>
        <source>Set it up when parked.</source>
        <translation>주차 후 설정.</translation>
    </message>
    <message>
        <source>Details when parked.</source>
        <translation>자세히는 주차 후.</translation>
    </message>
    <message>
        <source>You decide every time.</source>
        <translation>매번 직접 결정.</translation>
    </message>
    <message>
        <source>This purchase is not possible.</source>
        <translation>이 구매는 불가.</translation>
    </message>
</context>
</TS>
