// SPDX-License-Identifier: Apache-2.0
#include "mcp/stdio_transport.h"
#include "tests/agents/json_compare.h"
#include "tests/support/fatal_log.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

using namespace glovebox;

class McpStdioTest final : public QObject
{
    Q_OBJECT
private:
    std::vector<std::string> m_lines;
    std::vector<base::Json> m_overlong; // the id of each

    mcp::LineReader::Handlers handlers()
    {
        return {[this](std::string_view line) { m_lines.emplace_back(line); },
                [this](const base::Json &id) { m_overlong.push_back(id); }};
    }

private Q_SLOTS:
    void init()
    {
        m_lines.clear();
        m_overlong.clear();
    }

    void cutsLinesWhereverTheBytesBreak()
    {
        const std::string stream = "one\r\n\ntwo\n\r\nthree";
        for (std::size_t step = 1; step <= stream.size(); ++step) {
            m_lines.clear();
            mcp::LineReader reader(5, handlers());
            for (std::size_t at = 0; at < stream.size(); at += step) {
                reader.feed(std::string_view(stream).substr(at, step));
            }
            reader.end();
            QCOMPARE(m_lines, (std::vector<std::string>{"one", "two", "three"}));
        }
        QVERIFY(m_overlong.empty());
    }

    void dropsAnOverlongLineAndGoesOn()
    {
        mcp::LineReader reader(5, handlers());
        reader.feed("123");
        reader.feed("456");
        reader.feed("789\nnext\n");
        QCOMPARE(m_overlong.size(), 1U);
        QCOMPARE(m_lines, std::vector<std::string>{"next"});
    }

    void tellsTheIdOfEveryOverlongLine()
    {
        mcp::LineReader reader(5, handlers());
        // No raw strings: moc loses its way in those that end in a quote.
        for (const char *part : {"{\"reason\":\"xx", "xxxxxxx\\", "\"\",\"i", "d\":7}\n{\"id\":\"eight\"}\n",
                                 "{\"no\":\"id here\"}\n"}) {
            reader.feed(part);
        }
        COMPARE_JSON(base::Json(m_overlong), base::Json::array({7, "eight", nullptr}));
        QVERIFY(m_lines.empty());
    }

    void keepsWhatTheClientDoesNotReadAndStopsReading()
    {
        int in[2];
        int out[2];
        QCOMPARE(::pipe(in), 0);
        QCOMPARE(::pipe(out), 0);
        {
            mcp::StdioTransport transport(in[0], out[1], handlers());
            const std::string large(mcp::kOutput_bytes_max + 200000, 'x');
            transport.write(large); // returns although nobody reads
            QVERIFY(!transport.flushed());
            QCOMPARE(::write(in[1], "ping\n", 5), 5);
            QCoreApplication::processEvents();
            QVERIFY(m_lines.empty());

            QSignalSpy flushed(&transport, &mcp::StdioTransport::outputFlushed);
            std::string got;
            ::fcntl(out[0], F_SETFL, O_NONBLOCK);
            const auto drained = [&] {
                char bytes[65536];
                for (ssize_t n = 0; (n = ::read(out[0], bytes, sizeof bytes)) > 0;) {
                    got.append(bytes, static_cast<std::size_t>(n));
                }
                return got.size() == large.size() + 1;
            };
            QTRY_VERIFY(drained());
            QCOMPARE(got, large + '\n');
            QTRY_COMPARE(flushed.size(), 1);
            QTRY_COMPARE(m_lines, std::vector<std::string>{"ping"});
        }
        for (const int fd : {in[0], in[1], out[0], out[1]}) {
            ::close(fd);
        }
    }

    void tellsTheEndOfEitherSide()
    {
        std::signal(SIGPIPE, SIG_IGN);
        int in[2];
        int out[2];
        QCOMPARE(::pipe(in), 0);
        QCOMPARE(::pipe(out), 0);
        {
            mcp::StdioTransport transport(in[0], out[1], handlers());
            QSignalSpy ended(&transport, &mcp::StdioTransport::inputEnded);
            QSignalSpy lost(&transport, &mcp::StdioTransport::outputLost);
            QCOMPARE(::write(in[1], "last", 4), 4);
            ::close(in[1]);
            QTRY_COMPARE(ended.size(), 1);
            QCOMPARE(m_lines, std::vector<std::string>{"last"});
            ::close(out[0]);
            transport.write("x");
            QCOMPARE(lost.size(), 1);
            QVERIFY(transport.flushed());
            transport.write("y");
            QCOMPARE(lost.size(), 1);
        }
        ::close(in[0]);
        ::close(out[1]);
    }

    void givesTheBlockingModeBack()
    {
        int out[2];
        QCOMPARE(::pipe(out), 0);
        {
            mcp::StdioTransport transport(out[0], out[1], handlers());
            QVERIFY((::fcntl(out[1], F_GETFL) & O_NONBLOCK) != 0);
        }
        QVERIFY((::fcntl(out[1], F_GETFL) & O_NONBLOCK) == 0);
        ::close(out[0]);
        ::close(out[1]);
    }
};

GLOVEBOX_TEST_MAIN(McpStdioTest)
#include "mcp_stdio_test.moc"
