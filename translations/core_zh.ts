<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Card</name>
    <message>
        <source>at most</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>支付方式</translation>
    </message>
    <message>
        <source>You can stop it</source>
        <translation>可撤销</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>发送之前</translation>
    </message>
    <message>
        <source>until it is sent or you leave</source>
        <translation>发送或驶离之前</translation>
    </message>
    <message>
        <source>saved, paid later</source>
        <translation>已存，稍后支付</translation>
    </message>
    <message>
        <source>at most; saved, paid later</source>
        <translation>上限；稍后支付</translation>
    </message>
    <message>
        <source>saved, sent later</source>
        <translation>已存，稍后发送</translation>
    </message>
    <message>
        <source>at most; saved, sent later</source>
        <translation>上限；稍后发送</translation>
    </message>
</context>
<context>
    <name>Daemon</name>
    <message>
        <source>Desk mode: development keys, sandbox payments</source>
        <translation>桌面模式：测试密钥，模拟支付</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>Fuel</source>
        <translation>加油</translation>
    </message>
    <message>
        <source>Pay</source>
        <translation>支付</translation>
    </message>
    <message>
        <source>Pump %1</source>
        <translation>%1号泵</translation>
    </message>
    <message>
        <source>until you start fuelling</source>
        <translation>开始加油之前</translation>
    </message>
    <message>
        <source>Undo until fuelling starts</source>
        <translation>加油前可撤销</translation>
    </message>
    <message>
        <source>Parking</source>
        <translation>停车</translation>
    </message>
    <message>
        <source>Zone %1</source>
        <translation>%1区</translation>
    </message>
    <message>
        <source>Gate %1</source>
        <translation>%1号口</translation>
    </message>
    <message>
        <source>until you leave</source>
        <translation>驶离之前</translation>
    </message>
    <message>
        <source>Undo until you leave</source>
        <translation>驶离前可撤销</translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation>咖啡</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>下单</translation>
    </message>
    <message>
        <source>Pickup %1</source>
        <translation>取餐%1</translation>
    </message>
    <message>
        <source>until it is sent</source>
        <translation>发送之前</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>发送前可撤销</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>充电</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>充电</translation>
    </message>
    <message>
        <source>Charger %1</source>
        <translation>%1号桩</translation>
    </message>
    <message>
        <source>until charging starts</source>
        <translation>开始充电之前</translation>
    </message>
    <message>
        <source>Undo until charging starts</source>
        <translation>充电前可撤销</translation>
    </message>
    <message>
        <source>Toll</source>
        <translation>过路费</translation>
    </message>
    <message>
        <source>Lane %1</source>
        <translation>%1车道</translation>
    </message>
    <message>
        <source>Car wash</source>
        <translation>洗车</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>%1号位</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>餐食</translation>
    </message>
    <message>
        <source>Assistant credit</source>
        <translation>助手额度</translation>
    </message>
    <message>
        <source>Top up</source>
        <translation>充值</translation>
    </message>
    <message>
        <source>until it is first used</source>
        <translation>首次使用之前</translation>
    </message>
    <message>
        <source>Undo until it is first used</source>
        <translation>使用前可撤销</translation>
    </message>
    <message>
        <source>Membership</source>
        <translation>会员</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>加入</translation>
    </message>
    <message>
        <source>one period, then asked again</source>
        <translation>仅一期，之后再问</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>A purchase waits. Unlock payments when parked.</source>
        <translation>有待付款项。停车后解锁。</translation>
    </message>
    <message>
        <source>A purchase waits. Details when parked.</source>
        <translation>有待付款项。停车后查看。</translation>
    </message>
    <message>
        <source>The car's storage is full.</source>
        <translation>车内存储已满。</translation>
    </message>
    <message>
        <source>Nothing was approved. The car's storage is full.</source>
        <translation>未批准，车内存储已满。</translation>
    </message>
    <message>
        <source>%1 more when parked.</source>
        <translation>停车后还有%1项。</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>Approved, not paid yet</source>
        <translation>已批准，未支付</translation>
    </message>
    <message>
        <source>Saved in the car, not paid yet</source>
        <translation>已存车内，未支付</translation>
    </message>
    <message>
        <source>Saved in the car. Paid when back online.</source>
        <translation>已存车内，联网后付。</translation>
    </message>
    <message>
        <source>Saved in the car. Sent when back online, until %1.</source>
        <translation>已存车内，%1前联网发送。</translation>
    </message>
    <message>
        <source>Saved in the car. Being sent now.</source>
        <translation>已存车内，正在发送。</translation>
    </message>
    <message>
        <source>Sent. Waiting for the answer.</source>
        <translation>已发送，等待答复。</translation>
    </message>
    <message>
        <source>Sent. The answer comes when back online.</source>
        <translation>已发送，联网后答复。</translation>
    </message>
    <message>
        <source>Paid %1</source>
        <translation>已支付%1</translation>
    </message>
    <message>
        <source>You approved up to %1. The rest is released.</source>
        <translation>批准上限%1，余额已释放。</translation>
    </message>
    <message>
        <source>Refunded %1</source>
        <translation>已退款%1</translation>
    </message>
    <message>
        <source>At most %1 is held. Not paid yet.</source>
        <translation>最多冻结%1，未支付。</translation>
    </message>
    <message>
        <source>Nothing was paid.</source>
        <translation>没有付款。</translation>
    </message>
    <message>
        <source>Too late to stop.</source>
        <translation>已不可撤销。</translation>
    </message>
    <message>
        <source>Undo until %1</source>
        <translation>%1前可撤销</translation>
    </message>
    <message>
        <source>Undo until it is sent</source>
        <translation>发送前可撤销</translation>
    </message>
    <message>
        <source>Undo until sent or leaving</source>
        <translation>发送或驶离前可撤销</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>%1 at most</source>
        <translation>最多%1</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>无法付款</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>未及时答复</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>The assistant took it back. Nothing was paid.</source>
        <translation>助手已撤回，没有付款。</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>已替换</translation>
    </message>
    <message>
        <source>A newer one took its place. Nothing was paid.</source>
        <translation>已被新的取代，没有付款。</translation>
    </message>
    <message>
        <source>Waiting for you</source>
        <translation>等您确认</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>已预留</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Handed over, not paid yet</source>
        <translation>已转交，未支付</translation>
    </message>
    <message>
        <source>The merchant collects it.</source>
        <translation>由商家收取。</translation>
    </message>
    <message>
        <source>Lapsed</source>
        <translation>已失效</translation>
    </message>
    <message>
        <source>It was not accepted in time. Nothing was paid.</source>
        <translation>未及时受理，没有付款。</translation>
    </message>
    <message>
        <source>Your bank refused</source>
        <translation>银行已拒绝</translation>
    </message>
    <message>
        <source>Your bank asks for more</source>
        <translation>银行要求验证</translation>
    </message>
    <message>
        <source>This car cannot give it yet. Nothing was paid.</source>
        <translation>本车暂不支持，没有付款。</translation>
    </message>
    <message>
        <source>Held back, not paid yet</source>
        <translation>已搁置，未支付</translation>
    </message>
    <message>
        <source>The payment service did not take it.</source>
        <translation>支付服务未受理。</translation>
    </message>
    <message>
        <source>Stop requested</source>
        <translation>已请求撤销</translation>
    </message>
    <message>
        <source>Not confirmed yet.</source>
        <translation>尚未确认。</translation>
    </message>
    <message>
        <source>Too late to stop</source>
        <translation>已不可撤销</translation>
    </message>
    <message>
        <source>The final amount is not confirmed yet.</source>
        <translation>最终金额尚未确认。</translation>
    </message>
    <message>
        <source>Reservation released</source>
        <translation>预留已释放</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>It will not be sent again.</source>
        <translation>不会再次发送。</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>争议中</translation>
    </message>
    <message>
        <source>The answer is not here yet.</source>
        <translation>尚无答复。</translation>
    </message>
    <message>
        <source>Dispute closed</source>
        <translation>争议已结束</translation>
    </message>
    <message>
        <source>The record holds the outcome.</source>
        <translation>结果见记录。</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>尚无答复</translation>
    </message>
    <message>
        <source>It may have gone through. The car asks.</source>
        <translation>可能已成功，车辆查询中。</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Payments paused, service needed</source>
        <translation>支付已暂停，请检修</translation>
    </message>
    <message>
        <source>This car cannot pay for that.</source>
        <translation>本车不能付此款项。</translation>
    </message>
    <message>
        <source>You have not allowed this kind of purchase.</source>
        <translation>您未允许此类消费。</translation>
    </message>
    <message>
        <source>The assistant's request was not complete.</source>
        <translation>助手的请求不完整。</translation>
    </message>
    <message>
        <source>The assistant did not say where.</source>
        <translation>助手未说明地点。</translation>
    </message>
    <message>
        <source>The offer is too old.</source>
        <translation>报价已过期。</translation>
    </message>
    <message>
        <source>No contact with the payment service yet.</source>
        <translation>尚未连上支付服务。</translation>
    </message>
    <message>
        <source>This merchant is not known.</source>
        <translation>未知商家。</translation>
    </message>
    <message>
        <source>What is known of this merchant is too old.</source>
        <translation>商家信息已过期。</translation>
    </message>
    <message>
        <source>This merchant does not offer that.</source>
        <translation>该商家不提供此项。</translation>
    </message>
    <message>
        <source>This merchant takes another currency.</source>
        <translation>该商家用其他货币。</translation>
    </message>
    <message>
        <source>You have not allowed this currency.</source>
        <translation>您未允许此货币。</translation>
    </message>
    <message>
        <source>More than your limit for one purchase.</source>
        <translation>超出单笔限额。</translation>
    </message>
    <message>
        <source>The assistant has too many open requests.</source>
        <translation>助手的请求过多。</translation>
    </message>
    <message>
        <source>The car does not know the time yet. Pay at the till.</source>
        <translation>车辆时间未确认，请到柜台付。</translation>
    </message>
    <message>
        <source>No connection. Pay at the till.</source>
        <translation>无网络，请到柜台付款。</translation>
    </message>
    <message>
        <source>Too much without a connection. Pay at the till.</source>
        <translation>离线金额过大，请到柜台付。</translation>
    </message>
    <message>
        <source>Too much is waiting for a connection. Pay at the till.</source>
        <translation>待发送过多，请到柜台付款。</translation>
    </message>
    <message>
        <source>Enter your PIN when parked.</source>
        <translation>停车后输入PIN。</translation>
    </message>
    <message>
        <source>You have stopped all assistants.</source>
        <translation>您已停用全部助手。</translation>
    </message>
    <message>
        <source>You have stopped this assistant.</source>
        <translation>您已停用此助手。</translation>
    </message>
    <message>
        <source>What you allowed has ended.</source>
        <translation>授权已到期。</translation>
    </message>
    <message>
        <source>You have not allowed this merchant.</source>
        <translation>您未允许该商家。</translation>
    </message>
    <message>
        <source>You have not allowed it at this time.</source>
        <translation>此时段未获允许。</translation>
    </message>
    <message>
        <source>You have not allowed it this far away.</source>
        <translation>距离超出允许范围。</translation>
    </message>
    <message>
        <source>More than your limit for a day.</source>
        <translation>超出每日限额。</translation>
    </message>
    <message>
        <source>More than your limit for a month.</source>
        <translation>超出每月限额。</translation>
    </message>
    <message>
        <source>Too long without a connection. Pay at the till.</source>
        <translation>离线过久，请到柜台付款。</translation>
    </message>
    <message>
        <source>Much more than you usually pay. Please check.</source>
        <translation>远高于平时，请核对。</translation>
    </message>
    <message>
        <source>Many purchases in a short time. Please check.</source>
        <translation>短时间多次消费，请核对。</translation>
    </message>
    <message>
        <source>You just paid the same here. Please check.</source>
        <translation>刚付过相同款项，请核对。</translation>
    </message>
    <message>
        <source>The merchant is far from the car.</source>
        <translation>商家离车较远。</translation>
    </message>
    <message>
        <source>Your car cannot use that.</source>
        <translation>您的车用不了。</translation>
    </message>
    <message>
        <source>Your car is almost full. Please check.</source>
        <translation>车辆几乎已满，请核对。</translation>
    </message>
    <message>
        <source>More than fits into your car.</source>
        <translation>超出车辆容量。</translation>
    </message>
    <message>
        <source>Too far from your last purchase. Please check.</source>
        <translation>离上次消费过远，请核对。</translation>
    </message>
    <message>
        <source>An unusual time for this.</source>
        <translation>时间不寻常。</translation>
    </message>
    <message>
        <source>A new assistant.</source>
        <translation>新助手。</translation>
    </message>
    <message>
        <source>You have not paid here before.</source>
        <translation>首次在此付款。</translation>
    </message>
    <message>
        <source>You often said no to this assistant. Please check.</source>
        <translation>常拒绝此助手，请核对。</translation>
    </message>
    <message>
        <source>The assistant spoke of another sum. Please check.</source>
        <translation>助手所说金额不同，请核对。</translation>
    </message>
    <message>
        <source>The assistant named another payee. Please check.</source>
        <translation>助手所说收款方不同，请核对。</translation>
    </message>
    <message>
        <source>The assistant&apos;s words look forged. Please check.</source>
        <translation>助手言辞可疑，请核对。</translation>
    </message>
    <message>
        <source>Set it up when parked.</source>
        <translation>停车后设置。</translation>
    </message>
    <message>
        <source>Details when parked.</source>
        <translation>停车后查看。</translation>
    </message>
    <message>
        <source>You decide every time.</source>
        <translation>每次由您决定。</translation>
    </message>
    <message>
        <source>This purchase is not possible.</source>
        <translation>无法进行此消费。</translation>
    </message>
</context>
</TS>
