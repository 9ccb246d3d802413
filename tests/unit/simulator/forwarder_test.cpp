// SPDX-License-Identifier: Apache-2.0
#include "platform/simulator/bench/forwarder.h"
#include "tests/support/fatal_log.h"

#include <QTcpSocket>
#include <QTest>

using namespace glovebox::simulator;

namespace
{

/// Answers every piece of a request with "answer N".
class Echo
{
public:
    Echo()
    {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                received += socket->readAll();
                socket->write("answer");
                if (closesAfterAnswer) {
                    socket->disconnectFromHost();
                }
            });
        });
        if (!m_server.listen(QHostAddress::LocalHost)) {
            qFatal("cannot listen");
        }
    }
    quint16 port() const { return m_server.serverPort(); }
    QByteArray received;
    bool closesAfterAnswer = false;

private:
    QTcpServer m_server;
};

} // namespace

class ForwarderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forwardsBothWays();
    void anAnswerArrivesBeforeTheEnd();
    void closedRefusesAndBreaks();
    void opensAgainOnTheSamePort();
    void dropsAnswersAfterTheHandshake();
    void aMissingTargetBreaksTheConnection();
};

void ForwarderTest::forwardsBothWays()
{
    Echo gateway;
    Forwarder forwarder;
    QVERIFY(forwarder.listen());
    forwarder.setTarget(gateway.port());
    QTcpSocket car;
    car.connectToHost(QHostAddress::LocalHost, forwarder.port());
    car.write("request");
    QTRY_COMPARE(gateway.received, QByteArray("request"));
    QTRY_COMPARE(car.bytesAvailable(), 6);
    QCOMPARE(car.readAll(), QByteArray("answer"));
}

void ForwarderTest::anAnswerArrivesBeforeTheEnd()
{
    Echo gateway;
    gateway.closesAfterAnswer = true;
    Forwarder forwarder;
    QVERIFY(forwarder.listen());
    forwarder.setTarget(gateway.port());
    QTcpSocket car;
    car.connectToHost(QHostAddress::LocalHost, forwarder.port());
    car.write("request");
    QTRY_COMPARE(car.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(car.readAll(), QByteArray("answer"));
}

void ForwarderTest::closedRefusesAndBreaks()
{
    Echo gateway;
    Forwarder forwarder;
    QVERIFY(forwarder.listen());
    forwarder.setTarget(gateway.port());
    QTcpSocket open;
    open.connectToHost(QHostAddress::LocalHost, forwarder.port());
    open.write("request");
    QTRY_COMPARE(open.bytesAvailable(), 6);
    forwarder.setMode(Forwarder::Mode::closed);
    QTRY_COMPARE(open.state(), QAbstractSocket::UnconnectedState);
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, forwarder.port());
    QTRY_COMPARE(late.error(), QAbstractSocket::ConnectionRefusedError);
    QCOMPARE(gateway.received, QByteArray("request"));
}

void ForwarderTest::opensAgainOnTheSamePort()
{
    Echo gateway;
    Forwarder forwarder;
    QVERIFY(forwarder.listen());
    const quint16 port = forwarder.port();
    forwarder.setTarget(gateway.port());
    forwarder.setMode(Forwarder::Mode::closed);
    forwarder.setMode(Forwarder::Mode::open);
    QCOMPARE(forwarder.port(), port);
    QTcpSocket car;
    car.connectToHost(QHostAddress::LocalHost, port);
    car.write("request");
    QTRY_COMPARE(car.bytesAvailable(), 6);
}

void ForwarderTest::dropsAnswersAfterTheHandshake()
{
    Echo gateway;
    Forwarder forwarder;
    QVERIFY(forwarder.listen());
    forwarder.setTarget(gateway.port());
    forwarder.setMode(Forwarder::Mode::dropsAnswers);
    QTcpSocket car;
    car.connectToHost(QHostAddress::LocalHost, forwarder.port());
    car.write("hello");
    QTRY_COMPARE(car.bytesAvailable(), 6); // the server's part of a handshake
    car.write("request");
    QTRY_COMPARE(gateway.received, QByteArray("hellorequest"));
    QTRY_COMPARE(car.state(), QAbstractSocket::UnconnectedState); // instead of the answer
    QCOMPARE(car.readAll(), QByteArray("answer"));
}

void ForwarderTest::aMissingTargetBreaksTheConnection()
{
    Forwarder forwarder;
    QVERIFY(forwarder.listen());
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    forwarder.setTarget(closed.serverPort());
    closed.close();
    QTcpSocket car;
    car.connectToHost(QHostAddress::LocalHost, forwarder.port());
    QTRY_COMPARE(car.state(), QAbstractSocket::UnconnectedState);
}

GLOVEBOX_TEST_MAIN(ForwarderTest)
#include "forwarder_test.moc"
