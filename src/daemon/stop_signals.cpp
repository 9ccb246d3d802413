// SPDX-License-Identifier: Apache-2.0
#include "daemon/stop_signals.h"

#include <cerrno>
#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace glovebox::daemon
{

StopSignals::StopSignals(std::function<void()> onStop)
{
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    if (pthread_sigmask(SIG_BLOCK, &stops, nullptr) != 0 ||
        (m_fd = signalfd(-1, &stops, SFD_NONBLOCK | SFD_CLOEXEC)) < 0) {
        qFatal("signalfd failed, errno %d", errno);
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [this, onStop = std::move(onStop)] {
                         signalfd_siginfo info{};
                         if (::read(m_fd, &info, sizeof info) == sizeof info) {
                             onStop();
                         }
                     });
}

StopSignals::~StopSignals()
{
    m_notifier.reset();
    ::close(m_fd);
}

} // namespace glovebox::daemon
